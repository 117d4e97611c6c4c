// The feed of the published list, through the engine: what a watcher sees, live, late, and after the ring has
// moved on.
#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

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

}  // namespace
}  // namespace chengxin::engine
