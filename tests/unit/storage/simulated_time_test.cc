// Folders whose time is simulated: marked for good, and never taken for real ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "storage/store.h"
#include "tests/support/fault_env.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::HasSubstr;

class SimulatedTimeTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> Open(std::optional<absl::Time> start) {
    StoreOptions options = SmallOptions(folder_.path() + "/data");
    options.simulated_clock_start = start;
    return Store::Open(options);
  }

  const absl::Time start_ = FirstStamp() - absl::Hours(24 * 365);
  TemporaryFolder folder_;
};

TEST_F(SimulatedTimeTest, AMarkedFolderIsNeverOpenedWithTheRealClock) {
  EXPECT_EQ((*Open(start_))->simulated_clock(), start_);
  const absl::Status refused = Open(std::nullopt).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("runs on a simulated clock for good"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("以模拟时钟运行"));
  EXPECT_TRUE(Open(start_).ok());
}

TEST_F(SimulatedTimeTest, NorARealFolderWithASimulatedOne) {
  EXPECT_EQ((*Open(std::nullopt))->simulated_clock(), std::nullopt);
  const absl::Status refused = Open(start_).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("runs on the real clock"));
  EXPECT_TRUE(Open(std::nullopt).ok());
  EXPECT_EQ((*Open(std::nullopt))->KeepSimulatedClock(start_).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(SimulatedTimeTest, TheClockGoesOnFromWhereItStoodAndNotBeforeTheLastStamp) {
  {
    const auto store = *Open(start_);
    ASSERT_TRUE(CommitNext(*store, {OrganizationEvent(CodeOfNumber(1), "甲")}).ok());
  }
  const absl::Time later = FirstStamp() + absl::Hours(24);
  {
    const auto store = *Open(start_ + absl::Hours(1));
    EXPECT_EQ(store->simulated_clock(), FirstStamp()) << "the last stamp, whatever start is given";
    ASSERT_TRUE(store->KeepSimulatedClock(later).ok());
  }
  EXPECT_EQ((*Open(start_))->simulated_clock(), later);
}

TEST_F(SimulatedTimeTest, VerifyLooksAtTheLogAloneAndNotAtTheClock) {
  {
    const auto store = *Open(start_);
    ASSERT_TRUE(CommitNext(*store, {OrganizationEvent(CodeOfNumber(1), "甲")}).ok());
    ASSERT_TRUE(store->KeepSimulatedClock(FirstStamp() + absl::Hours(1)).ok());
  }
  const absl::Status verified =
      Verify(SmallOptions(folder_.path() + "/data"), folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
  EXPECT_TRUE(Open(start_).ok()) << "and leaves the mark";
}

// A folder is marked by the very write that makes it one: no crash leaves a simulated folder unmarked.
TEST_F(SimulatedTimeTest, ACrashWhileAFolderIsMadeLeavesItMarkedOrEmpty) {
  int crashes = 0;
  for (uint64_t nth = 1;; nth += 1 + nth / 12) {
    StoreOptions options = SmallOptions(folder_.path() + "/data-" + std::to_string(nth));
    FaultEnv env;
    options.env = env.env();
    options.simulated_clock_start = start_;
    env.FailFrom(nth);
    const bool opened = Store::Open(options).ok();
    if (!env.failed()) {
      EXPECT_TRUE(opened);
      break;
    }
    ++crashes;
    env.LosePower(UnsyncedTail::kLost);
    EXPECT_TRUE(Store::Open(options).ok()) << "the fault struck call " << nth;
  }
  EXPECT_GE(crashes, 5);
}

}  // namespace
}  // namespace chengxin::storage
