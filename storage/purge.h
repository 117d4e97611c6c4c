// Takes what was destroyed out of the files. Private to storage.
//
// A destroyed part's row is written over in the Change's own batch; what it said stays in files, unread,
// until RocksDB happens to rewrite them. `meta` notes the Change until that has been brought about.
#ifndef CHENGXIN_STORAGE_PURGE_H_
#define CHENGXIN_STORAGE_PURGE_H_

#include "absl/status/status.h"
#include "chengxin/log/v1/change.pb.h"
#include "storage/overlay.h"
#include "storage/tables.h"

namespace chengxin::storage {

// Notes a Change that destroys sealed parts; nothing of any other.
void NotePurge(const log::v1::Change& change, Overlay& overlay);

// Store::PurgeDestroyed.
absl::Status PurgeDestroyed(const Tables& tables);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_PURGE_H_
