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
#include "rocksdb/write_batch.h"
#include "storage/layered_rows.h"
#include "storage/tables.h"

namespace chengxin::storage {

// Iterators over the tables that a group hands on to the next, which brings them up to date for less than
// making them anew.
using TableIterators = std::array<std::unique_ptr<rocksdb::Iterator>, kTableCount>;

// Collects writes in one batch and reads the tables as if they were made. What can be read back depends on
// how its table is read: tables of versions and stamps by Iterate, the log, sealed parts, record keys and
// requests by Get; the others (names, listing changes, meta) not at all, which no group needs and which saves
// the commit path a copy of them.
//
// Written to and read by one thread. Beneath it may lie the overlay of the group before, which nobody writes
// to any more and which may be on its way into the tables meanwhile: its rows are the same in both. What lay
// beneath that one is in the tables.
class Overlay final : public Rows {
 public:
  // `idle`: TakeIterators of an earlier overlay of the same tables.
  explicit Overlay(const Tables& tables, std::shared_ptr<const Overlay> below = nullptr,
                   TableIterators idle = {});

  // Borrowed: valid until the next call for the same table, or Forget. Rows must be sought anew after a Put.
  RowIterator Iterate(Table table) const override;
  absl::StatusOr<bool> Get(Table table, std::string_view key, std::string& value) const override;
  const SealingKeys* sealing_keys() const override { return tables_.sealing_keys(); }

  void Put(Table table, std::string_view key, std::string_view value);
  void Delete(Table table, std::string_view key);

  const Tables& tables() const { return tables_; }
  // The batch, or why something could not be put into it (it is too large).
  absl::StatusOr<rocksdb::WriteBatch*> batch();
  size_t bytes() const { return batch_.GetDataSize(); }

  // Forgets the writes, which are in the tables now, and iterators over the tables as they were.
  void Forget();
  // Lets go of what lies beneath, which is in the tables now. Nothing is read through this overlay after it;
  // its iterators may be taken and its rows be read by an overlay above it meanwhile.
  void LetGo();
  // What was iterated with, for the next overlay; this one makes them anew should it need them again. By the
  // thread that reads through it.
  TableIterators TakeIterators() const;

 private:
  const std::optional<std::string>* FindGot(Table table, std::string_view key) const;
  void Write(Table table, std::string_view key, std::optional<std::string_view> value);
  void Note(const rocksdb::Status& status);

  const Tables& tables_;
  std::shared_ptr<const Overlay> below_;
  rocksdb::WriteBatch batch_;
  // Over the tables, for rows_; idle_ are to be refreshed first.
  mutable TableIterators iterators_;
  mutable TableIterators idle_;
  mutable std::array<std::optional<LayeredRows>, kTableCount> rows_;
  std::array<WrittenRows, kTableCount> written_;
  std::array<absl::flat_hash_map<std::string, std::optional<std::string>>, kTableCount> got_;
  absl::Status failure_;
};

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_OVERLAY_H_
