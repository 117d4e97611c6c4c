#include "server/tls_authenticator.h"

#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "google/protobuf/util/message_differencer.h"
#include "grpc/grpc_security_constants.h"
#include "grpcpp/security/auth_context.h"
#include "grpcpp/support/string_ref.h"
#include "storage/digest.h"

namespace chengxin::server {

namespace {

constexpr char kAuthorization[] = "authorization";
constexpr std::string_view kScheme = "Bearer ";
// What development authentication believes.
constexpr std::string_view kClaimPrefix = "chengxin-";

// The same for whatever was wrong: nobody learns whether a credential was ever good.
absl::Status Refused() {
  return domain::ToStatus(
      {.reason = v1::ERROR_REASON_CREDENTIAL_REFUSED,
       .message = "凭证无效、已过期或已吊销 (the credential is unknown, expired or revoked)",
       .metadata = {}});
}

std::string_view View(grpc::string_ref text) { return std::string_view(text.data(), text.size()); }

}  // namespace

TlsAuthenticator::TlsAuthenticator(const AccessFiles& files, Clock& clock, bool refuse_public)
    : files_(files),
      clock_(clock),
      refuse_public_(refuse_public),
      public_(std::make_shared<const v1::Principal>(*PrincipalOf({}))) {}

absl::StatusOr<Caller> TlsAuthenticator::ByToken(std::string_view header) const {
  if (header.size() != kScheme.size() + kTokenLength || header.substr(0, kScheme.size()) != kScheme ||
      header.substr(kScheme.size(), kTokenPrefix.size()) != kTokenPrefix)
    return Refused();
  return OfToken(storage::Sha256(header.substr(kScheme.size())));
}

absl::StatusOr<Caller> TlsAuthenticator::OfToken(std::string sha256) const {
  const std::shared_ptr<const PrincipalTable> table = files_.principals();
  const PrincipalTable::TokenRow* const found = table->FindToken(sha256);
  if (found == nullptr || found->row->revoked || clock_.Now() >= found->expires) return Refused();
  return Caller{.principal = found->row->principal, .token_sha256 = std::move(sha256)};
}

absl::StatusOr<Caller> TlsAuthenticator::ByCertificate(std::string_view pem) const {
  absl::StatusOr<std::shared_ptr<const ClientCertificate>> read = certificates_.Read(pem);
  if (!read.ok()) return Refused();
  return OfCertificate(*std::move(read));
}

absl::StatusOr<Caller> TlsAuthenticator::OfCertificate(
    std::shared_ptr<const ClientCertificate> certificate) const {
  const absl::Time now = clock_.Now();
  const std::shared_ptr<const PrincipalTable> table = files_.principals();
  // The handshake has looked, but connections last.
  if (now < certificate->not_before || now >= certificate->not_after || table->IsRevoked(certificate->sha256))
    return Refused();
  const PrincipalTable::Row* row = nullptr;
  for (const std::string& name : certificate->names) {
    const PrincipalTable::Row* const named = table->FindCertificateName(name);
    if (named == nullptr) continue;
    // One that names two principals is neither's.
    if (row != nullptr && row != named) return Refused();
    row = named;
  }
  if (row == nullptr || row->revoked) return Refused();
  return Caller{.principal = row->principal, .certificate = std::move(certificate)};
}

absl::StatusOr<Caller> TlsAuthenticator::Authenticate(const grpc::CallbackServerContext& context) const {
  const auto& metadata = context.client_metadata();
  const auto claim = metadata.lower_bound(grpc::string_ref(kClaimPrefix.data(), kClaimPrefix.size()));
  if (claim != metadata.end() && View(claim->first).substr(0, kClaimPrefix.size()) == kClaimPrefix) {
    return absl::UnauthenticatedError(
        "本服务只认证书和令牌，不认所称身份 (this server believes certificates and tokens, not claims; "
        "expected no "
        "chengxin-* metadata)");
  }
  const auto [first, last] = metadata.equal_range(kAuthorization);
  if (first != last) return std::next(first) == last ? ByToken(View(first->second)) : Refused();

  const std::shared_ptr<const grpc::AuthContext> peer = context.auth_context();
  if (peer != nullptr && peer->IsPeerAuthenticated()) {
    const std::vector<grpc::string_ref> pem = peer->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
    return pem.size() == 1 ? ByCertificate(View(pem.front())) : Refused();
  }
  if (refuse_public_) {
    return absl::UnauthenticatedError(
        "须以证书或令牌证明身份 (expected a client certificate or a bearer token)");
  }
  return Caller{.principal = public_};
}

absl::Status TlsAuthenticator::Recheck(Caller& caller) const {
  if (!caller.proved()) return absl::OkStatus();
  absl::StatusOr<Caller> again =
      caller.certificate != nullptr ? OfCertificate(caller.certificate) : OfToken(caller.token_sha256);
  if (!again.ok()) return again.status();
  if (again->principal != caller.principal &&
      !google::protobuf::util::MessageDifferencer::Equals(*again->principal, *caller.principal))
    return Refused();
  // So that the next time one look at the pointers is enough.
  caller.principal = std::move(again->principal);
  return absl::OkStatus();
}

}  // namespace chengxin::server
