// Why a question is asked: what must be said, and what may not be asked (rules 41, 51, 55).
#ifndef CHENGXIN_SERVER_QUERY_CONTEXT_H_
#define CHENGXIN_SERVER_QUERY_CONTEXT_H_

#include "absl/status/status.h"
#include "chengxin/v1/answer.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/principal.pb.h"

namespace chengxin::server {

// Checks the context of an eligibility question; `context` is null where the request has none.
// INVALID_ARGUMENT: AGE_REQUIREMENT where a minimum age of the organization is required; PURPOSE_REQUIRED
// where anybody but an organization leaves out the purpose, a purchaser or agency purpose, project or
// cut-off, or an agency the purchaser it acts for; else BadRequest. PERMISSION_DENIED: ROLE_NOT_ALLOWED where
// a purchaser asks for another's project, NOT_ENTRUSTED where an agency asks for one that it is not entrusted
// with.
absl::Status CheckContext(const v1::Principal& principal, const v1::QueryContext* context);

// Checks that a purchaser or agency does not pass by its own cut-off (rule 44): as_of.effective_at names the
// cut-off, or comes with a known_at that is not after it, and so asks for an answer as it stood (rule 42).
// Both may be null. INVALID_ARGUMENT: BadRequest at as_of.effective_at.
absl::Status CheckInstants(const v1::Principal& principal, const v1::QueryContext* context,
                           const v1::AsOf* as_of);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_QUERY_CONTEXT_H_
