#include "tests/access/secure_office.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/strings.h"
#include "chengxin/v1/admin_service.grpc.pb.h"
#include "google/protobuf/text_format.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "server/configuration.h"
#include "server/tokens.h"

namespace chengxin {

namespace {

constexpr char kMarker[] = "marker";

std::string TextOf(const google::protobuf::Message& message) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(message, &text);
  return text;
}

// A key for sealing, of tests alone.
constexpr char kSealingKeys[] =
    R"(keys { id: "test-1" algorithm: "AES-256-GCM" key: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" })";

}  // namespace

SecureOffice::SecureOffice(const Change& change) {
  const IssuedCertificate served = authority_.Issue({.uris = {}, .for_server = true});
  Replace("server.crt", served.certificate);
  Replace("server.key", served.key);
  Replace("ca.crt", authority_.certificate());
  Replace("principals.txtpb", "");
  Replace("sealing_keys.txtpb", kSealingKeys);
  config::v1::ServerConfig config;
  config.set_data_folder(Path("data"));
  config.set_listen_address("127.0.0.1:0");
  config.set_authentication(config::v1::AUTHENTICATION_MODE_TLS);
  config.set_certificate_file(Path("server.crt"));
  config.set_key_file(Path("server.key"));
  config.set_client_authorities_file(Path("ca.crt"));
  config.set_principals_file(Path("principals.txtpb"));
  config.set_sealing_keys_file(Path("sealing_keys.txtpb"));
  if (change) change(config);
  const absl::Status complete = server::CompleteConfiguration(server::Purpose::kServe, config);
  EXPECT_TRUE(complete.ok()) << complete;
  absl::StatusOr<std::unique_ptr<server::Server>> server =
      server::Server::Start(config, clock_, clock_.Now());
  if (!server.ok()) {
    ADD_FAILURE() << server.status();
    std::abort();
  }
  server_ = *std::move(server);
}

SecureOffice::~SecureOffice() = default;

std::string SecureOffice::Path(std::string_view name) const { return StrCat(folder_.path(), "/", name); }

config::v1::PrincipalRow& SecureOffice::Row(std::string_view subject, v1::Role role,
                                            std::string_view authority, std::string_view unit) {
  config::v1::PrincipalRow& row = *principals_.add_rows();
  row.mutable_principal()->set_subject(std::string(subject));
  row.mutable_principal()->set_role(role);
  row.mutable_principal()->set_authority(std::string(authority));
  row.mutable_principal()->set_unit(std::string(unit));
  return row;
}

void SecureOffice::Publish() {
  // A token of its own each time: once it is believed, the file has been read.
  config::v1::Principals published = principals_;
  config::v1::PrincipalRow& marker = *published.add_rows();
  marker.mutable_principal()->set_subject(kMarker);
  marker.mutable_principal()->set_role(v1::ROLE_ADMIN);
  const std::string token = AddToken(marker, clock_.Now() + absl::Hours(1));
  Replace("principals.txtpb", TextOf(published));
  const auto admin = v1::AdminService::NewStub(Connect());
  Await([&] {
    v1::GetStatusResponse response;
    return admin->GetStatus(Asking(token).get(), {}, &response).ok();
  });
}

std::string SecureOffice::AddToken(config::v1::PrincipalRow& row, absl::Time expires) {
  const absl::StatusOr<server::NewToken> made = server::MakeToken(expires);
  EXPECT_TRUE(made.ok()) << made.status();
  config::v1::PrincipalRow with_token;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(made->row, &with_token)) << made->row;
  row.MergeFrom(with_token);
  return made->text;
}

IssuedCertificate SecureOffice::CertificateOf(std::string_view subject) const {
  return authority_.Issue({.uris = {StrCat("urn:chengxin:principal:", subject)}});
}

std::shared_ptr<grpc::Channel> SecureOffice::Connect(const IssuedCertificate* certificate) const {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = authority_.certificate();
  if (certificate != nullptr) {
    options.pem_cert_chain = certificate->certificate;
    options.pem_private_key = certificate->key;
  }
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(StrCat("127.0.0.1:", port()), grpc::SslCredentials(options), arguments);
}

void SecureOffice::Replace(std::string_view name, std::string_view text) const {
  const std::string fresh = Path(StrCat(name, ".new"));
  {
    std::ofstream file(fresh, std::ios::binary);
    file << text;
  }
  ::chmod(fresh.c_str(), S_IRUSR | S_IWUSR);
  std::filesystem::rename(fresh, Path(name));
}

void SecureOffice::Await(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) {
      ADD_FAILURE() << "waited in vain for a minute";
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::unique_ptr<grpc::ClientContext> Asking(std::string_view token) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  if (!token.empty()) context->AddMetadata("authorization", StrCat("Bearer ", token));
  return context;
}

}  // namespace chengxin
