// The audit trail on disk: numbered without gaps, kept for as long as the law asks, and never altered unseen.
#include "storage/audit_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "domain/timestamps.h"
#include "rocksdb/db.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fault_env.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);

absl::Time At(absl::CivilSecond second) { return absl::FromCivil(second, absl::UTCTimeZone()); }

NewAuditEntry Entry(absl::Time time, std::string_view who, std::string_view on = "51530100MJT000010G",
                    std::string_view method = "chengxin.v1.RecordService/GetRecord") {
  v1::AuditEntry entry;
  entry.mutable_principal()->set_subject(std::string(who));
  entry.set_method(std::string(method));
  entry.add_subjects(std::string(on));
  return {.time = time, .bytes = entry.SerializeAsString()};
}

class Trail : public testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  void Reopen() {
    store_.reset();
    auto store = AuditStore::Open(options(), clock_);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }
  AuditStoreOptions options() const { return {.folder = folder_.path() + "/audit"}; }

  // Appends `count` entries, a second apart, one for each of the numbers from `first` on.
  void AppendNumbered(int first, int count) {
    std::vector<NewAuditEntry> entries;
    for (int i = first; i < first + count; ++i) {
      clock_.Advance(absl::Seconds(1));
      entries.push_back(Entry(clock_.Now(), "officer-" + std::to_string(i)));
    }
    ASSERT_TRUE(store_->Append(entries).ok());
  }
  // All sequences that a query gives, page after page.
  std::vector<uint64_t> Sequences(AuditQuery query) const {
    std::vector<uint64_t> found;
    do {
      const auto page = store_->Read(query);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      EXPECT_LE(page->entries.size(), static_cast<size_t>(query.limit));
      for (const v1::AuditEntry& entry : page->entries) found.push_back(entry.sequence());
      query.from = page->next;
    } while (query.from != 0);
    return found;
  }

  const TemporaryFolder folder_;
  FakeClock clock_{At(absl::CivilSecond(2026, 11, 24, 2, 0, 0))};
  std::unique_ptr<AuditStore> store_;
};

