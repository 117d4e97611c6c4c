#include "storage/layered_rows.h"

#include "storage/tables.h"

namespace chengxin::storage {

LayeredRows::LayeredRows(rocksdb::Iterator& table, const WrittenRows& newest, const WrittenRows* below)
    : table_(table), layers_{Layer{&newest, newest.end()}, Layer{below, {}}} {
  if (below != nullptr) layers_[1].at = below->end();
}

void LayeredRows::SeekToFirst() {
  stands_at_sought_ = false;
  table_.SeekToFirst();
  for (Layer& layer : layers_) {
    if (layer.rows != nullptr) layer.at = layer.rows->begin();
  }
  Settle();
}

void LayeredRows::Seek(const rocksdb::Slice& target) {
  if (stands_at_sought_ && ViewOf(target) == sought_) return;
  sought_.assign(target.data(), target.size());
  stands_at_sought_ = true;
  table_.Seek(target);
  for (Layer& layer : layers_) {
    if (layer.rows != nullptr) layer.at = layer.rows->lower_bound(ViewOf(target));
  }
  Settle();
}

void LayeredRows::Next() {
  stands_at_sought_ = false;
  // A key of the table alone: a layer that had it would stand before it.
  if (from_ == Source::kTable) {
    table_.Next();
  } else {
    Pass(SliceOf(layers_[layer_].at->first));
  }
  Settle();
}

void LayeredRows::Pass(const rocksdb::Slice& key) {
  if (table_.Valid() && table_.key() == key) table_.Next();
  for (Layer& layer : layers_) {
    if (!AtEnd(layer) && layer.at->first == ViewOf(key)) ++layer.at;
  }
}

void LayeredRows::Settle() {
  for (;;) {
    from_ = Source::kNone;
    rocksdb::Slice least;
    if (table_.Valid()) {
      from_ = Source::kTable;
      least = table_.key();
    } else if (!table_.status().ok()) {
      return;
    }
    // From the oldest on: of equal keys the newer one replaces the older.
    for (size_t i = layers_.size(); i-- > 0;) {
      if (AtEnd(layers_[i])) continue;
      const rocksdb::Slice own = SliceOf(layers_[i].at->first);
      if (from_ != Source::kNone && own.compare(least) > 0) continue;
      from_ = Source::kLayer;
      layer_ = i;
      least = own;
    }
    if (from_ != Source::kLayer || layers_[layer_].at->second.has_value()) return;
    Pass(least);
  }
}

rocksdb::Slice LayeredRows::key() const {
  return from_ == Source::kTable ? table_.key() : SliceOf(layers_[layer_].at->first);
}

rocksdb::Slice LayeredRows::value() const {
  return from_ == Source::kTable ? table_.value() : SliceOf(*layers_[layer_].at->second);
}

rocksdb::Status LayeredRows::status() const {
  if (refused_) return rocksdb::Status::NotSupported("a group's rows are read forward only");
  return table_.status();
}

void LayeredRows::Refuse() {
  refused_ = true;
  stands_at_sought_ = false;
  from_ = Source::kNone;
}

}  // namespace chengxin::storage
