// What a listing's ground rests on when the records behind it change: rules 25, 39. Private to domain.
#ifndef CHENGXIN_DOMAIN_RECORD_SUPPORT_H_
#define CHENGXIN_DOMAIN_RECORD_SUPPORT_H_

#include <string>
#include <vector>

#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// Whether the law says that a penalty meets the ground, by the rows of the day of the conduct (rule 24). Any
// other is the authority's own finding: only a person can say whether it still holds.
bool IsMetByPenalty(const v1::ListingGround& ground, const CompiledCatalogue& catalogue);

// The penalties as the ground counts them: of the organization that its own records are of, and of no other.
// Those that it rests on count though they were repaired since, for a repair takes nothing from what was
// decided before it (rule 35). What was withdrawn counts never.
std::vector<v1::CreditRecord> CountedFor(const v1::ListingGround& ground,
                                         const std::vector<v1::CreditRecord>& records);

// Whether the penalties that the ground rests on still meet it as they are now, what was withdrawn left
// aside: one of them meets it, with the others where it is counted. `records` hold all of the organization
// that they are of, and maybe of others. For grounds that a penalty meets; of others the law gives no test.
bool StillMet(const v1::ListingGround& ground, const std::vector<v1::CreditRecord>& records,
              const CompiledCatalogue& catalogue);

// Whether a ground of the listings counted both records, be it withdrawn by now.
bool ShareGround(const std::string& a, const std::string& b, const std::vector<v1::Listing>& listings);

// Whether what the law asks for the penalty is done: a ground in force that rests on it stands, or the entry
// that it was listed on ran its course. Not where that ground fell or is met no more: what the penalty, or
// the others that remain, still meet is then to be proposed (rules 24, 25, 39). `listings` and `records` are
// all of the organization.
bool IsListedFor(const v1::CreditRecord& record, const std::vector<v1::Listing>& listings,
                 const std::vector<v1::CreditRecord>& records, const CompiledCatalogue& catalogue);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RECORD_SUPPORT_H_
