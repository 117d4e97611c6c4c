#include "domain/ground_standing.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/status.h"
#include "domain/civil_day.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/listing_withdrawal.h"
#include "domain/organization_lookup.h"
#include "domain/procedure.h"
#include "domain/record_support.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// Judges the ground of two years by the abnormal entry that it moved.
class TwoYears {
 public:
  TwoYears(const v1::Listing& abnormal, const v1::ListingGround& two_years, std::string_view record,
           const WhatIsLeft& left, const CompiledCatalogue& catalogue)
      : abnormal_(abnormal), two_years_(two_years), record_(record), left_(left), catalogue_(catalogue) {}

  GroundStanding Standing() const {
    if (AreFull(/*doubtful_stand=*/false)) return GroundStanding::kStands;
    return AreFull(/*doubtful_stand=*/true) ? GroundStanding::kInDoubt : GroundStanding::kFalls;
  }

 private:
  const v1::CreditRecord* Find(const std::string& name) const {
    const auto found = std::find_if(left_.records.begin(), left_.records.end(),
                                    [&](const v1::CreditRecord& record) { return record.name() == name; });
    return found == left_.records.end() ? nullptr : &*found;
  }

  // What the abnormal entry rested on when it ended is not touched since: its grounds are judged by the
  // records.
  GroundStanding Of(const v1::ListingGround& ground) const {
    const std::vector<std::string> names = RecordsOf(ground);
    if (IsMetByPenalty(ground, catalogue_)) {
      const bool changed = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        const v1::CreditRecord* record = Find(name);
        return name == record_ ||
               (record != nullptr && (record->has_withdrawal() || record->has_correction()));
      });
      if (!changed) return GroundStanding::kStands;
      return StillMet(ground, left_.records, catalogue_) ? GroundStanding::kStands : GroundStanding::kFalls;
    }
    // What the authority kept since is no longer named by the ground of two years.
    const bool doubtful = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      const v1::CreditRecord* record = Find(name);
      return RestsOn(two_years_, name) &&
             (name == record_ || (record != nullptr && record->has_withdrawal()));
    });
    return doubtful ? GroundStanding::kInDoubt : GroundStanding::kStands;
  }

  // Whether the entry had been on the list for two years by the grounds that stand alone.
  bool AreFull(bool doubtful_stand) const {
    std::optional<CivilDay> first;
    for (const v1::ListingGround& ground : abnormal_.grounds()) {
      if (!Holds(ground)) continue;
      const GroundStanding standing = Of(ground);
      if (standing == GroundStanding::kFalls) continue;
      if (standing == GroundStanding::kInDoubt && !doubtful_stand) continue;
      const CivilDay day = EffectiveDayOf(ground);
      first = first.has_value() ? std::min(*first, day) : day;
    }
    if (!first.has_value()) return false;
    // It began no later where the first ground stands; nor where each new ground restarts the clock, for
    // without one of them that began earlier, if anything.
    const bool restarts = ProcedureOf(catalogue_).escalation_clock_restarts();
    if (restarts || *first <= DayAt(abnormal_.first_listed_on())) return true;
    v1::Listing rest = abnormal_;
    rest.set_state(v1::LISTING_STATE_LISTED);
    rest.set_first_listed_on(first->ToString());
    SetClocks(catalogue_, TimeOf(abnormal_.ended()), rest);
    const auto full = DayIn(rest.escalation_on());
    const v1::ListingDecision& decision = two_years_.decision();
    return full.has_value() &&
           HasElapsed(catalogue_, *full, std::min(DayAt(decision.decided_on()), EffectiveDayOf(two_years_)));
  }

  const v1::Listing& abnormal_;
  const v1::ListingGround& two_years_;
  const std::string_view record_;
  const WhatIsLeft& left_;
  const CompiledCatalogue& catalogue_;
};

