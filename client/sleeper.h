// Waiting between attempts, and being told to stop waiting.
#ifndef CHENGXIN_CLIENT_SLEEPER_H_
#define CHENGXIN_CLIENT_SLEEPER_H_

#include <cstdint>
#include <functional>
#include <map>

#include "absl/time/time.h"
#include "base/mutex.h"

namespace chengxin::client {

// A wish, from any thread, that something end early. Thread-safe; once cancelled, for ever.
class Cancellation {
 public:
  void Cancel();
  bool cancelled() const;
  // Waits until cancelled (true) or the time has passed (false).
  bool WaitFor(absl::Duration duration);

  // Calls `action` when cancelled, at once where it is already. Runs under a lock: it must be short and not
  // call back into this object. Returns a ticket.
  uint64_t OnCancel(std::function<void()> action);
  // After it returns, the action runs no more.
  void Forget(uint64_t ticket);

 private:
  mutable Mutex mu_;
  CondVar changed_;
  bool cancelled_ CHENGXIN_GUARDED_BY(mu_) = false;
  uint64_t next_ticket_ CHENGXIN_GUARDED_BY(mu_) = 1;
  std::map<uint64_t, std::function<void()>> actions_ CHENGXIN_GUARDED_BY(mu_);
};

// Thread-safe.
class Sleeper {
 public:
  virtual ~Sleeper() = default;
  // Returns after `duration`, or once `cancellation` (may be null) is cancelled.
  virtual void Sleep(absl::Duration duration, Cancellation* cancellation) = 0;
};

// The machine's time. Lives as long as the process.
Sleeper& SystemSleeper();

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_SLEEPER_H_
