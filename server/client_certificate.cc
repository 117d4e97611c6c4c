#include "server/client_certificate.h"

#include <openssl/asn1.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "server/pem.h"
#include "storage/digest.h"

namespace chengxin::server {

namespace {

// About 20 MB of certificates.
constexpr size_t kMostKnown = 10'000;

struct Free {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
  void operator()(unsigned char* bytes) const { OPENSSL_free(bytes); }
};

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return absl::InfinitePast();
  return absl::FromTM(parts, absl::UTCTimeZone());
}

std::vector<std::string> UriNames(const X509* certificate) {
  std::vector<std::string> uris;
  const std::unique_ptr<GENERAL_NAMES, Free> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (names == nullptr) return uris;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* const uri = name->d.uniformResourceIdentifier;
    uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                      static_cast<size_t>(ASN1_STRING_length(uri)));
  }
  return uris;
}

}  // namespace

absl::StatusOr<ClientCertificate> ReadCertificate(std::string_view pem) {
  const OwnedCertificate certificate = ParseCertificate(pem);
  if (certificate == nullptr) return absl::InvalidArgumentError("不是PEM格式的证书 (no certificate in PEM)");
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate.get(), &der);
  const std::unique_ptr<unsigned char, Free> owner(der);
  if (size <= 0) return absl::InvalidArgumentError("证书无法编码 (the certificate cannot be encoded)");
  return ClientCertificate{.sha256 = storage::Sha256(std::string_view(reinterpret_cast<const char*>(der),
                                                                      static_cast<size_t>(size))),
                           .names = UriNames(certificate.get()),
                           .not_before = TimeOf(X509_get0_notBefore(certificate.get())),
                           .not_after = TimeOf(X509_get0_notAfter(certificate.get()))};
}

absl::StatusOr<std::shared_ptr<const ClientCertificate>> CertificateCache::Read(std::string_view pem) {
  {
    MutexLock lock(mu_);
    const auto found = known_.find(ToAbsl(pem));
    if (found != known_.end()) return found->second;
  }
  CHENGXIN_ASSIGN_OR_RETURN(ClientCertificate read, ReadCertificate(pem));
  auto certificate = std::make_shared<const ClientCertificate>(std::move(read));
  MutexLock lock(mu_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(std::string(pem), certificate);
  return certificate;
}

}  // namespace chengxin::server
