// What a merger does to the entries of the two lists (合并; docs/decisions/0006-succession.md).
#ifndef CHENGXIN_DOMAIN_LISTING_INHERITANCE_H_
#define CHENGXIN_DOMAIN_LISTING_INHERITANCE_H_

#include <vector>

#include "chengxin/log/v1/change.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "domain/civil_day.h"
#include "domain/listing_rules.h"

namespace chengxin::domain {

// The entry of the successor (the context's organization) with the grounds of `ending`, an entry in force of
// the organization that was merged into it: the successor's entry in force on that list with the grounds
// added (GROUND_ADDED), else a new episode (LISTED). Decisions and records are those of the ending
// organization. The grounds bind the successor from the merger on and not before; first listing, period and
// every clock run on as they did, so that nobody leaves a list early by merging, and an entry of both counts
// from the older day. `listings` are all of the successor.
// No suspension of either entry runs on after the merger where they are joined (rule 40).
log::v1::ListingOutcome Inherit(const v1::Listing& ending, CivilDay merged_on,
                                const std::vector<v1::Listing>& listings, const ListingContext& context);

// The entry of the ending organization (the context's) as it ends with the merger, REMOVED: the organization
// is no longer there to be listed. `successor` names the organization; `moved_to` its entry, empty where it
// does not inherit.
log::v1::ListingOutcome EndByMerger(v1::Listing ending, CivilDay merged_on, const std::string& successor,
                                    const std::string& moved_to, const ListingContext& context);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_LISTING_INHERITANCE_H_
