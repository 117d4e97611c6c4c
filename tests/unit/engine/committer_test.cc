// The write path through Engine::Submit: request ids, groups, refusals, instants, restarts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>
#include <thread>
#include <vector>

#include "base/strings.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"
#include "google/rpc/error_details.pb.h"
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

TEST(Committer, ARepeatedRequestIsAnsweredAlikeAndDoneOnce) {
  World world;
  const domain::Uscc code = world.Register(1);
  const v1::CreateRecordRequest request = world.PenaltyRequest(code, kFiftyThousandYuan, "SER-04");
  const auto first = world.engine().SubmitAndWait(World::Wuhua(), request);
  ASSERT_TRUE(first.ok()) << first.status();
  world.Restart();
  const auto again = world.engine().SubmitAndWait(World::Wuhua(), request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->revision, first->revision);
  ASSERT_EQ(again->events.size(), first->events.size());
  for (size_t i = 0; i < first->events.size(); ++i) {
    log::v1::Event stored = again->events[i];
    stored.clear_sealed_digest();
    EXPECT_EQ(stored.SerializeAsString(), first->events[i].SerializeAsString());
  }
  EXPECT_EQ(world.engine().revision(), first->revision);
}

TEST(Committer, TheSameIdWithAnotherBodyIsRefused) {
  World world;
  const domain::Uscc code = world.Register(1);
  v1::CreateRecordRequest request = world.PenaltyRequest(code, kFiftyThousandYuan, "SER-04");
  ASSERT_TRUE(world.engine().SubmitAndWait(World::Wuhua(), request).ok());
  request.mutable_record()->mutable_penalty()->set_facts("另一事由");
  const auto reused = world.engine().SubmitAndWait(World::Wuhua(), request);
  EXPECT_EQ(reused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(reused.status()), "REQUEST_ID_REUSED");
}

TEST(Committer, RequestIdsBelongToTheirPrincipal) {
  World world;
  const domain::Uscc one = world.Register(1);
  const domain::Uscc two = world.Register(2);
  v1::CreateRecordRequest request = world.PenaltyRequest(one, kFiftyThousandYuan, "SER-04");
  v1::CreateRecordRequest other = world.PenaltyRequest(two, kFiftyThousandYuan, "SER-04");
  other.set_request_id(request.request_id());
  v1::Principal colleague = World::Wuhua();
  colleague.set_subject("another-officer-of-wuhua");
  ASSERT_TRUE(world.engine().SubmitAndWait(World::Wuhua(), request).ok());
  EXPECT_TRUE(world.engine().SubmitAndWait(colleague, other).ok());
}

TEST(Committer, ARefusalLeavesNothingBehind) {
  World world;
  const domain::Uscc code = world.Register(1);
  const uint64_t before = world.engine().revision();
  const auto refused = world.Penalize(code, kFiftyThousandYuan, "ABN-05");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused.status()), "GROUND_MISMATCH");
  EXPECT_EQ(world.engine().revision(), before);
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_ELIGIBLE);
}

TEST(Committer, WithoutACatalogueNothingIsTakenAndNothingIsKnown) {
  World world(World::Empty{});
  const auto refused = world.Import({World::OrganizationOf(1)});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused.status()), "NO_CATALOGUE");
  EXPECT_EQ(world.VerdictOf(World::CodeOf(1)), v1::VERDICT_UNKNOWN);
}

TEST(Committer, ManyWritersAllGetTheirOwnRevision) {
  World world;
  constexpr int kWriters = 200;
  std::vector<domain::Uscc> codes;
  for (int i = 0; i < kWriters; ++i) codes.push_back(world.Register(i));
  const uint64_t before = world.engine().revision();
  std::vector<std::promise<absl::StatusOr<Committed>>> done(kWriters);
  for (int i = 0; i < kWriters; ++i) {
    world.engine().Submit(
        World::Wuhua(), world.PenaltyRequest(codes[i], kFiftyThousandYuan, "SER-04"),
        [&done, i](absl::StatusOr<Committed> committed) { done[i].set_value(std::move(committed)); });
  }
  std::set<uint64_t> revisions;
  for (int i = 0; i < kWriters; ++i) {
    const auto committed = done[i].get_future().get();
    ASSERT_TRUE(committed.ok()) << committed.status();
    revisions.insert(committed->revision);
    // Who hears of a change can read it.
    EXPECT_GE(world.engine().revision(), committed->revision);
    EXPECT_EQ(world.VerdictOf(codes[i]), v1::VERDICT_INELIGIBLE);
  }
  EXPECT_EQ(revisions.size(), static_cast<size_t>(kWriters));
  EXPECT_EQ(*revisions.begin(), before + 1);
  EXPECT_EQ(*revisions.rbegin(), before + kWriters);
}

