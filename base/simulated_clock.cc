#include "base/simulated_clock.h"

namespace chengxin {

absl::Time SimulatedClock::Now() {
  MutexLock lock(mu_);
  return now_;
}

bool SimulatedClock::Advance(absl::Time to) {
  MutexLock lock(mu_);
  if (to < now_) return false;
  now_ = to;
  return true;
}

}  // namespace chengxin
