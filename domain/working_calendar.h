// The working-day calendar (工作日; rule 64): Monday to Friday but for the State Council's holidays and
// exchanged working days (调休). A year that is not loaded is never guessed.
#ifndef CHENGXIN_DOMAIN_WORKING_CALENDAR_H_
#define CHENGXIN_DOMAIN_WORKING_CALENDAR_H_

#include <optional>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// Immutable, once its years are loaded.
class WorkingCalendar {
 public:
  // Loads a year with the days that depart from Monday to Friday. InvalidArgument where a day is of another
  // year, stands in both lists, or is a working day already.
  absl::Status LoadYear(int year, absl::Span<const CivilDay> days_off,
                        absl::Span<const CivilDay> working_days);

  // Nothing where the year is not loaded.
  std::optional<bool> IsWorkingDay(CivilDay day) const;

  // The `count`th working day after `day`, which itself does not count (民法典 201). Nothing where a year on
  // the way is not loaded: a deadline in working days waits then.
  std::optional<CivilDay> AddWorkingDays(CivilDay day, int count) const;

  // The last day of a period whose last day is nominally `day`: the next working day where that is a day off
  // (民法典 203). Where the calendar does not reach, the nominal day, marked provisional.
  struct LastDay {
    CivilDay day;
    bool provisional = false;
  };
  LastDay LastDayOf(CivilDay nominal) const;

  // The last day for which this is loaded without a gap from the first; nothing where no year is.
  std::optional<CivilDay> loaded_through() const;

 private:
  std::set<int> years_;
  absl::flat_hash_map<int32_t, bool> exceptions_;  // day number to whether work is done
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_WORKING_CALENDAR_H_
