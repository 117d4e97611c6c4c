// What matters of a certificate that a client brought.
#ifndef CHENGXIN_SERVER_CLIENT_CERTIFICATE_H_
#define CHENGXIN_SERVER_CLIENT_CERTIFICATE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/mutex.h"

namespace chengxin::server {

struct ClientCertificate {
  std::string sha256;              // of the DER, 32 bytes
  std::vector<std::string> names;  // subject alternative names of type URI
  absl::Time not_before;
  absl::Time not_after;
};

// InvalidArgument where the text is no certificate in PEM.
absl::StatusOr<ClientCertificate> ReadCertificate(std::string_view pem);

// Remembers certificates read: a connection brings the same one with every call. Thread-safe; holds a bounded
// number.
class CertificateCache {
 public:
  absl::StatusOr<std::shared_ptr<const ClientCertificate>> Read(std::string_view pem);

 private:
  Mutex mu_;
  absl::flat_hash_map<std::string, std::shared_ptr<const ClientCertificate>> known_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CLIENT_CERTIFICATE_H_
