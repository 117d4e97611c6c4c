#include "engine/revision_waiters.h"

#include <utility>
#include <vector>

namespace chengxin::engine {

uint64_t RevisionWaiters::Add(uint64_t revision, Done done) {
  bool reached;
  {
    MutexLock lock(mu_);
    reached = revision <= visible_;
    if (!reached && !stopped_) {
      const uint64_t ticket = next_ticket_++;
      waiters_.emplace(revision, Waiter{ticket, std::move(done)});
      return ticket;
    }
  }
  done(reached);
  return 0;
}

void RevisionWaiters::Cancel(uint64_t ticket) {
  MutexLock lock(mu_);
  for (auto it = waiters_.begin(); it != waiters_.end(); ++it) {
    if (it->second.ticket == ticket) {
      waiters_.erase(it);
      return;
    }
  }
}

void RevisionWaiters::Advance(uint64_t revision) {
  std::vector<Done> due;
  {
    MutexLock lock(mu_);
    visible_ = revision;
    const auto end = waiters_.upper_bound(revision);
    for (auto it = waiters_.begin(); it != end; ++it) due.push_back(std::move(it->second.done));
    waiters_.erase(waiters_.begin(), end);
  }
  for (const Done& done : due) done(true);
}

void RevisionWaiters::Stop() {
  std::multimap<uint64_t, Waiter> left;
  {
    MutexLock lock(mu_);
    stopped_ = true;
    left.swap(waiters_);
  }
  for (const auto& [revision, waiter] : left) waiter.done(false);
}

}  // namespace chengxin::engine
