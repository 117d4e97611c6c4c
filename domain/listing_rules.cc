#include "domain/listing_rules.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "domain/deciders.h"
#include "domain/ground_standing.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/procedure.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

v1::ListingGround GroundOf(const DecidedGround& decided) {
  v1::ListingGround ground;
  ground.set_ground(decided.row->id());
  ground.set_ground_zh(decided.row->zh());
  ground.set_legal_basis(decided.row->legal_basis().zh());
  if (!decided.decision.cited_law().empty()) {
    ground.set_legal_basis(StrCat(ground.legal_basis(), "；", decided.decision.cited_law()));
  }
  ground.set_record(decided.record);
  for (const std::string& record : decided.further_records) ground.add_further_records(record);
  *ground.mutable_decision() = decided.decision;
  SetTimestamp(StartOfDay(decided.effective_on), *ground.mutable_effective_from());
  ground.set_conduct_on(decided.conduct_on.ToString());
  ground.set_case_(decided.in_case);
  return ground;
}

}  // namespace

v1::Listing NewEpisode(v1::ListKind list, CivilDay effective_on, const std::vector<v1::Listing>& listings,
                       const ListingContext& context) {
  const auto episodes = std::count_if(listings.begin(), listings.end(),
                                      [&](const v1::Listing& entry) { return entry.list() == list; });
  const std::string code(ParseOrganizationName(context.organization.name()).value_or(""));
  v1::Listing listing;
  listing.set_name(
      ListingNameOf({.code = code, .list = list, .episode = static_cast<uint32_t>(episodes) + 1}));
  listing.set_organization(context.organization.name());
  listing.set_list(list);
  listing.set_state(v1::LISTING_STATE_LISTED);
  listing.set_first_listed_on(effective_on.ToString());
  SetTimestamp(StartOfDay(effective_on), *listing.mutable_effective_from());
  SetTimestamp(context.stamp, *listing.mutable_create_time());
  return listing;
}

namespace {

bool IsSuspended(const v1::Listing& listing) {
  return std::any_of(listing.grounds().begin(), listing.grounds().end(),
                     [&](const v1::ListingGround& ground) {
                       return Holds(ground) && std::any_of(listing.reviews().begin(), listing.reviews().end(),
                                                           [&](const v1::ReviewMark& review) {
                                                             return review.suspension_ended_on().empty() &&
                                                                    Suspends(review, ground);
                                                           });
                     });
}

// What every change of an entry brings up to date.
void Touch(const ListingContext& context, v1::Listing& listing) {
  const v1::Organization& organization = context.organization;
  listing.set_organization_code(organization.code());
  listing.set_organization_display_name(organization.display_name());
  listing.set_authority(organization.registration_authority());
  const v1::Authority* authority =
      context.catalogue.FindAuthority(ParseAuthorityName(organization.registration_authority()).value_or(""));
  if (authority != nullptr) listing.set_authority_display_name(authority->display_name());
  listing.set_suspended(IsSuspended(listing));
  SetTimestamp(context.stamp, *listing.mutable_update_time());
  listing.set_revision(context.revision);
  listing.set_etag(EtagOf(context.revision));
  listing.set_catalogue_version(context.catalogue.version());
}

}  // namespace

bool Suspends(const v1::ReviewMark& review, const v1::ListingGround& ground) {
  // Days as YYYY-MM-DD order as their texts do.
  return !review.suspended_on().empty() && ground.decision().decided_on() <= review.suspended_on();
}

log::v1::ListingOutcome OutcomeOf(v1::ListingTransition transition, v1::Listing listing,
                                  const ListingContext& context) {
  Touch(context, listing);
  log::v1::ListingOutcome outcome;
  outcome.set_transition(transition);
  *outcome.mutable_listing() = std::move(listing);
  return outcome;
}

