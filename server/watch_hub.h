// Wakes the watches of the published list.
#ifndef CHENGXIN_SERVER_WATCH_HUB_H_
#define CHENGXIN_SERVER_WATCH_HUB_H_

#include <cstdint>
#include <memory>
#include <thread>
#include <unordered_map>

#include "base/mutex.h"
#include "engine/feed.h"
#include "server/call_metrics.h"

namespace chengxin::server {

// Something that may have more to send. Wake may be called at any time, also after it has ended.
class Wakeable {
 public:
  virtual ~Wakeable() = default;
  // Looks whether there is something to send now, or whether a heartbeat is due.
  virtual void Wake() = 0;
};

// Knows every watch and has one thread that wakes them: after changes of the list, and now and then for
// heartbeats. So the feed is told to wake one subscriber only, and no watch costs a thread or a timer.
// Thread-safe.
class WatchHub {
 public:
  WatchHub(engine::Feed& feed, CallMetrics& metrics, int maximum_watchers);
  // All watches have ended.
  ~WatchHub();

  // Adds a watch; false where there are as many as may be.
  bool Add(const std::shared_ptr<Wakeable>& watch);
  void Remove(const Wakeable* watch);
  // Wakes all watches soon.
  void WakeAll();

  int64_t watchers() const;

 private:
  void Run();

  engine::Feed& feed_;
  CallMetrics& metrics_;
  const size_t maximum_watchers_;

  mutable Mutex mu_;
  CondVar changed_;
  std::unordered_map<const Wakeable*, std::shared_ptr<Wakeable>> watches_ CHENGXIN_GUARDED_BY(mu_);
  bool wake_due_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool ending_ CHENGXIN_GUARDED_BY(mu_) = false;

  uint64_t ticket_ = 0;
  std::thread thread_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_WATCH_HUB_H_
