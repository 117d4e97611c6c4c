#include "base/clock.h"

#include "absl/time/clock.h"

namespace chengxin {

namespace {

class MachineClock : public Clock {
 public:
  absl::Time Now() override { return absl::Now(); }
};

}  // namespace

Clock& SystemClock() {
  static MachineClock& clock = *new MachineClock;
  return clock;
}

}  // namespace chengxin
