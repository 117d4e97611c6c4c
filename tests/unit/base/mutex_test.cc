#include "base/mutex.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace chengxin {
namespace {

struct Counter {
  Mutex mu;
  int value CHENGXIN_GUARDED_BY(mu) = 0;
};

TEST(Mutex, ThreadsThatCountDoNotLoseACount) {
  Counter counter;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&counter] {
      for (int i = 0; i < 10'000; ++i) {
        MutexLock lock(counter.mu);
        ++counter.value;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  MutexLock lock(counter.mu);
  EXPECT_EQ(counter.value, 40'000);
}

// Would not end if readers shut each other out.
TEST(SharedMutex, ReadersHoldItTogether) {
  SharedMutex mu;
  ReaderLock lock(mu);
  bool read = false;
  std::thread other([&mu, &read] {
    ReaderLock also(mu);
    read = true;
  });
  other.join();
  EXPECT_TRUE(read);
}

struct Flag {
  Mutex mu;
  CondVar changed;
  bool set CHENGXIN_GUARDED_BY(mu) = false;

  void Set() {
    MutexLock lock(mu);
    set = true;
    changed.NotifyAll();
  }
};

TEST(CondVar, AWaiterIsWoken) {
  Flag flag;
  std::thread setter([&flag] { flag.Set(); });
  {
    MutexLock lock(flag.mu);
    while (!flag.set) flag.changed.Wait(flag.mu);
    EXPECT_TRUE(flag.set);
  }
  setter.join();
}

// The standard library adds the timeout to the time and would overflow to a time long past.
TEST(CondVar, AnInfiniteTimeoutWaitsForTheWake) {
  Flag flag;
  std::thread setter;
  {
    MutexLock lock(flag.mu);
    // The setter cannot go on before this thread waits.
    setter = std::thread([&flag] { flag.Set(); });
    while (!flag.set) EXPECT_TRUE(flag.changed.WaitFor(flag.mu, absl::InfiniteDuration()));
  }
  setter.join();
}

TEST(CondVar, ATimeoutThatHasPassedSaysSo) {
  Flag flag;
  MutexLock lock(flag.mu);
  // Nobody sets the flag; spurious wakes are allowed, so more than one wait may be needed.
  const auto ends = [&flag](absl::Duration timeout) CHENGXIN_REQUIRES(flag.mu) {
    while (flag.changed.WaitFor(flag.mu, timeout)) {
    }
    return !flag.set;
  };
  EXPECT_TRUE(ends(absl::ZeroDuration()));
  EXPECT_TRUE(ends(absl::Nanoseconds(1)));
  EXPECT_TRUE(ends(-absl::Hours(1)));
  EXPECT_TRUE(ends(-absl::InfiniteDuration()));
}

TEST(CondVar, TheMutexIsHeldAgainAfterAWait) {
  Flag flag;
  {
    MutexLock lock(flag.mu);
    flag.changed.WaitFor(flag.mu, absl::Nanoseconds(1));
    flag.set = true;
  }
  // Would not end if the wait had left the mutex locked twice or broken.
  flag.Set();
  MutexLock lock(flag.mu);
  EXPECT_TRUE(flag.set);
}

}  // namespace
}  // namespace chengxin
