// Deciding again on an entry after a record it rests on was withdrawn or corrected (rule 39). Private to
// domain.
#ifndef CHENGXIN_DOMAIN_CASE_REDECISION_H_
#define CHENGXIN_DOMAIN_CASE_REDECISION_H_

#include <optional>
#include <string_view>
#include <vector>

#include "chengxin/log/v1/change.pb.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/ground_standing.h"
#include "domain/listing_rules.h"
#include "domain/refusal.h"

namespace chengxin::domain {

// The open case in which a ground of the entry is decided again, or null. While there is one the entry does
// not go on to the severe list: whether two years are full depends on what is decided there (rules 26, 39).
const v1::Case* FindRedecision(const std::vector<v1::Case>& cases, const v1::Listing& listing);

// GROUND_MISMATCH: no ground of the entry may be found to have fallen, for what is left still meets those
// that rested on the record.
Refusal NothingFalls(const v1::Listing& listing);

// What a decision to keep the grounds comes to.
struct Keeping {
  std::optional<Refusal> refusal;
  // The entry with its grounds on what supports them; unset where nothing changes in it.
  std::optional<log::v1::ListingOutcome> outcome;
};

// Keeps the grounds of the entry that rest on the record, which was withdrawn or corrected: each that a
// penalty meets must be met by one that stands, on which it rests from now on, else GROUND_MISMATCH. A ground
// that no penalty meets is the authority's own finding and rests on its decision; the ground of two years
// does so no further than the law leaves it in doubt, and keeps the other records that it names.
Keeping KeepGrounds(const v1::Listing& listing, std::string_view record, CivilDay decided_on,
                    const WhatIsLeft& left, const ListingContext& context);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_REDECISION_H_
