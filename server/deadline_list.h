// What an authority has to do, and what happens by itself to what it keeps, by when (rule 64).
#ifndef CHENGXIN_SERVER_DEADLINE_LIST_H_
#define CHENGXIN_SERVER_DEADLINE_LIST_H_

#include "absl/status/status.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The deadlines of the caller's authority, soonest first: of its open cases and applications, and of its
// entries of the lists. A deadline that waits for a calendar has no day and comes last. None of kind CAPTURE:
// what is recorded is due no longer, be it late (ListLateCaptures tells it), and of what is not recorded the
// platform knows nothing; what it forms itself, by deciding a case or closing an award, is recorded in the
// same Change (rule 7).
// As case_service.proto documents; every page is as of its own time.
absl::Status ListDeadlines(ServiceContext& service, const v1::Principal& principal,
                           const v1::ListDeadlinesRequest& request, v1::ListDeadlinesResponse& response);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_DEADLINE_LIST_H_