TEST(Committer, AFullQueueRefusesAndSaysHowMuchItHolds) {
  World world(EngineOptions{.queue_capacity = 1, .group_capacity = 1, .feed_capacity = 16});
  const domain::Uscc code = world.Register(1);
  std::atomic<int> refused = 0, answered = 0;
  constexpr int kCommands = 2'000;
  std::promise<void> all;
  for (int i = 0; i < kCommands; ++i) {
    world.engine().Submit(
        World::Wuhua(), world.PenaltyRequest(code, 100, ""), [&](absl::StatusOr<Committed> committed) {
          if (!committed.ok()) {
            EXPECT_EQ(committed.status().code(), absl::StatusCode::kResourceExhausted) << committed.status();
            EXPECT_EQ(ReasonOf(committed.status()), "QUEUE_FULL");
            ++refused;
          }
          if (++answered == kCommands) all.set_value();
        });
  }
  all.get_future().wait();
  EXPECT_GT(refused, 0);
}

TEST(Committer, AQueueFullOfBytesRefusesToo) {
  World world(EngineOptions{.queue_bytes = 1, .group_capacity = 1});
  const domain::Uscc code = world.Register(1);
  std::atomic<int> refused = 0, done = 0, answered = 0;
  constexpr int kCommands = 2'000;
  std::promise<void> all;
  for (int i = 0; i < kCommands; ++i) {
    world.engine().Submit(World::Wuhua(), world.PenaltyRequest(code, 100, ""),
                          [&](absl::StatusOr<Committed> committed) {
                            if (committed.ok()) {
                              ++done;
                            } else {
                              EXPECT_EQ(ReasonOf(committed.status()), "QUEUE_FULL") << committed.status();
                              ++refused;
                            }
                            if (++answered == kCommands) all.set_value();
                          });
  }
  all.get_future().wait();
  EXPECT_GT(refused, 0);
  // One larger than all the queue may hold is taken where nothing waits.
  EXPECT_GT(done, 0);
}

TEST(Committer, ARepeatedImportIsAnsweredRowByRowAsTheFirstTime) {
  World world;
  v1::Organization nameless = World::OrganizationOf(3);
  nameless.clear_display_name();
  const auto first = world.Import({World::OrganizationOf(1), nameless, World::OrganizationOf(2)}, "batch-1");
  ASSERT_TRUE(first.ok()) << first.status();
  world.Restart();
  const auto again = world.Import({World::OrganizationOf(1), nameless, World::OrganizationOf(2)}, "batch-1");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->revision, first->revision);
  EXPECT_THAT(first->events, testing::IsEmpty());
  EXPECT_THAT(again->events, testing::IsEmpty());
  ASSERT_TRUE(again->tally.has_value());
  EXPECT_EQ(again->tally->SerializeAsString(), first->tally->SerializeAsString());
  EXPECT_THAT(again->tally->outcomes(),
              testing::ElementsAre(v1::IMPORT_OUTCOME_CREATED, v1::IMPORT_OUTCOME_REJECTED,
                                   v1::IMPORT_OUTCOME_CREATED));
}

TEST(Committer, ADecisionMadeOnAnOlderStateOfTheOrganizationIsAborted) {
  World world;
  const domain::Uscc code = world.Register(1);
  const auto etag = [&] {
    return (*world.engine().store().FindOrganization(code.ToString(), storage::kNewest,
                                                     storage::Sealed::kLeaveOut))
        ->etag();
  };
  const std::string seen = etag();
  v1::Organization renamed = World::OrganizationOf(1);
  renamed.set_display_name("五华区改名后的社会工作服务中心");
  ASSERT_TRUE(world.Import({renamed}).ok());
  v1::CreateRecordRequest request = world.PenaltyRequest(code, kFiftyThousandYuan, "SER-04");
  request.set_organization_etag(seen);
  const auto stale = world.engine().SubmitAndWait(World::Wuhua(), request);
  EXPECT_EQ(stale.status().code(), absl::StatusCode::kAborted) << stale.status();
  EXPECT_EQ(ReasonOf(stale.status()), "STALE_ETAG");
  // Read again and decided again; the refused request left its request_id free.
  request.set_organization_etag(etag());
  EXPECT_TRUE(world.engine().SubmitAndWait(World::Wuhua(), request).ok());
}

