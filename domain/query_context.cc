#include "domain/query_context.h"

#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "base/strings.h"
#include "domain/entrustment.h"
#include "domain/field_checks.h"
#include "domain/refusal.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

namespace {

absl::Status Refuse(v1::ErrorReason reason, std::string_view message, const FieldViolations& violations) {
  return RefuseFields({.reason = reason, .message = std::string(message), .metadata = {}}, violations);
}

absl::Status RefuseAge() {
  FieldViolations violations;
  violations.Add("context.minimum_age_years", "应为0 (expected 0)");
  return Refuse(v1::ERROR_REASON_AGE_REQUIREMENT,
                "不得对承接主体的成立年限作硬性规定（实施办法第一条第（四）项） (a minimum age of the "
                "organization may not be required: section 1(4) of the implementing measures)",
                violations);
}

// Rule 55, for whoever supervises.
absl::Status CheckPurpose(const v1::QueryContext& context) {
  if (context.purpose() != v1::QUERY_PURPOSE_UNSPECIFIED) return absl::OkStatus();
  FieldViolations violations;
  violations.Add("context.purpose", "应说明查询用途 (expected the purpose of the query)");
  return Refuse(v1::ERROR_REASON_PURPOSE_REQUIRED, "查询须说明用途 (a query must state its purpose)",
                violations);
}

// What a purchaser or agency must say (rules 41, 55).
absl::Status CheckRequired(const v1::Principal& principal, const v1::QueryContext& context) {
  FieldViolations violations;
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

void CheckQualifications(const v1::QueryContext& context, FieldViolations& violations) {
  if (context.required_qualifications_size() > kMaximumQualifications) {
    violations.Add("context.required_qualifications",
                   StrCat("有", context.required_qualifications_size(), "项，至多", kMaximumQualifications,
                          "项 (expected at most ", kMaximumQualifications, ")"));
    return;
  }
  for (int i = 0; i < context.required_qualifications_size(); ++i) {
    const std::optional<size_t> characters = CountCharacters(context.required_qualifications(i));
    if (!characters.has_value() || *characters == 0 || *characters > kMaximumQualificationCharacters) {
      violations.Add(StrCat("context.required_qualifications[", i, "]"),
                     StrCat("应为1至", kMaximumQualificationCharacters, "个字 (expected 1 to ",
                            kMaximumQualificationCharacters, " characters)"));
    }
  }
}

absl::Status CheckFields(const v1::QueryContext& context) {
  FieldViolations violations;
  if (!v1::QueryPurpose_IsValid(context.purpose()))
    violations.Add("context.purpose", "不是本接口定义的值 (expected a value this API defines)");
  const std::optional<size_t> project = CountCharacters(context.project());
  if (!project.has_value() || *project > kMaximumProjectCharacters) {
    violations.Add("context.project", StrCat("至多", kMaximumProjectCharacters, "个字 (expected at most ",
                                             kMaximumProjectCharacters, " characters)"));
  }
  if (context.has_cut_off() && (context.cut_off().nanos() < 0 || context.cut_off().nanos() > 999'999'999))
    violations.Add("context.cut_off", "nanos应为0至999,999,999 (expected nanos of 0 to 999,999,999)");
  if (!context.purchaser().empty() && !ParsePurchaserName(context.purchaser()).has_value())
    violations.Add("context.purchaser", "应为“purchasers/{单位标识}” (expected the form purchasers/{id})");
  CheckQualifications(context, violations);
  return violations.ToStatus();
}

}  // namespace

bool Buys(const v1::Principal& principal) {
  return principal.role() == v1::ROLE_PURCHASER || principal.role() == v1::ROLE_AGENCY;
}

absl::Status CheckQueryContext(const v1::Principal& principal, const v1::QueryContext& context) {
  if (context.minimum_age_years() != 0) return RefuseAge();
  if (Buys(principal)) {
    CHENGXIN_RETURN_IF_ERROR(CheckRequired(principal, context));
  } else if (principal.role() != v1::ROLE_ORGANIZATION) {
    CHENGXIN_RETURN_IF_ERROR(CheckPurpose(context));
  }
  CHENGXIN_RETURN_IF_ERROR(CheckFields(context));
  if (principal.role() == v1::ROLE_PURCHASER && !context.purchaser().empty() &&
      context.purchaser() != principal.unit()) {
    return ToStatus(
        {.reason = v1::ERROR_REASON_ROLE_NOT_ALLOWED,
         .message = "购买主体只能为本单位的项目查询 (a purchaser may only ask for its own projects)",
         .metadata = {}});
  }
  if (auto refusal = RefuseUnentrusted(principal, context.purchaser(), context.project())) {
    return ToStatus(*refusal);
  }
  return absl::OkStatus();
}

}  // namespace chengxin::domain
