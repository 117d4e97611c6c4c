// The deadlines of an entry of the two lists: rules 26, 30, 36, 64.
#ifndef CHENGXIN_DOMAIN_LISTING_DEADLINES_H_
#define CHENGXIN_DOMAIN_LISTING_DEADLINES_H_

#include <vector>

#include "chengxin/v1/deadline.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// Of an entry in force, as of `today`:
//   until display has ended           DISPLAY_END, the last day of display; by itself (rule 36)
//   with no duty outstanding          EX_OFFICIO_REMOVAL; by itself (rule 30)
//   until the case on two years is    ESCALATION_CASE, the day on which it opens; by itself (rule 26)
//   open
//   on the abnormal list              ESCALATION, the day on which two years are full; the authority's to
//                                     decide, unless the catalogue makes it automatic (rule 26)
// None of an entry that has ended. Last days of periods are put off by the calendar (rule 64); where it does
// not reach, the nominal day, provisional.
std::vector<v1::Deadline> DeadlinesOf(const v1::Listing& listing, const CompiledCatalogue& catalogue,
                                      CivilDay today);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_LISTING_DEADLINES_H_
