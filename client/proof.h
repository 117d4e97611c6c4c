// How a client knows its server and proves who it is: TLS with a certificate or a bearer token.
#ifndef CHENGXIN_CLIENT_PROOF_H_
#define CHENGXIN_CLIENT_PROOF_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace grpc {
class ChannelCredentials;
}  // namespace grpc

namespace chengxin::client {

// Paths of files; PEM but for the token.
struct Proof {
  // Authorities one of which vouches for the server. Empty: no TLS, for a server on loopback that believes
  // without proof.
  std::string authorities_file = {};
  // The caller's certificate and its private key: both or neither.
  std::string certificate_file = {};
  std::string key_file = {};
  // A bearer token on one line. It speaks for the caller where a certificate is given too.
  std::string token_file = {};
};

// The proof of the caller that a folder of credentials holds under a name: ca.crt, and NAME.crt with NAME.key
// or NAME.token. "public" has neither. NotFound where the folder holds nothing under the name.
absl::StatusOr<Proof> FindProof(const std::string& folder, std::string_view name);

// Credentials of a channel. InvalidArgument naming the field ("authorities_file", …) where a file is missing
// or cannot be read, a key or token may be read by others, or something is given without what it needs.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsOf(const Proof& proof);
// The token; empty where none is given.
absl::StatusOr<std::string> TokenOf(const Proof& proof);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_PROOF_H_