namespace {

log::v1::ListingOutcome ListOn(const DecidedGround& ground, const std::vector<v1::Listing>& listings,
                               const ListingContext& context) {
  const v1::Listing* in_force = FindInForce(listings, ground.row->list());
  v1::Listing listing = in_force != nullptr
                            ? *in_force
                            : NewEpisode(ground.row->list(), ground.effective_on, listings, context);
  *listing.add_grounds() = GroundOf(ground);
  if (ground.duty_outstanding) listing.set_duty_outstanding(true);
  // A ground that came late but took effect earlier: the organization has been on the list since then.
  const absl::Time from = StartOfDay(ground.effective_on);
  if (from < TimeOf(listing.effective_from())) {
    SetTimestamp(from, *listing.mutable_effective_from());
    listing.set_first_listed_on(ground.effective_on.ToString());
  }
  if (in_force == nullptr || context.catalogue.message().restart_period_on_new_ground()) {
    RestartPeriod(ground.effective_on, listing);
  }
  SetClocks(context.catalogue, context.stamp, listing);
  return OutcomeOf(in_force != nullptr ? v1::LISTING_TRANSITION_GROUND_ADDED : v1::LISTING_TRANSITION_LISTED,
                   std::move(listing), context);
}

log::v1::ListingOutcome Move(v1::Listing abnormal, const DecidedGround& ground, const std::string& to,
                             const ListingContext& context) {
  abnormal.set_moved_to(to);
  return EndEntry(std::move(abnormal), v1::LISTING_END_REASON_MOVED_TO_SEVERE,
                  StartOfDay(ground.effective_on), ground.in_case, context);
}

bool IsOfTwoYears(const DecidedGround& ground, const ListingContext& context) {
  return ground.row->id() == ProcedureOf(context.catalogue).escalation_ground();
}

// Two years on the abnormal list: what was to be done there is still to be done (rule 32).
void CarryOver(const v1::Listing& abnormal, const DecidedGround& ground, const ListingContext& context,
               v1::Listing& severe) {
  if (!IsOfTwoYears(ground, context)) return;
  severe.set_escalated(true);
  if (abnormal.duty_outstanding()) severe.set_duty_outstanding(true);
}

// Two years on the abnormal list rest on all that its grounds which hold rest on, so that each of those
// records leads to the entry when it is withdrawn (rule 39). The first named is the one that the authority
// had before it, unless the ground on it has fallen since; else the last.
DecidedGround RestedOn(const v1::Listing& abnormal, DecidedGround ground) {
  std::vector<std::string> names = RecordsUnder(abnormal);
  const bool fell =
      std::any_of(abnormal.grounds().begin(), abnormal.grounds().end(),
                  [&](const v1::ListingGround& one) { return !Holds(one) && one.record() == ground.record; });
  const auto own = std::find(names.begin(), names.end(), ground.record);
  if (own != names.end()) {
    names.erase(own);
  } else if (fell || ground.record.empty()) {
    ground.record = names.empty() ? "" : names.back();
    if (!names.empty()) names.pop_back();
  }
  ground.further_records = std::move(names);
  return ground;
}

log::v1::ListingOutcome RestartPeriodOf(v1::Listing other, const DecidedGround& ground,
                                        const ListingContext& context) {
  RestartPeriod(ground.effective_on, other);
  SetClocks(context.catalogue, context.stamp, other);
  return OutcomeOf(v1::LISTING_TRANSITION_PERIOD_RESTARTED, std::move(other), context);
}

}  // namespace

v1::Listing Ended(v1::Listing listing, v1::ListingEndReason reason, absl::Time ended, std::string ended_by) {
  listing.set_state(v1::LISTING_STATE_ENDED);
  SetTimestamp(ended, *listing.mutable_ended());
  listing.set_end_reason(reason);
  listing.set_ended_by(std::move(ended_by));
  return listing;
}

log::v1::ListingOutcome EndEntry(v1::Listing listing, v1::ListingEndReason reason, absl::Time ended,
                                 std::string ended_by, const ListingContext& context) {
  return OutcomeOf(v1::LISTING_TRANSITION_ENDED,
                   Ended(std::move(listing), reason, ended, std::move(ended_by)), context);
}

const v1::Listing* FindInForce(const std::vector<v1::Listing>& listings, v1::ListKind list) {
  const auto found = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& listing) {
    return listing.list() == list && listing.state() == v1::LISTING_STATE_LISTED;
  });
  return found == listings.end() ? nullptr : &*found;
}

std::vector<log::v1::ListingOutcome> AddGround(const DecidedGround& ground,
                                               const std::vector<v1::Listing>& listings,
                                               const ListingContext& context) {
  std::vector<log::v1::ListingOutcome> outcomes;
  const bool severe = ground.row->list() == v1::LIST_KIND_SEVERE;
  const v1::Listing* other = FindInForce(listings, severe ? v1::LIST_KIND_ABNORMAL : v1::LIST_KIND_SEVERE);
  const bool two_years = other != nullptr && IsOfTwoYears(ground, context);
  outcomes.push_back(ListOn(two_years ? RestedOn(*other, ground) : ground, listings, context));
  if (other == nullptr) return outcomes;
  if (severe && ground.row->moves_from_abnormal()) {
    v1::Listing& severe_entry = *outcomes.front().mutable_listing();
    CarryOver(*other, ground, context, severe_entry);
    outcomes.push_back(Move(*other, ground, severe_entry.name(), context));
  } else if (context.catalogue.message().restart_period_on_new_ground() &&
             DayIn(other->period_start()) < ground.effective_on) {
    outcomes.push_back(RestartPeriodOf(*other, ground, context));
  }
  return outcomes;
}

}  // namespace chengxin::domain
