// Legal days and periods (rules 64, 65): civil days in Asia/Shanghai, periods by 民法典 arts 200 to 203.
#ifndef CHENGXIN_DOMAIN_CIVIL_DAY_H_
#define CHENGXIN_DOMAIN_CIVIL_DAY_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace chengxin::domain {

// A day of the calendar in Asia/Shanghai, years 1900 to 9999.
class CivilDay {
 public:
  // 1970-01-01.
  CivilDay() = default;
  explicit CivilDay(absl::CivilDay day) : day_(day) {}
  CivilDay(int year, int month, int day) : day_(year, month, day) {}

  // Exactly "YYYY-MM-DD" and a day that exists; InvalidArgument saying what was expected.
  static absl::StatusOr<CivilDay> Parse(std::string_view text);
  // The day since 1970-01-01 that a stored standing counts by.
  static CivilDay FromNumber(int32_t days_since_1970) {
    return CivilDay(absl::CivilDay(1970, 1, 1) + days_since_1970);
  }

  std::string ToString() const;
  int32_t number() const { return static_cast<int32_t>(day_ - absl::CivilDay(1970, 1, 1)); }
  int year() const { return static_cast<int>(day_.year()); }
  absl::CivilDay civil() const { return day_; }
  // Saturday or Sunday.
  bool is_weekend() const;

  CivilDay operator+(int days) const { return CivilDay(day_ + days); }
  CivilDay operator-(int days) const { return CivilDay(day_ - days); }
  int operator-(CivilDay other) const { return static_cast<int>(day_ - other.day_); }
  bool operator==(const CivilDay& other) const { return day_ == other.day_; }
  std::strong_ordering operator<=>(const CivilDay& other) const {
    if (day_ == other.day_) return std::strong_ordering::equal;
    return day_ < other.day_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }

 private:
  absl::CivilDay day_;
};

// Asia/Shanghai. The process ends with a clear message where the machine has no time-zone data (Debian:
// tzdata): a guessed zone would be wrong for days before 1992, and silently.
absl::TimeZone Shanghai();

// The day on which an instant falls.
CivilDay DayOf(absl::Time instant);
// The first instant of a day.
absl::Time StartOfDay(CivilDay day);
// The first instant after a day.
absl::Time EndOfDay(CivilDay day);

// A period as the catalogue writes it: P2Y, P6M, P10D. One unit only: a law that says "one year and six
// months" says P18M.
struct Period {
  int years = 0;
  int months = 0;
  int days = 0;

  // InvalidArgument where it is not P followed by a number from 1 to 9,999 and Y, M or D.
  static absl::StatusOr<Period> Parse(std::string_view text);
};

// The last day of a period that begins with an event on `day` (民法典 201, 202): the first day does not
// count; a period of months or years ends on the corresponding day, or on the last day of the month where
// there is none.
CivilDay AddPeriod(CivilDay day, const Period& period);

// Whether `later` lies within the period after `earlier`, its last day included.
bool Within(CivilDay earlier, CivilDay later, const Period& period);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CIVIL_DAY_H_
