#include "server/overload.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace chengxin::server {
namespace {

constexpr absl::Time kStart = absl::UnixEpoch();

// Observes one delay for each interval of many calls, and returns the time after them.
absl::Time ObserveIntervals(Overload& overload, absl::Duration delay, int intervals, absl::Time now,
                            uint64_t calls = 1'000) {
  for (int i = 0; i < intervals; ++i) {
    for (uint64_t call = 0; call < calls; ++call) overload.Sheds();
    now += Overload::kInterval;
    overload.Observe(delay, now);
  }
  return now;
}

int Shed(Overload& overload, int calls) {
  int shed = 0;
  for (int i = 0; i < calls; ++i) shed += overload.Sheds() ? 1 : 0;
  return shed;
}

TEST(Overload, WhereCallsDoNotWaitNothingIsRefused) {
  Overload overload;
  EXPECT_EQ(Shed(overload, 1'000), 0) << "nobody has told anything yet";
  ObserveIntervals(overload, Overload::kTarget, 100, kStart);
  EXPECT_EQ(overload.share(), 0);
  EXPECT_EQ(Shed(overload, 1'000), 0);
}

TEST(Overload, OneSlowCallAmongQuickOnesMeansNothing) {
  Overload overload;
  absl::Time now = ObserveIntervals(overload, absl::ZeroDuration(), 1, kStart);
  for (int i = 0; i < 100; ++i) {
    for (int call = 0; call < 1'000; ++call) overload.Sheds();
    now += Overload::kInterval / 2;
    overload.Observe(absl::Seconds(1), now);
    now += Overload::kInterval / 2;
    overload.Observe(absl::Milliseconds(1), now);
  }
  EXPECT_EQ(overload.share(), 0);
}

TEST(Overload, AStandingQueueRefusesMoreAndMoreButNeverEverything) {
  Overload overload;
  double before = 0;
  absl::Time now = kStart;
  for (int i = 0; i < 5; ++i) {
    now = ObserveIntervals(overload, 3 * Overload::kTarget, 1, now);
    EXPECT_GT(overload.share(), before);
    before = overload.share();
  }
  now = ObserveIntervals(overload, absl::Seconds(10), 1'000, now);
  EXPECT_NEAR(overload.share(), Overload::kLargestShare, 1e-6);
  EXPECT_NEAR(Shed(overload, 10'000), 10'000 * Overload::kLargestShare, 100);
  ObserveIntervals(overload, absl::Milliseconds(1), 1'000, now);
  EXPECT_EQ(overload.share(), 0) << "the load is over";
}

TEST(Overload, WhereHardlyAnybodyCallsTheMachineIsSlowAndNobodyIsRefused) {
  Overload overload;
  ObserveIntervals(overload, absl::Seconds(1), 100, kStart, Overload::kFewCalls);
  EXPECT_EQ(overload.share(), 0);
  ObserveIntervals(overload, absl::Seconds(1), 1, kStart + absl::Hours(1), Overload::kFewCalls + 1);
  EXPECT_GT(overload.share(), 0);
}

TEST(Overload, WhatIsRefusedAtTheTargetStaysAndGoesOnceNothingWaits) {
  Overload overload;
  absl::Time now = ObserveIntervals(overload, 10 * Overload::kTarget, 100, kStart);
  now = ObserveIntervals(overload, Overload::kTarget, 1, now);
  const double lasting = overload.share();
  EXPECT_GT(lasting, 0.1);
  now = ObserveIntervals(overload, Overload::kTarget, 100, now);
  EXPECT_NEAR(overload.share(), lasting, 1e-6);
  ObserveIntervals(overload, absl::Milliseconds(1), 20, now);
  EXPECT_LT(overload.share(), lasting / 5);
}

TEST(Overload, ASmallQueueRefusesLessThanALargeOne) {
  Overload small;
  Overload large;
  ObserveIntervals(small, Overload::kTarget * 1.2, 1, kStart);
  ObserveIntervals(large, Overload::kTarget * 2, 1, kStart);
  EXPECT_GT(small.share(), 0);
  EXPECT_LT(small.share(), large.share());
}

TEST(Overload, WhoeverIsRefusedIsAskedToWaitLongerTheMoreIsRefusedAndNotAllAlike) {
  Overload overload;
  absl::Duration least = absl::InfiniteDuration();
  absl::Duration most = absl::ZeroDuration();
  for (int i = 0; i < 100; ++i) {
    const absl::Duration wait = overload.RetryAfter();
    least = std::min(least, wait);
    most = std::max(most, wait);
  }
  EXPECT_GE(least, Overload::kLeastRetry * 0.5);
  EXPECT_LE(most, Overload::kLeastRetry * 1.5);
  EXPECT_GT(most - least, Overload::kLeastRetry * 0.9);
  ObserveIntervals(overload, absl::Seconds(10), 1'000, kStart);
  EXPECT_GE(overload.RetryAfter(), Overload::kLongestRetry * 0.5);
  EXPECT_LE(overload.RetryAfter(), Overload::kLongestRetry * 1.5);
}

}  // namespace
}  // namespace chengxin::server
