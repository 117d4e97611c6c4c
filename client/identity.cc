#include "client/identity.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "base/strings.h"
#include "client/error.h"
#include "domain/uscc.h"

namespace chengxin::client {

namespace {

// What a role is bound to.
enum class Bound { kNothing, kAuthority, kPurchaser, kSource, kOrganization };

struct RoleRow {
  std::string_view name;
  Bound bound;
};

constexpr RoleRow kRoles[] = {
    {"public", Bound::kNothing},          {"organization", Bound::kOrganization},
    {"purchaser", Bound::kPurchaser},     {"agency", Bound::kPurchaser},
    {"civil-affairs", Bound::kAuthority}, {"finance", Bound::kAuthority},
    {"audit", Bound::kNothing},           {"sync", Bound::kSource},
    {"admin", Bound::kNothing},
};

constexpr std::string_view kExpected =
    "应为 "
    "public、organization:代码、purchaser:单位、agency:单位、civil-affairs:机关、finance:机关、audit、"
    "sync:来源 或 admin (expected one of these, for example civil-affairs:km-wuhua)";

// Identifiers of authorities, units and sources: lower-case letters, digits, hyphens.
bool IsIdentifier(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

constexpr std::string_view kPurchasers = "purchasers/";
constexpr std::string_view kProjects = "/projects/";

absl::Status Wrong(std::string_view text, std::string_view why) {
  return FieldError("as", StrCat("\"", text.substr(0, 80), "\" ", why, "; ", kExpected));
}

std::string_view WithoutPrefix(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : text;
}

}  // namespace

absl::StatusOr<Identity> Identity::Parse(std::string_view text) {
  const size_t colon = text.find(':');
  const std::string_view role = text.substr(0, colon);
  const std::string_view bound =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const RoleRow* const row =
      std::find_if(std::begin(kRoles), std::end(kRoles), [role](const RoleRow& r) { return r.name == role; });
  if (row == std::end(kRoles)) return Wrong(text, "不是已知的角色 (is no role)");
  if (colon != std::string_view::npos && bound.empty())
    return Wrong(text, "冒号后缺少内容 (lacks what follows the colon)");
  if (row->bound == Bound::kNothing && !bound.empty())
    return Wrong(text, "该角色不带单位 (this role is bound to nothing)");
  if (row->bound != Bound::kNothing && bound.empty())
    return Wrong(text, "该角色须带单位 (this role needs what it is bound to)");

  Identity identity;
  identity.role = std::string(role);
  if (bound.empty()) return identity;
  if (row->bound == Bound::kOrganization) {
    const domain::UsccInspection inspection = domain::Uscc::Inspect(WithoutPrefix(bound, "organizations/"));
    if (!inspection.code.has_value()) return FieldError("as", inspection.faults.front().description);
    identity.unit = inspection.code->ToString();
    return identity;
  }
  const std::string_view prefix = row->bound == Bound::kPurchaser ? kPurchasers
                                  : row->bound == Bound::kSource  ? "sources/"
                                                                  : "authorities/";
  const std::string_view id = WithoutPrefix(bound, prefix);
  if (!IsIdentifier(id))
    return Wrong(text, "的单位只能含小写字母、数字、连字符 (names a unit by other than a-z, 0-9, -)");
  (row->bound == Bound::kAuthority ? identity.authority : identity.unit) = StrCat(prefix, id);
  return identity;
}

absl::Status Identity::Entrust(std::string_view text) {
  const std::string_view rest = WithoutPrefix(text, kPurchasers);
  const size_t mark = rest.find(kProjects);
  const std::string_view project =
      mark == std::string_view::npos ? "all" : rest.substr(mark + kProjects.size());
  const bool plain =
      std::all_of(project.begin(), project.end(), [](char c) { return c > ' ' && c <= '~' && c != ','; });
  if (role != "agency" || !IsIdentifier(rest.substr(0, mark)) || project.empty() || !plain)
    return FieldError(
        "entrusted-by",
        StrCat("\"", text.substr(0, 80),
               "\" 仅用于agency，应为 单位 或 单位/projects/项目编号，项目编号为不含逗号的ASCII字符 "
               "(of an agency only; expected UNIT or UNIT/projects/PROJECT, the project in "
               "visible ASCII without commas)"));
  entrustments.push_back(StrCat(kPurchasers, rest));
  return absl::OkStatus();
}

std::vector<std::pair<std::string, std::string>> Identity::Metadata() const {
  std::vector<std::pair<std::string, std::string>> metadata;
  const auto add = [&metadata](const char* key, const std::string& value) {
    if (!value.empty()) metadata.emplace_back(key, value);
  };
  if (!token.empty()) {
    add("authorization", StrCat("Bearer ", token));
    return metadata;
  }
  add("chengxin-subject", subject);
  add("chengxin-role", role);
  add("chengxin-authority", authority);
  add("chengxin-unit", unit);
  add("chengxin-entrustments", absl::StrJoin(entrustments, ","));
  return metadata;
}

}  // namespace chengxin::client
