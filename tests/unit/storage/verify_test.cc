// Verify: the log folded again gives every view byte by byte, and whatever was tampered with is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/timestamps.h"
#include "storage/store.h"
#include "storage/tables.h"
#include "tests/support/catalogue_files.h"
#include "tests/support/fault_env.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::HasSubstr;

class VerifyTest : public testing::Test {
 protected:
  VerifyTest() {
    const auto store = *Store::Open(Options());
    EXPECT_TRUE(CommitNext(*store, {CatalogueEvent(LoadDeployedCatalogue())}).ok());
    EXPECT_TRUE(CommitNext(*store, {OrganizationEvent(one_, "五华区晨光社会工作服务中心")}).ok());
    EXPECT_TRUE(CommitNext(*store, {RecordEvent(one_, {.revision = 3, .ordinal = 1}, "key-1"),
                                    ShownUntil(ListingEvent({one_, v1::LIST_KIND_SEVERE, 1},
                                                            v1::LISTING_TRANSITION_LISTED, 3),
                                               FirstStamp() + absl::Hours(24))})
                    .ok());
    EXPECT_TRUE(CommitNext(*store, {SourceReadEvent("registry-kunming", FirstStamp(), true),
                                    CaseEvent({4, 2}, one_, v1::CASE_STATE_RECEIVED),
                                    ApplicationEvent({4, 3}, one_, v1::APPLICATION_STATE_FILED),
                                    AwardEvent({4, 4}, {one_}, v1::AWARD_STATE_ACTIVE), ReceiptEvent(4, one_),
                                    RecodedEvent(one_, CodeOfNumber(11), {one_})})
                    .ok());
  }

  StoreOptions Options() { return SmallOptions(data_, env_.env()); }
  absl::Status RunVerify() {
    return Verify(Options(), folder_.path() + "/scratch-" + std::to_string(++runs_), nullptr);
  }
  std::unique_ptr<Tables> Raw() { return *Tables::Open(Options()); }

  const std::string one_ = CodeOfNumber(1);
  FaultEnv env_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
  int runs_ = 0;
};

TEST_F(VerifyTest, AnUntouchedFolderIsEqualAndStaysSo) {
  uint64_t last = 0;
  const absl::Status verified =
      Verify(Options(), folder_.path() + "/scratch", [&](uint64_t revision, uint64_t head) {
        EXPECT_EQ(head, 4u);
        last = revision;
      });
  EXPECT_TRUE(verified.ok()) << verified;
  EXPECT_EQ(last, 4u);
  EXPECT_TRUE(RunVerify().ok());
}

TEST_F(VerifyTest, RequestsForgottenAreForgottenByTheFoldToo) {
  auto store = *Store::Open(Options());
  for (int day = 1; day <= 40; ++day) {
    NewChange change = ChangeOf(store->head().revision + 1, {OrganizationEvent(one_, "甲")},
                                "day-" + std::to_string(day), "body");
    domain::SetTimestamp(FirstStamp() + absl::Hours(24 * day), *change.envelope.mutable_stamp());
    ASSERT_TRUE(CommitAlone(*store, std::move(change)).ok());
  }
  store.reset();
  EXPECT_TRUE(RunVerify().ok());
}

TEST_F(VerifyTest, AFolderThatIsNotThereOrAScratchThatIsNotEmptyIsSaid) {
  EXPECT_EQ(Verify({.folder = folder_.path() + "/none"}, folder_.path() + "/s", nullptr).code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Verify(Options(), data_, nullptr).code(), absl::StatusCode::kFailedPrecondition);
}

// Each view is tampered with in three ways.
class TamperedView : public VerifyTest, public testing::WithParamInterface<Table> {};

