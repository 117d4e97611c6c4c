#include "server/listing_pages.h"

#include <utility>

#include "base/status.h"
#include "domain/timestamps.h"
#include "engine/feed.h"

namespace chengxin::server {

bool IsPublished(const v1::Listing& listing, absl::Time now) {
  return listing.state() == v1::LISTING_STATE_LISTED && !listing.display_ended() &&
         (!listing.has_display_until() || now < domain::TimeOf(listing.display_until()));
}

absl::StatusOr<bool> ListingReader::Read(const storage::Store& store, int count, int rows,
                                         google::protobuf::RepeatedPtrField<v1::Listing>& listings) {
  const std::string& code = filter.organization_code();
  // The rows are in the order of first codes: one organization's stand together.
  if (!code.empty() && !after.has_value())
    after = domain::ListingId{.code = code, .list = v1::LIST_KIND_UNSPECIFIED, .episode = 0};
  bool more = false;
  const int full = listings.size() + count;
  CHENGXIN_RETURN_IF_ERROR(store.ScanListings(after, revision, [&](v1::Listing listing) {
    std::optional<domain::ListingId> id = domain::ParseListingName(listing.name());
    if (!code.empty() && (!id.has_value() || id->code != code)) return false;
    if (listings.size() >= full || rows == 0) {
      more = true;
      return false;
    }
    --rows;
    after = std::move(id);
    if (IsPublished(listing, now) && engine::Passes(filter, listing)) *listings.Add() = std::move(listing);
    return true;
  }));
  return more;
}

}  // namespace chengxin::server
