// Credit reports as each caller may see them (rules 35, 60).
#ifndef CHENGXIN_SERVER_CREDIT_REPORT_H_
#define CHENGXIN_SERVER_CREDIT_REPORT_H_

#include "absl/status/status.h"
#include "chengxin/v1/principal.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// As record_service.proto documents it. Everything to whoever may read the organization's archive; what is in
// force to purchasers, their agencies and other authorities; what is published to everybody else, as of now
// only.
absl::Status GetCreditReport(ServiceContext& service, const v1::Principal& principal,
                             const v1::GetCreditReportRequest& request,
                             v1::GetCreditReportResponse& response);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CREDIT_REPORT_H_
