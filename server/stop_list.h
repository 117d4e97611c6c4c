// Who is to be told when the services stop.
#ifndef CHENGXIN_SERVER_STOP_LIST_H_
#define CHENGXIN_SERVER_STOP_LIST_H_

#include <cstdint>
#include <functional>
#include <unordered_map>

#include "base/mutex.h"

namespace chengxin::server {

// Calls that wait for something that may never come: a graceful stop must not wait with them. Thread-safe.
class StopList {
 public:
  using OnStop = std::function<void()>;

  // `on_stop` is called once, outside any lock, when the services stop; at once where they have. It may still
  // be running when Remove returns, and so must hold what it uses. Returns a ticket, never 0.
  uint64_t Add(OnStop on_stop);
  void Remove(uint64_t ticket);
  // Tells everybody. May be called more than once.
  void Stop();

 private:
  Mutex mu_;
  bool stopped_ CHENGXIN_GUARDED_BY(mu_) = false;
  uint64_t next_ticket_ CHENGXIN_GUARDED_BY(mu_) = 1;
  std::unordered_map<uint64_t, OnStop> waiting_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_STOP_LIST_H_
