// Who waits for a revision to become visible here.
#ifndef CHENGXIN_ENGINE_REVISION_WAITERS_H_
#define CHENGXIN_ENGINE_REVISION_WAITERS_H_

#include <cstdint>
#include <functional>
#include <map>

#include "base/mutex.h"

namespace chengxin::engine {

// Thread-safe. Each callback runs at most once, outside any lock, and never after Cancel has returned unless
// it had begun.
class RevisionWaiters {
 public:
  using Done = std::function<void(bool reached)>;

  // Calls back at once (and returns 0) where the revision is visible already or nothing will become visible
  // any more.
  uint64_t Add(uint64_t revision, Done done);
  void Cancel(uint64_t ticket);
  // Calls back who waited for revisions up to this one.
  void Advance(uint64_t revision);
  // Calls back everybody with false.
  void Stop();

 private:
  struct Waiter {
    uint64_t ticket;
    Done done;
  };

  Mutex mu_;
  uint64_t visible_ CHENGXIN_GUARDED_BY(mu_) = 0;
  bool stopped_ CHENGXIN_GUARDED_BY(mu_) = false;
  uint64_t next_ticket_ CHENGXIN_GUARDED_BY(mu_) = 1;
  std::multimap<uint64_t, Waiter> waiters_ CHENGXIN_GUARDED_BY(mu_);  // by revision
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_REVISION_WAITERS_H_
