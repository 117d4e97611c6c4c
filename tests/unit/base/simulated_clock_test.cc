#include "base/simulated_clock.h"

#include <gtest/gtest.h>

namespace chengxin {
namespace {

TEST(SimulatedClock, StandsStillButWhenMovedAndNeverGoesBack) {
  const absl::Time start = absl::FromCivil(absl::CivilDay(2024, 3, 1), absl::UTCTimeZone());
  SimulatedClock clock(start);
  EXPECT_EQ(clock.Now(), start);
  EXPECT_EQ(clock.Now(), start);
  EXPECT_TRUE(clock.Advance(start + absl::Hours(1)));
  EXPECT_TRUE(clock.Advance(start + absl::Hours(1)));
  EXPECT_FALSE(clock.Advance(start));
  EXPECT_EQ(clock.Now(), start + absl::Hours(1));
}

}  // namespace
}  // namespace chengxin
