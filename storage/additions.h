// What came after the first folders of format version 1: how a folder without it gains it. Private to
// storage.
#ifndef CHENGXIN_STORAGE_ADDITIONS_H_
#define CHENGXIN_STORAGE_ADDITIONS_H_

#include "absl/status/status.h"
#include "storage/tables.h"

namespace chengxin::storage {

// Additions made to format version 1 so far; a folder's `meta` says how many it has.
inline constexpr uint32_t kAdditions = 2;

// Fills what the folder lacks from its log's views, in one synced write; nothing where it has all. The tables
// themselves are there already, empty. FailedPrecondition where it has more than this program knows.
absl::Status AddWhatIsMissing(const Tables& tables);

// Notes in a new folder's first write that it has them all.
void PutAdditions(const Tables& tables, rocksdb::WriteBatch& batch);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_ADDITIONS_H_
