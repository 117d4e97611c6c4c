// A server on a simulated clock: moved, restarted, and never taken for a real one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/strings.h"
#include "chengxin/v1/admin_service.grpc.pb.h"
#include "domain/timestamps.h"
#include "tests/process/office.h"
#include "tests/support/daemon.h"

namespace chengxin {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kSimulated = {"--simulated-clock-start", "2024-03-01T09:00:00+08:00"};
const absl::Time kStart = absl::FromCivil(absl::CivilHour(2024, 3, 1, 1), absl::UTCTimeZone());

class SimulatedClockTest : public testing::Test {
 protected:
  void Start() {
    auto daemon = Daemon::Start(folder_.data(), kSimulated);
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    daemon_ = *std::move(daemon);
    admin_ = v1::AdminService::NewStub(daemon_->Connect());
  }
  static void SpeakAsAdmin(grpc::ClientContext& context) {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
    context.AddMetadata("chengxin-role", "admin");
  }
  grpc::Status Advance(absl::Time to) {
    grpc::ClientContext context;
    SpeakAsAdmin(context);
    v1::AdvanceClockRequest request;
    domain::SetTimestamp(to, *request.mutable_to());
    v1::AdvanceClockResponse response;
    return admin_->AdvanceClock(&context, request, &response);
  }
  v1::GetStatusResponse Status() {
    grpc::ClientContext context;
    SpeakAsAdmin(context);
    v1::GetStatusResponse response;
    const grpc::Status status = admin_->GetStatus(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  TestFolder folder_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

TEST_F(SimulatedClockTest, StandsStillUntilItIsMovedAndGoesOnFromThereAfterARestart) {
  Start();
  EXPECT_EQ(domain::TimeOf(Status().now()), kStart);
  EXPECT_TRUE(Status().simulated_clock());
  const absl::Time later = kStart + absl::Hours(24 * 400);
  const grpc::Status moved = Advance(later);
  ASSERT_TRUE(moved.ok()) << moved.error_message();
  EXPECT_EQ(domain::TimeOf(Status().now()), later);
  const Ended ended = daemon_->Stop();
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.errors, HasSubstr("the clock is simulated"));
  Start();
  EXPECT_EQ(domain::TimeOf(Status().now()), later);
  EXPECT_EQ(Advance(kStart).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(SimulatedClockTest, ItsFolderIsRefusedWithTheRealClockAndARealOneWithIt) {
  Start();
  daemon_->Stop();
  const auto real = Daemon::Start(folder_.data());
  EXPECT_EQ(real.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(real.status().message()), HasSubstr("runs on a simulated clock for good"));
  const TestFolder other;
  (*Daemon::Start(other.data()))->Stop();
  const auto simulated = Daemon::Start(other.data(), kSimulated);
  EXPECT_THAT(std::string(simulated.status().message()), HasSubstr("runs on the real clock"));
}

TEST_F(SimulatedClockTest, ItsFolderIsVerifiedAsAnyOther) {
  Start();
  ASSERT_TRUE(Advance(kStart + absl::Hours(1)).ok());
  daemon_->Stop();
  const Ended verified = Daemon::Run({"--verify", "--data-folder", folder_.data()});
  EXPECT_EQ(verified.exit_code, 0) << verified.errors;
}

}  // namespace
}  // namespace chengxin