// Rule 65: days are Shanghai's. The 25th begins at 16:00 UTC of the 24th.
TEST(Rule65, ADecisionOfTomorrowIsOneOfTheFutureUntilMidnightInShanghai) {
  World world;
  const domain::Uscc code = world.Register(1);
  const absl::Time midnight = absl::FromCivil(absl::CivilSecond(2026, 11, 24, 16, 0, 0), absl::UTCTimeZone());
  world.clock().Set(midnight - absl::Nanoseconds(1));
  EXPECT_EQ(world.Penalize(code, kFiftyThousandYuan, "SER-04", "2026-11-25").status().code(),
            absl::StatusCode::kInvalidArgument);
  world.clock().Set(midnight);
  const auto listed = world.Penalize(code, kFiftyThousandYuan, "SER-04", "2026-11-25");
  ASSERT_TRUE(listed.ok()) << listed.status();
  v1::AsOf as_of;
  domain::SetTimestamp(midnight, *as_of.mutable_effective_at());
  EXPECT_EQ(world.Check(code, &as_of)->verdict(), v1::VERDICT_INELIGIBLE);
  domain::SetTimestamp(midnight - absl::Nanoseconds(1), *as_of.mutable_effective_at());
  EXPECT_EQ(world.Check(code, &as_of)->verdict(), v1::VERDICT_ELIGIBLE);
}

TEST(Committer, StampsGrowAlsoWhereTheClockGoesBack) {
  World world;
  world.Register(1);
  const absl::Time first = world.engine().Stats().last_stamp;
  world.clock().Advance(-absl::Hours(1));
  const auto later = world.Penalize(World::CodeOf(1), kFiftyThousandYuan, "SER-04");
  ASSERT_TRUE(later.ok()) << later.status();
  EXPECT_GT(world.engine().Stats().last_stamp, first);
}

// Rule 42: an answer for an instant is the same whenever it is asked for, also while writing goes on.
TEST(Rule42, AnInstantIsAnsweredAlikeForEver) {
  World world;
  const domain::Uscc code = world.Register(1);
  world.clock().Advance(absl::Seconds(10));
  const absl::Time before = world.clock().Now();
  EXPECT_EQ(world.VerdictOf(code, before), v1::VERDICT_ELIGIBLE);
  // The clock stands still: the penalty must not be stamped at the instant that was answered for.
  ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
  EXPECT_EQ(world.VerdictOf(code, before), v1::VERDICT_ELIGIBLE);
  world.clock().Advance(absl::Seconds(1));
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_INELIGIBLE);
  world.Restart();
  EXPECT_EQ(world.VerdictOf(code, before), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(world.VerdictOf(code), v1::VERDICT_INELIGIBLE);
}

TEST(Engine, AnInstantInTheFutureIsAnError) {
  World world;
  v1::AsOf as_of;
  // The clock stands still, so the last stamps lie a little after it; they are no future.
  domain::SetTimestamp(world.engine().Stats().last_stamp, *as_of.mutable_known_at());
  EXPECT_TRUE(world.Check(World::CodeOf(1), &as_of).ok());
  domain::SetTimestamp(world.engine().Stats().last_stamp + absl::Nanoseconds(1), *as_of.mutable_known_at());
  const auto answer = world.Check(World::CodeOf(1), &as_of);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(answer.status().message()), testing::HasSubstr("as_of.known_at"));
}

TEST(Engine, ABothClocksInstantExcludesTheOthers) {
  World world;
  v1::AsOf as_of;
  domain::SetTimestamp(world.clock().Now(), *as_of.mutable_instant());
  domain::SetTimestamp(world.clock().Now(), *as_of.mutable_effective_at());
  EXPECT_EQ(world.Check(World::CodeOf(1), &as_of).status().code(), absl::StatusCode::kInvalidArgument);
}

