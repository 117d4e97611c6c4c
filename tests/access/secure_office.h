// A whole server that believes only what is proved, over real TLS, with its files in a folder.
#ifndef CHENGXIN_TESTS_ACCESS_SECURE_OFFICE_H_
#define CHENGXIN_TESTS_ACCESS_SECURE_OFFICE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "chengxin/config/v1/config.pb.h"
#include "chengxin/config/v1/principals.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "server/server.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ledger.h"
#include "tests/support/pki.h"

namespace chengxin {

class SecureOffice {
 public:
  using Change = std::function<void(config::v1::ServerConfig&)>;

  // Serves without principals; `change` is made to the configuration before.
  explicit SecureOffice(const Change& change = nullptr);
  ~SecureOffice();

  const PrivateAuthority& authority() const { return authority_; }
  FakeClock& clock() { return clock_; }
  int port() const { return server_->listen_port(); }
  server::Server& server() { return *server_; }
  std::string Path(std::string_view name) const;

  // A row of the principals file, in force when this returns.
  config::v1::PrincipalRow& Row(std::string_view subject, v1::Role role, std::string_view authority = "",
                                std::string_view unit = "");
  config::v1::Principals& principals() { return principals_; }
  // Writes the file of principals() and waits until the server has read it.
  void Publish();
  // Gives the row a token and answers its text. In force after Publish.
  static std::string AddToken(config::v1::PrincipalRow& row, absl::Time expires);

  // A certificate that names the subject.
  IssuedCertificate CertificateOf(std::string_view subject) const;
  // A connection that brings the certificate, or none; of its own.
  std::shared_ptr<grpc::Channel> Connect(const IssuedCertificate* certificate = nullptr) const;

  // Replaces a file at once, as a careful administrator does.
  void Replace(std::string_view name, std::string_view text) const;
  // Waits until `holds` does; fails the test where it does not within a minute.
  static void Await(const std::function<bool()>& holds);

 private:
  const TemporaryFolder folder_;
  const PrivateAuthority authority_;
  FakeClock clock_{absl::Now()};
  config::v1::Principals principals_;
  std::unique_ptr<server::Server> server_;
};

// Gives up after a minute, so that no test hangs; with a token where one is given.
std::unique_ptr<grpc::ClientContext> Asking(std::string_view token = "");

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_ACCESS_SECURE_OFFICE_H_
