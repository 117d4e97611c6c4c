// AdminService over real gRPC, and what holds for every method.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "domain/timestamps.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/contract/served_world.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using Stub = v1::AdminService::Stub;

class AdminContract : public testing::Test {
 protected:
  Answer<v1::ActivateCatalogueResponse> Activate(std::string_view who, const v1::Catalogue& catalogue) {
    v1::ActivateCatalogueRequest request;
    *request.mutable_catalogue() = catalogue;
    request.set_request_id(served_.world().NextRequestId());
    return ServedWorld::Ask(who, served_.admin(), &Stub::ActivateCatalogue, request);
  }
  Answer<v1::GetCatalogueResponse> Catalogue(const v1::GetCatalogueRequest& request) {
    return ServedWorld::Ask("public", served_.admin(), &Stub::GetCatalogue, request);
  }

  ServedWorld served_;
};

TEST_F(AdminContract, TheCatalogueInForceIsOpenToEverybody) {
  v1::GetCatalogueRequest request;
  const auto whole = Catalogue(request);
  ASSERT_TRUE(whole.ok()) << whole.status.error_message();
  EXPECT_EQ(whole.response.catalogue().SerializeAsString(), LoadDeployedCatalogue().SerializeAsString());
  EXPECT_EQ(whole.response.revision(), 1u);
  request.set_without_tables(true);
  const auto shortened = Catalogue(request);
  EXPECT_EQ(shortened.response.catalogue().divisions_size(), 0);
  EXPECT_EQ(shortened.response.catalogue().calendar_size(), 0);
  EXPECT_EQ(shortened.response.catalogue().grounds_size(), whole.response.catalogue().grounds_size());
}

TEST_F(AdminContract, ANewCatalogueIsInForceFromNowOnAndThePastKeepsItsOwn) {
  const std::string before = LoadDeployedCatalogue().version();
  const absl::Time then = served_.world().clock().Now();
  served_.world().clock().Advance(absl::Hours(1));
  v1::Catalogue next = LoadDeployedCatalogue();
  next.set_version(before + ".next");
  const auto activated = Activate("admin", next);
  ASSERT_TRUE(activated.ok()) << activated.status.error_message();
  EXPECT_EQ(activated.response.version(), next.version());
  EXPECT_EQ(activated.response.revision(), served_.engine().revision());
  EXPECT_EQ(Catalogue({}).response.catalogue().version(), next.version());
  v1::GetCatalogueRequest request;
  domain::SetTimestamp(then, *request.mutable_as_of()->mutable_known_at());
  EXPECT_EQ(Catalogue(request).response.catalogue().version(), before);

  const auto again = Activate("admin", next);
  ASSERT_TRUE(again.ok()) << again.status.error_message();
  EXPECT_EQ(again.response.version(), next.version());
  EXPECT_EQ(served_.engine().revision(), activated.response.revision()) << "nothing changed";
}

TEST_F(AdminContract, ACatalogueThatContradictsItselfIsRefusedWithTheRow) {
  v1::Catalogue wrong = LoadDeployedCatalogue();
  wrong.set_version("wrong");
  wrong.mutable_grounds(0)->clear_legal_basis();
  const auto answer = Activate("admin", wrong);
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(answer.status), "BAD_CATALOGUE");
  EXPECT_THAT(MetadataOf(answer.status, "row"), HasSubstr("grounds[0]"));
}

TEST_F(AdminContract, Rule61OnlyTheAdministratorActivates) {
  for (const std::string_view who : {"public", "civil-affairs:km", "sync:registry-kunming", "finance:km"}) {
    const auto answer = Activate(who, LoadDeployedCatalogue());
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    EXPECT_EQ(ReasonOf(answer.status), "ROLE_NOT_ALLOWED") << who;
  }
}

