// A disk that fails while the platform writes: what the callers are told, what can still be read, and what is
// there after a restart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "base/strings.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"
#include "google/rpc/error_details.pb.h"
#include "storage/store.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

constexpr int64_t kFiftyThousandYuan = 5'000'000;

std::string ReasonOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  const auto payload = status.GetPayload(ToAbsl(domain::kErrorInfoUrl));
  if (!payload.has_value() || !info.ParseFromString(std::string(*payload))) return "";
  return info.reason();
}

TEST(ReadOnly, TheCommandThatMetTheErrorIsOfUnknownOutcomeAndTheNextIsRefused) {
  World world;
  const domain::Uscc code = world.Register(1);
  const uint64_t before = world.engine().revision();
  world.disk().FailFrom(1, FaultyCalls::kSyncs);
  const v1::CreateRecordRequest request = world.PenaltyRequest(code, kFiftyThousandYuan, "SER-04");
  const auto unknown = world.engine().SubmitAndWait(World::Wuhua(), request);
  ASSERT_TRUE(world.disk().failed());
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(unknown.status()), "OUTCOME_UNKNOWN");
  const auto refused = world.Penalize(code, kFiftyThousandYuan, "SER-04");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(refused.status()), "READ_ONLY");
  EXPECT_TRUE(world.engine().Stats().read_only);
  EXPECT_THAT(world.engine().Stats().read_only_reason, testing::Not(testing::IsEmpty()));
  // Reading goes on, at what was known before.
  EXPECT_EQ(world.engine().revision(), before);
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_ELIGIBLE);

  // After a restart the same request_id is done, once, whether or not it had been.
  world.disk().FailFrom(0);
  world.Restart();
  const auto repeated = world.engine().SubmitAndWait(World::Wuhua(), request);
  ASSERT_TRUE(repeated.ok()) << repeated.status();
  EXPECT_EQ(repeated->revision, before + 1);
  EXPECT_EQ(world.engine().revision(), before + 1);
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_INELIGIBLE);
}

// Rule 42: whether the group counts for an instant after it is not known, so no answer is given for one that
// could change.
TEST(ReadOnly, AnInstantThatAChangeOfUnknownOutcomeMayPrecedeIsNotAnswered) {
  World world;
  const domain::Uscc code = world.Register(1);
  world.clock().Advance(absl::Seconds(10));
  const absl::Time earlier = world.clock().Now();
  EXPECT_EQ(world.VerdictOf(code, earlier), v1::VERDICT_ELIGIBLE);
  world.clock().Advance(absl::Seconds(10));
  world.disk().FailFrom(1, FaultyCalls::kSyncs);
  EXPECT_FALSE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
  world.clock().Advance(absl::Seconds(10));
  v1::AsOf as_of;
  domain::SetTimestamp(world.clock().Now(), *as_of.mutable_instant());
  const auto answer = world.Check(code, &as_of);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnavailable) << answer.status();
  EXPECT_EQ(ReasonOf(answer.status()), "READ_ONLY");
  EXPECT_EQ(world.VerdictOf(code, earlier), v1::VERDICT_ELIGIBLE);
  world.disk().FailFrom(0);
  world.Restart();
  EXPECT_TRUE(world.Check(code, &as_of).ok());
}

TEST(ReadOnly, OfManyCommandsEachIsDoneOrUnknownOrNotDoneAsItWasTold) {
  World world(EngineOptions{.group_capacity = 8});
  constexpr int kCommands = 200;
  std::vector<domain::Uscc> codes;
  for (int i = 0; i < kCommands; ++i) codes.push_back(world.Register(i));
  world.disk().FailFrom(4, FaultyCalls::kSyncs);
  std::vector<std::promise<absl::StatusOr<Committed>>> promises(kCommands);
  for (size_t i = 0; i < kCommands; ++i) {
    world.engine().Submit(
        World::Wuhua(), world.PenaltyRequest(codes[i], kFiftyThousandYuan, "SER-04"),
        [&promises, i](absl::StatusOr<Committed> committed) { promises[i].set_value(std::move(committed)); });
  }
  std::vector<std::string> told;
  for (auto& promise : promises) {
    const auto answer = promise.get_future().get();
    told.push_back(answer.ok() ? "DONE" : ReasonOf(answer.status()));
  }
  EXPECT_THAT(told, testing::Contains("DONE"));
  EXPECT_THAT(told, testing::Contains("OUTCOME_UNKNOWN"));
  EXPECT_THAT(told, testing::Contains("READ_ONLY"));
  world.disk().FailFrom(0);
  world.Restart();
  for (size_t i = 0; i < kCommands; ++i) {
    const v1::Verdict verdict = world.VerdictOf(codes[i]);
    if (told[i] == "DONE") {
      EXPECT_EQ(verdict, v1::VERDICT_INELIGIBLE);
    } else if (told[i] == "READ_ONLY") {
      EXPECT_EQ(verdict, v1::VERDICT_ELIGIBLE);
    } else {
      EXPECT_EQ(told[i], "OUTCOME_UNKNOWN");
    }
  }
  world.Close();
  const absl::Status verified =
      storage::Verify({.folder = world.folder() + "/data"}, world.folder() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

}  // namespace
}  // namespace chengxin::engine
