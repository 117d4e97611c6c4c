#include "storage/status.h"

#include <string>

#include "absl/strings/match.h"
#include "base/strings.h"
#include "rocksdb/status.h"

namespace chengxin::storage {

namespace {

// RocksDB has no code of its own for a lock that another process, or this one, holds; its text is the only
// sign.
bool IsHeldLock(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() && (text.find("Resource temporarily unavailable") != std::string::npos ||
                                text.find("lock hold by current process") != std::string::npos);
}

absl::StatusCode CodeOf(const rocksdb::Status& status) {
  if (status.IsCorruption()) return absl::StatusCode::kDataLoss;
  if (status.IsNotFound()) return absl::StatusCode::kNotFound;
  if (status.IsNoSpace()) return absl::StatusCode::kResourceExhausted;
  if (status.IsIOError() && status.ToString().find("lock ") != std::string::npos) {
    return absl::StatusCode::kUnavailable;
  }
  if (status.IsBusy() || status.IsTimedOut() || status.IsTryAgain() || status.IsIncomplete()) {
    return absl::StatusCode::kUnavailable;
  }
  return absl::StatusCode::kInternal;
}

}  // namespace

absl::Status ToStatus(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return absl::OkStatus();
  if (IsHeldLock(status)) {
    return absl::Status(
        CodeOf(status),
        StrCat(what,
               "：数据文件夹正由另一个进程使用，请先停止它 (another process has this data folder open; "
               "stop it first): ",
               status.ToString()));
  }
  return absl::Status(CodeOf(status), StrCat(what, ": ", status.ToString()));
}

}  // namespace chengxin::storage
