// Where the time comes from. Nothing below the process's main reads the system's clock itself.
#ifndef CHENGXIN_BASE_CLOCK_H_
#define CHENGXIN_BASE_CLOCK_H_

#include "absl/time/time.h"

namespace chengxin {

// Thread-safe. May go back, as clocks do; the log's stamps do not.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() = 0;
};

// The machine's clock. Lives as long as the process.
Clock& SystemClock();

}  // namespace chengxin

#endif  // CHENGXIN_BASE_CLOCK_H_
