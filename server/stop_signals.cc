#include "server/stop_signals.h"

#include <pthread.h>

#include <utility>

namespace chengxin::server {

StopSignals::StopSignals(std::function<void()> hurry) : hurry_(std::move(hurry)) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  // Wakes the thread at the end.
  sigaddset(&signals_, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread([this] { Run(); });
}

StopSignals::~StopSignals() {
  {
    MutexLock lock(mu_);
    ending_ = true;
  }
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
}

int StopSignals::WaitForStop() {
  MutexLock lock(mu_);
  while (first_ == 0) stop_.Wait(mu_);
  return first_;
}

void StopSignals::Run() {
  for (;;) {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0) continue;
    bool again = false;
    {
      MutexLock lock(mu_);
      if (ending_) return;
      if (signal == SIGUSR1) continue;
      again = first_ != 0;
      if (!again) first_ = signal;
      stop_.NotifyAll();
    }
    if (again) hurry_();
  }
}

}  // namespace chengxin::server