TEST_F(AdminContract, TheStatusTellsRevisionCountsFreshnessAndLimits) {
  served_.world().Register(1);
  ASSERT_TRUE(served_.world().Penalize(World::CodeOf(1), 5'000'000, "SER-04").ok());
  const auto answer = ServedWorld::Ask("public", served_.admin(), &Stub::GetStatus, {});
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  const v1::GetStatusResponse& status = answer.response;
  EXPECT_EQ(status.program_version(), "0.1.0-test");
  EXPECT_EQ(status.revision(), served_.engine().revision());
  EXPECT_EQ(status.organizations(), 1);
  EXPECT_EQ(status.severe_listings(), 1);
  EXPECT_EQ(status.abnormal_listings(), 0);
  EXPECT_EQ(status.catalogue_version(), LoadDeployedCatalogue().version());
  EXPECT_GT(status.index_bytes(), 0);
  EXPECT_FALSE(status.read_only());
  EXPECT_NE(status.calendar_through(), "");
  EXPECT_EQ(status.limits().at("batch_check_codes"), 1'000);
  EXPECT_NE(status.sources_size(), 0);
  for (const auto& source : status.sources()) EXPECT_FALSE(source.stale()) << source.source();
}

TEST_F(AdminContract, Rule52TheStatusWarnsOfStaleSources) {
  served_.world().clock().Advance(absl::Hours(24 * 400));
  const auto answer = ServedWorld::Ask("public", served_.admin(), &Stub::GetStatus, {});
  EXPECT_THAT(answer.response.warnings(), Contains(HasSubstr("sources/registry-kunming")));
}

v1::AdvanceClockRequest To(absl::Time to) {
  v1::AdvanceClockRequest request;
  domain::SetTimestamp(to, *request.mutable_to());
  return request;
}

TEST(SimulatedClockContract, TheAdministratorMovesTheClockAndNobodyElse) {
  ServedWorld served{World::Simulated()};
  const absl::Time to = served.world().now() + absl::Hours(24 * 30);
  for (const std::string_view who : {"public", "civil-affairs:km-wuhua", "sync:registry-kunming", "audit"}) {
    const auto refused = ServedWorld::Ask(who, served.admin(), &Stub::AdvanceClock, To(to));
    EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
  }
  const auto moved = ServedWorld::Ask("admin", served.admin(), &Stub::AdvanceClock, To(to));
  ASSERT_TRUE(moved.ok()) << moved.status.error_message();
  EXPECT_EQ(domain::TimeOf(moved.response.now()), to);
  EXPECT_EQ(moved.response.revision(), served.engine().revision());
  EXPECT_EQ(served.world().now(), to);
  const auto back = ServedWorld::Ask("admin", served.admin(), &Stub::AdvanceClock, To(to - absl::Hours(1)));
  EXPECT_EQ(back.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(back.status), ElementsAre("to"));
  const auto nowhere = ServedWorld::Ask("admin", served.admin(), &Stub::AdvanceClock, {});
  EXPECT_THAT(FieldsOf(nowhere.status), ElementsAre("to"));
  const auto status = ServedWorld::Ask("public", served.admin(), &Stub::GetStatus, {});
  EXPECT_TRUE(status.response.simulated_clock());
  EXPECT_EQ(domain::TimeOf(status.response.now()), to);
  EXPECT_THAT(status.response.warnings(), Contains(HasSubstr("模拟时钟")));
}

TEST_F(AdminContract, TheRealClockIsNotMoved) {
  const absl::Time now = served_.world().now();
  const auto refused =
      ServedWorld::Ask("admin", served_.admin(), &Stub::AdvanceClock, To(now + absl::Hours(1)));
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(refused.status), "CLOCK_NOT_SIMULATED");
  const auto status = ServedWorld::Ask("public", served_.admin(), &Stub::GetStatus, {});
  EXPECT_FALSE(status.response.simulated_clock());
  EXPECT_EQ(domain::TimeOf(status.response.now()), now);
  EXPECT_EQ(status.response.waiting_dues(), 0);
}

TEST(AdminContractBefore, WithoutACatalogueThereIsNoneAndTheStatusSaysSo) {
  ServedWorld served{World::Empty()};
  EXPECT_EQ(ServedWorld::Ask("public", served.admin(), &Stub::GetCatalogue, {}).status.error_code(),
            grpc::StatusCode::NOT_FOUND);
  const auto status = ServedWorld::Ask("public", served.admin(), &Stub::GetStatus, {});
  ASSERT_TRUE(status.ok()) << status.status.error_message();
  EXPECT_EQ(status.response.revision(), 0u);
  EXPECT_THAT(status.response.warnings(), Contains(HasSubstr("目录")));
}

