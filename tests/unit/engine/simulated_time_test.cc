// An engine on a simulated clock.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "base/simulated_clock.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "tests/support/catalogue_files.h"
#include "tests/support/ledger.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

class SimulatedEngine : public testing::Test {
 protected:
  static constexpr absl::Duration kYear = absl::Hours(24 * 365);

  absl::Status Open() {
    engine_.reset();
    storage::StoreOptions options = SmallOptions(folder_.path() + "/data");
    options.simulated_clock_start = start_;
    auto store = storage::Store::Open(options);
    if (!store.ok()) return store.status();
    clock_ = std::make_unique<SimulatedClock>(*(*store)->simulated_clock());
    auto engine = Engine::Create(*std::move(store), *clock_, {.simulated_clock = clock_.get()});
    if (!engine.ok()) return engine.status();
    engine_ = *std::move(engine);
    return absl::OkStatus();
  }
  absl::StatusOr<Committed> ActivateCatalogue() {
    v1::ActivateCatalogueRequest request;
    *request.mutable_catalogue() = LoadDeployedCatalogue();
    request.set_request_id("catalogue");
    return engine_->SubmitAndWait(World::Admin(), std::move(request));
  }

  const absl::Time start_ = FirstStamp();
  TemporaryFolder folder_;
  std::unique_ptr<SimulatedClock> clock_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(SimulatedEngine, CommandsAreStampedByTheClockThatWasMoved) {
  ASSERT_TRUE(Open().ok());
  EXPECT_TRUE(engine_->Stats().simulated_clock);
  const auto advance = engine_->AdvanceClockAndWait(start_ + kYear);
  ASSERT_TRUE(advance.ok()) << advance.status();
  EXPECT_EQ(advance->now, start_ + kYear);
  EXPECT_EQ(advance->dues, 0);
  EXPECT_EQ(advance->revision, 0u);
  ASSERT_TRUE(ActivateCatalogue().ok());
  EXPECT_EQ(engine_->Stats().last_stamp, start_ + kYear);
}

TEST_F(SimulatedEngine, TheClockStandsWhereItStoodAfterARestart) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(ActivateCatalogue().ok());
  ASSERT_TRUE(engine_->AdvanceClockAndWait(start_ + 3 * kYear).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(clock_->Now(), start_ + 3 * kYear);
}

TEST_F(SimulatedEngine, TheClockIsNotMovedBack) {
  ASSERT_TRUE(Open().ok());
  const absl::Status refused = engine_->AdvanceClockAndWait(start_ - absl::Nanoseconds(1)).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  google::rpc::BadRequest faults;
  const auto payload = refused.GetPayload(ToAbsl(domain::kBadRequestUrl));
  ASSERT_TRUE(payload.has_value() && faults.ParseFromString(std::string(*payload)));
  EXPECT_EQ(faults.field_violations(0).field(), "to");
}

TEST_F(SimulatedEngine, StoppedItMovesNoMore) {
  ASSERT_TRUE(Open().ok());
  engine_->StopTimer();
  EXPECT_EQ(engine_->AdvanceClockAndWait(start_ + kYear).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(ActivateCatalogue().ok()) << "commands go on";
}

TEST_F(SimulatedEngine, AFolderAndAClockOfDifferentKindsAreRefused) {
  storage::StoreOptions options = SmallOptions(folder_.path() + "/data");
  FakeClock real(start_);
  SimulatedClock simulated(start_);
  options.simulated_clock_start = start_;
  EXPECT_EQ(Engine::Create(*storage::Store::Open(options), real, {}).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Engine::Create(*storage::Store::Open(SmallOptions(folder_.path() + "/real")), simulated,
                           {.simulated_clock = &simulated})
                .status()
                .code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(RealClock, IsNotMoved) {
  World world;
  const absl::Status refused = world.engine().AdvanceClockAndWait(absl::Now() + absl::Hours(1)).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  google::rpc::ErrorInfo info;
  const auto payload = refused.GetPayload(ToAbsl(domain::kErrorInfoUrl));
  ASSERT_TRUE(payload.has_value() && info.ParseFromString(std::string(*payload)));
  EXPECT_EQ(info.reason(), "CLOCK_NOT_SIMULATED");
}

}  // namespace
}  // namespace chengxin::engine
