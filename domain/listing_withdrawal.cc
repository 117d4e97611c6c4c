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

v1::ListKind OtherList(v1::ListKind list) {
  return list == v1::LIST_KIND_SEVERE ? v1::LIST_KIND_ABNORMAL : v1::LIST_KIND_SEVERE;
}

// The start of the entry's period (rule 27): the day of the ground, of either list, that holds and took
// effect last since the organization was first listed.
std::string PeriodStartOf(const v1::Listing& entry, const std::vector<v1::Listing>& listings) {
  // Days as YYYY-MM-DD order as their texts do.
  std::string start = entry.first_listed_on();
  for (const v1::Listing& one : listings) {
    for (const CivilDay day : EffectiveDays(one)) start = std::max(start, day.ToString());
  }
  return start;
}

}  // namespace

bool RestsOn(const v1::ListingGround& ground, std::string_view record) {
  return Holds(ground) && NamesRecord(ground, record);
}

std::vector<log::v1::ListingOutcome> WithdrawGrounds(
    const v1::Listing& listing, const std::function<bool(const v1::ListingGround&)>& falling, absl::Time from,
    std::vector<v1::Listing> listings, const ListingContext& context) {
  v1::Listing changed = listing;
  std::vector<std::string> withdrawn;
  for (v1::ListingGround& ground : *changed.mutable_grounds()) {
    if (!Holds(ground) || !falling(ground)) continue;
    SetTimestamp(from, *ground.mutable_withdrawn());
    withdrawn.push_back(EffectiveDayOf(ground).ToString());
  }
  const auto began_period_of = [&](const v1::Listing& entry) {
    return std::find(withdrawn.begin(), withdrawn.end(), entry.period_start()) != withdrawn.end();
  };
  const bool restarts = context.catalogue.message().restart_period_on_new_ground();
  const std::vector<CivilDay> days = EffectiveDays(changed);
  // Neither the two years nor the period count from a ground that fell.
  if (!days.empty()) changed.set_first_listed_on(days.front().ToString());
  for (v1::Listing& one : listings) {
    if (one.name() == changed.name()) one = changed;
  }
  std::vector<log::v1::ListingOutcome> outcomes;
  if (days.empty()) {
    outcomes.push_back(EndEntry(changed, v1::LISTING_END_REASON_WITHDRAWN, from, "", context));
  } else {
    if (began_period_of(changed)) {
      changed.set_period_start(restarts ? PeriodStartOf(changed, listings) : days.front().ToString());
    }
    SetClocks(context.catalogue, context.stamp, changed);
    outcomes.push_back(OutcomeOf(v1::LISTING_TRANSITION_GROUND_WITHDRAWN, changed, context));
  }
  const v1::Listing* other = FindInForce(listings, OtherList(changed.list()));
  if (!restarts || other == nullptr || !began_period_of(*other)) return outcomes;
  v1::Listing set_back = *other;
  set_back.set_period_start(PeriodStartOf(set_back, listings));
  if (set_back.period_start() == other->period_start()) return outcomes;
  SetClocks(context.catalogue, context.stamp, set_back);
  outcomes.push_back(OutcomeOf(v1::LISTING_TRANSITION_PERIOD_RESTARTED, std::move(set_back), context));
  return outcomes;
}

}  // namespace chengxin::domain
