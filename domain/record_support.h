// What a listing's ground rests on when the records behind it change: rules 25, 39. Private to domain.
#ifndef CHENGXIN_DOMAIN_RECORD_SUPPORT_H_
#define CHENGXIN_DOMAIN_RECORD_SUPPORT_H_

#include <vector>

#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// Whether the penalties that the ground rests on still meet it as they are now, what was withdrawn or
// repaired left aside: one of them meets it, with the others where it is counted. `records` are all of the
// organization that they are of. For grounds that a penalty meets; of others the law gives no test.
bool StillMet(const v1::ListingGround& ground, const std::vector<v1::CreditRecord>& records,
              const CompiledCatalogue& catalogue);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RECORD_SUPPORT_H_
