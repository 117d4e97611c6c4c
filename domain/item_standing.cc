#include "domain/item_standing.h"

#include <algorithm>

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

std::vector<std::string> RecordsOf(const v1::ListingGround& ground) {
  std::vector<std::string> names;
  if (!ground.record().empty()) names.push_back(ground.record());
  names.insert(names.end(), ground.further_records().begin(), ground.further_records().end());
  return names;
}

bool NamesRecord(const v1::ListingGround& ground, std::string_view record) {
  const auto& further = ground.further_records();
  return ground.record() == record || std::find(further.begin(), further.end(), record) != further.end();
}

}  // namespace chengxin::domain
