#include "domain/record_support.h"

#include <algorithm>

#include "domain/civil_day.h"
#include "domain/ground_standing.h"
#include "domain/grounds.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/listing_withdrawal.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

template <typename Condition>
bool AnyGround(const std::vector<v1::Listing>& listings, const Condition& condition) {
  return std::any_of(listings.begin(), listings.end(), [&](const v1::Listing& listing) {
    return std::any_of(listing.grounds().begin(), listing.grounds().end(),
                       [&](const v1::ListingGround& ground) { return condition(listing, ground); });
  });
}

}  // namespace

bool IsMetByPenalty(const v1::ListingGround& ground, const CompiledCatalogue& catalogue) {
  const v1::Ground* row = RowOf(ground, catalogue);
  return row != nullptr && row->has_penalty();
}

std::vector<v1::CreditRecord> CountedFor(const v1::ListingGround& ground,
                                         const std::vector<v1::CreditRecord>& records) {
  std::vector<v1::CreditRecord> counted;
  const std::vector<std::string> names = RecordsOf(ground);
  if (names.empty()) return counted;
  for (const v1::CreditRecord& record : records) {
    if (!record.has_penalty() || !AreOfOneOrganization(record.name(), names.front())) continue;
    counted.push_back(record);
    if (RestsOn(ground, record.name())) counted.back().clear_repair();
  }
  return counted;
}

bool StillMet(const v1::ListingGround& ground, const std::vector<v1::CreditRecord>& all,
              const CompiledCatalogue& catalogue) {
  const std::vector<v1::CreditRecord> records = CountedFor(ground, all);
  const CivilDay decided_on = DayAt(ground.decision().decided_on());
  return std::any_of(records.begin(), records.end(), [&](const v1::CreditRecord& record) {
    if (!RestsOn(ground, record.name()) || SupportsNothing(record)) return false;
    const std::vector<MetGround> met = GroundsMet(record, records, catalogue, decided_on);
    return std::any_of(met.begin(), met.end(),
                       [&](const MetGround& one) { return one.row->id() == ground.ground(); });
  });
}

bool ShareGround(const std::string& a, const std::string& b, const std::vector<v1::Listing>& listings) {
  return AnyGround(listings, [&](const v1::Listing&, const v1::ListingGround& ground) {
    return NamesRecord(ground, a) && NamesRecord(ground, b);
  });
}

bool IsListedFor(const v1::CreditRecord& record, const std::vector<v1::Listing>& listings,
                 const std::vector<v1::CreditRecord>& records, const CompiledCatalogue& catalogue) {
  const std::string& name = record.name();
  const WhatIsLeft left{.listings = listings, .records = records};
  const auto is_met_no_more = [&](const v1::Listing& listing, const v1::ListingGround& ground) {
    return StandingOf(ground, listing, /*record=*/"", left, catalogue) == GroundStanding::kFalls;
  };
  const auto stands = [&](const v1::Listing& listing, const v1::ListingGround& ground) {
    return listing.state() == v1::LISTING_STATE_LISTED && RestsOn(ground, name) &&
           !is_met_no_more(listing, ground);
  };
  // A penalty that is only counted with another keeps the proposal of its own.
  if (AnyGround(listings, stands)) return !record.listing().empty() || !record.has_proposal();
  if (record.listing().empty()) return false;
  const auto former = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& listing) {
    return listing.name() == record.listing();
  });
  if (former == listings.end()) return true;
  if (former->state() == v1::LISTING_STATE_LISTED) return false;
  const auto fell = [&](const v1::Listing& listing, const v1::ListingGround& ground) {
    if (listing.name() == former->name() && ground.record() == name) return !Holds(ground);
    if (former->end_reason() != v1::LISTING_END_REASON_MOVED_TO_SEVERE || !NamesRecord(ground, name)) {
      return false;
    }
    return !Holds(ground) || (listing.state() == v1::LISTING_STATE_LISTED && is_met_no_more(listing, ground));
  };
  return former->end_reason() != v1::LISTING_END_REASON_WITHDRAWN && !AnyGround(listings, fell);
}

}  // namespace chengxin::domain
