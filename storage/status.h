// RocksDB's statuses as ours, in one place. Private to storage.
#ifndef CHENGXIN_STORAGE_STATUS_H_
#define CHENGXIN_STORAGE_STATUS_H_

#include <string_view>

#include "absl/status/status.h"

namespace rocksdb {
class Status;
}

namespace chengxin::storage {

// `what` says what was tried, for example "read the log". Corruption is DataLoss; a lock that another holds,
// and what may pass by itself, Unavailable; a full disk ResourceExhausted; NotFound NotFound; everything else
// Internal.
absl::Status ToStatus(const rocksdb::Status& status, std::string_view what);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_STATUS_H_
