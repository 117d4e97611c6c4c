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

// Whether the principal selects organizations: a purchaser or an agency.
bool Buys(const v1::Principal& principal);

// Checks the context of an eligibility question in field "context". InvalidArgument: AGE_REQUIREMENT where a
// minimum age of the organization is required; PURPOSE_REQUIRED where anybody but an organization leaves out
// the purpose, a purchaser or agency the project or the cut-off too, or an agency the purchaser it acts for;
// else BadRequest. PermissionDenied:
// ROLE_NOT_ALLOWED where a purchaser asks for another's project, NOT_ENTRUSTED where an agency asks for a
// project that it is not entrusted with.
absl::Status CheckQueryContext(const v1::Principal& principal, const v1::QueryContext& context);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_QUERY_CONTEXT_H_
