// Who calls, by proof: a bearer token or a client certificate (rule 61).
#ifndef CHENGXIN_SERVER_TLS_AUTHENTICATOR_H_
#define CHENGXIN_SERVER_TLS_AUTHENTICATOR_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "server/access_files.h"
#include "server/authenticator.h"
#include "server/client_certificate.h"

namespace chengxin::server {

// The text of a token: this prefix, by which a leaked one is found, and 256 random bits in base64url.
inline constexpr std::string_view kTokenPrefix = "chengxin_";
inline constexpr size_t kTokenBytes = 32;
inline constexpr size_t kTokenLength = kTokenPrefix.size() + 43;

// A caller with metadata "authorization: Bearer TOKEN" is the token's principal, whatever certificate the
// connection brought: a gateway passes on whom it serves. Else a client certificate makes it the principal
// that the certificate's names say; else it is the public, unless the public is refused. A credential that is
// given and not believed is Unauthenticated with CREDENTIAL_REFUSED, never the public.
class TlsAuthenticator : public Authenticator {
 public:
  // Both must outlive it; `clock` is the machine's: credentials expire in real time.
  TlsAuthenticator(const AccessFiles& files, Clock& clock, bool refuse_public);

  absl::StatusOr<Caller> Authenticate(const grpc::CallbackServerContext& context) const override;
  absl::Status Recheck(Caller& caller) const override;

 private:
  // Of an authorization header, and of a certificate in PEM.
  absl::StatusOr<Caller> ByToken(std::string_view header) const;
  absl::StatusOr<Caller> ByCertificate(std::string_view pem) const;
  // Of what was read of them, as the files are now.
  absl::StatusOr<Caller> OfToken(std::string sha256) const;
  absl::StatusOr<Caller> OfCertificate(std::shared_ptr<const ClientCertificate> certificate) const;

  const AccessFiles& files_;
  Clock& clock_;
  const bool refuse_public_;
  const std::shared_ptr<const v1::Principal> public_;
  mutable CertificateCache certificates_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_TLS_AUTHENTICATOR_H_
