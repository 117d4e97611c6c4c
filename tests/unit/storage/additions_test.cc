// Folders that an earlier program wrote: they gain the tables they lack, whatever happens meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "rocksdb/db.h"
#include "storage/store.h"
#include "storage/tables.h"
#include "tests/support/fault_env.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kAdded[] = {"cases",   "applications", "awards", "receipts",
                                       "parties", "dues",         "aliases"};

class AdditionsTest : public testing::Test {
 protected:
  AdditionsTest() {
    {
      const auto store = *Store::Open({.folder = data_});
      EXPECT_TRUE(WriteSampleHistory(*store).ok());
      EXPECT_TRUE(CommitNext(*store, {ShownUntil(ListingEvent(listing_, v1::LISTING_TRANSITION_LISTED, 7),
                                                 FirstStamp() + absl::Hours(24))})
                      .ok());
    }
    MakeOld();
  }

  // Takes out what came later, as if the program before had written the folder.
  void MakeOld() {
    {
      const auto tables = *Tables::Open({.folder = data_});
      ASSERT_TRUE(tables->db().Delete({}, tables->handle(Table::kMeta), SliceOf(kAdditionsKey)).ok());
    }
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, data_, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names) families.push_back({name, {}});
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, data_, families, &handles, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      if (std::find(std::begin(kAdded), std::end(kAdded), handle->GetName()) != std::end(kAdded)) {
        ASSERT_TRUE(db->DropColumnFamily(handle).ok());
      }
      db->DestroyColumnFamilyHandle(handle);
    }
  }

  static std::vector<std::string> DuesOf(const Store& store) {
    std::vector<std::string> found;
    EXPECT_TRUE(store
                    .ScanDues(std::nullopt, absl::InfiniteFuture(),
                              [&](const log::v1::Due& due) {
                                found.push_back(due.resource());
                                return true;
                              })
                    .ok());
    return found;
  }

  const domain::ListingId listing_{CodeOfNumber(2), v1::LIST_KIND_SEVERE, 1};
  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
};

TEST_F(AdditionsTest, AnOldFolderGainsTheTablesAndTheDuesOfItsListings) {
  {
    const auto store = Store::Open({.folder = data_});
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_THAT(DuesOf(**store), ElementsAre(domain::ListingNameOf(listing_)));
    EXPECT_TRUE(CommitNext(**store, {CaseEvent({8, 1}, CodeOfNumber(1), v1::CASE_STATE_RECEIVED),
                                     ListingEvent(listing_, v1::LISTING_TRANSITION_ENDED, 8)})
                    .ok());
    EXPECT_THAT(DuesOf(**store), testing::IsEmpty());
  }
  const absl::Status verified = Verify({.folder = data_}, folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
  EXPECT_TRUE(Store::Open({.folder = data_}).ok());
}

TEST_F(AdditionsTest, AnOldFolderIsVerifiedWithoutBeingOpenedBefore) {
  const absl::Status verified = Verify({.folder = data_}, folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_F(AdditionsTest, ACrashAtEachNthCallIsMadeUpForByOpeningAgain) {
  int crashes = 0;
  for (uint64_t nth = 1;; nth += 1 + nth / 12) {
    SCOPED_TRACE(testing::Message() << "the fault strikes call " << nth);
    const std::string copy = folder_.path() + "/copy-" + std::to_string(nth);
    FaultEnv env;
    std::filesystem::copy(data_, copy, std::filesystem::copy_options::recursive);
    env.FailFrom(nth);
    const bool opened = Store::Open(SmallOptions(copy, env.env())).ok();
    if (!env.failed()) {
      EXPECT_TRUE(opened);
      break;
    }
    ++crashes;
    env.LosePower(crashes % 2 == 0 ? UnsyncedTail::kLost : UnsyncedTail::kTorn);
    {
      const auto store = Store::Open(SmallOptions(copy, env.env()));
      ASSERT_TRUE(store.ok()) << store.status();
      EXPECT_EQ((*store)->head().revision, 7u);
      EXPECT_THAT(DuesOf(**store), ElementsAre(domain::ListingNameOf(listing_)));
    }
    const absl::Status verified = Verify(SmallOptions(copy, env.env()), copy + "-scratch", nullptr);
    EXPECT_TRUE(verified.ok()) << verified;
    if (HasFailure()) return;
  }
  EXPECT_GE(crashes, 5);
}

TEST_F(AdditionsTest, AFolderWithMoreThanThisProgramKnowsIsRefused) {
  ASSERT_TRUE(Store::Open({.folder = data_}).ok());
  {
    const auto tables = *Tables::Open({.folder = data_});
    ASSERT_TRUE(
        tables->db()
            .Put({}, tables->handle(Table::kMeta), SliceOf(kAdditionsKey), rocksdb::Slice("\0\0\0\x09", 4))
            .ok());
  }
  const absl::Status refused = Store::Open({.folder = data_}).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("does not know"));
}

}  // namespace
}  // namespace chengxin::storage
