// Legal days and periods: rules 64 and 65.
#include "domain/civil_day.h"

#include <gtest/gtest.h>

#include <string>

namespace chengxin::domain {
namespace {

absl::Time Utc(int year, int month, int day, int hour, int minute, int second) {
  return absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute, second), absl::UTCTimeZone());
}

CivilDay After(CivilDay day, std::string_view period) { return AddPeriod(day, *Period::Parse(period)); }

TEST(Rule65, ADayBeginsAtMidnightInShanghai) {
  EXPECT_EQ(DayOf(Utc(2026, 11, 23, 15, 59, 59)), CivilDay(2026, 11, 23));
  EXPECT_EQ(DayOf(Utc(2026, 11, 23, 16, 0, 0)), CivilDay(2026, 11, 24));
  EXPECT_EQ(StartOfDay(CivilDay(2026, 11, 24)), Utc(2026, 11, 23, 16, 0, 0));
}

TEST(Rule65, TheLastNanosecondOfADayBelongsToIt) {
  const CivilDay day(2026, 12, 31);
  EXPECT_EQ(EndOfDay(day), StartOfDay(CivilDay(2027, 1, 1)));
  EXPECT_EQ(DayOf(EndOfDay(day) - absl::Nanoseconds(1)), day);
  EXPECT_EQ(DayOf(EndOfDay(day)), CivilDay(2027, 1, 1));
}

// China kept summer time from 1986 to 1991; a fixed offset would be wrong there.
TEST(Rule65, SummerTimeOfThePastIsKnown) {
  EXPECT_EQ(StartOfDay(CivilDay(1990, 7, 1)), Utc(1990, 6, 30, 15, 0, 0));
  EXPECT_EQ(StartOfDay(CivilDay(1992, 7, 1)), Utc(1992, 6, 30, 16, 0, 0));
}

TEST(Rule64, TwoYearsEndOnTheCorrespondingDay) {
  EXPECT_EQ(After(CivilDay(2026, 11, 24), "P2Y"), CivilDay(2028, 11, 24));
  EXPECT_EQ(After(CivilDay(2026, 11, 24), "P6M"), CivilDay(2027, 5, 24));
  EXPECT_EQ(After(CivilDay(2026, 11, 24), "P10D"), CivilDay(2026, 12, 4));
  EXPECT_EQ(After(CivilDay(2026, 12, 31), "P1D"), CivilDay(2027, 1, 1));
}

TEST(Rule64, WhereThereIsNoCorrespondingDayTheMonthsLastDayEndsIt) {
  EXPECT_EQ(After(CivilDay(2024, 2, 29), "P1Y"), CivilDay(2025, 2, 28));
  EXPECT_EQ(After(CivilDay(2024, 2, 29), "P4Y"), CivilDay(2028, 2, 29));
  EXPECT_EQ(After(CivilDay(2026, 8, 31), "P6M"), CivilDay(2027, 2, 28));
  EXPECT_EQ(After(CivilDay(2027, 8, 31), "P6M"), CivilDay(2028, 2, 29));
  EXPECT_EQ(After(CivilDay(2026, 3, 31), "P1M"), CivilDay(2026, 4, 30));
  // From the last day of a short month the corresponding day counts, not the last one.
  EXPECT_EQ(After(CivilDay(2026, 4, 30), "P1M"), CivilDay(2026, 5, 30));
  EXPECT_EQ(After(CivilDay(2026, 12, 31), "P2M"), CivilDay(2027, 2, 28));
}

TEST(Rule64, TheLastDayLiesWithinThePeriod) {
  const Period three_years = *Period::Parse("P3Y");
  EXPECT_TRUE(Within(CivilDay(2023, 11, 24), CivilDay(2026, 11, 24), three_years));
  EXPECT_FALSE(Within(CivilDay(2023, 11, 24), CivilDay(2026, 11, 25), three_years));
  EXPECT_TRUE(Within(CivilDay(2024, 2, 29), CivilDay(2027, 2, 28), three_years));
  EXPECT_FALSE(Within(CivilDay(2024, 2, 29), CivilDay(2027, 3, 1), three_years));
  EXPECT_TRUE(Within(CivilDay(2026, 11, 24), CivilDay(2026, 11, 24), three_years));
}

TEST(CivilDay, OnlyDaysThatExistAreRead) {
  EXPECT_EQ(*CivilDay::Parse("2024-02-29"), CivilDay(2024, 2, 29));
  EXPECT_EQ(*CivilDay::Parse("9999-12-31"), CivilDay(9999, 12, 31));
  for (const char* wrong : {"2025-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00",
                            "1899-12-31", "2026-1-1", "2026/01/01", "20260101", "2026-01-01 ", " 2026-01-01",
                            "+026-01-01", "2026-+1-01", "2026-01-0x", "", "２０２６-01-01"}) {
    const auto day = CivilDay::Parse(wrong);
    EXPECT_EQ(day.status().code(), absl::StatusCode::kInvalidArgument) << wrong;
  }
}

TEST(CivilDay, IsWrittenAsItIsRead) {
  for (const char* text :
       {"1900-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2026-11-24", "9999-12-31"}) {
    const CivilDay day = *CivilDay::Parse(text);
    EXPECT_EQ(day.ToString(), text);
    EXPECT_EQ(CivilDay::FromNumber(day.number()), day);
  }
  EXPECT_EQ(CivilDay(1970, 1, 1).number(), 0);
  EXPECT_EQ(CivilDay(1969, 12, 31).number(), -1);
}

TEST(CivilDay, KnowsTheWeekEnd) {
  EXPECT_FALSE(CivilDay(2026, 11, 27).is_weekend());  // Friday
  EXPECT_TRUE(CivilDay(2026, 11, 28).is_weekend());
  EXPECT_TRUE(CivilDay(2026, 11, 29).is_weekend());
  EXPECT_FALSE(CivilDay(2026, 11, 30).is_weekend());
}

TEST(Period, OneNumberAndOneUnit) {
  EXPECT_EQ(Period::Parse("P18M")->months, 18);
  EXPECT_EQ(Period::Parse("P9999D")->days, 9999);
  for (const char* wrong :
       {"", "P", "PY", "P0Y", "P2", "2Y", "P2W", "P1Y6M", "P-1Y", "P10000D", "p2Y", "P2Y "}) {
    EXPECT_FALSE(Period::Parse(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace chengxin::domain
