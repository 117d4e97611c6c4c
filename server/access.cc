#include "server/access.h"

#include <optional>

#include "base/strings.h"
#include "domain/entrustment.h"
#include "domain/refusal.h"
#include "domain/resource_names.h"
#include "server/authenticator.h"

namespace chengxin::server {

namespace {

// Levels of authorities; one more would be a circle.
constexpr int kMostLevels = 10;

// Whether `superior` is the authority `id` itself or above it (上级机关).
bool IsAtOrAbove(const domain::CompiledCatalogue* catalogue, std::string_view superior, std::string_view id) {
  for (int level = 0; level < kMostLevels && !id.empty(); ++level) {
    if (id == superior) return true;
    const v1::Authority* authority = catalogue == nullptr ? nullptr : catalogue->FindAuthority(id);
    if (authority == nullptr) return false;
    id = authority->parent();
  }
  return false;
}

// Whether the principal has the role and is of the authority ("authorities/{id}") or of one above it.
bool IsOfOrAbove(const v1::Principal& principal, v1::Role role, std::string_view authority,
                 const domain::CompiledCatalogue* catalogue) {
  if (principal.role() != role) return false;
  const std::optional<std::string_view> own = domain::ParseAuthorityName(principal.authority());
  const std::optional<std::string_view> of = domain::ParseAuthorityName(authority);
  return own.has_value() && of.has_value() && IsAtOrAbove(catalogue, *own, *of);
}

// Whether the principal speaks for the unit in the role: of one name, a purchaser and an agency are two.
bool IsOfUnit(const v1::Principal& principal, v1::Role role, std::string_view unit) {
  return principal.role() == role && !unit.empty() && principal.unit() == unit;
}

}  // namespace

bool MayCall(v1::Role role, Method method) { return ScopeOf(role, method) != Scope::kNothing; }

absl::Status RoleNotAllowed(std::string_view zh, std::string_view en) {
  return domain::ToStatus(
      {.reason = v1::ERROR_REASON_ROLE_NOT_ALLOWED, .message = StrCat(zh, " (", en, ")"), .metadata = {}});
}

absl::Status CheckRole(v1::Role role, Method method) {
  if (MayCall(role, method)) return absl::OkStatus();
  const std::string_view name = NameOf(role);
  return RoleNotAllowed(StrCat("角色", name, "不能调用", MethodName(method)),
                        StrCat("role ", name, " may not call ", MethodName(method)));
}

bool LeavesEntry(v1::Role role, Method method) {
  switch (AuditOf(method)) {
    case Audit::kPublished:
      return false;
    case Audit::kCounted:
      return role != v1::ROLE_PUBLIC;
    case Audit::kRecorded:
      return true;
  }
  return true;
}

bool MaySeeSealed(v1::Role role, Method method) {
  // What an organization handed in itself, with the name of who did.
  const bool of_application = method == Method::kFileApplication || method == Method::kGetApplication ||
                              method == Method::kListApplications;
  return role == v1::ROLE_CIVIL_AFFAIRS || (role == v1::ROLE_ORGANIZATION && of_application);
}

bool SeesSealed(const v1::Principal& principal, std::string_view registration_authority) {
  return principal.role() == v1::ROLE_CIVIL_AFFAIRS && !registration_authority.empty() &&
         principal.authority() == registration_authority;
}

bool ReadsArchiveOf(const v1::Principal& principal, const Subject& subject,
                    const domain::CompiledCatalogue* catalogue) {
  switch (principal.role()) {
    case v1::ROLE_AUDIT:
      return true;
    case v1::ROLE_ORGANIZATION:
      return principal.unit() == subject.code;
    case v1::ROLE_CIVIL_AFFAIRS:
    case v1::ROLE_FINANCE:
      return IsOfOrAbove(principal, principal.role(), subject.registration_authority, catalogue);
    default:
      return false;
  }
}

bool SeesCase(const v1::Principal& principal, const v1::Case& found,
              const domain::CompiledCatalogue* catalogue) {
  return IsOfUnit(principal, v1::ROLE_PURCHASER, found.reporter()) || domain::IsReportOf(principal, found) ||
         IsOfOrAbove(principal, v1::ROLE_CIVIL_AFFAIRS, found.authority(), catalogue);
}

bool SeesOpenCases(const v1::Principal& principal, std::string_view registration_authority,
                   const domain::CompiledCatalogue* catalogue) {
  return IsOfOrAbove(principal, v1::ROLE_CIVIL_AFFAIRS, registration_authority, catalogue);
}

bool SeesApplication(const v1::Principal& principal, std::string_view own_code,
                     const v1::Application& application, const domain::CompiledCatalogue* catalogue) {
  if (principal.role() == v1::ROLE_ORGANIZATION)
    return domain::ParseOrganizationName(application.organization()) == own_code;
  return IsOfOrAbove(principal, v1::ROLE_CIVIL_AFFAIRS, application.authority(), catalogue);
}

bool SeesReceipt(const v1::Principal& principal, const v1::Receipt& receipt) {
  return principal.role() == v1::ROLE_FINANCE || principal.role() == v1::ROLE_AUDIT ||
         IsOfUnit(principal, v1::ROLE_PURCHASER, receipt.purchaser()) ||
         IsOfUnit(principal, v1::ROLE_AGENCY, receipt.agency());
}

bool SeesWholeAward(const v1::Principal& principal, const v1::Award& award) {
  return principal.role() == v1::ROLE_FINANCE || principal.role() == v1::ROLE_AUDIT ||
         IsOfUnit(principal, v1::ROLE_PURCHASER, award.purchaser());
}

}  // namespace chengxin::server
