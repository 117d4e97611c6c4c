#include "storage/simulated_time.h"

#include <algorithm>
#include <string>

#include "base/status.h"
#include "base/strings.h"
#include "storage/keys.h"
#include "storage/resources.h"
#include "storage/status.h"

namespace chengxin::storage {

absl::StatusOr<std::optional<absl::Time>> ReadSimulatedClock(const Tables& tables,
                                                             const StoreOptions& options, const Head& head) {
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool marked, tables.Get(Table::kMeta, kSimulatedClockKey, value));
  if (marked && !options.simulated_clock_start.has_value()) {
    return absl::FailedPreconditionError(
        StrCat("数据目录", options.folder, "以模拟时钟运行，不能以真实时钟打开 (folder ", options.folder,
               " runs on a simulated clock for good and is never opened with the real one)"));
  }
  if (!marked && options.simulated_clock_start.has_value()) {
    return absl::FailedPreconditionError(
        StrCat("数据目录", options.folder, "以真实时钟运行，不能以模拟时钟打开 (folder ", options.folder,
               " runs on the real clock and is never opened with a simulated one)"));
  }
  if (!marked) return std::nullopt;
  if (value.size() != 8) return Unreadable(Table::kMeta, kSimulatedClockKey);
  return std::max(absl::FromUnixNanos(static_cast<int64_t>(ReadBigEndian64(value))), head.stamp);
}

absl::Status PutSimulatedClock(const Tables& tables, absl::Time now) {
  return ToStatus(tables.db().Put(Synced(), tables.handle(Table::kMeta), SliceOf(kSimulatedClockKey),
                                  StampKey(absl::ToUnixNanos(now))),
                  "keep the simulated clock");
}

}  // namespace chengxin::storage
