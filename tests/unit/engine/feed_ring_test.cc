// The feed of the published list, through the engine: what a watcher sees, live, late, and after the ring has
// moved on.
#include "engine/feed_ring.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "chengxin/v1/award_service.pb.h"
#include "domain/timestamps.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

constexpr int64_t kFiftyThousandYuan = 5'000'000;
constexpr int64_t kSmallFine = 4'999'999;

std::vector<v1::WatchListingsResponse> Parse(const FeedBatch& batch) {
  std::vector<v1::WatchListingsResponse> messages;
  for (const auto& event : batch.events) EXPECT_TRUE(messages.emplace_back().ParseFromString(event->bytes));
  return messages;
}

std::vector<v1::WatchListingsResponse> After(World& world, uint64_t revision,
                                             const v1::ListingFilter& filter = {}) {
  const auto batch = world.engine().feed().ReadAfter(filter, revision, 1000);
  EXPECT_TRUE(batch.ok()) << batch.status();
  return batch.ok() ? Parse(*batch) : std::vector<v1::WatchListingsResponse>();
}

TEST(Feed, AListingIsToldOnceAndTheCursorMovesOn) {
  World world;
  const domain::Uscc code = world.Register(1);
  const uint64_t before = world.engine().revision();
  const auto listed = world.Penalize(code, kFiftyThousandYuan, "SER-04");
  ASSERT_TRUE(listed.ok()) << listed.status();
  const auto batch = world.engine().feed().ReadAfter({}, before, 10);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_EQ(batch->revision, listed->revision);
  const auto messages = Parse(*batch);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].kind(), v1::WATCH_EVENT_KIND_ENTRY);
  EXPECT_EQ(messages[0].transition(), v1::LISTING_TRANSITION_LISTED);
  EXPECT_EQ(messages[0].listing().grounds(0).ground(), "SER-04");
  EXPECT_EQ(messages[0].revision(), listed->revision);
  EXPECT_TRUE(After(world, batch->revision).empty());
}

TEST(Feed, AnImportIsNoChangeOfTheList) {
  World world;
  const uint64_t before = world.engine().revision();
  world.Register(1);
  const auto batch = world.engine().feed().ReadAfter({}, before, 10);
  ASSERT_TRUE(batch.ok());
  EXPECT_TRUE(batch->events.empty());
  EXPECT_EQ(batch->revision, world.engine().revision());
}

// Rule 25 in the feed: the abnormal entry leaves, and all that is told of it is that it left (rule 35).
TEST(Rule35, WhatHasEndedIsToldWithoutItsContent) {
  World world;
  const domain::Uscc code = world.Register(1);
  ASSERT_TRUE(world.Penalize(code, kSmallFine, "ABN-05").ok());
  const uint64_t cursor = world.engine().revision();
  const auto moved = world.Penalize(code, kSmallFine, "SER-05");
  ASSERT_TRUE(moved.ok()) << moved.status();
  const auto messages = After(world, cursor);
  ASSERT_EQ(messages.size(), 2u);
  std::map<v1::WatchEventKind, v1::WatchListingsResponse> by_kind;
  for (const auto& message : messages) by_kind[message.kind()] = message;
  ASSERT_TRUE(by_kind.contains(v1::WATCH_EVENT_KIND_REMOVED));
  const v1::Listing& removed = by_kind[v1::WATCH_EVENT_KIND_REMOVED].listing();
  EXPECT_EQ(removed.list(), v1::LIST_KIND_ABNORMAL);
  EXPECT_TRUE(removed.grounds().empty());
  EXPECT_FALSE(removed.has_effective_from());
  EXPECT_EQ(by_kind[v1::WATCH_EVENT_KIND_ENTRY].listing().list(), v1::LIST_KIND_SEVERE);
  EXPECT_TRUE(messages[0].more_at_revision());
  EXPECT_FALSE(messages[1].more_at_revision());
}

TEST(Rule46, TheFeedTellsNobodyOfACaseThatIsNotDecided) {
  v1::Listing listing;
  listing.set_name("listings/" + World::CodeOf(1).ToString() + "-A1");
  listing.set_escalation_case("cases/9-1");
  listing.set_escalation_on("2028-11-24");
  listing.add_grounds()->set_case_("cases/7-1");
  for (const auto kind : {v1::WATCH_EVENT_KIND_STATE, v1::WATCH_EVENT_KIND_ENTRY}) {
    const auto event = MakeFeedEvent(kind, listing, 9, v1::LISTING_TRANSITION_UNSPECIFIED, nullptr, false);
    v1::WatchListingsResponse message;
    ASSERT_TRUE(message.ParseFromString(event->bytes));
    EXPECT_EQ(message.listing().escalation_case(), "");
    EXPECT_EQ(message.listing().escalation_on(), "2028-11-24");
    EXPECT_EQ(message.listing().grounds(0).case_(), "cases/7-1") << "decided, and so a ground";
  }
}

