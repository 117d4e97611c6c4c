// chengxind --verify: the log folded again says whether anything beside it was altered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "storage/audit_store.h"
#include "storage/tables.h"
#include "tests/process/office.h"
#include "tests/support/daemon.h"
#include "tests/support/world.h"

namespace chengxin {
namespace {

using storage::Table;
using testing::AllOf;
using testing::HasSubstr;

// A folder with a listing in it, whose server has stopped.
class Verifying : public testing::Test {
 protected:
  void SetUp() override {
    const auto daemon = Daemon::Start(folder_.data());
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    {
      Office office(**daemon);
      ASSERT_TRUE(office.OpenForBusiness().ok());
      ASSERT_TRUE(office.Import({World::OrganizationOf(1), World::OrganizationOf(2)}, "two").ok());
      const auto listed = office.Penalize(World::CodeOf(1).ToString(), 5'000'000, "SER-04", "p1");
      ASSERT_TRUE(listed.ok()) << listed.status();
    }
    EXPECT_EQ((*daemon)->Stop().exit_code, 0);
  }

  Ended Verify(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"--verify", "--data-folder", folder_.data()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Daemon::Run(arguments);
  }

  // Changes the last byte of the first row of a table, or removes the row.
  void Tamper(Table table, bool remove) const {
    const auto tables = storage::Tables::Open({.folder = folder_.data()});
    ASSERT_TRUE(tables.ok()) << tables.status();
    const auto rows = (*tables)->IterateAll(table, false);
    rows->SeekToFirst();
    ASSERT_TRUE(rows->Valid()) << storage::TableName(table);
    const std::string key = rows->key().ToString();
    std::string value = rows->value().ToString();
    auto& db = (*tables)->db();
    if (remove) {
      ASSERT_TRUE(db.Delete({}, (*tables)->handle(table), key).ok());
      return;
    }
    ASSERT_FALSE(value.empty());
    value.back() = static_cast<char>(value.back() ^ 1);
    ASSERT_TRUE(db.Put({}, (*tables)->handle(table), key, value).ok());
  }

  TestFolder folder_;
};

TEST_F(Verifying, AnUntouchedFolderIsEqualToItsLog) {
  const Ended ended = Verify();
  EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  EXPECT_THAT(ended.output, AllOf(HasSubstr("核对一致"), HasSubstr("verified: ")));
  EXPECT_EQ(ended.errors, "") << "no progress is drawn where nobody looks";
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1)
      << "the scratch folder is removed";
}

TEST_F(Verifying, ATamperedViewIsNamed) {
  for (const Table table : {Table::kListings, Table::kStandings, Table::kOrganizations}) {
    Tamper(table, /*remove=*/false);
    const Ended ended = Verify();
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.output, AllOf(HasSubstr("核对不一致"),
                                    HasSubstr("view " + std::string(storage::TableName(table)) + " ")));
    // Flips the same bit back.
    Tamper(table, /*remove=*/false);
    EXPECT_EQ(Verify().exit_code, 0);
  }
}

TEST_F(Verifying, ARowTakenOutOfAViewIsMissed) {
  Tamper(Table::kListings, /*remove=*/true);
  const Ended ended = Verify();
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.output, HasSubstr("view listings lacks a row"));
}

TEST_F(Verifying, ATamperedLogIsFound) {
  Tamper(Table::kLog, /*remove=*/false);
  const Ended ended = Verify();
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.output, HasSubstr("核对不一致"));
}

TEST_F(Verifying, Rule63AnAuditTrailThatWasCutOrAlteredIsFound) {
  EXPECT_THAT(Verify().output, HasSubstr("审计日志完整"));
  const std::string folder = storage::AuditFolderOf(folder_.data());
  {
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, folder, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    std::string row;
    ASSERT_TRUE(db->Get({}, storage::AuditKey(1), &row).ok());
    row.back() = static_cast<char>(row.back() ^ 1);
    ASSERT_TRUE(db->Put({}, storage::AuditKey(1), row).ok());
  }
  const Ended ended = Verify();
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.output, AllOf(HasSubstr("审计日志不完整"), HasSubstr("the audit trail")));
}

TEST_F(Verifying, AScratchFolderOfOnesOwnMustBeEmpty) {
  const std::string scratch = folder_.path() + "/scratch";
  std::filesystem::create_directory(scratch);
  EXPECT_EQ(Verify({"--scratch-folder", scratch}).exit_code, 0);
  const Ended again = Verify({"--scratch-folder", scratch});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.errors, HasSubstr("not empty"));
}

TEST_F(Verifying, AFolderThatIsServedIsNotVerified) {
  const auto daemon = Daemon::Start(folder_.data());
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  const Ended ended = Verify();
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("chengxind: "));
  EXPECT_TRUE(Office(**daemon).Status().ok());
}

TEST_F(Verifying, AFolderThatIsNotThereIsNotMade) {
  const std::string none = folder_.path() + "/none";
  const Ended ended = Daemon::Run({"--verify", "--data-folder", none});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(none));
}

}  // namespace
}  // namespace chengxin
