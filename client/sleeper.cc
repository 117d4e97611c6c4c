#include "client/sleeper.h"

#include <thread>
#include <utility>

#include "absl/time/clock.h"

namespace chengxin::client {

void Cancellation::Cancel() {
  MutexLock lock(mu_);
  if (cancelled_) return;
  cancelled_ = true;
  changed_.NotifyAll();
  for (const auto& [ticket, action] : actions_) action();
}

bool Cancellation::cancelled() const {
  MutexLock lock(mu_);
  return cancelled_;
}

bool Cancellation::WaitFor(absl::Duration duration) {
  const absl::Time until = absl::Now() + duration;
  MutexLock lock(mu_);
  while (!cancelled_) {
    const absl::Duration left = until - absl::Now();
    if (left <= absl::ZeroDuration()) return false;
    changed_.WaitFor(mu_, left);
  }
  return true;
}

uint64_t Cancellation::OnCancel(std::function<void()> action) {
  MutexLock lock(mu_);
  if (cancelled_) action();
  const uint64_t ticket = next_ticket_++;
  actions_.emplace(ticket, std::move(action));
  return ticket;
}

void Cancellation::Forget(uint64_t ticket) {
  MutexLock lock(mu_);
  actions_.erase(ticket);
}

namespace {

class RealSleeper : public Sleeper {
 public:
  void Sleep(absl::Duration duration, Cancellation* cancellation) override {
    if (cancellation != nullptr) {
      cancellation->WaitFor(duration);
    } else if (duration > absl::ZeroDuration()) {
      std::this_thread::sleep_for(absl::ToChronoNanoseconds(duration));
    }
  }
};

}  // namespace

Sleeper& SystemSleeper() {
  static RealSleeper sleeper;
  return sleeper;
}

}  // namespace chengxin::client
