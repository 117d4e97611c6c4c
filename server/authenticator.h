// Who calls: one interface decides the principal of every call (design: access).
#ifndef CHENGXIN_SERVER_AUTHENTICATOR_H_
#define CHENGXIN_SERVER_AUTHENTICATOR_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chengxin/v1/principal.pb.h"
#include "grpcpp/server_context.h"

namespace chengxin::server {

struct ClientCertificate;

// A caller and what it proved itself by: a token, a certificate, or nothing.
struct Caller {
  std::shared_ptr<const v1::Principal> principal;
  std::string token_sha256 = {};
  std::shared_ptr<const ClientCertificate> certificate = {};

  bool proved() const { return certificate != nullptr || !token_sha256.empty(); }
};

// Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // Who makes a call. Unauthenticated where the caller does not say who it is in a form that can be believed;
  // the message says what was expected. The principal answered has a subject and a role other than
  // ROLE_UNSPECIFIED, with the authority or unit that the role needs.
  virtual absl::StatusOr<Caller> Authenticate(const grpc::CallbackServerContext& context) const = 0;
  // Whether a caller believed earlier would be believed now, as the same principal: for calls that last.
  virtual absl::Status Recheck(Caller& caller) const { return absl::OkStatus(); }
};

// Longest value of a metadata key below, in bytes; of the entrustments together.
inline constexpr size_t kMaximumIdentityLength = 100;
inline constexpr size_t kMaximumEntrustmentsLength = 4'096;

// Believes the request's metadata; only for a server that listens on loopback alone:
//   chengxin-subject    who; default: role, and what it is bound to
//   chengxin-role       public, organization, purchaser, agency, civil-affairs, finance, audit, sync, admin
//   chengxin-authority  "authorities/{id}"; required of civil-affairs and finance
//   chengxin-unit       "purchasers/{id}", required of purchaser and agency; required of organization: its
//                       code; required of sync: the source it delivers, "sources/{id}"
//   chengxin-entrustments  of an agency: whom it acts for, by commas; none where absent. A project with a
//                       comma or other than ASCII cannot be named here
// Without chengxin-role the caller is the public. Each key at most once; an empty value counts as absent.
class DevelopmentAuthenticator : public Authenticator {
 public:
  absl::StatusOr<Caller> Authenticate(const grpc::CallbackServerContext& context) const override;
};

// What the metadata says, apart from how it came.
struct ClaimedIdentity {
  std::string_view subject = {};
  std::string_view role = {};
  std::string_view authority = {};
  std::string_view unit = {};
  std::string_view entrustments = {};
};
// The principal claimed. Unauthenticated as above.
absl::StatusOr<v1::Principal> PrincipalOf(const ClaimedIdentity& claimed);

// The role of a name as above ("civil-affairs"), or nothing; and back ("" for an unknown role).
std::optional<v1::Role> RoleOf(std::string_view name);
std::string_view NameOf(v1::Role role);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AUTHENTICATOR_H_
