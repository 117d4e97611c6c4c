// The next group is decided while one is written: on its outcome, and never told before it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "tests/support/bureau.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

using Answer = std::future<absl::StatusOr<Committed>>;

Answer Send(World& world, v1::CreateRecordRequest request) {
  auto promise = std::make_shared<std::promise<absl::StatusOr<Committed>>>();
  Answer answer = promise->get_future();
  world.engine().Submit(World::Wuhua(), std::move(request), [promise](absl::StatusOr<Committed> committed) {
    promise->set_value(std::move(committed));
  });
  return answer;
}

bool IsAnswered(Answer& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

// Until the committer has taken all that waits.
void WaitUntilTaken(World& world) {
  while (world.engine().Stats().queued > 0) std::this_thread::yield();
}

TEST(Turns, TheNextGroupIsDecidedOnTheOneThatIsWritten) {
  World world;
  const domain::Uscc code = world.Register(1);
  const uint64_t before = world.engine().revision();
  const v1::CreateRecordRequest first = world.PenaltyRequest(code, kSmallFine, "ABN-05");
  // The second small fine is severe because of the first (rule 25).
  const v1::CreateRecordRequest second = world.PenaltyRequest(code, kSmallFine, "SER-05");
  world.disk().HoldSyncs();
  Answer written = Send(world, first);
  world.disk().WaitForHeldSync();
  Answer next = Send(world, second);
  WaitUntilTaken(world);
  Answer repeated = Send(world, first);
  Answer refused = Send(world, world.PenaltyRequest(code, kSmallFine, "SER-04"));
  EXPECT_FALSE(IsAnswered(written));
  EXPECT_FALSE(IsAnswered(repeated));
  EXPECT_FALSE(IsAnswered(next));
  EXPECT_FALSE(IsAnswered(refused));
  EXPECT_EQ(world.engine().revision(), before);
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_ELIGIBLE);
  world.disk().ReleaseSyncs();
  EXPECT_EQ(written.get()->revision, before + 1);
  EXPECT_EQ(repeated.get()->revision, before + 1);
  const auto listed = next.get();
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->revision, before + 2);
  EXPECT_EQ(ReasonOf(refused.get().status()), "GROUND_MISMATCH");
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_INELIGIBLE);
  world.Restart();
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_INELIGIBLE);
}

TEST(Turns, WhereAWriteFailsTheGroupDecidedMeanwhileIsNotWritten) {
  World world;
  const domain::Uscc one = world.Register(1);
  const domain::Uscc other = world.Register(2);
  world.disk().FailFrom(1, FaultyCalls::kSyncs);
  world.disk().HoldSyncs();
  Answer written = Send(world, world.PenaltyRequest(one, kBorderFine, "SER-04"));
  world.disk().WaitForHeldSync();
  Answer next = Send(world, world.PenaltyRequest(other, kBorderFine, "SER-04"));
  WaitUntilTaken(world);
  world.disk().ReleaseSyncs();
  EXPECT_EQ(ReasonOf(written.get().status()), "OUTCOME_UNKNOWN");
  EXPECT_THAT(ReasonOf(next.get().status()), testing::AnyOf("OUTCOME_UNKNOWN", "READ_ONLY"));
  EXPECT_EQ(ReasonOf(Send(world, world.PenaltyRequest(other, kBorderFine, "SER-04")).get().status()),
            "READ_ONLY");
  world.disk().FailFrom(0);
  world.Restart();
  EXPECT_EQ(world.VerdictOf(other), v1::VERDICT_ELIGIBLE);
}

TEST(Turns, WhatIsWrittenIsAnsweredSoThoughTheNextWriteFailsMeanwhile) {
  World world;
  const domain::Uscc one = world.Register(1);
  const domain::Uscc other = world.Register(2);
  world.disk().FailFrom(2, FaultyCalls::kSyncs);
  std::promise<void> reached, go_on;
  absl::Status first;
  world.engine().Submit(World::Wuhua(), world.PenaltyRequest(one, kBorderFine, "SER-04"),
                        [&](absl::StatusOr<Committed> committed) {
                          first = committed.status();
                          reached.set_value();
                          go_on.get_future().wait();
                        });
  reached.get_future().wait();
  world.clock().Advance(absl::Seconds(1));
  const absl::Time written = world.clock().Now();
  world.clock().Advance(absl::Seconds(1));
  Answer failing = Send(world, world.PenaltyRequest(other, kBorderFine, "SER-04"));
  while (!world.engine().Stats().read_only) std::this_thread::yield();
  EXPECT_FALSE(IsAnswered(failing));
  // Rule 42: what was written before is there for good, and known by its instant.
  EXPECT_EQ(world.VerdictOf(one, written), v1::VERDICT_INELIGIBLE);
  go_on.set_value();
  EXPECT_TRUE(first.ok()) << first;
  EXPECT_EQ(ReasonOf(failing.get().status()), "OUTCOME_UNKNOWN");
  world.disk().FailFrom(0);
  world.Restart();
  EXPECT_EQ(world.VerdictOf(one), v1::VERDICT_INELIGIBLE);
}

// Rule 42: an instant is answered once all that may be stamped before it is known.
TEST(Turns, AnInstantWaitsForBothGroupsUnderWay) {
  World world;
  const domain::Uscc code = world.Register(1);
  world.disk().HoldSyncs();
  Answer written = Send(world, world.PenaltyRequest(code, kSmallFine, "ABN-05"));
  world.disk().WaitForHeldSync();
  Answer next = Send(world, world.PenaltyRequest(code, kSmallFine, "SER-05"));
  WaitUntilTaken(world);
  world.clock().Advance(absl::Seconds(1));
  const absl::Time instant = world.clock().Now();
  auto verdict = std::async(std::launch::async, [&] { return world.VerdictOf(code, instant); });
  EXPECT_EQ(verdict.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  world.disk().ReleaseSyncs();
  EXPECT_EQ(verdict.get(), v1::VERDICT_INELIGIBLE);
  EXPECT_TRUE(written.get().ok());
  EXPECT_TRUE(next.get().ok());
}

}  // namespace
}  // namespace chengxin::engine
