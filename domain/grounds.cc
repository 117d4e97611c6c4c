#include "domain/grounds.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "domain/item_standing.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

bool MeetsKind(const v1::PenaltyTrigger& trigger, const v1::Penalty& penalty, int kind) {
  const auto& imposed = penalty.kinds();
  if (std::find(imposed.begin(), imposed.end(), kind) == imposed.end()) return false;
  if (kind != v1::PENALTY_KIND_FINE) return true;
  // 以上 includes the figure itself, 不满 does not (民法典 art 1259; rule 24).
  return penalty.fine_fen() >= trigger.fine_at_least_fen() &&
         (trigger.fine_below_fen() == 0 || penalty.fine_fen() < trigger.fine_below_fen());
}

// Whether the penalty is of the trigger's kind, the count left aside.
bool MeetsAlone(const v1::PenaltyTrigger& trigger, const v1::Penalty& penalty) {
  return std::any_of(trigger.kinds().begin(), trigger.kinds().end(),
                     [&](int kind) { return MeetsKind(trigger, penalty, kind); });
}

// Counts penalties within a rolling period.
class Count {
 public:
  Count(const v1::CreditRecord& record, const std::vector<v1::CreditRecord>& records,
        const v1::PenaltyTrigger& trigger, const CompiledCatalogue& catalogue, CivilDay deciding_day)
      : trigger_(trigger), catalogue_(catalogue) {
    Add(record, /*is_new=*/true);
    for (const v1::CreditRecord& other : records) {
      // What was decided later was unknown to whoever decided on that day, though it is recorded by now.
      if (other.name() == record.name() || DayAt(other.penalty().decided_on()) > deciding_day) continue;
      Add(other, /*is_new=*/false);
    }
    std::sort(counted_.begin(), counted_.end(),
              [](const Counted& a, const Counted& b) { return a.decided_on < b.decided_on; });
  }

  // The first period that holds the new penalty and enough others, before or after it: what is entered late
  // counts like the rest.
  std::optional<MetGround> Met(const v1::Ground& row) const {
    const auto period = Period::Parse(trigger_.period());
    const auto mine =
        std::find_if(counted_.begin(), counted_.end(), [](const Counted& c) { return c.is_new; });
    if (!period.ok() || mine == counted_.end()) return std::nullopt;
    // Both ends lie within the period (以内; 民法典 arts 201, 202, 1259).
    for (auto first = counted_.begin(); first <= mine; ++first) {
      if (!Within(first->decided_on, mine->decided_on, *period)) continue;
      const auto last = std::find_if(mine, counted_.end(), [&](const Counted& c) {
        return !Within(first->decided_on, c.decided_on, *period);
      });
      if (last - first >= trigger_.count()) return MetBy(row, first, last);
    }
    return std::nullopt;
  }

 private:
  struct Counted {
    CivilDay decided_on;
    std::string_view name;
    bool is_new;
  };
  using Iterator = std::vector<Counted>::const_iterator;

  // A penalty counts where it meets the counted ground under the rules of its own day.
  void Add(const v1::CreditRecord& record, bool is_new) {
    if (!record.has_penalty() || SupportsNothing(record)) return;
    const v1::Penalty& penalty = record.penalty();
    const v1::Ground* row = catalogue_.FindGround(trigger_.counts_ground(), ConductDayOf(penalty));
    if (row == nullptr || !row->has_penalty() || !MeetsAlone(row->penalty(), penalty)) return;
    counted_.push_back({DayAt(penalty.decided_on()), record.name(), is_new});
  }

  static MetGround MetBy(const v1::Ground& row, Iterator first, Iterator last) {
    MetGround met{.row = &row, .further_records = {}, .latest_decision = (last - 1)->decided_on};
    for (Iterator it = first; it != last; ++it) {
      if (!it->is_new) met.further_records.emplace_back(it->name);
    }
    return met;
  }

  const v1::PenaltyTrigger& trigger_;
  const CompiledCatalogue& catalogue_;
  std::vector<Counted> counted_;
};

// The grounds of the prevailing list by the rows that are law on `law_day`.
std::vector<MetGround> MetUnderLawOf(CivilDay law_day, CivilDay deciding_day, const v1::CreditRecord& record,
                                     const std::vector<v1::CreditRecord>& records,
                                     const CompiledCatalogue& catalogue) {
  std::vector<MetGround> met;
  for (const v1::Ground& any_version : catalogue.message().grounds()) {
    if (any_version.origin() != v1::GROUND_ORIGIN_LISTING || !any_version.has_penalty()) continue;
    const v1::Ground* row = catalogue.FindGround(any_version.id(), law_day);
    if (row != &any_version) continue;
    if (row->penalty().count() > 1) {
      if (auto counted = Count(record, records, row->penalty(), catalogue, deciding_day).Met(*row)) {
        met.push_back(*std::move(counted));
      }
    } else if (MeetsAlone(row->penalty(), record.penalty())) {
      met.push_back({row, {}, DayAt(record.penalty().decided_on())});
    }
  }
  const bool severe = std::any_of(met.begin(), met.end(), [](const MetGround& ground) {
    return ground.row->list() == v1::LIST_KIND_SEVERE;
  });
  if (severe) {
    met.erase(
        std::remove_if(met.begin(), met.end(),
                       [](const MetGround& ground) { return ground.row->list() != v1::LIST_KIND_SEVERE; }),
        met.end());
  }
  return met;
}

v1::ListKind ListOf(const std::vector<MetGround>& met) {
  return met.empty() ? v1::LIST_KIND_UNSPECIFIED : met.front().row->list();
}

}  // namespace

CivilDay ConductDayOf(const v1::Penalty& penalty) {
  return DayAt(penalty.conduct_on().empty() ? penalty.decided_on() : penalty.conduct_on());
}

std::vector<MetGround> GroundsMet(const v1::CreditRecord& record,
                                  const std::vector<v1::CreditRecord>& records,
                                  const CompiledCatalogue& catalogue, CivilDay deciding_day) {
  if (SupportsNothing(record)) return {};
  std::vector<MetGround> met =
      MetUnderLawOf(ConductDayOf(record.penalty()), deciding_day, record, records, catalogue);
  if (met.empty()) return met;
  std::vector<MetGround> later = MetUnderLawOf(deciding_day, deciding_day, record, records, catalogue);
  return ListOf(later) < ListOf(met) ? later : met;
}

}  // namespace chengxin::domain