// Whether the entry went over into the other, directly or by way of others.
bool LeadsTo(const v1::Listing& from, const std::string& name, const std::vector<v1::Listing>& listings) {
  const v1::Listing* at = &from;
  for (size_t steps = 0; steps <= listings.size(); ++steps) {
    if (at->moved_to().empty()) return false;
    if (at->moved_to() == name) return true;
    const auto next = std::find_if(listings.begin(), listings.end(),
                                   [&](const v1::Listing& one) { return one.name() == at->moved_to(); });
    if (next == listings.end()) return false;
    at = &*next;
  }
  return false;
}

}  // namespace

void Foundation::Replace(const std::vector<v1::CreditRecord>& with) {
  for (const v1::CreditRecord& record : with) {
    const auto found = std::find_if(records.begin(), records.end(),
                                    [&](const v1::CreditRecord& one) { return one.name() == record.name(); });
    if (found != records.end()) {
      *found = record;
    } else {
      records.push_back(record);
    }
  }
}

absl::StatusOr<Foundation> ReadFoundation(const v1::Organization& organization, const View& view) {
  Foundation foundation;
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Organization> holders, WithSuccessors(organization, view));
  std::set<std::string> codes;
  codes.emplace(ParseOrganizationName(organization.name()).value_or(""));
  for (const v1::Organization& holder : holders) {
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Listing> listings,
                              view.ListListings(ParseOrganizationName(holder.name()).value_or("")));
    for (v1::Listing& listing : listings) {
      for (const v1::ListingGround& ground : listing.grounds()) {
        for (const std::string& name : RecordsOf(ground)) {
          if (const auto parsed = ParseRecordName(name)) codes.insert(parsed->code);
        }
      }
      foundation.listings.push_back(std::move(listing));
    }
  }
  for (const std::string& code : codes) {
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::CreditRecord> records, view.ListRecords(code));
    std::move(records.begin(), records.end(), std::back_inserter(foundation.records));
  }
  return foundation;
}

absl::StatusOr<Foundation> ReadFoundationOf(std::string_view record, const View& view) {
  const auto name = ParseRecordName(record);
  if (!name.has_value()) return Foundation{};
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> owner, view.FindOrganization(name->code));
  if (!owner.has_value()) return Foundation{};
  return ReadFoundation(*owner, view);
}

GroundStanding StandingOf(const v1::ListingGround& ground, const v1::Listing& entry, std::string_view record,
                          const WhatIsLeft& left, const CompiledCatalogue& catalogue) {
  if (IsMetByPenalty(ground, catalogue)) {
    return StillMet(ground, left.records, catalogue) ? GroundStanding::kStands : GroundStanding::kFalls;
  }
  const v1::Listing* abnormal = FindMovedBy(ground, entry, left.listings, catalogue);
  if (abnormal == nullptr) return GroundStanding::kInDoubt;
  return TwoYears(*abnormal, ground, record, left, catalogue).Standing();
}

bool FallsWith(std::string_view record, const v1::ListingGround& ground, const v1::Listing& entry,
               const WhatIsLeft& left, const CompiledCatalogue& catalogue) {
  return RestsOn(ground, record) &&
         StandingOf(ground, entry, record, left, catalogue) != GroundStanding::kStands;
}

const v1::Listing* FindMovedBy(const v1::ListingGround& ground, const v1::Listing& entry,
                               const std::vector<v1::Listing>& listings, const CompiledCatalogue& catalogue) {
  if (ground.ground() != ProcedureOf(catalogue).escalation_ground()) return nullptr;
  const auto found = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& one) {
    return one.list() == v1::LIST_KIND_ABNORMAL &&
           one.end_reason() == v1::LISTING_END_REASON_MOVED_TO_SEVERE &&
           DayOf(TimeOf(one.ended())) == EffectiveDayOf(ground) && LeadsTo(one, entry.name(), listings);
  });
  return found == listings.end() ? nullptr : &*found;
}

std::vector<std::string> RecordsUnder(const v1::Listing& entry) {
  std::vector<std::string> names;
  for (const v1::ListingGround& ground : entry.grounds()) {
    if (!Holds(ground)) continue;
    for (std::string& name : RecordsOf(ground)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace chengxin::domain
