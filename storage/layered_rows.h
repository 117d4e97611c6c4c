// One table's rows with those of groups over them. Private to storage.
#ifndef CHENGXIN_STORAGE_LAYERED_ROWS_H_
#define CHENGXIN_STORAGE_LAYERED_ROWS_H_

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "rocksdb/iterator.h"

namespace chengxin::storage {

// What a group wrote into one table, in the order of the keys; nothing for a key that it deleted.
using WrittenRows = std::map<std::string, std::optional<std::string>, std::less<>>;

// Goes forward through a table's rows with up to two groups' over them: where several have a key the newest
// counts. After a change of `newest` Changed is called, and the rows are sought anew.
//
// RocksDB's WriteBatchWithIndex does as much; with it, finding and noting a group's rows took a sixth of what
// deciding a command takes, since each of its comparisons reads a key out of the batch anew.
class LayeredRows final : public rocksdb::Iterator {
 public:
  // Borrows all three. `below` may be null.
  LayeredRows(rocksdb::Iterator& table, const WrittenRows& newest, const WrittenRows* below);

  bool Valid() const override { return from_ != Source::kNone; }
  void SeekToFirst() override;
  void Seek(const rocksdb::Slice& target) override;
  void Next() override;
  rocksdb::Slice key() const override;
  rocksdb::Slice value() const override;
  rocksdb::Status status() const override;

  void Changed() { stands_at_sought_ = false; }

  // Nobody goes backward through a group: status() says so.
  void SeekToLast() override { Refuse(); }
  void SeekForPrev(const rocksdb::Slice& target) override { Refuse(); }
  void Prev() override { Refuse(); }

 private:
  enum class Source { kNone, kTable, kLayer };
  struct Layer {
    const WrittenRows* rows = nullptr;
    WrittenRows::const_iterator at;
  };

  static bool AtEnd(const Layer& layer) { return layer.rows == nullptr || layer.at == layer.rows->end(); }
  // Moves each source that stands at the key, a layer's, past it.
  void Pass(const rocksdb::Slice& key);
  // Finds the row to stand at: the least key that is not deleted.
  void Settle();
  void Refuse();

  rocksdb::Iterator& table_;
  std::array<Layer, 2> layers_;  // the newest first
  Source from_ = Source::kNone;
  size_t layer_ = 0;  // where the row is a layer's
  bool refused_ = false;
  // What was sought last, and whether this still stands there: what the law looks for, the fold that follows
  // looks for again.
  std::string sought_;
  bool stands_at_sought_ = false;
};

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_LAYERED_ROWS_H_