// Rule 56: an entry stands under the first code whatever code the organization has now (换码).
TEST(Rule56, AFilterComparesTheCodeTheEntryStandsUnder) {
  v1::Listing listing;
  listing.set_name("listings/" + World::CodeOf(1).ToString() + "-A1");
  listing.set_organization_code(World::CodeOf(50).ToString());
  v1::ListingFilter filter;
  EXPECT_TRUE(Passes(filter, listing));
  filter.set_organization_code(World::CodeOf(1).ToString());
  EXPECT_TRUE(Passes(filter, listing));
  filter.set_organization_code(World::CodeOf(2).ToString());
  EXPECT_FALSE(Passes(filter, listing));
  const auto event = MakeFeedEvent(v1::WATCH_EVENT_KIND_ENTRY, listing, 9, v1::LISTING_TRANSITION_UNSPECIFIED,
                                   nullptr, false);
  EXPECT_EQ(event->organization_code, World::CodeOf(1).ToString());
}

TEST(Feed, ALateWatcherGetsTheNetDifference) {
  World world(EngineOptions{.queue_capacity = 64, .group_capacity = 16, .feed_capacity = 4});
  const domain::Uscc moved = world.Register(1);
  const uint64_t cursor = world.engine().revision();
  ASSERT_TRUE(world.Penalize(moved, kSmallFine, "ABN-05").ok());
  ASSERT_TRUE(world.Penalize(moved, kSmallFine, "SER-05").ok());
  std::set<std::string> severe = {moved.ToString()};
  for (int i = 2; i < 12; ++i) {
    const domain::Uscc code = world.Register(i);
    ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
    severe.insert(code.ToString());
  }
  // The ring of four has long forgotten the first ones.
  const auto messages = After(world, cursor);
  std::set<std::string> entries, removed;
  for (const auto& message : messages) {
    auto& seen = message.kind() == v1::WATCH_EVENT_KIND_REMOVED ? removed : entries;
    EXPECT_TRUE(seen.insert(message.listing().organization_code()).second) << "told twice";
  }
  EXPECT_EQ(entries, severe);
  EXPECT_EQ(removed, std::set<std::string>{moved.ToString()});
}

TEST(Feed, TheStateComesInPartsAndEndsWithAMark) {
  World world;
  std::set<std::string> listed;
  for (int i = 0; i < 7; ++i) {
    const domain::Uscc code = world.Register(i);
    ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
    listed.insert(code.ToString());
  }
  Feed::StateCursor cursor;
  std::set<std::string> seen;
  bool synced = false;
  while (!cursor.done) {
    const auto batch = world.engine().feed().ReadState({}, 3, cursor);
    ASSERT_TRUE(batch.ok()) << batch.status();
    for (const auto& message : Parse(*batch)) {
      EXPECT_FALSE(synced) << "nothing of the state follows the mark";
      if (message.kind() == v1::WATCH_EVENT_KIND_SYNCED) {
        synced = true;
        EXPECT_EQ(message.revision(), world.engine().revision());
      } else {
        EXPECT_TRUE(seen.insert(message.listing().organization_code()).second);
      }
    }
    EXPECT_LE(batch->events.size(), 4u);
  }
  EXPECT_TRUE(synced);
  EXPECT_EQ(seen, listed);
}

TEST(Feed, FiltersByListAuthorityAndCode) {
  World world;
  const domain::Uscc severe = world.Register(1);
  const domain::Uscc abnormal = world.Register(2);
  const uint64_t cursor = world.engine().revision();
  ASSERT_TRUE(world.Penalize(severe, kFiftyThousandYuan, "SER-04").ok());
  ASSERT_TRUE(world.Penalize(abnormal, kSmallFine, "ABN-05").ok());
  v1::ListingFilter filter;
  filter.set_list(v1::LIST_KIND_ABNORMAL);
  EXPECT_EQ(After(world, cursor, filter).size(), 1u);
  filter.Clear();
  filter.set_organization_code(severe.ToString());
  EXPECT_EQ(After(world, cursor, filter).size(), 1u);
  filter.Clear();
  filter.set_authority("authorities/km-panlong");
  EXPECT_TRUE(After(world, cursor, filter).empty());
  filter.set_authority("authorities/km-wuhua");
  EXPECT_EQ(After(world, cursor, filter).size(), 2u);
}

TEST(Feed, ACursorAheadOfTheLogIsOutOfRange) {
  World world;
  EXPECT_EQ(world.engine().feed().ReadAfter({}, world.engine().revision() + 1, 10).status().code(),
            absl::StatusCode::kOutOfRange);
  EXPECT_EQ(world.engine().feed().NetDifference({}, world.engine().revision() + 1).status().code(),
            absl::StatusCode::kOutOfRange);
}

