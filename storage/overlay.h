// A group's writes over the tables. Private to storage.
#ifndef CHENGXIN_STORAGE_OVERLAY_H_
#define CHENGXIN_STORAGE_OVERLAY_H_

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "rocksdb/utilities/write_batch_with_index.h"
#include "storage/tables.h"

namespace chengxin::storage {

// Collects writes in one batch and reads the tables as if they were made. What can be read back depends on
// how its table is read: tables of versions and stamps by Iterate, the log, sealed parts, record keys and
// requests by Get; the others (names, listing changes, meta) not at all, which no group needs and which saves
// the commit path an index of them.
//
// Written to and read by one thread. Beneath it may lie the overlay of the group before, which nobody writes
// to any more and which may be on its way into the tables meanwhile: its rows are the same in both.
class Overlay final : public Rows {
 public:
  explicit Overlay(const Tables& tables, std::shared_ptr<const Overlay> below = nullptr);

  // Borrowed: valid until the next call for the same table, or Forget. Rows must be sought anew after a Put.
  RowIterator Iterate(Table table) const override;
  absl::StatusOr<bool> Get(Table table, std::string_view key, std::string& value) const override;

  void Put(Table table, std::string_view key, std::string_view value);
  void Delete(Table table, std::string_view key);

  const Tables& tables() const { return tables_; }
  // The batch, or why something could not be put into it (it is too large).
  absl::StatusOr<rocksdb::WriteBatch*> batch();
  size_t bytes() const { return batch_.GetDataSize(); }

  // Forgets the writes, which are in the tables now, and iterators over the tables as they were.
  void Forget();
  // Lets go of what lies beneath, which is in the tables now. Nothing is read through this overlay after it.
  void LetGo();

 private:
  // A new iterator over the tables with what lies beneath and these writes.
  std::unique_ptr<rocksdb::Iterator> NewIterator(Table table) const;
  const std::optional<std::string>* FindGot(Table table, std::string_view key) const;
  void Note(const rocksdb::Status& status);
  // That rows of the table can be read back from the index from now on.
  void Touch(Table table);

  const Tables& tables_;
  std::shared_ptr<const Overlay> below_;
  // Iterators and look-ups read through the index; what nobody reads goes past it into the batch within, in
  // the same order.
  mutable rocksdb::WriteBatchWithIndex batch_;
  mutable std::array<std::unique_ptr<rocksdb::Iterator>, kTableCount> iterators_;
  std::array<absl::flat_hash_map<std::string, std::optional<std::string>>, kTableCount> got_;
  // Tables with rows in the index: the others are read past it.
  std::array<bool, kTableCount> touched_{};
  absl::Status failure_;
};

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_OVERLAY_H_
