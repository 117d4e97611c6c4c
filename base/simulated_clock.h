// A clock for folders that tell no real history: it stands still but when it is moved.
#ifndef CHENGXIN_BASE_SIMULATED_CLOCK_H_
#define CHENGXIN_BASE_SIMULATED_CLOCK_H_

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"

namespace chengxin {

// Thread-safe. Never goes back.
class SimulatedClock final : public Clock {
 public:
  explicit SimulatedClock(absl::Time start) : now_(start) {}

  absl::Time Now() override;
  // Moves it to `to`; false, and nothing moved, where that is before where it stands.
  bool Advance(absl::Time to);

 private:
  Mutex mu_;
  absl::Time now_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin

#endif  // CHENGXIN_BASE_SIMULATED_CLOCK_H_
