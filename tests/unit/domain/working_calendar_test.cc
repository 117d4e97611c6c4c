// The working-day calendar: rule 64, on the State Council's calendars as deployed.
#include "domain/working_calendar.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "domain/catalogue.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::domain {
namespace {

class DeployedCalendar : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto compiled = CompiledCatalogue::Compile(LoadDeployedCatalogue());
    ASSERT_TRUE(compiled.ok()) << compiled.status();
    catalogue_ = *compiled;
  }
  const WorkingCalendar& calendar() const { return catalogue_->calendar(); }

  std::shared_ptr<const CompiledCatalogue> catalogue_;
};

using Rule64Calendar = DeployedCalendar;

TEST_F(Rule64Calendar, HolidaysAreOffAndExchangedWeekEndsAreWorked) {
  EXPECT_EQ(calendar().IsWorkingDay(CivilDay(2026, 10, 1)), false);  // 国庆节, a Thursday
  EXPECT_EQ(calendar().IsWorkingDay(CivilDay(2026, 10, 10)), true);  // a Saturday, exchanged
  EXPECT_EQ(calendar().IsWorkingDay(CivilDay(2026, 10, 11)), false);
  EXPECT_EQ(calendar().IsWorkingDay(CivilDay(2026, 10, 12)), true);
}

// Five working days from 2026-09-24: 09-25 to 09-27 are 中秋节, 10-01 to 10-07 are 国庆节.
TEST_F(Rule64Calendar, ADeadlineSkipsTheHolidaysAndTheFirstDay) {
  EXPECT_EQ(calendar().AddWorkingDays(CivilDay(2026, 9, 24), 3), CivilDay(2026, 9, 30));
  EXPECT_EQ(calendar().AddWorkingDays(CivilDay(2026, 9, 24), 4), CivilDay(2026, 10, 8));
  EXPECT_EQ(calendar().AddWorkingDays(CivilDay(2026, 9, 24), 5), CivilDay(2026, 10, 9));
  EXPECT_EQ(calendar().AddWorkingDays(CivilDay(2026, 9, 24), 6), CivilDay(2026, 10, 10));
}

TEST_F(Rule64Calendar, ADeadlineThatReachesAYearNotLoadedWaits) {
  EXPECT_EQ(calendar().AddWorkingDays(CivilDay(2026, 12, 24), 5), CivilDay(2026, 12, 31));
  EXPECT_EQ(calendar().AddWorkingDays(CivilDay(2026, 12, 24), 6), std::nullopt);
  EXPECT_EQ(calendar().IsWorkingDay(CivilDay(2027, 1, 4)), std::nullopt);
  EXPECT_EQ(calendar().IsWorkingDay(CivilDay(2014, 12, 31)), std::nullopt);
}

TEST_F(Rule64Calendar, APeriodThatEndsOnADayOffEndsOnTheNextWorkingDay) {
  const auto last = calendar().LastDayOf(CivilDay(2026, 10, 3));
  EXPECT_EQ(last.day, CivilDay(2026, 10, 8));
  EXPECT_FALSE(last.provisional);
  EXPECT_EQ(calendar().LastDayOf(CivilDay(2026, 11, 24)).day, CivilDay(2026, 11, 24));
}

TEST_F(Rule64Calendar, WhereTheYearIsNotLoadedTheNominalDayIsProvisional) {
  const auto last = calendar().LastDayOf(CivilDay(2028, 11, 25));  // a Saturday, but who knows
  EXPECT_EQ(last.day, CivilDay(2028, 11, 25));
  EXPECT_TRUE(last.provisional);
}

TEST(Rule64, AYearWithoutRowsIsNeverMondayToFriday) {
  WorkingCalendar calendar;
  EXPECT_EQ(calendar.IsWorkingDay(CivilDay(2026, 11, 24)), std::nullopt);
  EXPECT_EQ(calendar.AddWorkingDays(CivilDay(2026, 11, 24), 1), std::nullopt);
  EXPECT_EQ(calendar.loaded_through(), std::nullopt);
  EXPECT_TRUE(calendar.LastDayOf(CivilDay(2026, 11, 24)).provisional);
}

TEST(WorkingCalendar, IsLoadedThroughTheFirstGap) {
  WorkingCalendar calendar;
  ASSERT_TRUE(calendar.LoadYear(2024, {}, {}).ok());
  ASSERT_TRUE(calendar.LoadYear(2025, {}, {}).ok());
  ASSERT_TRUE(calendar.LoadYear(2027, {}, {}).ok());
  EXPECT_EQ(calendar.loaded_through(), CivilDay(2025, 12, 31));
}

TEST(WorkingCalendar, RefusesDaysThatContradictEachOther) {
  const std::vector<CivilDay> monday = {CivilDay(2026, 1, 5)};
  const std::vector<CivilDay> sunday = {CivilDay(2026, 1, 4)};
  const std::vector<CivilDay> other_year = {CivilDay(2025, 1, 1)};
  EXPECT_FALSE(WorkingCalendar().LoadYear(2026, {}, monday).ok());
  EXPECT_FALSE(WorkingCalendar().LoadYear(2026, sunday, sunday).ok());
  EXPECT_FALSE(WorkingCalendar().LoadYear(2026, other_year, {}).ok());
  WorkingCalendar twice;
  ASSERT_TRUE(twice.LoadYear(2026, {}, sunday).ok());
  EXPECT_FALSE(twice.LoadYear(2026, {}, {}).ok());
}

}  // namespace
}  // namespace chengxin::domain
