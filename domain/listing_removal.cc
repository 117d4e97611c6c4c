#include "domain/listing_removal.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/procedure.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// The rows of the grounds that hold.
std::vector<const v1::Ground*> RowsOf(const v1::Listing& listing, const CompiledCatalogue& catalogue) {
  std::vector<const v1::Ground*> rows;
  for (const v1::ListingGround& ground : listing.grounds()) {
    const v1::Ground* row = Holds(ground) ? RowOf(ground, catalogue) : nullptr;
    if (row != nullptr) rows.push_back(row);
  }
  return rows;
}

// The provision that the entry rests on, for whoever is refused.
std::string ArticleOf(const v1::Listing& listing) {
  return listing.grounds().empty() ? "" : listing.grounds().rbegin()->legal_basis();
}

}  // namespace

bool EndsWithDeregistration(const v1::Listing& listing, const CompiledCatalogue& catalogue) {
  const auto rows = RowsOf(listing, catalogue);
  return std::any_of(rows.begin(), rows.end(),
                     [](const v1::Ground* row) { return row->until_deregistered(); });
}

std::optional<Refusal> RefuseBeforePeriodEnds(const v1::Listing& listing, CivilDay today,
                                              const CompiledCatalogue& catalogue) {
  const std::string& end = listing.minimum_period_end();
  if (end.empty() || HasElapsed(catalogue, DayAt(end), today)) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_MINIMUM_PERIOD_RUNS,
                 .message = StrCat("自", listing.period_start(), "起计算的最短期限至", end,
                                   "届满，此前不能移出或者修复 (the minimum period runs until ", end,
                                   "; no removal or repair before)"),
                 .metadata = {{"minimum_period_end", end}, {"article", ArticleOf(listing)}}};
}

bool NeedsPerformance(const v1::Listing& listing, const CompiledCatalogue& catalogue) {
  if (listing.duty_outstanding() || listing.escalated()) return true;
  const auto rows = RowsOf(listing, catalogue);
  return std::any_of(rows.begin(), rows.end(), [](const v1::Ground* row) { return row->duty(); });
}

std::optional<Refusal> RefuseRemoval(const v1::Listing& listing, std::string_view verified_on, CivilDay today,
                                     const ListingContext& context) {
  const bool deregistered = context.organization.status() == v1::REGISTRATION_STATUS_CANCELLED;
  if (!deregistered && EndsWithDeregistration(listing, context.catalogue)) {
    return Refusal{
        .reason = v1::ERROR_REASON_NOT_DEREGISTERED,
        .message =
            "被吊销、撤销登记的，完成注销登记后方可移出 (a revoked organization leaves the list only "
            "after deregistration)",
        .metadata = {{"status", v1::RegistrationStatus_Name(context.organization.status())},
                     {"article", ArticleOf(listing)}}};
  }
  if (auto refusal = RefuseBeforePeriodEnds(listing, today, context.catalogue)) return refusal;
  if (!verified_on.empty() || !NeedsPerformance(listing, context.catalogue)) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_DUTY_OUTSTANDING,
                 .message =
                     "应当履行的义务或者整改未经核实，不能移出 (the duty to perform or rectify has not "
                     "been verified as performed)",
                 .metadata = {{"field", "verified_on"}, {"article", ArticleOf(listing)}}};
}

v1::Listing Discharged(v1::Listing listing, v1::ListingEndReason reason, absl::Time ended,
                       std::string ended_by) {
  listing.set_duty_outstanding(false);
  return Ended(std::move(listing), reason, ended, std::move(ended_by));
}

v1::Listing Restored(v1::Listing listing, absl::Time stamp, const CompiledCatalogue& catalogue) {
  listing.set_state(v1::LISTING_STATE_LISTED);
  listing.clear_ended();
  listing.clear_end_reason();
  listing.clear_ended_by();
  listing.set_duty_outstanding(true);
  listing.set_display_ended(false);
  SetClocks(catalogue, stamp, listing);
  return listing;
}

v1::Listing RejoinedTo(v1::Listing in_force, const v1::Listing& repaired, absl::Time stamp,
                       const CompiledCatalogue& catalogue) {
  const CivilDay day = DayOf(stamp);
  std::optional<CivilDay> display_end;
  for (const v1::ListingGround& ground : repaired.grounds()) {
    if (!Holds(ground)) continue;
    v1::ListingGround& added = *in_force.add_grounds();
    added = ground;
    SetTimestamp(stamp, *added.mutable_effective_from());
    const v1::Ground* row = RowOf(ground, catalogue);
    if (row != nullptr) display_end = std::max(display_end, NominalEnd(day, row->maximum_display()));
  }
  in_force.set_duty_outstanding(true);
  if (repaired.escalated()) in_force.set_escalated(true);
  SetClocks(catalogue, stamp, in_force);
  // Display restarts for what came back, and ends for none before it does for that.
  if (in_force.has_display_until() && display_end.has_value() &&
      TimeOf(in_force.display_until()) < EndOfDay(*display_end)) {
    SetTimestamp(EndOfDay(*display_end), *in_force.mutable_display_until());
    in_force.set_display_ended(false);
  }
  return in_force;
}

std::vector<log::v1::ListingOutcome> EndOnDeregistration(const std::vector<v1::Listing>& listings,
                                                         const ListingContext& context) {
  std::vector<log::v1::ListingOutcome> outcomes;
  if (context.organization.status() != v1::REGISTRATION_STATUS_CANCELLED) return outcomes;
  for (const v1::Listing& listing : listings) {
    if (listing.state() != v1::LISTING_STATE_LISTED) continue;
    if (!EndsWithDeregistration(listing, context.catalogue)) continue;
    outcomes.push_back(OutcomeOf(v1::LISTING_TRANSITION_ENDED,
                                 Discharged(listing, v1::LISTING_END_REASON_REMOVED, context.stamp, ""),
                                 context));
  }
  return outcomes;
}

}  // namespace chengxin::domain
