// The data folder as RocksDB has it: one column family for each table. Private to storage.
#ifndef CHENGXIN_STORAGE_TABLES_H_
#define CHENGXIN_STORAGE_TABLES_H_

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "storage/keys.h"
#include "storage/store.h"

namespace chengxin::storage {

// An iterator that its holder may own or only borrow.
struct ReleaseRows {
  bool owned = true;
  void operator()(rocksdb::Iterator* rows) const {
    if (owned) delete rows;
  }
};
using RowIterator = std::unique_ptr<rocksdb::Iterator, ReleaseRows>;

// Where rows are read from: the tables alone, or the tables with a group's writes over them.
class Rows {
 public:
  virtual ~Rows() = default;
  // Rows that share a prefix of kCodeSize bytes with the key sought; in tables whose keys do not begin with a
  // code, all rows.
  virtual RowIterator Iterate(Table table) const = 0;
  // True and the value where the key is there.
  virtual absl::StatusOr<bool> Get(Table table, std::string_view key, std::string& value) const = 0;
  // What sealed parts are encrypted with; null where they are not.
  virtual const SealingKeys* sealing_keys() const = 0;
};

// An open folder. Thread-safe.
class Tables final : public Rows {
 public:
  // Opens or creates a folder of this format version. Errors as Store::Open; that the views are at the log's
  // head is not looked at here.
  static absl::StatusOr<std::unique_ptr<Tables>> Open(const StoreOptions& options);
  ~Tables() override;
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;

  RowIterator Iterate(Table table) const override;
  absl::StatusOr<bool> Get(Table table, std::string_view key, std::string& value) const override;
  const SealingKeys* sealing_keys() const override { return sealing_keys_.get(); }

  // All rows of a table in order; `streaming`: read once from end to end, past the block cache.
  RowIterator IterateAll(Table table, bool streaming) const;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* handle(Table table) const { return handles_[static_cast<size_t>(table)]; }

 private:
  Tables() = default;

  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kTableCount> handles_{};
  rocksdb::ColumnFamilyHandle* unused_default_ = nullptr;
  std::shared_ptr<const SealingKeys> sealing_keys_;
};

// For writes that are durable when they return.
inline rocksdb::WriteOptions Synced() {
  rocksdb::WriteOptions synced;
  synced.sync = true;
  return synced;
}

inline std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }
inline rocksdb::Slice SliceOf(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_TABLES_H_
