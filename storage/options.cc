#include "storage/options.h"

#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/statistics.h"
#include "rocksdb/table.h"
#include "rocksdb/utilities/table_properties_collectors.h"

namespace chengxin::storage {

namespace {

constexpr size_t kMebibyte = 1u << 20;
// Logs kept because some table still has unflushed rows in them, as a multiple of the write buffers.
constexpr uint64_t kWalPerWriteBuffers = 4;
constexpr size_t kBlockBytes = 8u << 10;
constexpr int kBloomBitsPerKey = 10;
// Rows in a row of which so many are deletions are reason to compact their file.
constexpr size_t kDeletionWindow = 4'096;
constexpr size_t kDeletionTrigger = 2'048;

std::shared_ptr<const rocksdb::FilterPolicy> Bloom() {
  return std::shared_ptr<const rocksdb::FilterPolicy>(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
}

}  // namespace

rocksdb::DBOptions DatabaseOptions(const StoreOptions& options) {
  rocksdb::DBOptions database;
  if (options.env != nullptr) database.env = options.env;
  database.create_if_missing = true;
  database.create_missing_column_families = true;
  database.paranoid_checks = true;
  // A log file that vanished or was cut short is an error at Open, not a shorter history.
  database.track_and_verify_wals_in_manifest = true;
  // After a write error the outcome is unknown until the folder is opened again; recovering in place would
  // hide that.
  database.max_bgerror_resume_count = 0;
  // What a power loss leaves is a torn last write, which nobody was told of: replay ends there. A write that
  // was synced and is followed by others in a flushed table cannot be dropped this way: RocksDB refuses to
  // open then.
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // Reaching it flushes the table that has waited longest.
  database.db_write_buffer_size = options.write_buffer_bytes;
  database.max_total_wal_size = kWalPerWriteBuffers * options.write_buffer_bytes;
  database.max_background_jobs = 2;
  // So that the files of a large folder leave room for connections.
  database.max_open_files = kMaximumOpenTables;
  // One thread writes; without concurrent inserts the names may be inserted with hints.
  database.allow_concurrent_memtable_write = false;
  database.bytes_per_sync = kMebibyte;
  database.compaction_readahead_size = 2 * kMebibyte;
  // A folder is moved and copied between machines; it need not name the one that wrote it.
  database.db_host_id = "";
  database.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  database.max_log_file_size = 16 * kMebibyte;
  database.keep_log_file_num = 4;
  database.statistics = rocksdb::CreateDBStatistics();
  database.statistics->set_stats_level(rocksdb::StatsLevel::kExceptHistogramOrTimers);
  return database;
}

bool HasCodePrefix(Table table) {
  switch (table) {
    case Table::kOrganizations:
    case Table::kRecords:
    case Table::kRecordKeys:
    case Table::kListings:
    case Table::kStandings:
      return true;
    default:
      return false;
  }
}

rocksdb::ColumnFamilyOptions TableOptions(Table table, const StoreOptions& options,
                                          const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = options.write_buffer_bytes / 2;
  family.max_write_buffer_number = 4;
  family.level_compaction_dynamic_level_bytes = true;
  // What was just written is rewritten soon; what has settled is compressed.
  family.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression, rocksdb::kLZ4Compression};
  family.bottommost_compression = rocksdb::kLZ4Compression;

  rocksdb::BlockBasedTableOptions blocks;
  blocks.block_cache = cache;
  blocks.block_size = kBlockBytes;
  blocks.format_version = 5;
  if (HasCodePrefix(table)) {
    family.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kCodeSize));
    family.memtable_prefix_bloom_size_ratio = 0.02;
    blocks.filter_policy = Bloom();
    // Only record_keys is read by whole keys; the others by the code and what follows.
    blocks.whole_key_filtering = table == Table::kRecordKeys;
  } else if (table == Table::kRequests || table == Table::kAliases) {
    family.memtable_prefix_bloom_size_ratio = 0.02;
    family.memtable_whole_key_filtering = true;
    blocks.filter_policy = Bloom();
  } else if (table == Table::kNames) {
    // A Change's suffixes are written in order: each is found from the one before, not from the top.
    family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(0));
  }
  if (table == Table::kDues || table == Table::kParties) {
    // What has happened and what has ended goes from the front of what is scanned: where most of a stretch is
    // gone, files are rewritten without it.
    family.table_properties_collector_factories.push_back(
        rocksdb::NewCompactOnDeletionCollectorFactory(kDeletionWindow, kDeletionTrigger));
  }
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  return family;
}

rocksdb::ColumnFamilyOptions AuditTableOptions(uint64_t block_cache_bytes, uint64_t write_buffer_bytes) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = write_buffer_bytes / 2;
  family.level_compaction_dynamic_level_bytes = true;
  family.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression, rocksdb::kLZ4Compression};
  family.bottommost_compression = rocksdb::kLZ4Compression;
  rocksdb::BlockBasedTableOptions blocks;
  blocks.block_cache = rocksdb::NewLRUCache(block_cache_bytes);
  blocks.format_version = 5;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
  return family;
}

}  // namespace chengxin::storage
