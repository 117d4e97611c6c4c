#include "server/authenticator.h"

#include <array>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_split.h"
#include "base/strings.h"
#include "domain/entrustment.h"
#include "domain/resource_names.h"
#include "domain/uscc.h"
#include "grpcpp/support/string_ref.h"

namespace chengxin::server {

namespace {

// What a role is bound to.
enum class Binding { kNothing, kAuthority, kPurchaser, kSource, kOwnCode };

struct RoleRow {
  std::string_view name;
  v1::Role role;
  Binding binding;
};

constexpr std::array<RoleRow, 9> kRoles = {{
    {"public", v1::ROLE_PUBLIC, Binding::kNothing},
    {"organization", v1::ROLE_ORGANIZATION, Binding::kOwnCode},
    {"purchaser", v1::ROLE_PURCHASER, Binding::kPurchaser},
    {"agency", v1::ROLE_AGENCY, Binding::kPurchaser},
    {"civil-affairs", v1::ROLE_CIVIL_AFFAIRS, Binding::kAuthority},
    {"finance", v1::ROLE_FINANCE, Binding::kAuthority},
    {"audit", v1::ROLE_AUDIT, Binding::kNothing},
    {"sync", v1::ROLE_SYNC, Binding::kSource},
    {"admin", v1::ROLE_ADMIN, Binding::kNothing},
}};

const RoleRow* FindRole(std::string_view name) {
  for (const RoleRow& row : kRoles) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

absl::Status Refuse(std::string_view zh, std::string_view en) {
  return absl::UnauthenticatedError(
      StrCat("无法识别调用方：", zh, " (cannot identify the caller: ", en, ")"));
}

// Checks what the role is bound to and puts it into the principal.
absl::Status Bind(const ClaimedIdentity& claimed, Binding binding, v1::Principal& principal) {
  const bool takes_authority = binding == Binding::kAuthority;
  if (!takes_authority && !claimed.authority.empty())
    return Refuse("该角色不属于任何机关，应去掉chengxin-authority",
                  "this role has no authority; expected no chengxin-authority");
  const bool takes_unit =
      binding == Binding::kPurchaser || binding == Binding::kSource || binding == Binding::kOwnCode;
  if (!takes_unit && !claimed.unit.empty())
    return Refuse("该角色不属于任何单位，应去掉chengxin-unit",
                  "this role has no unit; expected no chengxin-unit");
  if (takes_authority) {
    if (!domain::ParseAuthorityName(claimed.authority).has_value())
      return Refuse("chengxin-authority应为“authorities/{机关标识}”",
                    "expected chengxin-authority of the form authorities/{id}");
    principal.set_authority(std::string(claimed.authority));
  }
  if (binding == Binding::kPurchaser) {
    if (!domain::ParsePurchaserName(claimed.unit).has_value())
      return Refuse("chengxin-unit应为“purchasers/{单位标识}”",
                    "expected chengxin-unit of the form purchasers/{id}");
    principal.set_unit(std::string(claimed.unit));
  }
  if (binding == Binding::kSource) {
    if (!domain::ParseSourceName(claimed.unit).has_value())
      return Refuse("chengxin-unit应为所提供的来源“sources/{来源标识}”",
                    "expected chengxin-unit of the form sources/{id}, the source that is delivered");
    principal.set_unit(std::string(claimed.unit));
  }
  if (binding == Binding::kOwnCode) {
    const domain::UsccInspection inspection = domain::Uscc::Inspect(claimed.unit);
    if (!inspection.code.has_value())
      return Refuse("chengxin-unit应为本组织的统一社会信用代码",
                    "expected chengxin-unit to be the organization's own code");
    principal.set_unit(inspection.code->ToString());
  }
  return absl::OkStatus();
}

// Whom an agency says that it acts for.
absl::Status Entrust(std::string_view entrustments, v1::Principal& principal) {
  if (entrustments.empty()) return absl::OkStatus();
  for (const absl::string_view one : absl::StrSplit(ToAbsl(entrustments), ','))
    principal.add_entrustments(std::string(one));
  if (entrustments.size() > kMaximumEntrustmentsLength || !domain::HasValidEntrustments(principal))
    return Refuse(
        StrCat("chengxin-entrustments仅由采购代理机构填写，至多", domain::kMaximumEntrustments,
               "项，每项应为“purchasers/{单位标识}”或“purchasers/{单位标识}/projects/{项目编号}”"),
        StrCat("expected chengxin-entrustments of an agency alone, at most ", domain::kMaximumEntrustments,
               ", each purchasers/{id} or purchasers/{id}/projects/{project}"));
  return absl::OkStatus();
}

// The value of a key; empty where absent.
absl::StatusOr<std::string_view> ValueOf(const grpc::CallbackServerContext& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(key);
  if (found == metadata.end()) return std::string_view();
  if (const auto next = std::next(found); next != metadata.end() && next->first == found->first)
    return Refuse(StrCat(key, "重复"), StrCat(key, " is given twice"));
  return std::string_view(found->second.data(), found->second.size());
}

}  // namespace

std::optional<v1::Role> RoleOf(std::string_view name) {
  const RoleRow* row = FindRole(name);
  if (row == nullptr) return std::nullopt;
  return row->role;
}

std::string_view NameOf(v1::Role role) {
  for (const RoleRow& row : kRoles) {
    if (row.role == role) return row.name;
  }
  return "";
}

absl::StatusOr<v1::Principal> PrincipalOf(const ClaimedIdentity& claimed) {
  for (const std::string_view value : {claimed.subject, claimed.role, claimed.authority, claimed.unit}) {
    if (value.size() > kMaximumIdentityLength)
      return Refuse(StrCat("每项至多", kMaximumIdentityLength, "字节"),
                    StrCat("each value has at most ", kMaximumIdentityLength, " bytes"));
  }
  const RoleRow* row = FindRole(claimed.role.empty() ? "public" : claimed.role);
  if (row == nullptr)
    return Refuse("chengxin-role不是已知角色",
                  "expected chengxin-role to be one of public, organization, purchaser, agency, "
                  "civil-affairs, finance, "
                  "audit, sync, admin");
  v1::Principal principal;
  principal.set_role(row->role);
  if (const absl::Status bound = Bind(claimed, row->binding, principal); !bound.ok()) return bound;
  if (const absl::Status entrusted = Entrust(claimed.entrustments, principal); !entrusted.ok())
    return entrusted;
  if (!claimed.subject.empty()) {
    principal.set_subject(std::string(claimed.subject));
  } else {
    const std::string& bound_to = principal.unit().empty() ? principal.authority() : principal.unit();
    principal.set_subject(bound_to.empty() ? std::string(row->name) : StrCat(row->name, ":", bound_to));
  }
  return principal;
}

absl::StatusOr<Caller> DevelopmentAuthenticator::Authenticate(
    const grpc::CallbackServerContext& context) const {
  ClaimedIdentity claimed;
  const std::pair<const char*, std::string_view*> keys[] = {{"chengxin-subject", &claimed.subject},
                                                            {"chengxin-role", &claimed.role},
                                                            {"chengxin-authority", &claimed.authority},
                                                            {"chengxin-unit", &claimed.unit},
                                                            {"chengxin-entrustments", &claimed.entrustments}};
  for (const auto& [key, value] : keys) {
    absl::StatusOr<std::string_view> found = ValueOf(context, key);
    if (!found.ok()) return std::move(found).status();
    *value = *found;
  }
  absl::StatusOr<v1::Principal> principal = PrincipalOf(claimed);
  if (!principal.ok()) return std::move(principal).status();
  return Caller{.principal = std::make_shared<const v1::Principal>(*std::move(principal))};
}

}  // namespace chengxin::server
