#include "domain/display_class.h"

#include <algorithm>

#include "domain/procedure.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

bool Includes(const v1::DisplayClass& row, const v1::Penalty& penalty, int kind) {
  if (std::find(row.kinds().begin(), row.kinds().end(), kind) == row.kinds().end()) return false;
  if (kind != v1::PENALTY_KIND_FINE) return true;
  return penalty.fine_fen() >= row.fine_at_least_fen() &&
         (row.fine_below_fen() == 0 || penalty.fine_fen() < row.fine_below_fen());
}

// Periods compared by where they end; one without a maximum is shown longest.
CivilDay EndOfDisplay(const v1::DisplayClass& row, CivilDay from) {
  return NominalEnd(from, row.maximum_display()).value_or(CivilDay(9999, 12, 31));
}

CivilDay DecidedOn(const v1::Penalty& penalty) { return DayAt(penalty.decided_on()); }

}  // namespace

const v1::DisplayClass* DisplayClassOf(const v1::CreditRecord& record, const CompiledCatalogue& catalogue) {
  if (!record.has_penalty()) return nullptr;
  const v1::Penalty& penalty = record.penalty();
  const CivilDay from = DecidedOn(penalty);
  const v1::DisplayClass* severest = nullptr;
  for (const v1::DisplayClass& row : catalogue.message().display_classes()) {
    const bool included = std::any_of(penalty.kinds().begin(), penalty.kinds().end(),
                                      [&](int kind) { return Includes(row, penalty, kind); });
    if (!included) continue;
    if (severest == nullptr || EndOfDisplay(*severest, from) < EndOfDisplay(row, from)) severest = &row;
  }
  return severest;
}

std::optional<absl::Time> DisplayEndOf(const v1::CreditRecord& record, const CompiledCatalogue& catalogue) {
  const v1::DisplayClass* row = DisplayClassOf(record, catalogue);
  if (row == nullptr) return std::nullopt;
  const auto last = NominalEnd(DecidedOn(record.penalty()), row->maximum_display());
  return last.has_value() ? std::optional(EndOfDay(*last)) : std::nullopt;
}

std::optional<CivilDay> MinimumPeriodEnd(const v1::CreditRecord& record, const CompiledCatalogue& catalogue) {
  const v1::DisplayClass* row = DisplayClassOf(record, catalogue);
  if (row == nullptr) return std::nullopt;
  return NominalEnd(DecidedOn(record.penalty()), row->minimum_period());
}

}  // namespace chengxin::domain