// Rule 43: a listing that is entered late is not hidden from a new query and does not change an old answer.
TEST(Rule43, WhenItHoldsAndWhenItWasKnownAreAskedApart) {
  World world;
  const domain::Uscc code = world.Register(1);
  world.clock().Advance(absl::Hours(24 * 9));  // 3 December
  const absl::Time known_before = world.clock().Now();
  world.clock().Advance(absl::Hours(1));
  ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04", "2026-11-25").ok());
  world.RefreshSources();
  const absl::Time effective = known_before - absl::Hours(24 * 5);  // 28 November: in force, not yet known
  v1::AsOf as_of;
  domain::SetTimestamp(effective, *as_of.mutable_effective_at());
  EXPECT_EQ(world.Check(code, &as_of)->verdict(), v1::VERDICT_INELIGIBLE);
  domain::SetTimestamp(known_before, *as_of.mutable_known_at());
  EXPECT_NE(world.Check(code, &as_of)->verdict(), v1::VERDICT_INELIGIBLE);
}

TEST(Engine, ABatchIsAnsweredAtOneRevision) {
  World world;
  std::vector<domain::Uscc> codes;
  for (int i = 0; i < 50; ++i) codes.push_back(world.Register(i));
  std::atomic<bool> stop = false;
  // All organizations are listed one after another; a batch must see a prefix of that order, never a later
  // one without an earlier one.
  std::thread writer([&] {
    for (const domain::Uscc& code : codes)
      ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
    stop = true;
  });
  while (!stop) {
    std::vector<v1::Eligibility> answers(codes.size());
    std::vector<v1::Eligibility*> pointers;
    for (v1::Eligibility& answer : answers) pointers.push_back(&answer);
    // Asked for in reverse, so that a check that read the index as it goes would see late ones listed and
    // early ones not.
    const std::vector<domain::Uscc> reversed(codes.rbegin(), codes.rend());
    v1::AnswerBasis basis;
    ASSERT_TRUE(
        world.engine()
            .CheckEligibility({.codes = reversed, .context = nullptr, .as_of = nullptr, .full = false},
                              pointers, basis)
            .ok());
    bool listed_before = false;
    for (const v1::Eligibility& answer : answers) {
      const bool listed = answer.verdict() == v1::VERDICT_INELIGIBLE;
      if (listed_before) {
        EXPECT_TRUE(listed) << "revision " << basis.revision();
      }
      listed_before |= listed;
    }
  }
  writer.join();
}

// Rule 42: what an answer says it rests on, asked for again later, gives the same answer.
TEST(Rule42, TheBasisOfAnAnswerGivesTheSameAnswerAgain) {
  World world;
  const domain::Uscc code = world.Register(1);
  const auto check = [&](const v1::AsOf* as_of, v1::AnswerBasis& basis) {
    v1::Eligibility answer;
    v1::Eligibility* const answers[] = {&answer};
    const absl::Status status = world.engine().CheckEligibility(
        {.codes = {&code, 1}, .context = nullptr, .as_of = as_of, .full = true}, answers, basis);
    EXPECT_TRUE(status.ok()) << status;
    return answer;
  };
  v1::AnswerBasis basis;
  const v1::Eligibility then = check(nullptr, basis);
  ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
  world.clock().Advance(absl::Hours(1));
  v1::AsOf as_of;
  *as_of.mutable_effective_at() = basis.effective_at();
  *as_of.mutable_known_at() = basis.known_at();
  v1::AnswerBasis basis_again;
  EXPECT_EQ(check(&as_of, basis_again).SerializeAsString(), then.SerializeAsString());
  EXPECT_EQ(basis_again.SerializeAsString(), basis.SerializeAsString());
}

TEST(Engine, WhoeverWaitsForARevisionThatDoesNotComeIsToldAtTheEnd) {
  World world;
  std::promise<bool> reached, cancelled;
  world.engine().WhenVisible(world.engine().revision() + 100, [&](bool ok) { reached.set_value(ok); });
  const uint64_t ticket =
      world.engine().WhenVisible(world.engine().revision() + 100, [&](bool ok) { cancelled.set_value(ok); });
  world.engine().CancelWait(ticket);
  world.Close();
  EXPECT_FALSE(reached.get_future().get());
  EXPECT_EQ(cancelled.get_future().wait_for(std::chrono::seconds(0)), std::future_status::timeout);
}

TEST(Engine, AnswersAtLeastAsNewAsAskedFor) {
  World world;
  const domain::Uscc code = world.Register(1);
  std::promise<bool> reached;
  const uint64_t next = world.engine().revision() + 1;
  world.engine().WhenVisible(next, [&](bool ok) { reached.set_value(ok); });
  ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
  EXPECT_TRUE(reached.get_future().get());
  EXPECT_GE(world.engine().revision(), next);
}

}  // namespace
}  // namespace chengxin::engine
