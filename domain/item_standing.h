// What an item of the record still supports once it was withdrawn or repaired: rules 35, 39.
#ifndef CHENGXIN_DOMAIN_ITEM_STANDING_H_
#define CHENGXIN_DOMAIN_ITEM_STANDING_H_

#include <string>
#include <string_view>
#include <vector>

#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/record.pb.h"

namespace chengxin::domain {

// A repair was granted and not revoked (rules 35, 37).
bool RepairStands(const v1::RepairMark& repair);

// Every repair that the mark of an item tells of, oldest first: those revoked before it, then itself; none of
// a mark that is not set.
std::vector<const v1::RepairMark*> RepairsOf(const v1::RepairMark& mark);

// The record was withdrawn or its repair stands: from then on it supports no bar and no listing, takes no
// other record's place, counts for no ground, and is not public (rules 35, 39). It stays in the archive.
bool SupportsNothing(const v1::CreditRecord& record);

// The ground still holds: what it rests on was not withdrawn (rule 39).
bool Holds(const v1::ListingGround& ground);

// The names of the records behind the ground, its own first, be it withdrawn by now.
std::vector<std::string> RecordsOf(const v1::ListingGround& ground);
// Whether the record is among them.
bool NamesRecord(const v1::ListingGround& ground, std::string_view record);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_ITEM_STANDING_H_
