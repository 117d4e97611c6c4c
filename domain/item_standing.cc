#include "domain/item_standing.h"

namespace chengxin::domain {

bool RepairStands(const v1::RepairMark& repair) { return repair.has_since() && !repair.has_revoked(); }

std::vector<const v1::RepairMark*> RepairsOf(const v1::RepairMark& mark) {
  std::vector<const v1::RepairMark*> repairs;
  for (const v1::RepairMark& earlier : mark.earlier()) repairs.push_back(&earlier);
  if (mark.has_since()) repairs.push_back(&mark);
  return repairs;
}

bool SupportsNothing(const v1::CreditRecord& record) {
  return record.has_withdrawal() || RepairStands(record.repair());
}

bool Holds(const v1::ListingGround& ground) { return !ground.has_withdrawn(); }

}  // namespace chengxin::domain
