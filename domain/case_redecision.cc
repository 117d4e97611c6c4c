#include "domain/case_redecision.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/strings.h"
#include "domain/case_workflow.h"
#include "domain/grounds.h"
#include "domain/item_standing.h"
#include "domain/listing_withdrawal.h"
#include "domain/record_support.h"

namespace chengxin::domain {

namespace {

struct Support {
  v1::CreditRecord record;
  MetGround met;
};

// The first penalty that stands and meets the ground, known by the day of the decision. The record itself
// may, where it was corrected and not withdrawn.
std::optional<Support> FindSupport(const v1::ListingGround& ground, CivilDay decided_on,
                                   const std::vector<v1::CreditRecord>& all,
                                   const CompiledCatalogue& catalogue) {
  const std::vector<v1::CreditRecord> records = CountedFor(ground, all);
  for (const v1::CreditRecord& record : records) {
    if (SupportsNothing(record)) continue;
    for (MetGround& met : GroundsMet(record, records, catalogue, decided_on)) {
      if (met.row->id() == ground.ground() && met.latest_decision <= decided_on) {
        return Support{.record = record, .met = std::move(met)};
      }
    }
  }
  return std::nullopt;
}

Refusal Unsupported(const v1::ListingGround& ground) {
  return {.reason = v1::ERROR_REASON_GROUND_MISMATCH,
          .message = StrCat("没有其他有效的处罚记录支持", ground.ground(),
                            "，不能维持 (no other penalty that stands supports this ground)"),
          .metadata = {{"expected", ""}, {"ground", ground.ground()}, {"article", ground.legal_basis()}}};
}

// Puts the ground on the records of these names, the first as its own.
void RestOn(const std::vector<std::string>& names, v1::ListingGround& ground) {
  ground.clear_record();
  ground.clear_further_records();
  if (names.empty()) return;
  ground.set_record(names.front());
  for (size_t i = 1; i < names.size(); ++i) ground.add_further_records(names[i]);
}

// Puts the ground on what supports it now; whether it has support.
bool Rest(const std::optional<Support>& support, v1::ListingGround& ground) {
  if (!support.has_value()) return false;
  std::vector<std::string> names = support->met.further_records;
  names.insert(names.begin(), support->record.name());
  RestOn(names, ground);
  ground.set_conduct_on(ConductDayOf(support->record.penalty()).ToString());
  return true;
}

// The ground names the record no more, and the others still.
void RestNoMoreOn(std::string_view record, v1::ListingGround& ground) {
  std::vector<std::string> names = RecordsOf(ground);
  names.erase(std::remove(names.begin(), names.end(), record), names.end());
  RestOn(names, ground);
}

}  // namespace

const v1::Case* FindRedecision(const std::vector<v1::Case>& cases, const v1::Listing& listing) {
  const auto found = std::find_if(cases.begin(), cases.end(), [&](const v1::Case& one) {
    return IsOpen(one) && one.origin() == v1::CASE_ORIGIN_REDECISION && one.listing() == listing.name();
  });
  return found == cases.end() ? nullptr : &*found;
}

Refusal NothingFalls(const v1::Listing& listing) {
  return {
      .reason = v1::ERROR_REASON_GROUND_MISMATCH,
      .message = StrCat(listing.name(),
                        "的列入情形仍有其他有效的处罚记录支持，不能认定不再成立 (what is left still meets "
                        "the ground: it has not fallen)"),
      .metadata = {{"expected", v1::CaseFinding_Name(v1::CASE_FINDING_NO_MEASURE)},
                   {"article", "行政处罚法第四十八条"}}};
}

Keeping KeepGrounds(const v1::Listing& listing, std::string_view record, CivilDay decided_on,
                    const WhatIsLeft& left, const ListingContext& context) {
  Keeping keeping;
  v1::Listing kept = listing;
  bool changed = false;
  for (v1::ListingGround& ground : *kept.mutable_grounds()) {
    if (!RestsOn(ground, record)) continue;
    const bool two_years = FindMovedBy(ground, listing, left.listings, context.catalogue) != nullptr;
    const GroundStanding standing = StandingOf(ground, listing, record, left, context.catalogue);
    if (two_years && standing == GroundStanding::kStands) continue;
    changed = true;
    bool supported = true;
    if (two_years) {
      supported = standing == GroundStanding::kInDoubt;
      if (supported) RestNoMoreOn(record, ground);
    } else if (!IsMetByPenalty(ground, context.catalogue)) {
      RestOn({}, ground);
    } else {
      supported = Rest(FindSupport(ground, decided_on, left.records, context.catalogue), ground);
    }
    if (!supported) {
      keeping.refusal = Unsupported(ground);
      return keeping;
    }
  }
  if (changed) {
    keeping.outcome = OutcomeOf(v1::LISTING_TRANSITION_ANNOTATED, std::move(kept), context);
  }
  return keeping;
}

}  // namespace chengxin::domain
