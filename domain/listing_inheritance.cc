#include "domain/listing_inheritance.h"

#include <algorithm>
#include <string>
#include <utility>

#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// Days as YYYY-MM-DD order as their texts do.
const std::string& Earlier(const std::string& a, const std::string& b) { return std::min(a, b); }
const std::string& Later(const std::string& a, const std::string& b) { return std::max(a, b); }

}  // namespace

log::v1::ListingOutcome Inherit(const v1::Listing& ending, CivilDay merged_on,
                                const std::vector<v1::Listing>& listings, const ListingContext& context) {
  const v1::Listing* in_force = FindInForce(listings, ending.list());
  const absl::Time merged = StartOfDay(merged_on);
  v1::Listing entry;
  if (in_force != nullptr) {
    entry = *in_force;
    entry.set_first_listed_on(Earlier(in_force->first_listed_on(), ending.first_listed_on()));
    entry.set_period_start(Later(in_force->period_start(), ending.period_start()));
  } else {
    const CivilDay from = std::max(merged_on, DayOf(TimeOf(ending.effective_from())));
    entry = NewEpisode(ending.list(), from, listings, context);
    entry.set_first_listed_on(ending.first_listed_on());
    entry.set_period_start(ending.period_start());
    entry.set_display_ended(ending.display_ended());
  }
  for (const v1::ListingGround& ground : ending.grounds()) {
    if (!Holds(ground)) continue;
    v1::ListingGround& inherited = *entry.add_grounds();
    inherited = ground;
    SetTimestamp(std::max(merged, TimeOf(ground.effective_from())), *inherited.mutable_effective_from());
  }
  if (ending.duty_outstanding()) entry.set_duty_outstanding(true);
  if (ending.escalated()) entry.set_escalated(true);
  for (const v1::ReviewMark& review : ending.reviews()) {
    v1::ReviewMark& inherited = *entry.add_reviews();
    inherited = review;
    if (in_force == nullptr) continue;
    // A suspension that is over was of the ending entry alone, which keeps it.
    inherited.clear_suspended_on();
    inherited.clear_suspension_ended_on();
  }
  SetClocks(context.catalogue, context.stamp, entry);
  return OutcomeOf(in_force != nullptr ? v1::LISTING_TRANSITION_GROUND_ADDED : v1::LISTING_TRANSITION_LISTED,
                   std::move(entry), context);
}

log::v1::ListingOutcome EndByMerger(v1::Listing ending, CivilDay merged_on, const std::string& successor,
                                    const std::string& moved_to, const ListingContext& context) {
  const absl::Time ended = std::max(StartOfDay(merged_on), TimeOf(ending.effective_from()));
  ending.set_moved_to(moved_to);
  return EndEntry(std::move(ending), v1::LISTING_END_REASON_REMOVED, ended, successor, context);
}

}  // namespace chengxin::domain