// Sends bytes of any kind to a unary method.
grpc::Status SendBytes(ServedWorld& served, const std::string& method, const std::string& bytes) {
  grpc::GenericStub stub(served.channel());
  grpc::ClientContext context;
  ServedWorld::SpeakAs("audit", context);
  grpc::CompletionQueue queue;
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  const auto call = stub.PrepareUnaryCall(&context, method, request, &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, &queue);
  void* tag = nullptr;
  bool ok = false;
  EXPECT_TRUE(queue.Next(&tag, &ok));
  return status;
}

TEST(WireContract, BytesThatAreNoMessageAreRefusedByEveryUnaryMethod) {
  ServedWorld served;
  for (const server::Method method :
       {server::Method::kGetStatus, server::Method::kCheckEligibility, server::Method::kBatchCheckEligibility,
        server::Method::kCheckConsortium, server::Method::kGetListing, server::Method::kListListings,
        server::Method::kGetOrganization, server::Method::kSearchOrganizations, server::Method::kGetRecord,
        server::Method::kListRecords}) {
    const std::string path = "/" + std::string(server::MethodName(method));
    const grpc::Status status = SendBytes(served, path, "\x0a\xff\xff\xff\xff\x0f");
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << path << status.error_message();
  }
}

TEST(WireContract, TextThatIsNotUtf8IsRefused) {
  ServedWorld served;
  const std::string latin = "\x0a\x04\xc4\xd3\xbb\xaa";  // field 1, GB18030 bytes
  for (const server::Method method : {server::Method::kCheckEligibility, server::Method::kGetOrganization,
                                      server::Method::kSearchOrganizations, server::Method::kGetListing}) {
    const grpc::Status status = SendBytes(served, "/" + std::string(server::MethodName(method)), latin);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << server::MethodName(method);
    EXPECT_THAT(status.error_message(), HasSubstr("UTF-8"));
  }
}

TEST(WireContract, ABadMessageInAnImportIsAnErrorAndNotItsEnd) {
  ServedWorld served;
  grpc::GenericStub stub(served.channel());
  grpc::ClientContext context;
  ServedWorld::SpeakAs("sync:registry-kunming", context);
  grpc::CompletionQueue queue;
  void* tag = nullptr;
  bool ok = false;
  const auto call = stub.PrepareCall(
      &context, "/" + std::string(server::MethodName(server::Method::kImportOrganizations)), &queue);
  call->StartCall(nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok) && ok);
  const grpc::Slice slice(std::string("\x0a\xff\xff\xff\xff\x0f"));
  call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok));
  grpc::Status status;
  call->Finish(&status, nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
}

TEST(WireContract, ARequestLargerThanTheServerTakesIsRefused) {
  ServedWorld served;
  const std::string path = "/" + std::string(server::MethodName(server::Method::kGetOrganization));
  EXPECT_EQ(SendBytes(served, path, std::string(kMaximumRequestBytes + 1, 'x')).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(SendBytes(served, path, std::string(kMaximumRequestBytes, 'x')).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT)
      << "at the limit it is read, and found to be no message";
}

TEST(WireContract, WhoClaimsARoleInAWrongFormIsNotIdentified) {
  ServedWorld served;
  const auto ask = [&](std::vector<std::pair<std::string, std::string>> metadata) {
    grpc::ClientContext context;
    for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
    v1::GetStatusResponse response;
    return served.admin().GetStatus(&context, {}, &response);
  };
  EXPECT_TRUE(ask({}).ok()) << "the public";
  const grpc::Status king = ask({{"chengxin-role", "king"}});
  EXPECT_EQ(king.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(king.error_message(), HasSubstr("civil-affairs"));
  EXPECT_EQ(ask({{"chengxin-role", "civil-affairs"}}).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ask({{"chengxin-role", "audit"}, {"chengxin-role", "admin"}}).error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

TEST(WireContract, EveryCallIsCountedAtItsStartAndItsEnd) {
  ServedWorld served;
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(ServedWorld::Ask("public", served.admin(), &Stub::GetStatus, {}).ok());
  EXPECT_EQ(served.calls().started(server::Method::kGetStatus), 3);
  EXPECT_EQ(served.calls().ended(server::Method::kGetStatus), 3);
}

}  // namespace
}  // namespace chengxin
