#include "server/tls_material.h"

#include <openssl/err.h>
#include <openssl/x509.h>

#include "base/status.h"
#include "base/strings.h"
#include "base/text_file.h"
#include "server/client_certificate.h"
#include "server/pem.h"

namespace chengxin::server {

namespace {

constexpr size_t kMaximumPemBytes = 1 << 20;

absl::Status Wrong(const std::string& path, std::string_view what) {
  return absl::InvalidArgumentError(StrCat(path, ": ", what));
}

}  // namespace

absl::StatusOr<TlsMaterial> ReadTlsMaterial(const config::v1::ServerConfig& config, absl::Time now) {
  TlsMaterial material;
  CHENGXIN_ASSIGN_OR_RETURN(material.certificates,
                            ReadTextFile(config.certificate_file(), kMaximumPemBytes, FileSecrecy::kOpen));
  CHENGXIN_ASSIGN_OR_RETURN(material.key,
                            ReadTextFile(config.key_file(), kMaximumPemBytes, FileSecrecy::kSecret));
  CHENGXIN_ASSIGN_OR_RETURN(material.client_authorities, ReadTextFile(config.client_authorities_file(),
                                                                      kMaximumPemBytes, FileSecrecy::kOpen));
  const OwnedCertificate certificate = ParseCertificate(material.certificates);
  if (certificate == nullptr)
    return Wrong(config.certificate_file(), "不含PEM格式的证书 (holds no certificate in PEM)");
  const OwnedKey key = ParsePrivateKey(material.key);
  if (key == nullptr)
    return Wrong(config.key_file(), "不含未加密的PEM私钥 (holds no unencrypted private key in PEM)");
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    ERR_clear_error();
    return Wrong(config.key_file(), "私钥与证书不匹配 (is not the key of the certificate)");
  }
  if (ParseCertificate(material.client_authorities) == nullptr)
    return Wrong(config.client_authorities_file(), "不含PEM格式的证书 (holds no certificate in PEM)");
  CHENGXIN_ASSIGN_OR_RETURN(const ClientCertificate read, ReadCertificate(material.certificates));
  if (now < read.not_before || now >= read.not_after) {
    return Wrong(
        config.certificate_file(),
        StrCat("证书不在有效期内，有效期自", absl::FormatTime(read.not_before, absl::UTCTimeZone()), "至",
               absl::FormatTime(read.not_after, absl::UTCTimeZone()), " (the certificate is not valid now)"));
  }
  material.not_after = read.not_after;
  return material;
}

}  // namespace chengxin::server
