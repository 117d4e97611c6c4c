// Which folders are opened, and which are refused untouched.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "rocksdb/db.h"
#include "storage/store.h"
#include "storage/tables.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::HasSubstr;

class OpenTest : public testing::Test {
 protected:
  absl::Status Open() const { return Store::Open({.folder = data_}).status(); }
  void Write() {
    const auto store = Store::Open({.folder = data_});
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE(WriteSampleHistory(**store).ok());
  }
  // Writes one row past the store.
  void Tamper(Table table, std::string_view key, std::string_view value) {
    const auto tables = *Tables::Open({.folder = data_});
    ASSERT_TRUE(tables->db().Put({}, tables->handle(table), SliceOf(key), SliceOf(value)).ok());
  }

  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
};

TEST_F(OpenTest, AFolderIsMadeWithItsParentsForItsOwnerAlone) {
  const std::string deep = folder_.path() + "/a/b/data";
  {
    const auto store = Store::Open({.folder = deep});
    ASSERT_TRUE(store.ok()) << store.status();
    ASSERT_TRUE(WriteSampleHistory(**store).ok());
  }
  EXPECT_EQ(std::filesystem::status(deep).permissions(), std::filesystem::perms::owner_all);
  const auto again = Store::Open({.folder = deep});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ((*again)->head().revision, 6u);
}

TEST_F(OpenTest, AnUnknownFormatVersionIsRefusedWithBothVersions) {
  Write();
  Tamper(Table::kMeta, kFormatKey, std::string("\0\0\0\x02", 4));
  const absl::Status refused = Open();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("format version 2"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("reads format version 1"));
}

TEST_F(OpenTest, ALaterVersionWithTablesOfItsOwnIsRefusedAsSuch) {
  Write();
  Tamper(Table::kMeta, kFormatKey, std::string("\0\0\0\x03", 4));
  {
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, data_, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names) families.push_back({name, {}});
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, data_, families, &handles, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    rocksdb::ColumnFamilyHandle* added = nullptr;
    ASSERT_TRUE(db->CreateColumnFamily({}, "proofs", &added).ok());
    handles.push_back(added);
    for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
  }
  const absl::Status refused = Open();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("format version 3"));
}

TEST_F(OpenTest, AFolderWithSomethingElseIsLeftAlone) {
  std::filesystem::create_directory(data_);
  std::ofstream(data_ + "/diary.txt") << "not ours";
  EXPECT_EQ(Open().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(Open().message()), HasSubstr("diary.txt"));
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(data_)) ++files;
  EXPECT_EQ(files, 1);
  std::filesystem::rename(data_ + "/diary.txt", data_ + "/access.log");
  EXPECT_EQ(Open().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(OpenTest, AStrangersDatabaseIsRefused) {
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, data_, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    ASSERT_TRUE(db->Put({}, "key", "value").ok());
  }
  EXPECT_EQ(Open().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(OpenTest, ACreationCutShortIsFinished) {
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, data_, &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    rocksdb::ColumnFamilyHandle* log = nullptr;
    ASSERT_TRUE(db->CreateColumnFamily({}, "log", &log).ok());
    db->DestroyColumnFamilyHandle(log);
  }
  EXPECT_TRUE(Open().ok()) << Open();
}

TEST_F(OpenTest, ASecondOpenerIsTurnedAway) {
  const auto held = *Store::Open({.folder = data_});
  EXPECT_EQ(Open().code(), absl::StatusCode::kUnavailable) << Open();
  // And a second process, whose lock the operating system keeps.
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(absl::IsUnavailable(Open()) ? 0 : 1);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(OpenTest, ViewsThatAreNotAtTheHeadAreDataLoss) {
  Write();
  Tamper(Table::kMeta, kViewsKey, RevisionKey(5));
  EXPECT_EQ(Open().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(Open().message()), HasSubstr("the views are at revision 5, the log at revision 6"));
}

TEST_F(OpenTest, ALogThatEndsElsewhereThanItsHeadIsDataLoss) {
  Write();
  const std::string last = [&] {
    const auto tables = *Tables::Open({.folder = data_});
    std::string bytes;
    EXPECT_TRUE(*tables->Get(Table::kLog, RevisionKey(6), bytes));
    EXPECT_TRUE(tables->db().Delete({}, tables->handle(Table::kLog), RevisionKey(6)).ok());
    return bytes;
  }();
  EXPECT_EQ(Open().code(), absl::StatusCode::kDataLoss);
  Tamper(Table::kLog, RevisionKey(6), last);
  EXPECT_TRUE(Open().ok()) << Open();
  Tamper(Table::kLog, RevisionKey(6), last + "x");
  EXPECT_EQ(Open().code(), absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, ATableFileWithAFlippedBitIsDataLossWhenItIsRead) {
  Write();
  {
    const auto tables = *Tables::Open({.folder = data_});
    for (size_t i = 0; i < kTableCount; ++i) {
      ASSERT_TRUE(tables->db().Flush({}, tables->handle(static_cast<Table>(i))).ok());
    }
  }
  int flipped = 0;
  for (const auto& entry : std::filesystem::directory_iterator(data_)) {
    if (entry.path().extension() != ".sst") continue;
    std::fstream file(entry.path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(8);
    const char byte = static_cast<char>(file.get() ^ 0x01);
    file.seekp(8);
    file.put(byte);
    ++flipped;
  }
  ASSERT_GT(flipped, 0);
  const absl::Status opened = Open();
  EXPECT_EQ(opened.code(), absl::StatusCode::kDataLoss) << opened;
}

}  // namespace
}  // namespace chengxin::storage
