// How an entry on the two lists ends, and comes back: rules 30 to 33, 35, 37.
#ifndef CHENGXIN_DOMAIN_LISTING_REMOVAL_H_
#define CHENGXIN_DOMAIN_LISTING_REMOVAL_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"
#include "domain/listing_rules.h"
#include "domain/refusal.h"

namespace chengxin::domain {

// MINIMUM_PERIOD_RUNS until minimum_period_end is over, by the calendar (rules 31, 34, 64). A new ground
// moves that day, so it also says that there was no new ground in the time.
std::optional<Refusal> RefuseBeforePeriodEnds(const v1::Listing& listing, CivilDay today,
                                              const CompiledCatalogue& catalogue);

// Whether the entry ends only once a duty is performed or rectified: one is outstanding, the entry came from
// the abnormal list by rule 26, or a ground of the catalogue asks for it (rules 30, 32).
bool NeedsPerformance(const v1::Listing& listing, const CompiledCatalogue& catalogue);

// Why an entry in force may not end on application on `today`:
//   NOT_DEREGISTERED      a ground ends only with 注销登记 (rule 33)
//   MINIMUM_PERIOD_RUNS   rule 31
//   DUTY_OUTSTANDING      performance is needed and was not verified: `verified_on` is empty (rules 30, 32)
std::optional<Refusal> RefuseRemoval(const v1::Listing& listing, std::string_view verified_on, CivilDay today,
                                     const ListingContext& context);

// The entry as it is once it has ended (see Ended), with nothing outstanding any more.
v1::Listing Discharged(v1::Listing listing, v1::ListingEndReason reason, absl::Time ended,
                       std::string ended_by);

// The entry as it is again once the repair that ended it was revoked (rule 37): listed, rectification
// outstanding, never removed ex officio. Its mark says that it is revoked; public display and the two years
// of rule 26 start anew with that day.
v1::Listing Restored(v1::Listing listing, absl::Time stamp, const CompiledCatalogue& catalogue);

// The same where the organization is on that list by another entry meanwhile: that entry with the grounds of
// the repaired one that hold, which bar again from `stamp` on. There is one entry in force on a list.
v1::Listing RejoinedTo(v1::Listing in_force, const v1::Listing& repaired, absl::Time stamp,
                       const CompiledCatalogue& catalogue);

// Whether a ground of the entry ends only with 注销登记 (rule 33).
bool EndsWithDeregistration(const v1::Listing& listing, const CompiledCatalogue& catalogue);

// What ends by itself now that the context's organization is deregistered (O60 art 17; rule 33): entries in
// force with a ground that ends with 注销登记. Nothing while its status is another.
std::vector<log::v1::ListingOutcome> EndOnDeregistration(const std::vector<v1::Listing>& listings,
                                                         const ListingContext& context);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_LISTING_REMOVAL_H_
