// Why a question is asked: what must be said, and what may not be asked (rules 41, 51, 55).
#ifndef CHENGXIN_DOMAIN_QUERY_CONTEXT_H_
#define CHENGXIN_DOMAIN_QUERY_CONTEXT_H_

#include "absl/status/status.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/principal.pb.h"

namespace chengxin::domain {

// Limits, documented in the API.
inline constexpr int kMaximumProjectCharacters = 100;
inline constexpr int kMaximumQualifications = 20;
inline constexpr int kMaximumQualificationCharacters = 100;  // each

// Checks the context of an eligibility question in field "context". InvalidArgument: AGE_REQUIREMENT where a
// minimum age of the organization is required; PURPOSE_REQUIRED where a purchaser or agency leaves out
// purpose, project or cut-off, or an agency the purchaser it acts for; else BadRequest. PermissionDenied:
// ROLE_NOT_ALLOWED where a purchaser asks for another's project.
absl::Status CheckQueryContext(const v1::Principal& principal, const v1::QueryContext& context);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_QUERY_CONTEXT_H_
