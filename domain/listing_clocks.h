// The days an entry of the two lists runs to: rules 26, 27, 30, 31, 36. They stand in the entry itself, so
// that what falls due (dues.h) needs neither law nor catalogue. All of them are nominal: the calendar is
// applied when they come up (rule 64).
#ifndef CHENGXIN_DOMAIN_LISTING_CLOCKS_H_
#define CHENGXIN_DOMAIN_LISTING_CLOCKS_H_

#include "absl/time/time.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// Sets every clock of the entry from its grounds that hold, its period_start, first_listed_on and
// duty_outstanding; to be called after any of them changed:
//   minimum_period_end     the longest minimum of the grounds, from period_start; from each ground's own day
//                          where a new ground does not restart the period (rules 27, 31)
//   display_until          the class maximum from the ground that took effect last (rule 36); where it
//                          reaches beyond `stamp`, display that had ended begins again
//   ex_officio_removal_on  abnormal list, no duty outstanding, every ground removable ex officio: the latest
//                          of their days (rule 30); else unset
//   escalation_on          abnormal list: two years from first_listed_on, or from period_start where the
//                          catalogue restarts that clock too; escalation_case_on lies ahead of it (rule 26).
//                          Where it moves later, the case opens anew.
// Where a repair was revoked, neither display nor the two years count from before that day: the organization
// was not on the list meanwhile (rule 37). An entry that has ended keeps the days it had.
void SetClocks(const CompiledCatalogue& catalogue, absl::Time stamp, v1::Listing& listing);

// Rule 27: the period starts anew on the day, never earlier than it did. SetClocks is still to be called.
void RestartPeriod(CivilDay effective_on, v1::Listing& listing);

// Rule 64: whether a period whose last day is nominally `last` is over on `today`. It runs to the end of its
// last day, put off where that is a day off (民法典 201, 203); where the calendar does not reach, to the end
// of the nominal day, so that nobody waits for a calendar.
bool HasElapsed(const CompiledCatalogue& catalogue, CivilDay last, CivilDay today);

// The version of the ground's row by the day of the conduct (rule 29); null where the catalogue does not have
// it.
const v1::Ground* RowOf(const v1::ListingGround& ground, const CompiledCatalogue& catalogue);

// The day on which the ground took effect by its decision.
CivilDay EffectiveDayOf(const v1::ListingGround& ground);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_LISTING_CLOCKS_H_
