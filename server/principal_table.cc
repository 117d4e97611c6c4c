#include "server/principal_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/entrustment.h"
#include "domain/refusal.h"
#include "server/authenticator.h"

namespace chengxin::server {

namespace {

using domain::FieldViolations;

constexpr size_t kMaximumNote = 100;
constexpr size_t kMaximumCertificateName = 200;
constexpr size_t kDigestBytes = 32;

// The 32 bytes of 64 hexadecimal digits.
std::optional<std::string> ParseDigest(std::string_view text) {
  if (text.size() != 2 * kDigestBytes) return std::nullopt;
  const bool hexadecimal = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
  if (!hexadecimal) return std::nullopt;
  return absl::HexStringToBytes(ToAbsl(text));
}

std::optional<absl::Time> ParseExpiry(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, ToAbsl(text), &time, &error)) return std::nullopt;
  return time;
}

void AddNoDigest(std::string_view field, FieldViolations& violations) {
  violations.Add(field, "应为64位十六进制的SHA-256 (expected 64 hexadecimal digits of a SHA-256)");
}

// Checks who it is by the rules of every principal.
void CheckPrincipal(std::string_view field, const v1::Principal& principal, FieldViolations& violations) {
  if (!IsSubject(principal.subject())) {
    violations.Add(StrCat(field, ".subject"),
                   "应为1至100个字母、数字或.-_@:/ (expected 1 to 100 letters, digits and .-_@:/)");
  }
  if (principal.role() == v1::ROLE_PUBLIC) {
    violations.Add(StrCat(field, ".role"),
                   "公众无须登记 (the public needs no row; expected a role that proves itself)");
    return;
  }
  const absl::StatusOr<v1::Principal> bound = PrincipalOf({.subject = principal.subject(),
                                                           .role = NameOf(principal.role()),
                                                           .authority = principal.authority(),
                                                           .unit = principal.unit()});
  if (principal.role() == v1::ROLE_UNSPECIFIED || NameOf(principal.role()).empty()) {
    violations.Add(StrCat(field, ".role"), "未填写角色 (is not set)");
  } else if (!bound.ok()) {
    violations.Add(field, ToStd(bound.status().message()));
  }
  if (!domain::HasValidEntrustments(principal)) {
    violations.Add(
        StrCat(field, ".entrustments"),
        StrCat("仅由采购代理机构填写，至多", domain::kMaximumEntrustments,
               "项，每项应为“purchasers/{单位标识}”或“purchasers/{单位标识}/projects/{项目编号}” (of an "
               "agency alone, at most ",
               domain::kMaximumEntrustments,
               ", each purchasers/{id} or purchasers/{id}/projects/{project})"));
  }
}

}  // namespace

bool IsSubject(std::string_view text) {
  return !text.empty() && text.size() <= kMaximumIdentityLength &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                  c == '-' || c == '_' || c == '@' || c == ':' || c == '/';
         });
}

// Fills a table row by row, gathering all that is wrong.
class PrincipalTableBuilder {
 public:
  explicit PrincipalTableBuilder(PrincipalTable& table) : table_(table) {}

  void Add(const config::v1::PrincipalRow& row, size_t index) {
    const std::string field = StrCat("rows[", index, "]");
    CheckPrincipal(StrCat(field, ".principal"), row.principal(), violations);
    PrincipalTable::Row& added = table_.rows_.emplace_back();
    added.principal = std::make_shared<const v1::Principal>(row.principal());
    added.revoked = row.revoked();
    if (!subjects_.insert(row.principal().subject()).second)
      violations.Add(StrCat(field, ".principal.subject"), "与前面重复 (stands twice)");
    AddCertificateName(StrCat(field, ".principal.subject"),
                       StrCat(kCertificateNamePrefix, row.principal().subject()), added);
    for (int i = 0; i < row.certificate_names_size(); ++i)
      AddCertificateName(StrCat(field, ".certificate_names[", i, "]"), row.certificate_names(i), added);
    if (static_cast<size_t>(row.tokens_size()) > kMaximumTokens) {
      violations.Add(StrCat(field, ".tokens"),
                     StrCat("至多", kMaximumTokens, "个 (expected at most ", kMaximumTokens, ")"));
    }
    for (int i = 0; i < row.tokens_size(); ++i)
      AddToken(StrCat(field, ".tokens[", i, "]"), row.tokens(i), added);
  }

