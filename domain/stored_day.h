// Days as resources hold them: texts that were judged when they were taken in. Private to domain.
#ifndef CHENGXIN_DOMAIN_STORED_DAY_H_
#define CHENGXIN_DOMAIN_STORED_DAY_H_

#include <optional>
#include <string_view>

#include "domain/civil_day.h"

namespace chengxin::domain {

// The day, or nothing where the field is not set.
inline std::optional<CivilDay> DayIn(std::string_view text) {
  const auto day = CivilDay::Parse(text);
  return day.ok() ? std::optional(*day) : std::nullopt;
}

// The day of a field that is always set.
inline CivilDay DayAt(std::string_view text) { return DayIn(text).value_or(CivilDay()); }

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_STORED_DAY_H_