TEST(Feed, SubscribersAreWokenAndAfterUnsubscribingNeverAgain) {
  World world;
  std::mutex mu;
  std::condition_variable changed;
  int woken = 0;
  const uint64_t ticket = world.engine().feed().Subscribe([&] {
    std::lock_guard<std::mutex> lock(mu);
    ++woken;
    changed.notify_all();
  });
  const domain::Uscc code = world.Register(1);
  ASSERT_TRUE(world.Penalize(code, kFiftyThousandYuan, "SER-04").ok());
  {
    std::unique_lock<std::mutex> lock(mu);
    changed.wait(lock, [&] { return woken > 0; });
  }
  world.engine().feed().Unsubscribe(ticket);
  const int before = woken;
  ASSERT_TRUE(world.Penalize(world.Register(2), kFiftyThousandYuan, "SER-04").ok());
  // Another subscriber hears of it; the first one does not.
  EXPECT_EQ(woken, before);
}

v1::Principal Purchaser() {
  v1::Principal principal;
  principal.set_subject("purchaser");
  principal.set_role(v1::ROLE_PURCHASER);
  principal.set_unit("purchasers/km-culture");
  return principal;
}

// An award of the purchaser to the organization, on its receipt.
v1::Award MakeAward(World& world, const domain::Uscc& code) {
  v1::CertifyRequest certify;
  certify.set_subject(v1::RECEIPT_SUBJECT_ORGANIZATION);
  certify.add_organization_codes(code.ToString());
  certify.mutable_context()->set_purpose(v1::QUERY_PURPOSE_AWARD);
  certify.mutable_context()->set_project("KMZC-2026-0117");
  domain::SetTimestamp(world.now() + absl::Hours(24), *certify.mutable_context()->mutable_cut_off());
  certify.set_request_id(world.NextRequestId());
  const auto certified = world.engine().SubmitAndWait(Purchaser(), certify);
  EXPECT_TRUE(certified.ok()) << certified.status();
  v1::CreateAwardRequest request;
  request.set_request_id(world.NextRequestId());
  v1::Award& award = *request.mutable_award();
  award.set_project("KMZC-2026-0117");
  award.set_title("社区居家养老服务");
  award.set_mode(v1::AWARD_MODE_SINGLE);
  award.add_contractor_codes(code.ToString());
  *award.mutable_cut_off() = certify.context().cut_off();
  award.set_contract("KMWH-2026-031");
  v1::ContractTerm& term = *award.add_terms();
  term.set_starts_on("2026-12-01");
  term.set_ends_on("2027-11-30");
  term.set_price_fen(10'000'000);
  term.set_receipt(certified->events.at(0).receipt().name());
  const auto made = world.engine().SubmitAndWait(Purchaser(), request);
  EXPECT_TRUE(made.ok()) << made.status();
  return made.ok() ? made->events.at(0).award() : v1::Award();
}

std::vector<uint64_t> RevisionsOf(const absl::StatusOr<FeedBatch>& batch) {
  EXPECT_TRUE(batch.ok()) << batch.status();
  std::vector<uint64_t> revisions;
  for (const auto& event : batch->events) {
    v1::WatchAwardsResponse message;
    EXPECT_TRUE(message.ParseFromString(event->bytes));
    EXPECT_EQ(message.kind(), v1::AWARD_WATCH_KIND_ALERT);
    EXPECT_EQ(message.alert().revision(), message.revision());
    revisions.push_back(message.revision());
  }
  return revisions;
}

TEST(Rule59, AlertsAreToldTheSameFromTheRingAndFromTheAwards) {
  for (const size_t capacity : {size_t{4096}, size_t{1}}) {
    EngineOptions options;
    options.feed_capacity = capacity;
    World world(options);
    const domain::Uscc one = world.Register(1);
    const domain::Uscc two = world.Register(2);
    MakeAward(world, one);
    MakeAward(world, two);
    const uint64_t cursor = world.engine().revision();
    std::vector<uint64_t> expected;
    for (const domain::Uscc& code : {one, two, one}) {
      const auto listed = world.Penalize(code, kSmallFine, expected.size() == 2 ? "SER-05" : "ABN-05");
      ASSERT_TRUE(listed.ok()) << listed.status();
      expected.push_back(listed->revision);
    }
    Feed& feed = world.engine().feed();
    EXPECT_EQ(RevisionsOf(feed.ReadAlertsAfter("purchasers/km-culture", cursor, 100)), expected) << capacity;
    EXPECT_EQ(RevisionsOf(feed.AlertsSince("purchasers/km-culture", cursor)), expected);
    EXPECT_EQ(RevisionsOf(feed.ReadAlertsAfter("purchasers/km-culture", expected[0], 1)),
              std::vector<uint64_t>{expected[1]});
    EXPECT_TRUE(RevisionsOf(feed.ReadAlertsAfter("purchasers/km-health", cursor, 100)).empty());
    EXPECT_EQ(feed.ReadAlertsAfter("purchasers/km-culture", world.engine().revision() + 1, 1).status().code(),
              absl::StatusCode::kOutOfRange);
    // Who follows the list hears of no award.
    for (const auto& message : After(world, cursor)) EXPECT_TRUE(message.has_listing());
  }
}

}  // namespace
}  // namespace chengxin::engine
