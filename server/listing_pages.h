// The published list in parts, all of one revision.
#ifndef CHENGXIN_SERVER_LISTING_PAGES_H_
#define CHENGXIN_SERVER_LISTING_PAGES_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "domain/resource_names.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "storage/store.h"

namespace chengxin::server {

// Whether the entry is shown to everybody at an instant: what has ended is published no more (rule 35), nor
// is what has been displayed for as long as the law allows, also before the timer has said so (rule 36).
bool IsPublished(const v1::Listing& listing, absl::Time now);

// Reads on in the list. A value: one reader's place.
struct ListingReader {
  v1::ListingFilter filter;                // as TakeFilter answers it
  uint64_t revision = 0;                   // all parts are of it
  std::optional<domain::ListingId> after;  // the last entry looked at
  absl::Time now;                          // entries displayed until then are left out

  // Appends the next published entries that pass the filter, at most `count`, having looked at no more than
  // `rows` entries. True where more may follow. Errors are the storage's.
  absl::StatusOr<bool> Read(const storage::Store& store, int count, int rows,
                            google::protobuf::RepeatedPtrField<v1::Listing>& listings);
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_LISTING_PAGES_H_
