#include "domain/item_standing.h"

namespace chengxin::domain {

bool RepairStands(const v1::RepairMark& repair) { return repair.has_since() && !repair.has_revoked(); }

bool SupportsNothing(const v1::CreditRecord& record) {
  return record.has_withdrawal() || RepairStands(record.repair());
}

bool Holds(const v1::ListingGround& ground) { return !ground.has_withdrawn(); }

}  // namespace chengxin::domain
