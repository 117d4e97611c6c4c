#include "domain/display_class.h"

#include <algorithm>

#include "domain/civil_day.h"
#include "domain/procedure.h"

namespace chengxin::domain {

namespace {

bool HasKind(const v1::DisplayClass& row, int kind) {
  return std::find(row.kinds().begin(), row.kinds().end(), kind) != row.kinds().end();
}

// A class that names fines takes those within its bounds; 以上 includes the figure, 不满 does not (民法典
// 1259).
bool Takes(const v1::DisplayClass& row, const v1::Penalty& penalty) {
  return std::any_of(penalty.kinds().begin(), penalty.kinds().end(), [&](int kind) {
    if (!HasKind(row, kind)) return false;
    if (kind != v1::PENALTY_KIND_FINE) return true;
    return penalty.fine_fen() >= row.fine_at_least_fen() &&
           (row.fine_below_fen() == 0 || penalty.fine_fen() < row.fine_below_fen());
  });
}

}  // namespace

const v1::DisplayClass* DisplayClassOf(const v1::Penalty& penalty, const CompiledCatalogue& catalogue) {
  const CivilDay day = CivilDay::Parse(penalty.decided_on()).value_or(CivilDay());
  const v1::DisplayClass* longest = nullptr;
  for (const v1::DisplayClass& row : catalogue.message().display_classes()) {
    if (!Takes(row, penalty)) continue;
    const bool longer = longest == nullptr ||
                        NominalEnd(day, row.maximum_display()) > NominalEnd(day, longest->maximum_display());
    if (longer) longest = &row;
  }
  return longest;
}

std::optional<absl::Time> DisplayEndOf(const v1::Penalty& penalty, const CompiledCatalogue& catalogue) {
  const v1::DisplayClass* row = DisplayClassOf(penalty, catalogue);
  const auto decided_on = CivilDay::Parse(penalty.decided_on());
  if (row == nullptr || !decided_on.ok()) return std::nullopt;
  const auto last = NominalEnd(*decided_on, row->maximum_display());
  return last.has_value() ? std::optional(EndOfDay(*last)) : std::nullopt;
}

}  // namespace chengxin::domain
