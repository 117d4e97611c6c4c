// Unary checks over mutual TLS, each with a token that is looked up among 10,000 principals, a role check and
// an audit entry, beside a bare callback server over the same mutual TLS.
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "absl/time/clock.h"
#include "base/strings.h"
#include "bench/bare_process.h"
#include "bench/load.h"
#include "bench/population.h"
#include "bench/report.h"
#include "chengxin/config/v1/principals.pb.h"
#include "google/protobuf/text_format.h"
#include "server/tokens.h"
#include "tests/support/daemon.h"
#include "tests/support/pki.h"

namespace chengxin::bench {
namespace {

constexpr int kOrganizations = 200'000;
constexpr int kShortOrganizations = 2'000;
constexpr int kPrincipals = 10'000;
constexpr int kShortPrincipals = 100;
constexpr double kBar = 0.85;

// The files of access, in a folder of their own.
class AccessFolder {
 public:
  AccessFolder(const Folder& folder, int principals) : base_(folder.Sub("access-")) {
    const IssuedCertificate served = authority_.Issue({.uris = {}, .for_server = true});
    const IssuedCertificate caller = authority_.Issue({.uris = {"urn:chengxin:principal:purchaser-0"}});
    Write("server.crt", served.certificate);
    Write("server.key", served.key);
    Write("ca.crt", authority_.certificate());
    Write("sealing.txtpb",
          StrCat("keys { id: \"bench\" algorithm: \"AES-256-GCM\" key: \"", std::string(64, '7'), "\" }"));
    proof_ = {.authorities = authority_.certificate(),
              .certificate = caller.certificate,
              .key = caller.key,
              .token = WritePrincipals(principals)};
  }

  std::string Path(const std::string& name) const { return base_ + name; }
  const CallerProof& proof() const { return proof_; }

 private:
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
    ::chmod(Path(name).c_str(), S_IRUSR | S_IWUSR);
  }
  // The token of the first.
  std::string WritePrincipals(int count) const {
    std::string first;
    std::string text;
    for (int i = 0; i < count; ++i) {
      const auto token = server::MakeToken(absl::Now() + absl::Hours(24));
      Require(token.status(), "token");
      if (i == 0) first = token->text;
      text +=
          StrCat("rows { principal { subject: \"purchaser-", i, "\" role: ROLE_PURCHASER unit: \"purchasers/",
                 i == 0 ? std::string("km-culture") : StrCat("unit-", i), "\" } ", token->row, " }\n");
    }
    Write("principals.txtpb", text);
    return first;
  }

  const PrivateAuthority authority_;
  const std::string base_;
  CallerProof proof_;
};

int Main(int argc, char** argv) {
  const Settings settings = ParseSettings(argc, argv);
  const int organizations = settings.is_short ? kShortOrganizations : kOrganizations;
  const Folder folder;
  Populate(*NewEngine(folder.Sub("data")), organizations);
  const AccessFolder access(folder, settings.is_short ? kShortPrincipals : kPrincipals);
  auto daemon = Daemon::Start(
      folder.Sub("data"),
      {"--authentication", "tls", "--certificate-file", access.Path("server.crt"), "--key-file",
       access.Path("server.key"), "--client-authorities-file", access.Path("ca.crt"), "--principals-file",
       access.Path("principals.txtpb"), "--sealing-keys-file", access.Path("sealing.txtpb"),
       "--principal-calls-per-second", "10000000", "--audit-buffer-entries", "1000000"});
  Require(daemon.status(), "chengxind");
  const std::string ours = StrCat("127.0.0.1:", (*daemon)->port());
  ProveWith(access.proof());

  Load load{.in_flight = 16, .organizations = organizations};
  const Load batch{.in_flight = 1, .organizations = organizations, .batch = 10};
  const BareServer bare(folder, AskOne(ours, load), AskBatch(ours, batch), 1,
                        {access.Path("server.crt"), access.Path("server.key"), access.Path("ca.crt")});
  for (const int in_flight : {16, 128}) {
    load.in_flight = in_flight;
    PrintPair(StrCat("CheckEligibility BASIC over mTLS, audited, ", in_flight, " in flight"), "checks/s",
              RunInTurn(
                  settings, [&] { return ChecksPerSecond(ours, load, settings.run_length); },
                  [&] { return ChecksPerSecond(bare.address(), load, settings.run_length); }),
              kBar);
  }
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
