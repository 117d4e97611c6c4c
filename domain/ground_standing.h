// How a listing's ground stands once a record behind it was withdrawn or corrected: rules 26, 39. Private to
// domain.
#ifndef CHENGXIN_DOMAIN_GROUND_STANDING_H_
#define CHENGXIN_DOMAIN_GROUND_STANDING_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/view.h"

namespace chengxin::domain {

// What is left for grounds to stand on: entries, ended ones included, and records as they are now. May be of
// several organizations, where one was merged into another.
struct WhatIsLeft {
  const std::vector<v1::Listing>& listings;
  const std::vector<v1::CreditRecord>& records;
};

// The same, kept.
struct Foundation {
  std::vector<v1::Listing> listings;
  std::vector<v1::CreditRecord> records;

  WhatIsLeft left() const { return {.listings = listings, .records = records}; }
  // Puts records in the place of those of the same name.
  void Replace(const std::vector<v1::CreditRecord>& with);
};

// All that grounds resting on records of the organization stand on: the entries of it and of those it was
// merged into, and every record of an organization that one of their grounds names. Errors: the view's.
absl::StatusOr<Foundation> ReadFoundation(const v1::Organization& organization, const View& view);

// The same by the name of a record, which may be of another organization than an entry that rests on it,
// after a merger. Empty where there is no such organization.
absl::StatusOr<Foundation> ReadFoundationOf(std::string_view record, const View& view);

// By law on what is left, no more by law, or it is for a person to say.
enum class GroundStanding { kStands, kFalls, kInDoubt };

// Of a ground of the entry, once `record` was withdrawn or corrected (empty: whichever).
// - One that penalties meet stands while they do (StillMet).
// - The ground of two years (rule 26) stands while two years were full, on the day it was decided, by what is
//   left of the abnormal entry that it moved: the grounds that fell began no time. Where that depends on a
//   ground which only a person can judge, it is in doubt.
// - Any other is in doubt: the law gives no test.
GroundStanding StandingOf(const v1::ListingGround& ground, const v1::Listing& entry, std::string_view record,
                          const WhatIsLeft& left, const CompiledCatalogue& catalogue);

// Whether the ground rests on the record, which was withdrawn or corrected, and does not stand by law on what
// is left. What others meet as well stays: rule 39 speaks of what rests on it alone.
bool FallsWith(std::string_view record, const v1::ListingGround& ground, const v1::Listing& entry,
               const WhatIsLeft& left, const CompiledCatalogue& catalogue);

// The abnormal entry that the ground of two years moved to the entry, directly or by way of those the entry
// took the place of; null for any other ground, and where there is none.
const v1::Listing* FindMovedBy(const v1::ListingGround& ground, const v1::Listing& entry,
                               const std::vector<v1::Listing>& listings, const CompiledCatalogue& catalogue);

// The names of the records that the entry's grounds which hold rest on, each once, in the order of the
// grounds.
std::vector<std::string> RecordsUnder(const v1::Listing& entry);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_GROUND_STANDING_H_
