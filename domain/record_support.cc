#include "domain/record_support.h"

#include <algorithm>

#include "domain/civil_day.h"
#include "domain/grounds.h"
#include "domain/item_standing.h"
#include "domain/listing_withdrawal.h"

namespace chengxin::domain {

bool StillMet(const v1::ListingGround& ground, const std::vector<v1::CreditRecord>& records,
              const CompiledCatalogue& catalogue) {
  const CivilDay decided_on = CivilDay::Parse(ground.decision().decided_on()).value_or(CivilDay());
  return std::any_of(records.begin(), records.end(), [&](const v1::CreditRecord& record) {
    if (!record.has_penalty() || !RestsOn(ground, record.name()) || SupportsNothing(record)) return false;
    const std::vector<MetGround> met = GroundsMet(record, records, catalogue, decided_on);
    return std::any_of(met.begin(), met.end(),
                       [&](const MetGround& one) { return one.row->id() == ground.ground(); });
  });
}

}  // namespace chengxin::domain
