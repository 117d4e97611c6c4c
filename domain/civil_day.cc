#include "domain/civil_day.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "base/strings.h"

namespace chengxin::domain {

namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int LastDayOfMonth(absl::CivilMonth month) {
  return static_cast<int>(absl::CivilDay(month + 1) - absl::CivilDay(month));
}

absl::Status WrongDay() {
  return absl::InvalidArgumentError(
      "应为存在的日期，格式YYYY-MM-DD (expected a day that exists, as YYYY-MM-DD)");
}

}  // namespace

absl::StatusOr<CivilDay> CivilDay::Parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return WrongDay();
  const std::string_view parts[] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  int numbers[3];
  for (int i = 0; i < 3; ++i) {
    if (!AllDigits(parts[i]) || !absl::SimpleAtoi(ToAbsl(parts[i]), &numbers[i])) return WrongDay();
  }
  const auto [year, month, day] = numbers;
  if (year < 1900 || month < 1 || month > 12 || day < 1 ||
      day > LastDayOfMonth(absl::CivilMonth(year, month)))
    return WrongDay();
  return CivilDay(year, month, day);
}

std::string CivilDay::ToString() const {
  // The end of the longest period a catalogue may name.
  if (day_.year() > 9999) return absl::StrFormat("%d-%02d-%02d", day_.year(), day_.month(), day_.day());
  // By hand: an entry of a list has a dozen days, all of them written anew whenever it changes.
  std::string text = "0000-00-00";
  const auto write = [&text](int number, size_t last, size_t digits) {
    for (; digits > 0; --digits, --last, number /= 10) text[last] = static_cast<char>('0' + number % 10);
  };
  write(static_cast<int>(day_.year()), 3, 4);
  write(day_.month(), 6, 2);
  write(day_.day(), 9, 2);
  return text;
}

bool CivilDay::is_weekend() const {
  const absl::Weekday weekday = absl::GetWeekday(day_);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

absl::TimeZone Shanghai() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    if (!absl::LoadTimeZone("Asia/Shanghai", &loaded)) {
      std::fputs("no time-zone data for Asia/Shanghai on this machine: install the package tzdata\n", stderr);
      std::abort();
    }
    return loaded;
  }();
  return zone;
}

CivilDay DayOf(absl::Time instant) { return CivilDay(absl::ToCivilDay(instant, Shanghai())); }

absl::Time StartOfDay(CivilDay day) {
  // Where clocks were put forward at midnight, the day begins with the first instant there was.
  return Shanghai().At(absl::CivilSecond(day.civil())).trans;
}

absl::Time EndOfDay(CivilDay day) { return StartOfDay(day + 1); }

absl::StatusOr<Period> Period::Parse(std::string_view text) {
  int number = 0;
  const bool shaped = text.size() >= 3 && text.size() <= 6 && text.front() == 'P' &&
                      AllDigits(text.substr(1, text.size() - 2)) &&
                      absl::SimpleAtoi(ToAbsl(text.substr(1, text.size() - 2)), &number) && number > 0;
  Period period;
  if (shaped && text.back() == 'Y') {
    period.years = number;
  } else if (shaped && text.back() == 'M') {
    period.months = number;
  } else if (shaped && text.back() == 'D') {
    period.days = number;
  } else {
    return absl::InvalidArgumentError(
        StrCat("\"", text, "\" is not a period; expected P, a number from 1 to 9,999 and Y, M or D"));
  }
  return period;
}

CivilDay AddPeriod(CivilDay day, const Period& period) {
  const absl::CivilMonth month = absl::CivilMonth(day.civil()) + period.months + 12 * period.years;
  const int of_month = std::min(day.civil().day(), LastDayOfMonth(month));
  return CivilDay(absl::CivilDay(month) + (of_month - 1) + period.days);
}

bool Within(CivilDay earlier, CivilDay later, const Period& period) {
  return earlier <= later && later <= AddPeriod(earlier, period);
}

}  // namespace chengxin::domain
