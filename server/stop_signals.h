// The signals that ask the process to stop.
#ifndef CHENGXIN_SERVER_STOP_SIGNALS_H_
#define CHENGXIN_SERVER_STOP_SIGNALS_H_

#include <csignal>
#include <functional>
#include <thread>

#include "base/mutex.h"

namespace chengxin::server {

// Waits for SIGTERM and SIGINT on a thread of its own, so that nothing ever runs inside a signal handler. One
// in a process. Make it before any other thread: threads inherit which signals are held back.
class StopSignals {
 public:
  // `hurry` is called, on the signals' thread, for each signal after the first.
  explicit StopSignals(std::function<void()> hurry);
  ~StopSignals();

  // Returns when the first signal has come; the signal.
  int WaitForStop() CHENGXIN_EXCLUDES(mu_);

 private:
  void Run();

  const std::function<void()> hurry_;
  sigset_t signals_;

  Mutex mu_;
  CondVar stop_;
  int first_ CHENGXIN_GUARDED_BY(mu_) = 0;
  bool ending_ CHENGXIN_GUARDED_BY(mu_) = false;

  std::thread thread_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_STOP_SIGNALS_H_