TEST_F(Trail, NumbersGoOnWithoutGapsOverRestarts) {
  AppendNumbered(1, 1'203);  // more than two rows
  Reopen();
  EXPECT_EQ(store_->last(), 1'203u);
  AppendNumbered(1'204, 7);
  Reopen();
  const std::vector<uint64_t> newest = Sequences({.newest_first = true, .limit = 100});
  const std::vector<uint64_t> oldest = Sequences({.newest_first = false, .limit = 333});
  ASSERT_EQ(newest.size(), 1'210u);
  ASSERT_EQ(oldest.size(), 1'210u);
  for (uint64_t i = 0; i < 1'210; ++i) {
    EXPECT_EQ(oldest[i], i + 1);
    EXPECT_EQ(newest[i], 1'210 - i);
  }
  const auto page = store_->Read({.newest_first = false, .from = 777, .limit = 1});
  EXPECT_EQ(page->entries[0].principal().subject(), "officer-777");
  EXPECT_EQ(*store_->Verify(), 1'210u);
}

TEST_F(Trail, AnEmptyTrailIsReadAndVerified) {
  EXPECT_THAT(Sequences({.newest_first = true, .limit = 10}), IsEmpty());
  EXPECT_THAT(Sequences({.newest_first = false, .limit = 10}), IsEmpty());
  EXPECT_EQ(store_->last(), 0u);
  EXPECT_EQ(*store_->Verify(), 0u);
  EXPECT_EQ(store_->kept_from(), clock_.Now());
}

TEST_F(Trail, ATimeNeverGoesBackThoughTheMachinesClockDoes) {
  const absl::Time now = clock_.Now();
  ASSERT_TRUE(store_->Append({Entry(now, "a"), Entry(now - absl::Hours(1), "b")}).ok());
  Reopen();
  ASSERT_TRUE(store_->Append({Entry(now - absl::Hours(2), "c"), Entry(now + absl::Seconds(1), "d")}).ok());
  const auto page = store_->Read({.newest_first = false, .limit = 10});
  std::vector<absl::Time> times;
  for (const v1::AuditEntry& entry : page->entries) times.push_back(domain::TimeOf(entry.time()));
  EXPECT_THAT(times, ElementsAre(now, now, now, now + absl::Seconds(1)));
}

TEST_F(Trail, FiltersByTimeSubjectMethodAndOnWhom) {
  const absl::Time start = clock_.Now();
  std::vector<NewAuditEntry> entries;
  for (int i = 0; i < 1'200; ++i) {
    entries.push_back(Entry(start + absl::Seconds(i), i % 100 == 0 ? "wang" : "li",
                            i % 150 == 0 ? "51530100MJT000011F" : "51530100MJT000010G",
                            i % 400 == 0 ? "chengxin.v1.CaseService/GetCase" : "m"));
  }
  ASSERT_TRUE(store_->Append(entries).ok());
  AuditQuery query{.newest_first = false, .limit = 1'000};
  query.filter.set_subject("wang");
  EXPECT_EQ(Sequences(query).size(), 12u);
  query.filter.set_on("51530100MJT000011F");
  EXPECT_THAT(Sequences(query), ElementsAre(1, 301, 601, 901));
  query.filter.set_method("chengxin.v1.CaseService/GetCase");
  EXPECT_THAT(Sequences(query), ElementsAre(1));

  // From is the first that is in, until the first that is out; both ends within a row, at its border,
  // outside.
  for (const bool newest_first : {false, true}) {
    for (const auto& [from, until] : std::vector<std::pair<int, int>>{{0, 1'200},
                                                                      {499, 500},
                                                                      {500, 501},
                                                                      {498, 1'001},
                                                                      {1'199, 5'000},
                                                                      {1'200, 5'000},
                                                                      {-50, 0},
                                                                      {-50, 3}}) {
      AuditQuery within{.newest_first = newest_first, .limit = 77};
      domain::SetTimestamp(start + absl::Seconds(from), *within.filter.mutable_from());
      domain::SetTimestamp(start + absl::Seconds(until), *within.filter.mutable_until());
      std::vector<uint64_t> expected;
      for (int i = std::max(from, 0); i < std::min(until, 1'200); ++i)
        expected.push_back(static_cast<uint64_t>(i) + 1);
      if (newest_first) std::reverse(expected.begin(), expected.end());
      EXPECT_EQ(Sequences(within), expected) << from << " to " << until << " " << newest_first;
    }
  }
}

TEST_F(Trail, AReadThatFindsNothingEndsShortAndSaysWhereToGoOn) {
  std::vector<NewAuditEntry> entries(static_cast<size_t>(kAuditEntriesLookedAt) + 10,
                                     Entry(clock_.Now(), "li"));
  entries.front() = Entry(clock_.Now(), "wang");
  ASSERT_TRUE(store_->Append(entries).ok());
  AuditQuery query{.newest_first = true, .limit = 5};
  query.filter.set_subject("wang");
  const auto page = store_->Read(query);
  EXPECT_THAT(page->entries, IsEmpty());
  EXPECT_EQ(page->next, 10u);
  EXPECT_THAT(Sequences(query), ElementsAre(1));
}

// 网络安全法 art 23: logs are kept for not less than six months.
TEST_F(Trail, Rule63NothingOfTheLastSixMonthsIsDroppedWhateverIsAsked) {
  using Day = absl::CivilDay;
  struct Span {
    Day made;
    Day six_months_later;
  };
  // With a 29 February within, as its day, and the longest six months there are.
  for (const Span& span : {Span{Day(2027, 8, 29), Day(2028, 2, 29)}, Span{Day(2028, 2, 29), Day(2028, 8, 29)},
                           Span{Day(2028, 12, 1), Day(2029, 6, 1)}, Span{Day(2029, 3, 1), Day(2029, 9, 1)},
                           Span{Day(2029, 9, 1), Day(2030, 3, 1)}}) {
    SCOPED_TRACE(absl::FormatCivilTime(span.made));
    const absl::Time made = At(absl::CivilSecond(span.made) + 3'600);
    ASSERT_TRUE(store_->Append({Entry(made, "kept")}).ok());
    const uint64_t sequence = store_->last();
    AuditQuery newest{.newest_first = true, .limit = 1};
    // The last second of the period.
    clock_.Set(At(absl::CivilSecond(span.six_months_later) + 3'600));
    ASSERT_TRUE(store_->DropBefore(absl::InfiniteFuture()).ok());
    EXPECT_THAT(Sequences(newest), testing::Contains(sequence));
    EXPECT_LE(store_->kept_from(), made);
    // Not for ever.
    clock_.Set(made + kLeastAuditAge + absl::Nanoseconds(1));
    ASSERT_TRUE(store_->DropBefore(absl::InfiniteFuture()).ok());
    EXPECT_THAT(Sequences(newest), IsEmpty());
  }
}

TEST_F(Trail, WhatIsOlderThanAskedIsDroppedAndTheNumbersGoOn) {
  for (int day = 0; day < 400; ++day) {
    ASSERT_TRUE(store_->Append({Entry(clock_.Now(), "a"), Entry(clock_.Now(), "b")}).ok());
    clock_.Advance(kDay);
  }
  const absl::Time from = clock_.Now() - 300 * kDay;
  ASSERT_TRUE(store_->DropBefore(from).ok());
  EXPECT_EQ(store_->kept_from(), from);
  EXPECT_EQ(Sequences({.newest_first = false, .limit = 1'000}).front(), 201u);
  EXPECT_EQ(Sequences({.newest_first = true, .limit = 1'000}).size(), 600u);
  ASSERT_TRUE(store_->DropBefore(from - 50 * kDay).ok()) << "what is gone stays gone";
  EXPECT_EQ(store_->kept_from(), from);
  EXPECT_EQ(*store_->Verify(), 600u);
  Reopen();
  EXPECT_EQ(store_->kept_from(), from);
  AuditQuery early{.newest_first = true, .limit = 10};
  domain::SetTimestamp(from - kDay, *early.filter.mutable_until());
  EXPECT_THAT(Sequences(early), IsEmpty());

  clock_.Advance(1'000 * kDay);
  ASSERT_TRUE(store_->DropBefore(clock_.Now() - 200 * kDay).ok());
  EXPECT_THAT(Sequences({.newest_first = true, .limit = 1'000}), IsEmpty());
  Reopen();
  ASSERT_TRUE(store_->Append({Entry(clock_.Now(), "c")}).ok());
  EXPECT_THAT(Sequences({.newest_first = true, .limit = 1'000}), ElementsAre(801));
  EXPECT_EQ(*store_->Verify(), 1u);
}

// Somebody with the folder and RocksDB's tools.
class TamperedTrail : public Trail {
 protected:
  void SetUp() override {
    Trail::SetUp();
    for (int i = 0; i < 5; ++i) AppendNumbered(10 * i + 1, 10);
    ASSERT_EQ(*store_->Verify(), 50u);
    store_.reset();
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, options().folder, &db).ok());
    db_.reset(db);
  }
  std::string Row(uint64_t sequence) {
    std::string row;
    EXPECT_TRUE(db_->Get({}, AuditKey(sequence), &row).ok()) << sequence;
    return row;
  }
  void Put(uint64_t sequence, const std::string& row) {
    ASSERT_TRUE(db_->Put({}, AuditKey(sequence), row).ok());
  }
  // What opening and verifying say.
  absl::Status Judge() {
    db_.reset();
    const auto store = AuditStore::Open(options(), clock_);
    return store.ok() ? (*store)->Verify().status() : store.status();
  }

  std::unique_ptr<rocksdb::DB> db_;
};

TEST_F(TamperedTrail, AnAlteredRowIsFound) {
  std::string row = Row(21);
  const size_t at = row.find("officer-25");
  ASSERT_NE(at, std::string::npos);
  row.replace(at, 10, "officer-99");
  Put(21, row);
  const absl::Status judged = Judge();
  EXPECT_EQ(judged.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(judged.message()), HasSubstr("row 31"));
}

TEST_F(TamperedTrail, ARowTakenOutOfTheMiddleIsFound) {
  ASSERT_TRUE(db_->Delete({}, AuditKey(31)).ok());
  const absl::Status judged = Judge();
  EXPECT_EQ(judged.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(judged.message()), HasSubstr("row 31: is missing"));
}

TEST_F(TamperedTrail, TheOldestRowTakenOutIsFound) {
  ASSERT_TRUE(db_->Delete({}, AuditKey(1)).ok());
  EXPECT_THAT(std::string(Judge().message()), HasSubstr("row 1: is missing"));
}

TEST_F(TamperedTrail, TheLastRowTakenOutOrAlteredIsFoundAtTheNextStart) {
  const std::string last = Row(41);
  std::string altered = last;
  altered.back() = static_cast<char>(altered.back() ^ 1);
  Put(41, altered);
  EXPECT_EQ(Judge().code(), absl::StatusCode::kDataLoss);
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, options().folder, &db).ok());
  db_.reset(db);
  ASSERT_TRUE(db_->Delete({}, AuditKey(41)).ok());
  EXPECT_EQ(Judge().code(), absl::StatusCode::kDataLoss);
}

TEST_F(TamperedTrail, AnotherFormatVersionIsRefused) {
  std::string row = Row(0);
  row[3] = 2;
  Put(0, row);
  const absl::Status judged = Judge();
  EXPECT_EQ(judged.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(judged.message()), HasSubstr("format version 2"));
}

TEST_F(TamperedTrail, AFolderOfSomethingElseIsRefused) {
  ASSERT_TRUE(db_->Delete({}, AuditKey(0)).ok());
  EXPECT_EQ(Judge().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(AuditPowerLoss, WhatWasAppendedIsThereWholeAndNothingByHalf) {
  int crashes = 0;
  for (uint64_t nth = 1;; nth += 1 + nth / 8) {
    SCOPED_TRACE(testing::Message() << "the fault strikes call " << nth);
    const TemporaryFolder folder;
    FakeClock clock(At(absl::CivilSecond(2026, 11, 24, 2, 0, 0)));
    FaultEnv env;
    const AuditStoreOptions options{.folder = folder.path() + "/audit", .env = env.env()};
    env.FailFrom(nth);
    uint64_t acknowledged = 0;
    if (const auto store = AuditStore::Open(options, clock); store.ok()) {
      while (
          acknowledged < 30 &&
          (*store)->Append({Entry(clock.Now(), "a"), Entry(clock.Now(), "b"), Entry(clock.Now(), "c")}).ok())
        acknowledged += 3;
      if (env.failed() && acknowledged < 30) {
        EXPECT_FALSE((*store)->Append({Entry(clock.Now(), "later")}).ok())
            << "nothing follows a failed write";
        EXPECT_EQ((*store)->last(), acknowledged);
      }
    }
    if (!env.failed()) break;
    ++crashes;
    env.LosePower(UnsyncedTail::kTorn);
    const auto again = AuditStore::Open(options, clock);
    ASSERT_TRUE(again.ok()) << again.status();
    const uint64_t last = (*again)->last();
    EXPECT_TRUE(last == acknowledged || last == acknowledged + 3) << last << " of " << acknowledged;
    EXPECT_EQ(*(*again)->Verify(), last);
    ASSERT_TRUE((*again)->Append({Entry(clock.Now(), "after")}).ok());
    EXPECT_EQ((*again)->last(), last + 1);
  }
  EXPECT_GE(crashes, 10);
}

}  // namespace
}  // namespace chengxin::storage
