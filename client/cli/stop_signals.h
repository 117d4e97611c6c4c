// Ending by Ctrl-C with the work in order.
#ifndef CHENGXIN_CLIENT_CLI_STOP_SIGNALS_H_
#define CHENGXIN_CLIENT_CLI_STOP_SIGNALS_H_

#include <atomic>
#include <csignal>
#include <thread>

#include "client/sleeper.h"

namespace chengxin::cli {

// While it lives, SIGINT and SIGTERM cancel what is given in place of ending the process. Threads that were
// started before it may still take the signals: make it before them.
class StopSignals {
 public:
  explicit StopSignals(client::Cancellation& cancellation);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  sigset_t signals_;
  sigset_t before_;
  std::atomic<bool> over_ = false;
  std::thread waiter_;
};

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_STOP_SIGNALS_H_