TEST_P(TamperedView, IsNamedWithTheKey) {
  const Table table = GetParam();
  std::string first_key, first_value;
  {
    const auto tables = Raw();
    const auto rows = tables->IterateAll(table, false);
    rows->SeekToFirst();
    if (table == Table::kMeta)
      rows->Seek(SliceOf(kRequestHorizonKey));  // the others keep the folder from opening
    ASSERT_TRUE(rows->Valid()) << "the sample leaves " << TableName(table) << " empty";
    first_key = rows->key().ToString();
    first_value = rows->value().ToString();
  }
  const auto expect_difference = [&](std::string_view key, const char* how) {
    const absl::Status verified = RunVerify();
    EXPECT_EQ(verified.code(), absl::StatusCode::kDataLoss) << verified;
    EXPECT_THAT(std::string(verified.message()), HasSubstr("view " + std::string(TableName(table)) + " "));
    EXPECT_THAT(std::string(verified.message()), HasSubstr(how));
    EXPECT_THAT(std::string(verified.message()), HasSubstr("key " + KeyForPeople(key)));
  };
  std::string other_value = first_value;
  if (other_value.empty()) {
    other_value = "x";
  } else {
    other_value.back() ^= 0x01;
  }
  {
    const auto tables = Raw();
    ASSERT_TRUE(tables->db().Put({}, tables->handle(table), first_key, other_value).ok());
  }
  expect_difference(first_key, "has another value");
  {
    const auto tables = Raw();
    ASSERT_TRUE(tables->db().Delete({}, tables->handle(table), first_key).ok());
  }
  expect_difference(first_key, "lacks a row");
  const std::string stray = first_key + "~";
  {
    const auto tables = Raw();
    ASSERT_TRUE(tables->db().Put({}, tables->handle(table), first_key, first_value).ok());
    ASSERT_TRUE(tables->db().Put({}, tables->handle(table), stray, first_value).ok());
  }
  expect_difference(stray, "has a row that the log does not give");
}

INSTANTIATE_TEST_SUITE_P(EveryView, TamperedView,
                         testing::Values(Table::kStamps, Table::kOrganizations, Table::kRecords,
                                         Table::kRecordKeys, Table::kListings, Table::kListingChanges,
                                         Table::kStandings, Table::kNames, Table::kRequests,
                                         Table::kCatalogues, Table::kSources, Table::kCases,
                                         Table::kApplications, Table::kAwards, Table::kReceipts,
                                         Table::kParties, Table::kDues, Table::kAliases, Table::kMeta),
                         [](const auto& tested) { return std::string(TableName(tested.param)); });

TEST_F(VerifyTest, AForgedSealedPartIsFound) {
  {
    const auto tables = Raw();
    std::string row;
    ASSERT_TRUE(*tables->Get(Table::kSealed, SealedKey(2, 1), row));
    log::v1::SealedPart part;
    ASSERT_TRUE(part.ParseFromString(row));
    v1::Organization forged;
    forged.set_phone("0871-99999999");
    part.set_content(forged.SerializeAsString());
    ASSERT_TRUE(
        tables->db().Put({}, tables->handle(Table::kSealed), SealedKey(2, 1), part.SerializeAsString()).ok());
  }
  const absl::Status verified = RunVerify();
  EXPECT_EQ(verified.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(verified.message()), HasSubstr("revision 2: the sealed part of event 1"));
}

TEST_F(VerifyTest, ASealedPartWithoutItsEventIsFound) {
  for (const std::string& key : {SealedKey(2, 2), SealedKey(9, 1)}) {
    {
      const auto tables = Raw();
      ASSERT_TRUE(tables->db().Put({}, tables->handle(Table::kSealed), key, "").ok());
    }
    EXPECT_EQ(RunVerify().code(), absl::StatusCode::kDataLoss);
    const auto tables = Raw();
    ASSERT_TRUE(tables->db().Delete({}, tables->handle(Table::kSealed), key).ok());
  }
  EXPECT_TRUE(RunVerify().ok());
}

// A Change in the middle that says something else breaks the chain at the next one.
TEST_F(VerifyTest, AChangeThatWasRewrittenBreaksTheChain) {
  {
    const auto tables = Raw();
    std::string bytes;
    ASSERT_TRUE(*tables->Get(Table::kLog, RevisionKey(3), bytes));
    log::v1::Change change;
    ASSERT_TRUE(change.ParseFromString(bytes));
    change.mutable_events(0)->mutable_record()->mutable_penalty()->set_fine_fen(1);
    ASSERT_TRUE(
        tables->db().Put({}, tables->handle(Table::kLog), RevisionKey(3), change.SerializeAsString()).ok());
  }
  const absl::Status verified = RunVerify();
  EXPECT_EQ(verified.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(verified.message()), HasSubstr("revision 4: it does not follow the Change before"));
}

TEST_F(VerifyTest, AMissingChangeIsFound) {
  {
    const auto tables = Raw();
    ASSERT_TRUE(tables->db().Delete({}, tables->handle(Table::kLog), RevisionKey(2)).ok());
  }
  const absl::Status verified = RunVerify();
  EXPECT_EQ(verified.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(verified.message()), HasSubstr("revision 2: the log goes on with key"));
}

}  // namespace
}  // namespace chengxin::storage
