// The mark of a folder whose time is simulated, in `meta`. Private to storage.
#ifndef CHENGXIN_STORAGE_SIMULATED_TIME_H_
#define CHENGXIN_STORAGE_SIMULATED_TIME_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store.h"
#include "storage/tables.h"

namespace chengxin::storage {

// Where the folder's simulated clock stands, not before the last stamp; nothing where its time is real.
// FailedPrecondition where that is not what `options` ask for.
absl::StatusOr<std::optional<absl::Time>> ReadSimulatedClock(const Tables& tables,
                                                             const StoreOptions& options, const Head& head);

// Writes it, synced.
absl::Status PutSimulatedClock(const Tables& tables, absl::Time now);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_SIMULATED_TIME_H_
