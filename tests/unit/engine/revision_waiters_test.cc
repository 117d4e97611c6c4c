#include "engine/revision_waiters.h"

#include <gtest/gtest.h>

#include <vector>

namespace chengxin::engine {
namespace {

TEST(RevisionWaiters, WhoAsksForAVisibleRevisionIsAnsweredAtOnce) {
  RevisionWaiters waiters;
  waiters.Advance(7);
  bool reached = false;
  EXPECT_EQ(waiters.Add(7, [&](bool ok) { reached = ok; }), 0u);
  EXPECT_TRUE(reached);
}

TEST(RevisionWaiters, EachIsToldOnceAndOnlyWhenItsRevisionIsThere) {
  RevisionWaiters waiters;
  std::vector<uint64_t> told;
  for (uint64_t revision : {3, 1, 2, 5}) {
    EXPECT_NE(waiters.Add(revision, [&told, revision](bool ok) { told.push_back(ok ? revision : 0); }), 0u);
  }
  waiters.Advance(2);
  EXPECT_EQ(told, (std::vector<uint64_t>{1, 2}));
  waiters.Advance(4);
  waiters.Advance(4);
  EXPECT_EQ(told, (std::vector<uint64_t>{1, 2, 3}));
}

TEST(RevisionWaiters, WhoHasCancelledIsNotTold) {
  RevisionWaiters waiters;
  int told = 0;
  const uint64_t ticket = waiters.Add(1, [&](bool) { ++told; });
  waiters.Cancel(ticket);
  waiters.Advance(1);
  EXPECT_EQ(told, 0);
}

TEST(RevisionWaiters, AtTheEndEverybodyIsToldThatItWillNotCome) {
  RevisionWaiters waiters;
  std::vector<bool> told;
  waiters.Add(9, [&](bool ok) { told.push_back(ok); });
  waiters.Stop();
  EXPECT_EQ(waiters.Add(9, [&](bool ok) { told.push_back(ok); }), 0u);
  EXPECT_EQ(told, (std::vector<bool>{false, false}));
}

}  // namespace
}  // namespace chengxin::engine
