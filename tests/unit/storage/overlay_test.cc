// A group's writes over the tables, and over a group that is not in them yet.
#include "storage/overlay.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "rocksdb/db.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using Oracle = std::map<std::string, std::string>;

// Keys of `stamps` are read in their whole order, without a prefix.
constexpr Table kTable = Table::kStamps;

class OverlayTest : public testing::Test {
 protected:
  static void ReadFrom(rocksdb::Iterator& rows, std::vector<std::pair<std::string, std::string>>& found) {
    for (; rows.Valid(); rows.Next()) found.emplace_back(rows.key().ToString(), rows.value().ToString());
    EXPECT_TRUE(rows.status().ok());
  }

  // What is read from `key` on, and from the beginning, is what the oracle holds.
  static void ExpectRows(const Overlay& overlay, const Oracle& oracle, const std::string& key) {
    const RowIterator rows = overlay.Iterate(kTable);
    std::vector<std::pair<std::string, std::string>> found;
    rows->Seek(key);
    ReadFrom(*rows, found);
    const std::vector<std::pair<std::string, std::string>> expected(oracle.lower_bound(key), oracle.end());
    EXPECT_EQ(found, expected) << "from " << key;
    found.clear();
    rows->SeekToFirst();
    ReadFrom(*rows, found);
    const std::vector<std::pair<std::string, std::string>> all(oracle.begin(), oracle.end());
    EXPECT_EQ(found, all);
  }

  void Write(Overlay& overlay) {
    ASSERT_TRUE(overlay.batch().ok());
    ASSERT_TRUE(tables_->db().Write({}, *overlay.batch()).ok());
  }

  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
  const std::unique_ptr<Tables> tables_ = *Tables::Open({.folder = data_});
};

TEST_F(OverlayTest, ReadsAsIfEachGroupWereWritten) {
  std::mt19937 random(20261126);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  Oracle oracle;
  std::shared_ptr<Overlay> before;
  for (int group = 0; group < 300; ++group) {
    // The group before is written before this one begins, while it goes on, or only after it.
    const int when = pick(3);
    if (before != nullptr && when == 0) Write(*before);
    const bool beneath = before != nullptr && (when != 0 || pick(2) == 0);
    // An iterator that is handed on finds the table's rows where they went.
    if (pick(4) == 0) {
      ASSERT_TRUE(tables_->db().Flush({}, tables_->handle(kTable)).ok());
    }
    TableIterators idle;
    if (before != nullptr) idle = before->TakeIterators();
    auto overlay = std::make_shared<Overlay>(*tables_, beneath ? before : nullptr, std::move(idle));
    const int writes = pick(6);
    for (int i = 0; i < writes; ++i) {
      const std::string key = StrCat("key ", pick(10), pick(10));
      // Sought before the write and, now and then, again right after it.
      const std::string sought = StrCat("key ", pick(10), pick(10));
      overlay->Iterate(kTable)->Seek(sought);
      if (pick(3) == 0) {
        overlay->Delete(kTable, key);
        oracle.erase(key);
      } else {
        const std::string value = StrCat(group, ".", i);
        overlay->Put(kTable, key, value);
        oracle[key] = value;
      }
      ExpectRows(*overlay, oracle, pick(2) == 0 ? sought : StrCat("key ", pick(10), pick(10)));
      if (before != nullptr && when == 1 && i == 1) Write(*before);
    }
    ExpectRows(*overlay, oracle, "key 5");
    if (before != nullptr && (when == 2 || (when == 1 && writes < 2))) Write(*before);
    overlay->LetGo();
    before = std::move(overlay);
  }
  Write(*before);
  ExpectRows(Overlay(*tables_), oracle, "key 5");
}

TEST_F(OverlayTest, IsReadForwardOnly) {
  Overlay overlay(*tables_);
  overlay.Put(kTable, "key", "value");
  const RowIterator rows = overlay.Iterate(kTable);
  rows->SeekForPrev("key");
  EXPECT_FALSE(rows->Valid());
  EXPECT_FALSE(rows->status().ok());
}

}  // namespace
}  // namespace chengxin::storage
