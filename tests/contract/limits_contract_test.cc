// The limits of each principal and of the node, as callers meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/strings.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using Stub = v1::AdminService::Stub;

google::rpc::RetryInfo RetryInfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::RetryInfo info;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  for (const google::protobuf::Any& any : details.details())
    if (any.UnpackTo(&info)) return info;
  ADD_FAILURE() << "no RetryInfo: " << status.error_message();
  return info;
}

server::ServiceLimits Limited(server::AdmissionLimits admission) {
  server::ServiceLimits limits;
  limits.admission = admission;
  return limits;
}

// A call that waits for a revision which never comes, from when there is a place for it until it is let go.
// To be let go of once it is known to have its place.
class Waiting {
 public:
  Waiting(ServedWorld& served, std::string_view who) {
    thread_ = std::thread([this, &served, who = std::string(who)] {
      v1::CheckEligibilityRequest request;
      request.set_organization_code("51530102MJD1234567");
      request.set_at_least_revision(1'000'000);
      do {
        context_.emplace();
        ServedWorld::SpeakAs(who, *context_);
        v1::CheckEligibilityResponse response;
        status_ = served.eligibility().CheckEligibility(&*context_, request, &response);
      } while (status_.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
    });
  }
  ~Waiting() {
    context_->TryCancel();
    thread_.join();
    EXPECT_EQ(status_.error_code(), grpc::StatusCode::CANCELLED) << status_.error_message();
  }

 private:
  std::optional<grpc::ClientContext> context_;
  grpc::Status status_;
  std::thread thread_;
};

// Asks for the status until the answer is, or is no more, RESOURCE_EXHAUSTED: places are taken and given back
// on other threads.
grpc::Status AskUntil(ServedWorld& served, std::string_view who, bool refused) {
  grpc::Status status;
  for (int i = 0; i < 100'000; ++i) {
    status = ServedWorld::Ask(who, served.admin(), &Stub::GetStatus, {}).status;
    if ((status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) == refused) return status;
  }
  ADD_FAILURE() << "still " << status.error_code() << " " << status.error_message();
  return status;
}

TEST(LimitsContract, WhoCallsTooOftenIsAskedToWaitAndOthersAreNotTouched) {
  ServedWorld served(Limited({.principal_calls_per_second = 2}));
  const auto ask = [&](std::string_view who) {
    return ServedWorld::Ask(who, served.admin(), &Stub::GetStatus, {});
  };
  // However slow the machine: of so many calls in a row one comes too early.
  auto refused = ask("audit");
  for (int i = 0; i < 10'000 && refused.ok(); ++i) refused = ask("audit");
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(refused.status), "PRINCIPAL_LIMIT");
  EXPECT_EQ(MetadataOf(refused.status, "limit"), "2");
  EXPECT_GT(RetryInfoOf(refused.status).retry_delay().nanos(), 0);
  const auto other = ask("admin");
  ASSERT_TRUE(other.ok()) << other.status.error_message();
  EXPECT_GE(other.response.calls_shed(), 1);
  EXPECT_EQ(other.response.limits().at("principal_calls_per_second"), 2);
  EXPECT_TRUE(ask("public").ok()) << "counts by address";
}

TEST(LimitsContract, ACallThatWaitsTakesAPlaceOfItsPrincipalUntilItEnds) {
  ServedWorld served(Limited({.principal_calls = 2}));
  {
    const Waiting first(served, "audit");
    const Waiting second(served, "audit");
    const grpc::Status refused = AskUntil(served, "audit", true);
    EXPECT_EQ(ReasonOf(refused), "PRINCIPAL_LIMIT");
    EXPECT_EQ(MetadataOf(refused, "limit"), "2");
    EXPECT_TRUE(ServedWorld::Ask("admin", served.admin(), &Stub::GetStatus, {}).ok());
  }
  EXPECT_TRUE(AskUntil(served, "audit", false).ok()) << "cancelled calls give it back";
}

TEST(LimitsContract, ANodeThatIsFullRefusesEverybodyUntilCallsEnd) {
  ServedWorld served(Limited({.calls = 2}));
  {
    const Waiting first(served, "audit");
    const Waiting second(served, "finance:km");
    const grpc::Status refused = AskUntil(served, "admin", true);
    EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
    EXPECT_GT(RetryInfoOf(refused).retry_delay().nanos(), 0);
  }
  EXPECT_TRUE(AskUntil(served, "admin", false).ok());
}

TEST(LimitsContract, WatchesTakeNoPlace) {
  ServedWorld served(Limited({.calls = 1, .principal_calls = 1}));
  struct Watch {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<v1::WatchListingsResponse>> reader;
  };
  std::vector<std::unique_ptr<Watch>> watches;
  for (int i = 0; i < 4; ++i) {
    auto watch = std::make_unique<Watch>();
    ServedWorld::SpeakAs("audit", watch->context);
    watch->reader = served.listings().WatchListings(&watch->context, {});
    v1::WatchListingsResponse message;
    EXPECT_TRUE(watch->reader->Read(&message));
    watches.push_back(std::move(watch));
  }
  EXPECT_TRUE(ServedWorld::Ask("audit", served.admin(), &Stub::GetStatus, {}).ok());
  for (const auto& watch : watches) {
    watch->context.TryCancel();
    watch->reader->Finish();
  }
}

TEST(LimitsContract, WhileReadsAreShedCommandsAndStatusAreTaken) {
  ServedWorld served;
  absl::Time now = absl::UnixEpoch();
  for (int i = 0; i < 100; ++i) {
    for (uint64_t call = 0; call <= server::Overload::kFewCalls; ++call) served.services().overload().Sheds();
    served.services().overload().Observe(absl::Seconds(1), now += server::Overload::kInterval);
  }
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    const auto read =
        ServedWorld::Ask("public", served.listings(), &v1::ListingService::Stub::GetListState, {});
    if (read.ok()) continue;
    ++refused;
    EXPECT_EQ(ReasonOf(read.status), "OVERLOADED");
    EXPECT_GE(RetryInfoOf(read.status).retry_delay().seconds(), 1);
  }
  EXPECT_GT(refused, 80);
  for (int i = 0; i < 20; ++i) {
    const auto status = ServedWorld::Ask("public", served.admin(), &Stub::GetStatus, {});
    ASSERT_TRUE(status.ok()) << status.status.error_message();
    EXPECT_EQ(status.response.calls_shed(), refused);
    const auto command =
        ServedWorld::Ask("civil-affairs:km-wuhua", served.cases(), &v1::CaseService::Stub::AcceptCase, {});
    EXPECT_NE(command.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  }
}

TEST(LimitsContract, AWaitEndsAfterTheLongestTimeACallMayTake) {
  server::ServiceLimits limits;
  limits.longest_call = absl::Milliseconds(50);
  ServedWorld served(limits);
  v1::CheckEligibilityRequest request;
  request.set_organization_code("51530102MJD1234567");
  request.set_at_least_revision(1'000'000);
  grpc::ClientContext context;  // without a deadline
  context.AddMetadata("chengxin-role", "audit");
  v1::CheckEligibilityResponse response;
  const grpc::Status status = served.eligibility().CheckEligibility(&context, request, &response);
  EXPECT_EQ(ReasonOf(status), "REVISION_NOT_REACHED") << status.error_message();
}

TEST(LimitsContract, ADeeplyNestedMessageIsRefused) {
  ServedWorld served;
  grpc::GenericStub stub(served.channel());
  grpc::ClientContext context;
  ServedWorld::SpeakAs("audit", context);
  // 10,000 times the start of a group that no message has; each lies in the one before.
  const grpc::Slice slice(std::string(10'000, '\x7b') + std::string(10'000, '\x7c'));
  const grpc::ByteBuffer request(&slice, 1);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, "/chengxin.v1.AdminService/GetStatus", request, &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, &queue);
  void* tag = nullptr;
  bool ok = false;
  ASSERT_TRUE(queue.Next(&tag, &ok));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
}

}  // namespace
}  // namespace chengxin
