// Who may call: the principals file, compiled for being asked at every call (rule 61).
#ifndef CHENGXIN_SERVER_PRINCIPAL_TABLE_H_
#define CHENGXIN_SERVER_PRINCIPAL_TABLE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/config/v1/principals.pb.h"

namespace chengxin::server {

// What a certificate's subject alternative name begins with that is a principal's without more ado.
inline constexpr std::string_view kCertificateNamePrefix = "urn:chengxin:principal:";
inline constexpr size_t kMaximumPrincipals = 100'000;
inline constexpr size_t kMaximumTokens = 10;  // of one principal

// Immutable; any number of threads may ask.
class PrincipalTable {
 public:
  struct Row {
    std::shared_ptr<const v1::Principal> principal;
    bool revoked = false;
  };
  struct TokenRow {
    const Row* row = nullptr;
    absl::Time expires;
  };

  // InvalidArgument with every wrong field (BadRequest payload), as "rows[3].tokens[0].sha256".
  static absl::StatusOr<std::shared_ptr<const PrincipalTable>> Compile(const config::v1::Principals& file);

  // Null where there is none. What is answered lives as long as the table.
  const Row* FindCertificateName(std::string_view name) const;
  // By the SHA-256 of the token's text, 32 bytes.
  const TokenRow* FindToken(std::string_view sha256) const;
  // By the SHA-256 of the certificate, 32 bytes.
  bool IsRevoked(std::string_view certificate_sha256) const;

  size_t size() const { return rows_.size(); }

 private:
  PrincipalTable() = default;

  std::vector<Row> rows_;
  absl::flat_hash_map<std::string, const Row*> by_certificate_name_;
  absl::flat_hash_map<std::string, TokenRow> by_token_;
  absl::flat_hash_set<std::string> revoked_certificates_;

  friend class PrincipalTableBuilder;
};

// Whether the text names a principal: 1 to 100 letters, digits and .-_@:/ of ASCII.
bool IsSubject(std::string_view text);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_PRINCIPAL_TABLE_H_
