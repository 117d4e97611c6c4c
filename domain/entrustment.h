// Whom a procurement agency (采购代理机构) acts for (委托): a purchaser with all of its projects, or one
// project of it. It acts for nobody else (rules 54, 61).
#ifndef CHENGXIN_DOMAIN_ENTRUSTMENT_H_
#define CHENGXIN_DOMAIN_ENTRUSTMENT_H_

#include <optional>
#include <string_view>

#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "domain/refusal.h"

namespace chengxin::domain {

// Entrustments of one agency, at most.
inline constexpr int kMaximumEntrustments = 100;

// "purchasers/{id}" or "purchasers/{id}/projects/{project}", the project as purchasers state it: 1 to 100
// characters.
bool IsEntrustment(std::string_view text);

// Whether the principal's entrustments may stand: none but an agency has any, at most kMaximumEntrustments,
// each well formed.
bool HasValidEntrustments(const v1::Principal& principal);

// NOT_ENTRUSTED where the principal is an agency that may not act for the purchaser ("purchasers/{id}") in
// the project; nothing for whoever is no agency.
std::optional<Refusal> RefuseUnentrusted(const v1::Principal& principal, std::string_view purchaser,
                                         std::string_view project);

// Whether the principal is an agency that reported the case or handed it in again. What it reported stays its
// own to read, also when it is entrusted no more.
bool IsReportOf(const v1::Principal& principal, const v1::Case& the_case);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_ENTRUSTMENT_H_
