#include "storage/purge.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "storage/keys.h"
#include "storage/resources.h"
#include "storage/status.h"

namespace chengxin::storage {

namespace {

std::string PurgeKey(uint64_t revision) {
  std::string key(kPurgePrefix);
  AppendBigEndian64(revision, key);
  return key;
}

// Changes whose destruction is not yet carried through.
absl::StatusOr<std::vector<uint64_t>> NotedPurges(const Tables& tables) {
  std::vector<uint64_t> revisions;
  const RowIterator rows = tables.IterateAll(Table::kMeta, /*streaming=*/false);
  for (rows->Seek(SliceOf(kPurgePrefix)); rows->Valid(); rows->Next()) {
    const std::string_view key = ViewOf(rows->key());
    if (!key.starts_with(kPurgePrefix)) break;
    if (key.size() != kPurgePrefix.size() + kRevisionSize) return Unreadable(Table::kMeta, key);
    revisions.push_back(ReadBigEndian64(key.substr(kPurgePrefix.size())));
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read meta"));
  return revisions;
}

// The Changes of which parts were destroyed.
absl::Status AddDestroyed(const Tables& tables, uint64_t revision, std::set<uint64_t>& destroyed) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string bytes, ReadChangeBytes(tables, revision));
  log::v1::Change change;
  if (!change.ParseFromString(bytes)) return Unreadable(Table::kLog, RevisionKey(revision));
  for (const log::v1::Event& event : change.events()) {
    for (const log::v1::SealedPlace& place : event.destruction().places()) destroyed.insert(place.revision());
  }
  return absl::OkStatus();
}

// Puts all that is in memory into files: then the write-ahead logs that hold it are needed no more and go.
absl::Status FlushAll(const Tables& tables) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  for (size_t i = 0; i < kTableCount; ++i) handles.push_back(tables.handle(static_cast<Table>(i)));
  rocksdb::FlushOptions flush;
  flush.wait = true;
  return ToStatus(tables.db().Flush(flush, handles), "flush what was destroyed");
}

// Rewrites the files that hold the sealed rows of one Change.
absl::Status Rewrite(const Tables& tables, uint64_t revision) {
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  // Also the last level, which RocksDB otherwise leaves alone where nothing lies above it.
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  const std::string first = SealedKey(revision, 0);
  const std::string last = SealedKey(revision, UINT32_MAX);
  const rocksdb::Slice begin = SliceOf(first);
  const rocksdb::Slice end = SliceOf(last);
  return ToStatus(tables.db().CompactRange(options, tables.handle(Table::kSealed), &begin, &end),
                  "rewrite what was destroyed");
}

}  // namespace

void NotePurge(const log::v1::Change& change, Overlay& overlay) {
  const bool destroys = std::any_of(change.events().begin(), change.events().end(),
                                    [](const log::v1::Event& event) { return event.has_destruction(); });
  if (destroys) overlay.Put(Table::kMeta, PurgeKey(change.revision()), "");
}

absl::Status PurgeDestroyed(const Tables& tables) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<uint64_t> noted, NotedPurges(tables));
  if (noted.empty()) return absl::OkStatus();
  std::set<uint64_t> destroyed;
  for (const uint64_t revision : noted) {
    CHENGXIN_RETURN_IF_ERROR(AddDestroyed(tables, revision, destroyed));
  }
  CHENGXIN_RETURN_IF_ERROR(FlushAll(tables));
  for (const uint64_t revision : destroyed) CHENGXIN_RETURN_IF_ERROR(Rewrite(tables, revision));
  rocksdb::WriteBatch done;
  for (const uint64_t revision : noted) done.Delete(tables.handle(Table::kMeta), PurgeKey(revision));
  return ToStatus(tables.db().Write({}, &done), "note what was destroyed");
}

}  // namespace chengxin::storage
