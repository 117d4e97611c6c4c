#include "server/query_context.h"

#include <string>

#include "base/status.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "server/access.h"
#include "server/limits.h"
#include "server/request_fields.h"
#include "storage/name_index.h"

namespace chengxin::server {

namespace {

absl::Status Refuse(v1::ErrorReason reason, std::string_view message,
                    const domain::FieldViolations& violations) {
  return RefuseFields({.reason = reason, .message = std::string(message), .metadata = {}}, violations);
}

absl::Status RefuseAge() {
  domain::FieldViolations violations;
  violations.Add("context.minimum_age_years", "应为0 (expected 0)");
  return Refuse(v1::ERROR_REASON_AGE_REQUIREMENT,
                "不得对承接主体的成立年限作硬性规定（实施办法第一条第（四）项） (a minimum age of the "
                "organization may not "
                "be required: section 1(4) of the implementing measures)",
                violations);
}

bool Buys(const v1::Principal& principal) {
  return principal.role() == v1::ROLE_PURCHASER || principal.role() == v1::ROLE_AGENCY;
}

// Rule 55, for whoever supervises.
absl::Status CheckPurpose(const v1::QueryContext& context) {
  if (context.purpose() != v1::QUERY_PURPOSE_UNSPECIFIED) return absl::OkStatus();
  domain::FieldViolations violations;
  violations.Add("context.purpose", "应说明查询用途 (expected the purpose of the query)");
  return Refuse(v1::ERROR_REASON_PURPOSE_REQUIRED, "查询须说明用途 (a query must state its purpose)",
                violations);
}

// What a purchaser or agency must say (rules 41, 55).
absl::Status CheckRequired(const v1::Principal& principal, const v1::QueryContext& context) {
  domain::FieldViolations violations;
  if (context.purpose() == v1::QUERY_PURPOSE_UNSPECIFIED)
    violations.Add("context.purpose", "应说明查询用途 (expected the purpose of the query)");
  if (context.project().empty())
    violations.Add("context.project", "应说明采购项目编号 (expected the project)");
  if (!context.has_cut_off())
    violations.Add("context.cut_off", "应说明查询截止时点 (expected the project's stated cut-off)");
  if (principal.role() == v1::ROLE_AGENCY && context.purchaser().empty())
    violations.Add("context.purchaser",
                   "应说明所代理的购买主体 (expected the purchasing unit the agency acts for)");
  if (violations.empty()) return absl::OkStatus();
  return Refuse(
      v1::ERROR_REASON_PURPOSE_REQUIRED,
      "购买主体查询须说明用途、项目和截止时点 (a purchaser must state purpose, project and cut-off)",
      violations);
}

absl::Status CheckFields(const v1::QueryContext& context) {
  domain::FieldViolations violations;
  if (!v1::QueryPurpose_IsValid(context.purpose())) violations.Add("context.purpose", kUnknownEnumerator);
  if (storage::CountCharacters(context.project()) > kMaximumProjectCharacters) {
    violations.Add("context.project", StrCat("至多", kMaximumProjectCharacters, "个字 (expected at most ",
                                             kMaximumProjectCharacters, " characters)"));
  }
  if (context.has_cut_off() && (context.cut_off().nanos() < 0 || context.cut_off().nanos() > 999'999'999))
    violations.Add("context.cut_off", "nanos应为0至999,999,999 (expected nanos of 0 to 999,999,999)");
  if (!context.purchaser().empty() && !domain::ParsePurchaserName(context.purchaser()).has_value())
    violations.Add("context.purchaser", "应为“purchasers/{单位标识}” (expected the form purchasers/{id})");
  if (context.required_qualifications_size() > kMaximumQualifications) {
    violations.Add("context.required_qualifications",
                   StrCat("有", context.required_qualifications_size(), "项，至多", kMaximumQualifications,
                          "项 (expected at most ", kMaximumQualifications, ")"));
  } else {
    for (int i = 0; i < context.required_qualifications_size(); ++i) {
      const size_t characters = storage::CountCharacters(context.required_qualifications(i));
      if (characters == 0 || characters > kMaximumQualificationCharacters) {
        violations.Add(ElementPath("context.required_qualifications", i),
                       StrCat("应为1至", kMaximumQualificationCharacters, "个字 (expected 1 to ",
                              kMaximumQualificationCharacters, " characters)"));
      }
    }
  }
  return violations.ToStatus();
}

}  // namespace

absl::Status CheckContext(const v1::Principal& principal, const v1::QueryContext* context) {
  const v1::QueryContext& given = context == nullptr ? v1::QueryContext::default_instance() : *context;
  if (given.minimum_age_years() != 0) return RefuseAge();
  if (Buys(principal)) {
    CHENGXIN_RETURN_IF_ERROR(CheckRequired(principal, given));
  } else if (principal.role() != v1::ROLE_ORGANIZATION) {
    CHENGXIN_RETURN_IF_ERROR(CheckPurpose(given));
  }
  if (context != nullptr) CHENGXIN_RETURN_IF_ERROR(CheckFields(given));
  if (principal.role() == v1::ROLE_PURCHASER && !given.purchaser().empty() &&
      given.purchaser() != principal.unit()) {
    return RoleNotAllowed("购买主体只能为本单位的项目查询", "a purchaser may only ask for its own projects");
  }
  return absl::OkStatus();
}

absl::Status CheckInstants(const v1::Principal& principal, const v1::QueryContext* context,
                           const v1::AsOf* as_of) {
  if (!Buys(principal) || as_of == nullptr || !as_of->has_effective_at()) return absl::OkStatus();
  const absl::Time effective_at = domain::TimeOf(as_of->effective_at());
  const bool is_cut_off =
      context != nullptr && context->has_cut_off() && domain::TimeOf(context->cut_off()) == effective_at;
  const bool as_it_stood = as_of->has_known_at() && domain::TimeOf(as_of->known_at()) <= effective_at;
  if (is_cut_off || as_it_stood) return absl::OkStatus();
  return WrongField(
      "as_of.effective_at",
      "购买主体按项目的查询截止时点查询，应不填、与截止时点相同，或同时给出不晚于它的known_at "
      "(a purchaser is answered by its cut-off; expected nothing, the cut-off itself, or with it a "
      "known_at not after it)");
}

}  // namespace chengxin::server
