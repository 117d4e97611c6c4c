#include "base/clock.h"

#include <gtest/gtest.h>

namespace chengxin {
namespace {

TEST(SystemClock, IsOneClockAndTellsTheMachinesTime) {
  EXPECT_EQ(&SystemClock(), &SystemClock());
  const absl::Time now = SystemClock().Now();
  EXPECT_GT(now, absl::FromCivil(absl::CivilDay(2020, 1, 1), absl::UTCTimeZone()));
  EXPECT_LT(now, absl::InfiniteFuture());
}

}  // namespace
}  // namespace chengxin
