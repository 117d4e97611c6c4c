// Who is believed over TLS: certificates, tokens, and neither (rule 61).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/strings.h"
#include "chengxin/v1/admin_service.grpc.pb.h"
#include "chengxin/v1/case_service.grpc.pb.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "tests/access/secure_office.h"

namespace chengxin {
namespace {

using grpc::StatusCode;

// ListDeadlines is an officer's alone: what it answers tells who was believed.
grpc::Status ListDeadlines(const std::shared_ptr<grpc::Channel>& channel, std::string_view token = "") {
  v1::ListDeadlinesResponse response;
  return v1::CaseService::NewStub(channel)->ListDeadlines(Asking(token).get(), {}, &response);
}

grpc::Status GetStatus(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext& context) {
  v1::GetStatusResponse response;
  return v1::AdminService::NewStub(channel)->GetStatus(&context, {}, &response);
}

// Believed as an officer: the world is empty, so there is no catalogue yet, which only an admitted call
// learns.
bool IsOfficer(const grpc::Status& status) {
  return status.ok() || status.error_code() == StatusCode::FAILED_PRECONDITION;
}

class Rule61Identity : public testing::Test {
 protected:
  Rule61Identity() {
    office_.Row("officer-1", v1::ROLE_CIVIL_AFFAIRS, "authorities/km-wuhua");
    office_.Publish();
  }
  SecureOffice office_;
};

TEST_F(Rule61Identity, ACertificateThatNamesAPrincipalMakesTheCallerThatPrincipal) {
  const IssuedCertificate certificate = office_.CertificateOf("officer-1");
  const grpc::Status status = ListDeadlines(office_.Connect(&certificate));
  EXPECT_TRUE(IsOfficer(status)) << status.error_message();
}

TEST_F(Rule61Identity, ANameOfItsOwnInTheRowServesToo) {
  office_.principals().mutable_rows(0)->add_certificate_names("spiffe://km.example/officer/1");
  office_.Publish();
  const IssuedCertificate certificate =
      office_.authority().Issue({.uris = {"spiffe://km.example/officer/1"}});
  EXPECT_TRUE(IsOfficer(ListDeadlines(office_.Connect(&certificate))));
}

TEST_F(Rule61Identity, WhoBringsNothingIsThePublicAndNoMore) {
  grpc::ClientContext context;
  EXPECT_TRUE(GetStatus(office_.Connect(), context).ok());
  EXPECT_EQ(ListDeadlines(office_.Connect()).error_code(), StatusCode::PERMISSION_DENIED);
}

TEST_F(Rule61Identity, ACertificateThatNamesNobodyIsRefusedAndNotThePublic) {
  const IssuedCertificate stranger = office_.CertificateOf("nobody");
  const IssuedCertificate nameless = office_.authority().Issue({});
  for (const IssuedCertificate* certificate : {&stranger, &nameless}) {
    grpc::ClientContext context;
    EXPECT_EQ(GetStatus(office_.Connect(certificate), context).error_code(), StatusCode::UNAUTHENTICATED);
  }
}

TEST_F(Rule61Identity, ACertificateThatNamesTwoPrincipalsIsNeithers) {
  office_.Row("officer-2", v1::ROLE_CIVIL_AFFAIRS, "authorities/km-panlong");
  office_.Publish();
  const IssuedCertificate both = office_.authority().Issue(
      {.uris = {"urn:chengxin:principal:officer-1", "urn:chengxin:principal:officer-2"}});
  EXPECT_EQ(ListDeadlines(office_.Connect(&both)).error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ExpiredEarlySelfSignedAndForeignCertificatesEndTheHandshake) {
  const std::string name = "urn:chengxin:principal:officer-1";
  const PrivateAuthority foreign;
  const std::vector<std::pair<std::string, IssuedCertificate>> bad = {
      {"expired", office_.authority().Issue({.uris = {name},
                                             .not_before = absl::Now() - absl::Hours(2),
                                             .not_after = absl::Now() - absl::Hours(1)})},
      {"not yet valid", office_.authority().Issue({.uris = {name},
                                                   .not_before = absl::Now() + absl::Hours(1),
                                                   .not_after = absl::Now() + absl::Hours(2)})},
      {"foreign", foreign.Issue({.uris = {name}})},
      {"self-signed", PrivateAuthority::SelfSigned({.uris = {name}})}};
  for (const auto& [what, certificate] : bad) {
    EXPECT_EQ(ListDeadlines(office_.Connect(&certificate)).error_code(), StatusCode::UNAVAILABLE) << what;
  }
}

TEST_F(Rule61Identity, ACertificateThatExpiresOnAnOpenConnectionIsRefusedFromThenOn) {
  const IssuedCertificate certificate = office_.CertificateOf("officer-1");
  const auto channel = office_.Connect(&certificate);
  ASSERT_TRUE(IsOfficer(ListDeadlines(channel)));
  office_.clock().Advance(absl::Hours(25));
  EXPECT_EQ(ListDeadlines(channel).error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ARevokedCertificateAndARevokedPrincipalAreRefusedOnOpenConnections) {
  const IssuedCertificate lost = office_.CertificateOf("officer-1");
  const IssuedCertificate kept = office_.CertificateOf("officer-1");
  const auto lost_channel = office_.Connect(&lost);
  const auto kept_channel = office_.Connect(&kept);
  ASSERT_TRUE(IsOfficer(ListDeadlines(lost_channel)));
  office_.principals().add_revoked_certificates(lost.sha256);
  office_.Publish();
  EXPECT_EQ(ListDeadlines(lost_channel).error_code(), StatusCode::UNAUTHENTICATED);
  EXPECT_TRUE(IsOfficer(ListDeadlines(kept_channel)));
  office_.principals().mutable_rows(0)->set_revoked(true);
  office_.Publish();
  EXPECT_EQ(ListDeadlines(kept_channel).error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ATokenSpeaksForItsPrincipalUntilItExpires) {
  const std::string token =
      SecureOffice::AddToken(*office_.principals().mutable_rows(0), office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  const auto channel = office_.Connect();
  EXPECT_TRUE(IsOfficer(ListDeadlines(channel, token)));
  office_.clock().Advance(absl::Hours(1) - absl::Seconds(1));
  EXPECT_TRUE(IsOfficer(ListDeadlines(channel, token)));
  office_.clock().Advance(absl::Seconds(1));
  EXPECT_EQ(ListDeadlines(channel, token).error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ATokenSpeaksWhateverCertificateTheConnectionBrings) {
  const std::string token =
      SecureOffice::AddToken(*office_.principals().mutable_rows(0), office_.clock().Now() + absl::Hours(1));
  office_.Row("gateway", v1::ROLE_SYNC, "", "sources/registry-kunming");
  office_.Publish();
  const IssuedCertificate gateway = office_.CertificateOf("gateway");
  const auto channel = office_.Connect(&gateway);
  EXPECT_EQ(ListDeadlines(channel).error_code(), StatusCode::PERMISSION_DENIED);
  EXPECT_TRUE(IsOfficer(ListDeadlines(channel, token)));
}

TEST_F(Rule61Identity, TokensThatAreNotQuiteRightAreRefusedAlike) {
  config::v1::PrincipalRow& row = *office_.principals().mutable_rows(0);
  const std::string token = SecureOffice::AddToken(row, office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  std::string changed = token;
  changed.back() = changed.back() == 'A' ? 'E' : 'A';
  const auto channel = office_.Connect();
  std::string message;
  for (const std::string& wrong : {token.substr(0, token.size() - 1), token + "A", changed, std::string("x"),
                                   std::string(4'000, 'A'), row.tokens(0).sha256(), token.substr(9)}) {
    const grpc::Status status = ListDeadlines(channel, wrong);
    EXPECT_EQ(status.error_code(), StatusCode::UNAUTHENTICATED) << wrong.substr(0, 60);
    // Nobody learns what was wrong with it, and it is not told again.
    if (message.empty()) message = status.error_message();
    EXPECT_EQ(status.error_message(), message);
    if (wrong.size() > 1) {
      EXPECT_EQ(status.error_message().find(wrong), std::string::npos) << wrong.substr(0, 60);
    }
  }
}

TEST_F(Rule61Identity, OtherSchemesAndTwoHeadersAreRefused) {
  const std::string token =
      SecureOffice::AddToken(*office_.principals().mutable_rows(0), office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  for (const std::vector<std::string>& headers : {std::vector<std::string>{StrCat("Basic ", token)},
                                                  {StrCat("bearer ", token)},
                                                  {token},
                                                  {""},
                                                  {StrCat("Bearer  ", token)},
                                                  {StrCat("Bearer ", token, " ")},
                                                  {StrCat("Bearer ", token), StrCat("Bearer ", token)}}) {
    grpc::ClientContext context;
    for (const std::string& header : headers) context.AddMetadata("authorization", header);
    EXPECT_EQ(GetStatus(office_.Connect(), context).error_code(), StatusCode::UNAUTHENTICATED) << headers[0];
  }
}

TEST_F(Rule61Identity, ClaimsOfDevelopmentModeMakeNobodyAnything) {
  for (const char* key : {"chengxin-role", "chengxin-subject", "chengxin-authority", "chengxin-anything"}) {
    grpc::ClientContext context;
    context.AddMetadata(key, "admin");
    EXPECT_EQ(GetStatus(office_.Connect(), context).error_code(), StatusCode::UNAUTHENTICATED) << key;
  }
  const IssuedCertificate certificate = office_.CertificateOf("officer-1");
  grpc::ClientContext context;
  context.AddMetadata("chengxin-role", "admin");
  EXPECT_EQ(GetStatus(office_.Connect(&certificate), context).error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, WithoutTlsNothingIsAnswered) {
  const auto plain =
      grpc::CreateChannel(StrCat("127.0.0.1:", office_.port()), grpc::InsecureChannelCredentials());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  EXPECT_EQ(GetStatus(plain, context).error_code(), StatusCode::UNAVAILABLE);
}

TEST(Rule61Public, WhereThePublicIsRefusedWhoBringsNothingIsUnauthenticated) {
  const SecureOffice office([](config::v1::ServerConfig& config) { config.set_refuse_public(true); });
  grpc::ClientContext context;
  EXPECT_EQ(GetStatus(office.Connect(), context).error_code(), StatusCode::UNAUTHENTICATED);
}

bool WarnsOfAFaultyFile(const std::shared_ptr<grpc::Channel>& channel) {
  v1::GetStatusResponse status;
  v1::AdminService::NewStub(channel)->GetStatus(Asking().get(), {}, &status);
  return std::any_of(status.warnings().begin(), status.warnings().end(), [](const std::string& warning) {
    return warning.find("认证文件有误") != std::string::npos;
  });
}

// A watch is under way, its state told.
class OpenWatch {
 public:
  explicit OpenWatch(const std::shared_ptr<grpc::Channel>& channel, std::string_view token = "")
      : stub_(v1::ListingService::NewStub(channel)), context_(Asking(token)) {
    v1::WatchListingsRequest request;
    request.set_heartbeat_seconds(300);
    reader_ = stub_->WatchListings(context_.get(), request);
    v1::WatchListingsResponse response;
    while (reader_->Read(&response) && response.kind() != v1::WATCH_EVENT_KIND_SYNCED) {
    }
    EXPECT_EQ(response.kind(), v1::WATCH_EVENT_KIND_SYNCED);
  }
  // How it ends.
  grpc::Status End() {
    v1::WatchListingsResponse response;
    while (reader_->Read(&response)) {
    }
    return reader_->Finish();
  }

 private:
  std::unique_ptr<v1::ListingService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchListingsResponse>> reader_;
};

TEST_F(Rule61Identity, ATokenTakenAwayEndsTheStreamsThatItOpened) {
  config::v1::PrincipalRow& row = *office_.principals().mutable_rows(0);
  const std::string token = SecureOffice::AddToken(row, office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  OpenWatch watch(office_.Connect(), token);
  row.clear_tokens();
  office_.Publish();
  EXPECT_EQ(watch.End().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ARevokedCertificateEndsTheStreamsThatItOpened) {
  const IssuedCertificate certificate = office_.CertificateOf("officer-1");
  OpenWatch watch(office_.Connect(&certificate));
  office_.principals().add_revoked_certificates(certificate.sha256);
  office_.Publish();
  EXPECT_EQ(watch.End().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ACertificateWhoseNameIsTakenFromTheRowEndsTheStreamsThatItOpened) {
  const std::string name = "spiffe://km.example/officer/1";
  office_.principals().mutable_rows(0)->add_certificate_names(name);
  office_.Publish();
  const IssuedCertificate certificate = office_.authority().Issue({.uris = {name}});
  OpenWatch watch(office_.Connect(&certificate));
  office_.principals().mutable_rows(0)->clear_certificate_names();
  office_.Publish();
  EXPECT_EQ(watch.End().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ARevokedPrincipalsStreamsEndWhateverItProvedItselfBy) {
  const IssuedCertificate certificate = office_.CertificateOf("officer-1");
  OpenWatch watch(office_.Connect(&certificate));
  office_.principals().mutable_rows(0)->set_revoked(true);
  office_.Publish();
  EXPECT_EQ(watch.End().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ATokenThatExpiresEndsTheStreamsThatItOpened) {
  const std::string token =
      SecureOffice::AddToken(*office_.principals().mutable_rows(0), office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  OpenWatch watch(office_.Connect(), token);
  office_.clock().Advance(absl::Hours(1));
  EXPECT_EQ(watch.End().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, APrincipalWithAnotherRoleNowHasNoStreamOfTheOldOne) {
  config::v1::PrincipalRow& row = *office_.principals().mutable_rows(0);
  const std::string token = SecureOffice::AddToken(row, office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  OpenWatch watch(office_.Connect(), token);
  row.mutable_principal()->set_authority("authorities/km-panlong");
  office_.Publish();
  EXPECT_EQ(watch.End().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, ARevokedSourceSendsNoFurtherBatch) {
  config::v1::PrincipalRow& row = office_.Row("sync-1", v1::ROLE_SYNC, "", "sources/registry-kunming");
  const std::string token = SecureOffice::AddToken(row, office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  const auto stub = v1::OrganizationService::NewStub(office_.Connect());
  const auto context = Asking(token);
  const auto stream = stub->ImportOrganizations(context.get());
  stream->WaitForInitialMetadata();
  row.set_revoked(true);
  office_.Publish();
  v1::ImportOrganizationsResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Rule61Identity, OtherStreamsGoOnWhenSomebodyIsRevoked) {
  config::v1::PrincipalRow& row = *office_.principals().mutable_rows(0);
  const std::string kept = SecureOffice::AddToken(row, office_.clock().Now() + absl::Hours(1));
  const std::string lost = SecureOffice::AddToken(row, office_.clock().Now() + absl::Hours(1));
  office_.Publish();
  OpenWatch goes_on(office_.Connect(), kept);
  OpenWatch ends(office_.Connect(), lost);
  row.mutable_tokens()->RemoveLast();
  office_.Publish();
  EXPECT_EQ(ends.End().error_code(), StatusCode::UNAUTHENTICATED);
  EXPECT_TRUE(office_.server().Stop());
  EXPECT_EQ(goes_on.End().error_code(), StatusCode::UNAVAILABLE);
}

TEST_F(Rule61Identity, AFaultyPrincipalsFileChangesNothing) {
  const IssuedCertificate certificate = office_.CertificateOf("officer-1");
  const auto channel = office_.Connect(&certificate);
  office_.Replace("principals.txtpb", "rows { principal { subject: \"officer-1\" role: ROLE_ADMIN");
  // Once the status warns, the file has been read.
  SecureOffice::Await([&] { return WarnsOfAFaultyFile(channel); });
  EXPECT_TRUE(IsOfficer(ListDeadlines(channel)));
}

TEST_F(Rule61Identity, ANewServerCertificateIsShownToNewConnections) {
  const PrivateAuthority next;
  const IssuedCertificate served = next.Issue({.uris = {}, .for_server = true});
  const auto before = office_.Connect();
  grpc::ClientContext first;
  ASSERT_TRUE(GetStatus(before, first).ok());
  // Half of the pair is not taken: the old one goes on serving.
  office_.Replace("server.crt", served.certificate);
  SecureOffice::Await([&] { return WarnsOfAFaultyFile(before); });
  grpc::ClientContext second;
  EXPECT_TRUE(GetStatus(office_.Connect(), second).ok());
  office_.Replace("server.key", served.key);
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = next.certificate();
  SecureOffice::Await([&] {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    return GetStatus(grpc::CreateCustomChannel(StrCat("127.0.0.1:", office_.port()),
                                               grpc::SslCredentials(options), arguments),
                     context)
        .ok();
  });
}

}  // namespace
}  // namespace chengxin
