// A clock that stands still until it is told.
#ifndef CHENGXIN_TESTS_SUPPORT_FAKE_CLOCK_H_
#define CHENGXIN_TESTS_SUPPORT_FAKE_CLOCK_H_

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"

namespace chengxin {

// Thread-safe.
class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() override {
    MutexLock lock(mu_);
    return now_;
  }
  void Set(absl::Time now) {
    MutexLock lock(mu_);
    now_ = now;
  }
  void Advance(absl::Duration by) {
    MutexLock lock(mu_);
    now_ += by;
  }

 private:
  Mutex mu_;
  absl::Time now_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_FAKE_CLOCK_H_
