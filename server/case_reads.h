// Cases and applications as each caller may see them (rules 16, 46).
#ifndef CHENGXIN_SERVER_CASE_READS_H_
#define CHENGXIN_SERVER_CASE_READS_H_

#include "absl/status/status.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// Takes out what the principal may not see, and puts in what is not stored: the moves open to it and the
// deadlines that run now.
void ShowCase(ServiceContext& service, const v1::Principal& principal, v1::Case& found);
// The same of an application: the contact is for the authority that decides it, and who handed it in.
void ShowApplication(ServiceContext& service, const v1::Principal& principal, v1::Application& application);

// The methods, as case_service.proto documents them. What the caller may not see is NotFound.
absl::Status GetCase(ServiceContext& service, const v1::Principal& principal,
                     const v1::GetCaseRequest& request, v1::GetCaseResponse& response);
absl::Status ListCases(ServiceContext& service, const v1::Principal& principal,
                       const v1::ListCasesRequest& request, v1::ListCasesResponse& response);
absl::Status GetApplication(ServiceContext& service, const v1::Principal& principal,
                            const v1::GetApplicationRequest& request, v1::GetApplicationResponse& response);
absl::Status ListApplications(ServiceContext& service, const v1::Principal& principal,
                              const v1::ListApplicationsRequest& request,
                              v1::ListApplicationsResponse& response);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CASE_READS_H_
