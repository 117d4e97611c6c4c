#include "domain/listing_withdrawal.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/civil_day.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// The days of the grounds that hold, earliest first.
std::vector<CivilDay> EffectiveDays(const v1::Listing& listing) {
  std::vector<CivilDay> days;
  for (const v1::ListingGround& ground : listing.grounds()) {
    if (Holds(ground)) days.push_back(EffectiveDayOf(ground));
  }
  std::sort(days.begin(), days.end());
  return days;
}

}  // namespace

bool RestsOn(const v1::ListingGround& ground, std::string_view record) {
  const auto& further = ground.further_records();
  return Holds(ground) &&
         (ground.record() == record || std::find(further.begin(), further.end(), record) != further.end());
}

log::v1::ListingOutcome WithdrawGround(const v1::Listing& listing, std::string_view record, absl::Time from,
                                       const ListingContext& context) {
  v1::Listing changed = listing;
  bool began_period = false;
  for (v1::ListingGround& ground : *changed.mutable_grounds()) {
    if (!RestsOn(ground, record)) continue;
    SetTimestamp(from, *ground.mutable_withdrawn());
    began_period = began_period || EffectiveDayOf(ground).ToString() == listing.period_start();
  }
  const std::vector<CivilDay> days = EffectiveDays(changed);
  if (days.empty()) {
    return EndEntry(std::move(changed), v1::LISTING_END_REASON_WITHDRAWN, from, "", context);
  }
  // Neither the two years nor the period count from a ground that fell; a period that a ground of the other
  // list began anew stays as it is.
  changed.set_first_listed_on(days.front().ToString());
  if (began_period) {
    const bool restarts = context.catalogue.message().restart_period_on_new_ground();
    changed.set_period_start((restarts ? days.back() : days.front()).ToString());
  }
  SetClocks(context.catalogue, context.stamp, changed);
  return OutcomeOf(v1::LISTING_TRANSITION_GROUND_WITHDRAWN, std::move(changed), context);
}

}  // namespace chengxin::domain
