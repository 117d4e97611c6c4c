// A certificate authority of a test's own.
#ifndef CHENGXIN_TESTS_SUPPORT_PKI_H_
#define CHENGXIN_TESTS_SUPPORT_PKI_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace chengxin {

// PEM.
struct IssuedCertificate {
  std::string certificate;
  std::string key;
  std::string sha256;  // of the DER, in hexadecimal
};

struct CertificateOrder {
  std::vector<std::string> uris = {};
  bool for_server = false;  // of localhost and 127.0.0.1
  absl::Time not_before = absl::Now() - absl::Hours(1);
  absl::Time not_after = absl::Now() + absl::Hours(24);
};

class PrivateAuthority {
 public:
  PrivateAuthority();
  ~PrivateAuthority();

  // Its own certificate, PEM.
  const std::string& certificate() const { return certificate_; }
  IssuedCertificate Issue(const CertificateOrder& order) const;
  // One that nobody vouches for but itself.
  static IssuedCertificate SelfSigned(const CertificateOrder& order);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  std::string certificate_;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_PKI_H_
