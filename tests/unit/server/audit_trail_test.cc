// The audit trail between calls and the disk: places, flushes, a stop, and a disk that fails.
#include "server/audit_trail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "domain/timestamps.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fault_env.h"

namespace chengxin::server {
namespace {

using storage::AuditStore;
using testing::IsEmpty;
using testing::Not;

std::string EntryOf(std::string_view who) {
  v1::AuditEntry entry;
  entry.mutable_principal()->set_subject(std::string(who));
  return entry.SerializeAsString();
}

class AuditTrailTest : public testing::Test {
 protected:
  AuditTrailTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "chengxin-audit-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    folder_ = pattern;
  }
  ~AuditTrailTest() override {
    trail_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::unique_ptr<AuditStore> OpenAt(const std::string& folder) {
    auto store = AuditStore::Open({.folder = folder, .env = disk_.env()}, clock_);
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }
  AuditTrail& Start(const AuditTrailOptions& options = {}) {
    trail_.reset();
    trail_ = std::make_unique<AuditTrail>(OpenAt(folder_ + "/audit"), clock_, options);
    return *trail_;
  }
  // The subjects in the store, oldest first.
  static std::vector<std::string> Subjects(const AuditStore& store) {
    std::vector<std::string> subjects;
    const auto page = store.Read({.newest_first = false, .limit = 100'000});
    EXPECT_TRUE(page.ok()) << page.status();
    for (const v1::AuditEntry& entry : page->entries) subjects.push_back(entry.principal().subject());
    return subjects;
  }

  std::string folder_;
  FakeClock clock_{absl::FromUnixSeconds(1'795'572'000)};
  FaultEnv disk_;
  std::unique_ptr<AuditTrail> trail_;
};

TEST_F(AuditTrailTest, AStopWritesAllThatWaits) {
  AuditTrail& trail = Start();
  std::vector<std::string> put;
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_TRUE(trail.TakePlace());
    put.push_back("officer-" + std::to_string(i));
    trail.Put(EntryOf(put.back()));
  }
  EXPECT_TRUE(trail.Stop());
  EXPECT_EQ(trail.Stats().waiting, 0u);
  EXPECT_EQ(trail.Stats().written, 1'000u);
  trail_.reset();
  EXPECT_EQ(Subjects(*OpenAt(folder_ + "/audit")), put);
}

TEST_F(AuditTrailTest, WhatWasFlushedIsThereAfterACrash) {
  AuditTrail& trail = Start();
  ASSERT_TRUE(trail.TakePlace());
  trail.Put(EntryOf("before"));
  trail.Flush();
  // The folder as the process leaves it that dies now.
  std::filesystem::copy(folder_ + "/audit", folder_ + "/crashed");
  const auto found = OpenAt(folder_ + "/crashed");
  EXPECT_THAT(Subjects(*found), testing::ElementsAre("before"));
  EXPECT_TRUE(found->Verify().ok());
}

TEST_F(AuditTrailTest, EveryEntryOfManyThreadsIsWrittenOnce) {
  AuditTrail& trail = Start({.buffer_entries = 100'000});
  std::vector<std::thread> callers;
  for (int t = 0; t < 4; ++t) {
    callers.emplace_back([&trail, t] {
      for (int i = 0; i < 2'500; ++i) {
        ASSERT_TRUE(trail.TakePlace());
        trail.Put(EntryOf(std::to_string(t * 2'500 + i)));
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  trail.Flush();
  std::vector<std::string> found = Subjects(trail.store());
  EXPECT_EQ(found.size(), 10'000u);
  std::sort(found.begin(), found.end());
  EXPECT_EQ(std::unique(found.begin(), found.end()), found.end());
}

TEST_F(AuditTrailTest, WhereNoPlaceIsFreeTheCallIsShedUntilEntriesAreWritten) {
  AuditTrail& trail = Start({.buffer_entries = 4});
  disk_.HoldSyncs();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(trail.TakePlace()) << i;
  EXPECT_FALSE(trail.TakePlace()) << "calls under way have their places";
  for (int i = 0; i < 4; ++i) trail.Put(EntryOf("a"));
  disk_.WaitForHeldSync();
  EXPECT_FALSE(trail.TakePlace()) << "entries that are being written have theirs";
  EXPECT_EQ(trail.Stats().waiting, 4u);
  EXPECT_EQ(trail.Stats().shed, 2u);
  // The end of a stream that was let in is never lost.
  trail.PutWithoutPlace(EntryOf("end of a stream"));
  disk_.ReleaseSyncs();
  trail.Flush();
  EXPECT_TRUE(trail.TakePlace());
  EXPECT_EQ(Subjects(trail.store()).back(), "end of a stream");
  trail.Put(EntryOf("b"));
}

TEST_F(AuditTrailTest, RefusedCallsTakeNoMoreThanHalfOfThePlaces) {
  AuditTrail& trail = Start({.buffer_entries = 6});
  disk_.HoldSyncs();
  for (int i = 0; i < 10; ++i) trail.PutRefusal(EntryOf("stranger"));
  EXPECT_EQ(trail.Stats().waiting, 3u);
  EXPECT_EQ(trail.Stats().unrecorded, 7u);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(trail.TakePlace()) << "whoever may call is served";
  disk_.ReleaseSyncs();
  for (int i = 0; i < 3; ++i) trail.Put(EntryOf("officer"));
  EXPECT_TRUE(trail.Stop());
}

TEST_F(AuditTrailTest, AfterAFailedWriteNothingIsLetIn) {
  AuditTrail& trail = Start();
  ASSERT_TRUE(trail.TakePlace());
  trail.Put(EntryOf("written"));
  trail.Flush();
  disk_.FailFrom(1);
  ASSERT_TRUE(trail.TakePlace());
  ASSERT_TRUE(trail.TakePlace());
  trail.Put(EntryOf("lost"));
  trail.Flush();
  EXPECT_FALSE(trail.TakePlace());
  trail.Put(EntryOf("under way meanwhile"));
  trail.Flush();
  const AuditStats stats = trail.Stats();
  EXPECT_THAT(stats.failure, Not(IsEmpty()));
  EXPECT_EQ(stats.written, 1u);
  EXPECT_EQ(stats.waiting, 2u);
  EXPECT_EQ(stats.shed, 1u);
  EXPECT_FALSE(trail.Stop());
}

TEST_F(AuditTrailTest, Rule63WhatIsOldIsDroppedAtTheStartAndNothingElse) {
  const absl::Time start = clock_.Now();
  {
    AuditTrail& trail = Start();
    for (int day = 0; day <= 500; day += 100) {
      clock_.Set(start + absl::Hours(24 * day));
      ASSERT_TRUE(trail.TakePlace());
      trail.Put(EntryOf("day " + std::to_string(day)));
      trail.Flush();
    }
  }
  // Asked to keep less than the law wants.
  Start({.keep = absl::Hours(24)});
  EXPECT_TRUE(trail_->Stop());
  EXPECT_THAT(Subjects(trail_->store()), testing::ElementsAre("day 400", "day 500"));
}

}  // namespace
}  // namespace chengxin::server
