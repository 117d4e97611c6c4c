// The certificates and the key that TLS works with, from the configured files.
#ifndef CHENGXIN_SERVER_TLS_MATERIAL_H_
#define CHENGXIN_SERVER_TLS_MATERIAL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/config/v1/config.pb.h"

namespace chengxin::server {

// All in PEM.
struct TlsMaterial {
  std::string certificates;  // the server's, then those that lead to its issuer
  std::string key;
  std::string client_authorities;
  absl::Time not_after;  // of the server's certificate

  bool operator==(const TlsMaterial& other) const = default;
};

// Reads certificate_file, key_file and client_authorities_file. Errors name the file and what is wrong: it
// cannot be read, is no PEM, group or others may read the key, the key is not the certificate's, the
// certificate is not valid at `now`.
absl::StatusOr<TlsMaterial> ReadTlsMaterial(const config::v1::ServerConfig& config, absl::Time now);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_TLS_MATERIAL_H_
