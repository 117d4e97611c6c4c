#include "domain/working_calendar.h"

#include "base/strings.h"

namespace chengxin::domain {

absl::Status WorkingCalendar::LoadYear(int year, absl::Span<const CivilDay> days_off,
                                       absl::Span<const CivilDay> working_days) {
  const auto add = [&](CivilDay day, bool working) -> absl::Status {
    if (day.year() != year) {
      return absl::InvalidArgumentError(StrCat(day.ToString(), " stands in the calendar of ", year));
    }
    if (working && !day.is_weekend()) {
      return absl::InvalidArgumentError(
          StrCat(day.ToString(), " is no day of a week-end; expected an exchanged working day"));
    }
    if (!exceptions_.emplace(day.number(), working).second) {
      return absl::InvalidArgumentError(StrCat(day.ToString(), " stands twice in the calendar"));
    }
    return absl::OkStatus();
  };
  for (const CivilDay day : days_off) {
    if (absl::Status status = add(day, false); !status.ok()) return status;
  }
  for (const CivilDay day : working_days) {
    if (absl::Status status = add(day, true); !status.ok()) return status;
  }
  if (!years_.insert(year).second)
    return absl::InvalidArgumentError(StrCat("the calendar of ", year, " stands twice"));
  return absl::OkStatus();
}

std::optional<bool> WorkingCalendar::IsWorkingDay(CivilDay day) const {
  if (!years_.contains(day.year())) return std::nullopt;
  const auto exception = exceptions_.find(day.number());
  return exception != exceptions_.end() ? exception->second : !day.is_weekend();
}

std::optional<CivilDay> WorkingCalendar::AddWorkingDays(CivilDay day, int count) const {
  while (count > 0) {
    day = day + 1;
    const std::optional<bool> working = IsWorkingDay(day);
    if (!working.has_value()) return std::nullopt;
    if (*working) --count;
  }
  return day;
}

WorkingCalendar::LastDay WorkingCalendar::LastDayOf(CivilDay nominal) const {
  for (CivilDay day = nominal;; day = day + 1) {
    const std::optional<bool> working = IsWorkingDay(day);
    if (!working.has_value()) return {.day = nominal, .provisional = true};
    if (*working) return {.day = day, .provisional = false};
  }
}

std::optional<CivilDay> WorkingCalendar::loaded_through() const {
  if (years_.empty()) return std::nullopt;
  int last = *years_.begin();
  while (years_.contains(last + 1)) ++last;
  return CivilDay(last, 12, 31);
}

}  // namespace chengxin::domain
