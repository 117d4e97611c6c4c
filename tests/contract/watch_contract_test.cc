// A watch of the published list over a real gRPC stream.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;

constexpr int64_t kFiftyThousandYuan = 5'000'000;  // fen
constexpr int64_t kSmallFine = 4'999'999;          // fen

// One watcher and what it reads.
class Watcher {
 public:
  Watcher(ServedWorld& served, const v1::WatchListingsRequest& request) {
    ServedWorld::SpeakAs("public", context_);
    stream_ = served.listings().WatchListings(&context_, request);
  }
  ~Watcher() { context_.TryCancel(); }

  // The next message but heartbeats; fails the test where the stream ends.
  v1::WatchListingsResponse Next() {
    v1::WatchListingsResponse message;
    do {
      if (!stream_->Read(&message)) {
        ADD_FAILURE() << "the watch ended: " << stream_->Finish().error_message();
        return {};
      }
    } while (message.kind() == v1::WATCH_EVENT_KIND_HEARTBEAT);
    return message;
  }
  bool Read(v1::WatchListingsResponse& message) { return stream_->Read(&message); }
  grpc::Status Finish() { return stream_->Finish(); }
  void Cancel() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchListingsResponse>> stream_;
};

class WatchContract : public testing::Test {
 protected:
  WatchContract() {
    for (int number : {1, 2, 3}) world_.Register(number);
  }
  void Penalize(int number, int64_t fine_fen, std::string_view ground) {
    const auto committed = world_.Penalize(World::CodeOf(number), fine_fen, ground);
    ASSERT_TRUE(committed.ok()) << committed.status();
  }
  static std::string NameOf(int number, std::string_view episode) {
    return "listings/" + World::CodeOf(number).ToString() + "-" + std::string(episode);
  }

  ServedWorld served_;
  World& world_ = served_.world();
};

TEST_F(WatchContract, AWatcherSeesTheListAsItIsAndThenEveryChange) {
  Penalize(1, kSmallFine, "ABN-05");
  Watcher watcher(served_, {});
  const auto state = watcher.Next();
  EXPECT_EQ(state.kind(), v1::WATCH_EVENT_KIND_STATE);
  EXPECT_EQ(state.listing().name(), NameOf(1, "A1"));
  const auto synced = watcher.Next();
  EXPECT_EQ(synced.kind(), v1::WATCH_EVENT_KIND_SYNCED);
  EXPECT_EQ(synced.revision(), served_.engine().revision());

  Penalize(2, kFiftyThousandYuan, "SER-04");
  const auto listed = watcher.Next();
  EXPECT_EQ(listed.kind(), v1::WATCH_EVENT_KIND_ENTRY);
  EXPECT_EQ(listed.listing().name(), NameOf(2, "S1"));
  EXPECT_EQ(listed.transition(), v1::LISTING_TRANSITION_LISTED);
  EXPECT_EQ(listed.revision(), served_.engine().revision());
  EXPECT_TRUE(listed.has_stamp());
  EXPECT_FALSE(listed.more_at_revision());
}

TEST_F(WatchContract, Rule25TheMoveToTheSevereListIsAnEntryAndARemovalOfOneRevision) {
  Penalize(1, kSmallFine, "ABN-05");
  Watcher watcher(served_, {});
  watcher.Next();
  watcher.Next();
  Penalize(1, kSmallFine, "SER-05");
  std::map<v1::WatchEventKind, v1::WatchListingsResponse> told;
  const auto first = watcher.Next();
  const auto second = watcher.Next();
  told[first.kind()] = first;
  told[second.kind()] = second;
  EXPECT_TRUE(first.more_at_revision());
  EXPECT_FALSE(second.more_at_revision());
  EXPECT_EQ(first.revision(), second.revision());
  EXPECT_EQ(told[v1::WATCH_EVENT_KIND_ENTRY].listing().name(), NameOf(1, "S1"));
  const v1::Listing& removed = told[v1::WATCH_EVENT_KIND_REMOVED].listing();
  EXPECT_EQ(removed.name(), NameOf(1, "A1"));
  EXPECT_EQ(removed.grounds_size(), 0) << "rule 35: what has ended is not published again";
}

