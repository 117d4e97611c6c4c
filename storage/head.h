// The row of `meta` that says where the log ends. Private to storage.
#ifndef CHENGXIN_STORAGE_HEAD_H_
#define CHENGXIN_STORAGE_HEAD_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/overlay.h"
#include "storage/store.h"

namespace chengxin::storage {

void PutHead(const Head& head, Overlay& overlay);

// The head as `meta` has it; an empty one in a new folder. DataLoss where it, the last row of the log
// (revision and leaf hash) and the revision the views are at do not agree.
absl::StatusOr<Head> ReadHead(const Tables& tables);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_HEAD_H_
