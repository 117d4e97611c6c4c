#include "domain/listing_rules.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "domain/deciders.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

std::optional<CivilDay> DayIn(std::string_view text) {
  const auto day = CivilDay::Parse(text);
  return day.ok() ? std::optional(*day) : std::nullopt;
}

// The last day of a period of the catalogue; nothing where it sets none.
std::optional<CivilDay> EndOfPeriod(CivilDay start, std::string_view period) {
  const auto parsed = Period::Parse(period);
  return parsed.ok() ? std::optional(AddPeriod(start, *parsed)) : std::nullopt;
}

// Reads and computes the clocks of one entry.
class EntryClocks {
 public:
  EntryClocks(const CompiledCatalogue& catalogue, v1::Listing& listing)
      : catalogue_(catalogue), listing_(listing) {}

  // Rule 27: the period starts anew with the ground; never earlier than it did.
  void Restart(CivilDay effective_on) {
    const auto start = DayIn(listing_.period_start());
    listing_.set_period_start((start.has_value() ? std::max(*start, effective_on) : effective_on).ToString());
    SetMinimumPeriodEnd();
  }

  // The longest minimum of all grounds, counted from the start of the period or, where a new ground does not
  // restart it, from each ground's own day.
  void SetMinimumPeriodEnd() {
    const bool restarts = catalogue_.message().restart_period_on_new_ground();
    const auto period_start = DayIn(listing_.period_start());
    std::optional<CivilDay> end;
    for (const v1::ListingGround& ground : listing_.grounds()) {
      const v1::Ground* row = RowOf(ground);
      const auto start = restarts ? period_start : EffectiveDayOf(ground);
      if (row == nullptr || !start.has_value()) continue;
      if (const auto own = EndOfPeriod(*start, row->minimum_period())) {
        end = end.has_value() ? std::max(*end, *own) : *own;
      }
    }
    listing_.clear_minimum_period_end();
    if (end.has_value()) listing_.set_minimum_period_end(end->ToString());
  }

  // Rule 36: the class maximum counts from the ground that took effect last.
  void SetDisplayUntil() {
    const v1::ListingGround* last = nullptr;
    for (const v1::ListingGround& ground : listing_.grounds()) {
      if (last == nullptr || EffectiveDayOf(*last) <= EffectiveDayOf(ground)) last = &ground;
    }
    listing_.clear_display_until();
    if (last == nullptr) return;
    const v1::Ground* row = RowOf(*last);
    const auto start = EffectiveDayOf(*last);
    if (row == nullptr || !start.has_value()) return;
    if (const auto end = EndOfPeriod(*start, row->maximum_display())) {
      SetTimestamp(EndOfDay(*end), *listing_.mutable_display_until());
    }
  }

 private:
  // The version of the ground's row by the day of the conduct (rule 29).
  const v1::Ground* RowOf(const v1::ListingGround& ground) const {
    return catalogue_.FindGround(ground.ground(), DayIn(ground.conduct_on()).value_or(CivilDay()));
  }
  static std::optional<CivilDay> EffectiveDayOf(const v1::ListingGround& ground) {
    return DayIn(ground.decision().effective_on());
  }

  const CompiledCatalogue& catalogue_;
  v1::Listing& listing_;
};

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
  return ground;
}

// The first entry of the next episode, without grounds.
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

// What every change of an entry brings up to date.
void Touch(const ListingContext& context, v1::Listing& listing) {
  const v1::Organization& organization = context.organization;
  listing.set_organization_code(organization.code());
  listing.set_organization_display_name(organization.display_name());
  listing.set_authority(organization.registration_authority());
  const v1::Authority* authority =
      context.catalogue.FindAuthority(ParseAuthorityName(organization.registration_authority()).value_or(""));
  if (authority != nullptr) listing.set_authority_display_name(authority->display_name());
  SetTimestamp(context.stamp, *listing.mutable_update_time());
  listing.set_revision(context.revision);
  listing.set_etag(EtagOf(context.revision));
  listing.set_catalogue_version(context.catalogue.version());
}

}  // namespace

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
  // A ground that came late but took effect earlier: the organization has been on the list since then.
  const absl::Time from = StartOfDay(ground.effective_on);
  if (from < TimeOf(listing.effective_from())) {
    SetTimestamp(from, *listing.mutable_effective_from());
    listing.set_first_listed_on(ground.effective_on.ToString());
  }
  EntryClocks clocks(context.catalogue, listing);
  if (in_force == nullptr || context.catalogue.message().restart_period_on_new_ground()) {
    clocks.Restart(ground.effective_on);
  } else {
    clocks.SetMinimumPeriodEnd();
  }
  clocks.SetDisplayUntil();
  return OutcomeOf(in_force != nullptr ? v1::LISTING_TRANSITION_GROUND_ADDED : v1::LISTING_TRANSITION_LISTED,
                   std::move(listing), context);
}

log::v1::ListingOutcome Move(v1::Listing abnormal, const DecidedGround& ground, const std::string& to,
                             const ListingContext& context) {
  abnormal.set_state(v1::LISTING_STATE_ENDED);
  SetTimestamp(StartOfDay(ground.effective_on), *abnormal.mutable_ended());
  abnormal.set_end_reason(v1::LISTING_END_REASON_MOVED_TO_SEVERE);
  abnormal.set_moved_to(to);
  return OutcomeOf(v1::LISTING_TRANSITION_ENDED, std::move(abnormal), context);
}

log::v1::ListingOutcome RestartPeriod(v1::Listing other, const DecidedGround& ground,
                                      const ListingContext& context) {
  EntryClocks(context.catalogue, other).Restart(ground.effective_on);
  return OutcomeOf(v1::LISTING_TRANSITION_PERIOD_RESTARTED, std::move(other), context);
}

}  // namespace

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
  outcomes.push_back(ListOn(ground, listings, context));
  const bool severe = ground.row->list() == v1::LIST_KIND_SEVERE;
  const v1::Listing* other = FindInForce(listings, severe ? v1::LIST_KIND_ABNORMAL : v1::LIST_KIND_SEVERE);
  if (other == nullptr) return outcomes;
  if (severe && ground.row->moves_from_abnormal()) {
    outcomes.push_back(Move(*other, ground, outcomes.front().listing().name(), context));
  } else if (context.catalogue.message().restart_period_on_new_ground() &&
             DayIn(other->period_start()) < ground.effective_on) {
    outcomes.push_back(RestartPeriod(*other, ground, context));
  }
  return outcomes;
}

}  // namespace chengxin::domain
