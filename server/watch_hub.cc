#include "server/watch_hub.h"

#include <vector>

#include "absl/time/time.h"

namespace chengxin::server {

namespace {

// How often watches look whether a heartbeat is due; heartbeats are a second apart at least.
constexpr absl::Duration kTick = absl::Milliseconds(250);

}  // namespace

WatchHub::WatchHub(engine::Feed& feed, CallMetrics& metrics, int maximum_watchers)
    : feed_(feed), metrics_(metrics), maximum_watchers_(static_cast<size_t>(maximum_watchers)) {
  thread_ = std::thread([this] { Run(); });
  ticket_ = feed_.Subscribe([this] { WakeAll(); });
}

WatchHub::~WatchHub() {
  feed_.Unsubscribe(ticket_);
  {
    MutexLock lock(mu_);
    ending_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
}

bool WatchHub::Add(const std::shared_ptr<Wakeable>& watch) {
  {
    MutexLock lock(mu_);
    if (watches_.size() >= maximum_watchers_) return false;
    watches_.emplace(watch.get(), watch);
    // The thread sleeps without end while there is no watch.
    if (watches_.size() == 1) changed_.NotifyAll();
  }
  metrics_.WatchersChanged(1);
  return true;
}

void WatchHub::Remove(const Wakeable* watch) {
  std::shared_ptr<Wakeable> removed;  // destroyed outside the lock
  {
    MutexLock lock(mu_);
    const auto found = watches_.find(watch);
    if (found == watches_.end()) return;
    removed = std::move(found->second);
    watches_.erase(found);
  }
  metrics_.WatchersChanged(-1);
}

void WatchHub::WakeAll() {
  MutexLock lock(mu_);
  wake_due_ = true;
  changed_.NotifyAll();
}

int64_t WatchHub::watchers() const {
  MutexLock lock(mu_);
  return static_cast<int64_t>(watches_.size());
}

void WatchHub::Run() {
  std::vector<std::shared_ptr<Wakeable>> awake;
  for (;;) {
    awake.clear();
    {
      MutexLock lock(mu_);
      while (!wake_due_ && !ending_) {
        if (!changed_.WaitFor(mu_, watches_.empty() ? absl::InfiniteDuration() : kTick)) break;
      }
      if (ending_) return;
      wake_due_ = false;
      awake.reserve(watches_.size());
      for (const auto& [key, watch] : watches_) awake.push_back(watch);
    }
    for (const std::shared_ptr<Wakeable>& watch : awake) watch->Wake();
  }
}

}  // namespace chengxin::server
