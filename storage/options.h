// How RocksDB is set up. Private to storage.
#ifndef CHENGXIN_STORAGE_OPTIONS_H_
#define CHENGXIN_STORAGE_OPTIONS_H_

#include <memory>

#include "rocksdb/cache.h"
#include "rocksdb/options.h"
#include "storage/keys.h"
#include "storage/store.h"

namespace chengxin::storage {

// Options of the database as a whole.
rocksdb::DBOptions DatabaseOptions(const StoreOptions& options);
// Options of one table; all share the block cache.
rocksdb::ColumnFamilyOptions TableOptions(Table table, const StoreOptions& options,
                                          const std::shared_ptr<rocksdb::Cache>& cache);

// Options of the audit trail's one table.
rocksdb::ColumnFamilyOptions AuditTableOptions(uint64_t block_cache_bytes, uint64_t write_buffer_bytes);

// Whether the table's keys all begin with an organization's code.
bool HasCodePrefix(Table table);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_OPTIONS_H_
