// The fold: from a Change's envelope to the rows of the views. Private to storage.
//
// Depends on the log alone: not on sealed parts, not on the clock, not on how Changes were grouped into
// writes. Committing and verifying both go through it. Besides the views it puts what is left of sealed parts
// that a Change destroys.
#ifndef CHENGXIN_STORAGE_FOLD_H_
#define CHENGXIN_STORAGE_FOLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/standing.pb.h"
#include "storage/overlay.h"

namespace chengxin::storage {

// Requests forgotten while folding one Change, at most. More than one is made by a Change, so that a backlog
// shrinks.
inline constexpr int kForgottenPerChange = 4;

// What the fold carries from Change to Change besides the views.
struct FoldState {
  // Requests stamped at or before it are forgotten; nanoseconds since 1970.
  int64_t request_horizon_ns = 0;
  // The first stamp after the horizon, where it is known: spares looking for it with every Change. Not
  // stored.
  std::optional<int64_t> next_stamp_ns;
};

// The state as the tables hold it.
absl::StatusOr<FoldState> ReadFoldState(const Rows& rows);

// Nanoseconds since 1970 of the Change's stamp.
int64_t StampOf(const log::v1::Change& change);

// Where an event's resource is kept; of a destruction, which has none, the table `sealed`.
struct Place {
  Table table = Table::kMeta;
  std::string resource;
  const google::protobuf::Message* message = nullptr;  // within the event
  std::string_view code;                               // empty where no standing changes
};

// Of the events of a Change, in their order; InvalidArgument where one names no resource that can be stored.
absl::StatusOr<std::vector<Place>> PlacesOf(const log::v1::Change& change);

// Puts the views' rows of a Change, and appends the standings it changed. `places` are the Change's. Errors
// are those of reading rows: then the overlay holds a part of the Change.
absl::Status Fold(const log::v1::Change& change, const std::vector<Place>& places, Overlay& overlay,
                  FoldState& state, std::vector<log::v1::Standing>& standings);

// Puts what `meta` holds of the fold, once for a batch: the state and the revision the views are at.
void PutFoldState(const FoldState& state, uint64_t revision, Overlay& overlay);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_FOLD_H_
