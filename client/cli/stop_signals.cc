#include "client/cli/stop_signals.h"

#include <pthread.h>

namespace chengxin::cli {

StopSignals::StopSignals(client::Cancellation& cancellation) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  waiter_ = std::thread([this, &cancellation] {
    int signal = 0;
    if (sigwait(&signals_, &signal) == 0 && !over_) cancellation.Cancel();
  });
}

StopSignals::~StopSignals() {
  over_ = true;
  // Wakes the waiter, unless a signal has woken it already.
  pthread_kill(waiter_.native_handle(), SIGTERM);
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace chengxin::cli