TEST_F(WatchContract, WhoResumesGetsTheNetDifference) {
  Penalize(1, kSmallFine, "ABN-05");
  const uint64_t cursor = served_.engine().revision();
  Penalize(1, kSmallFine, "SER-05");
  Penalize(2, kSmallFine, "ABN-05");
  Penalize(2, kSmallFine, "SER-05");

  v1::WatchListingsRequest request;
  request.set_resume_revision(cursor);
  Watcher watcher(served_, request);
  std::map<std::string, v1::WatchEventKind> told;
  v1::WatchListingsResponse message = watcher.Next();
  for (; message.kind() != v1::WATCH_EVENT_KIND_SYNCED; message = watcher.Next()) {
    EXPECT_TRUE(told.emplace(message.listing().name(), message.kind()).second) << "each entry once";
    EXPECT_EQ(message.transition(), v1::LISTING_TRANSITION_UNSPECIFIED);
  }
  const std::map<std::string, v1::WatchEventKind> expected = {
      {NameOf(1, "A1"), v1::WATCH_EVENT_KIND_REMOVED},
      {NameOf(1, "S1"), v1::WATCH_EVENT_KIND_ENTRY},
      {NameOf(2, "A1"), v1::WATCH_EVENT_KIND_REMOVED},
      {NameOf(2, "S1"), v1::WATCH_EVENT_KIND_ENTRY},
  };
  EXPECT_EQ(told, expected);
  EXPECT_EQ(message.revision(), served_.engine().revision());
}

TEST_F(WatchContract, WhoMissedNothingIsSyncedAtOnce) {
  Penalize(1, kFiftyThousandYuan, "SER-04");
  v1::WatchListingsRequest request;
  request.set_resume_revision(served_.engine().revision());
  Watcher watcher(served_, request);
  EXPECT_EQ(watcher.Next().kind(), v1::WATCH_EVENT_KIND_SYNCED);
  Penalize(2, kFiftyThousandYuan, "SER-04");
  EXPECT_EQ(watcher.Next().listing().name(), NameOf(2, "S1"));
}

TEST_F(WatchContract, ACursorTheLogHasNotReachedIsRefused) {
  v1::WatchListingsRequest request;
  request.set_resume_revision(served_.engine().revision() + 1);
  Watcher watcher(served_, request);
  v1::WatchListingsResponse message;
  EXPECT_FALSE(watcher.Read(message));
  const grpc::Status status = watcher.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_EQ(ReasonOf(status), "CURSOR_OUT_OF_RANGE");
}

TEST_F(WatchContract, AFilteredWatchTellsItsOwnAlone) {
  Penalize(1, kSmallFine, "ABN-05");
  Penalize(2, kFiftyThousandYuan, "SER-04");
  v1::WatchListingsRequest request;
  request.mutable_filter()->set_list(v1::LIST_KIND_SEVERE);
  Watcher watcher(served_, request);
  EXPECT_EQ(watcher.Next().listing().name(), NameOf(2, "S1"));
  EXPECT_EQ(watcher.Next().kind(), v1::WATCH_EVENT_KIND_SYNCED);
  Penalize(3, kSmallFine, "ABN-05");
  Penalize(3, kSmallFine, "SER-05");
  const auto entry = watcher.Next();
  EXPECT_EQ(entry.listing().name(), NameOf(3, "S1"));
  EXPECT_EQ(entry.kind(), v1::WATCH_EVENT_KIND_ENTRY);
}

TEST_F(WatchContract, AnIdleWatchHearsTheHeartAndTheRevision) {
  v1::WatchListingsRequest request;
  request.set_heartbeat_seconds(1);
  Watcher watcher(served_, request);
  EXPECT_EQ(watcher.Next().kind(), v1::WATCH_EVENT_KIND_SYNCED);
  // A Change that does not touch the list moves the cursor all the same.
  world_.Register(4);
  const uint64_t revision = served_.engine().revision();
  v1::WatchListingsResponse message;
  do {
    ASSERT_TRUE(watcher.Read(message));
    ASSERT_EQ(message.kind(), v1::WATCH_EVENT_KIND_HEARTBEAT);
    EXPECT_TRUE(message.has_stamp());
  } while (message.revision() < revision);
  EXPECT_EQ(message.revision(), revision);
}

