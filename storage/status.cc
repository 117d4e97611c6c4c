#include "storage/status.h"

#include <string>

#include "absl/strings/match.h"
#include "base/strings.h"
#include "rocksdb/status.h"

namespace chengxin::storage {

namespace {

absl::StatusCode CodeOf(const rocksdb::Status& status) {
  if (status.IsCorruption()) return absl::StatusCode::kDataLoss;
  if (status.IsNotFound()) return absl::StatusCode::kNotFound;
  if (status.IsNoSpace()) return absl::StatusCode::kResourceExhausted;
  // RocksDB has no code of its own for a lock that is held; its text is the only sign.
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
  return absl::Status(CodeOf(status), StrCat(what, ": ", status.ToString()));
}

}  // namespace chengxin::storage