  FieldViolations violations;

 private:
  void AddCertificateName(const std::string& field, const std::string& name, const PrincipalTable::Row& row) {
    if (name.empty() || name.size() > kMaximumCertificateName) {
      violations.Add(field, StrCat("应为1至", kMaximumCertificateName, "字节 (expected 1 to ",
                                   kMaximumCertificateName, " bytes)"));
    } else if (!table_.by_certificate_name_.emplace(name, &row).second) {
      violations.Add(field, "证书名称与前面重复 (a certificate's name stands twice)");
    }
  }

  void AddToken(const std::string& field, const config::v1::Token& token, const PrincipalTable::Row& row) {
    const std::optional<std::string> digest = ParseDigest(token.sha256());
    if (!digest.has_value()) AddNoDigest(StrCat(field, ".sha256"), violations);
    const std::optional<absl::Time> expires = ParseExpiry(token.expires());
    if (!expires.has_value()) {
      violations.Add(StrCat(field, ".expires"),
                     "应为RFC 3339时刻 (expected an instant, for example \"2027-06-30T00:00:00+08:00\")");
    }
    if (token.note().size() > kMaximumNote)
      violations.Add(StrCat(field, ".note"), StrCat("过长 (expected at most ", kMaximumNote, " bytes)"));
    if (!digest.has_value() || !expires.has_value()) return;
    if (!table_.by_token_.emplace(*digest, PrincipalTable::TokenRow{&row, *expires}).second)
      violations.Add(StrCat(field, ".sha256"), "令牌与前面重复 (a token stands twice)");
  }

  PrincipalTable& table_;
  absl::flat_hash_set<std::string> subjects_;
};

absl::StatusOr<std::shared_ptr<const PrincipalTable>> PrincipalTable::Compile(
    const config::v1::Principals& file) {
  const auto count = static_cast<size_t>(file.rows_size());
  if (count > kMaximumPrincipals) {
    return absl::InvalidArgumentError(StrCat("rows: 至多", kMaximumPrincipals, "行，而有", count, "行 (has ",
                                             count, "; expected at most ", kMaximumPrincipals, ")"));
  }
  std::shared_ptr<PrincipalTable> table(new PrincipalTable());
  // Rows are pointed at: they must not move.
  table->rows_.reserve(count);
  PrincipalTableBuilder builder(*table);
  for (size_t i = 0; i < count; ++i) builder.Add(file.rows(static_cast<int>(i)), i);
  for (int i = 0; i < file.revoked_certificates_size(); ++i) {
    const std::optional<std::string> digest = ParseDigest(file.revoked_certificates(i));
    if (digest.has_value()) {
      table->revoked_certificates_.insert(*digest);
    } else {
      AddNoDigest(StrCat("revoked_certificates[", i, "]"), builder.violations);
    }
  }
  CHENGXIN_RETURN_IF_ERROR(builder.violations.ToStatus());
  return std::shared_ptr<const PrincipalTable>(std::move(table));
}

const PrincipalTable::Row* PrincipalTable::FindCertificateName(std::string_view name) const {
  const auto found = by_certificate_name_.find(ToAbsl(name));
  return found == by_certificate_name_.end() ? nullptr : found->second;
}

const PrincipalTable::TokenRow* PrincipalTable::FindToken(std::string_view sha256) const {
  const auto found = by_token_.find(ToAbsl(sha256));
  return found == by_token_.end() ? nullptr : &found->second;
}

bool PrincipalTable::IsRevoked(std::string_view certificate_sha256) const {
  return revoked_certificates_.contains(ToAbsl(certificate_sha256));
}

}  // namespace chengxin::server