TEST_F(WatchContract, HeartbeatsAreOneToThreeHundredSecondsApart) {
  for (const int seconds : {-1, 301}) {
    v1::WatchListingsRequest request;
    request.set_heartbeat_seconds(seconds);
    Watcher watcher(served_, request);
    v1::WatchListingsResponse message;
    EXPECT_FALSE(watcher.Read(message));
    EXPECT_THAT(FieldsOf(watcher.Finish()), ElementsAre("heartbeat_seconds")) << seconds;
  }
  v1::WatchListingsRequest longest;
  longest.set_heartbeat_seconds(300);
  Watcher watcher(served_, longest);
  EXPECT_EQ(watcher.Next().kind(), v1::WATCH_EVENT_KIND_SYNCED);
}

TEST_F(WatchContract, AStoppingServerSaysGoodbyeWithTheCursorAndTakesNoNewWatch) {
  Watcher watcher(served_, {});
  watcher.Next();
  Penalize(1, kFiftyThousandYuan, "SER-04");
  const auto listed = watcher.Next();
  served_.services().Stop();
  const auto goodbye = watcher.Next();
  EXPECT_EQ(goodbye.kind(), v1::WATCH_EVENT_KIND_GOODBYE);
  EXPECT_EQ(goodbye.revision(), listed.revision());
  v1::WatchListingsResponse nothing;
  EXPECT_FALSE(watcher.Read(nothing));
  const grpc::Status ended = watcher.Finish();
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(ended), "SHUTTING_DOWN");

  Watcher late(served_, {});
  EXPECT_FALSE(late.Read(nothing));
  EXPECT_EQ(ReasonOf(late.Finish()), "SHUTTING_DOWN");
}

TEST_F(WatchContract, AWatcherThatGoesAwayIsForgotten) {
  {
    Watcher watcher(served_, {});
    watcher.Next();
    EXPECT_EQ(served_.services().watchers(), 1);
    watcher.Cancel();
    watcher.Finish();
  }
  while (served_.services().watchers() > 0) std::this_thread::yield();
  EXPECT_EQ(served_.calls().watchers(), 0);
  Penalize(1, kFiftyThousandYuan, "SER-04");
}

TEST_F(WatchContract, AReaderThatDoesNotReadLosesNothingAndHoldsNobodyUp) {
  Watcher slow(served_, {});
  Watcher quick(served_, {});
  constexpr int kLast = 300;
  std::vector<v1::Organization> organizations;
  for (int number = 10; number <= kLast; ++number) organizations.push_back(World::OrganizationOf(number));
  ASSERT_TRUE(world_.Import(std::move(organizations)).ok());
  quick.Next();
  for (int number = 10; number <= kLast; ++number) {
    Penalize(number, kFiftyThousandYuan, "SER-04");
    EXPECT_EQ(quick.Next().listing().name(), NameOf(number, "S1"));
  }
  for (int number = 9; number <= kLast; ++number) {
    const auto message = slow.Next();
    if (number == 9) continue;  // SYNCED
    EXPECT_EQ(message.listing().name(), NameOf(number, "S1"));
  }
}

TEST(WatchLimit, OneWatcherTooManyIsToldToTryLater) {
  ServedWorld served({.maximum_watchers = 2});
  Watcher first(served, {});
  Watcher second(served, {});
  EXPECT_EQ(first.Next().kind(), v1::WATCH_EVENT_KIND_SYNCED);
  EXPECT_EQ(second.Next().kind(), v1::WATCH_EVENT_KIND_SYNCED);
  Watcher third(served, {});
  v1::WatchListingsResponse message;
  EXPECT_FALSE(third.Read(message));
  const grpc::Status refused = third.Finish();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(refused), "TOO_MANY_WATCHERS");
  EXPECT_EQ(MetadataOf(refused, "limit"), "2");
}

}  // namespace
}  // namespace chengxin
