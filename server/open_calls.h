// Calls that last, with their callers: whoever is not believed any more is cut off at once.
#ifndef CHENGXIN_SERVER_OPEN_CALLS_H_
#define CHENGXIN_SERVER_OPEN_CALLS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

#include "absl/status/status.h"
#include "base/mutex.h"
#include "server/authenticator.h"

namespace chengxin::server {

// Thread-safe.
class OpenCalls {
 public:
  // Called at most once, outside any lock; may still be running when Remove returns, and so must hold what it
  // uses.
  using OnRefused = std::function<void(const absl::Status&)>;

  // Returns a ticket, never 0.
  uint64_t Add(Caller caller, OnRefused on_refused);
  void Remove(uint64_t ticket);

  // Asks again for every caller, and tells those refused.
  void Recheck(const Authenticator& authenticator);
  void RecheckOne(const Authenticator& authenticator, uint64_t ticket);

 private:
  struct Open {
    Caller caller;
    OnRefused on_refused;  // null once told
  };
  // What is to be told the call, where it is refused now; else null.
  static OnRefused TakeIfRefused(const Authenticator& authenticator, Open& open, absl::Status& why);

  Mutex mu_;
  uint64_t next_ticket_ CHENGXIN_GUARDED_BY(mu_) = 1;
  std::unordered_map<uint64_t, Open> open_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_OPEN_CALLS_H_
