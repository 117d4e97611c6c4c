#include "server/open_calls.h"

#include <utility>
#include <vector>

namespace chengxin::server {

uint64_t OpenCalls::Add(Caller caller, OnRefused on_refused) {
  MutexLock lock(mu_);
  const uint64_t ticket = next_ticket_++;
  open_.emplace(ticket, Open{std::move(caller), std::move(on_refused)});
  return ticket;
}

void OpenCalls::Remove(uint64_t ticket) {
  OnRefused last;  // destroyed outside the lock
  MutexLock lock(mu_);
  const auto found = open_.find(ticket);
  if (found == open_.end()) return;
  last = std::move(found->second.on_refused);
  open_.erase(found);
}

OpenCalls::OnRefused OpenCalls::TakeIfRefused(const Authenticator& authenticator, Open& open,
                                              absl::Status& why) {
  if (open.on_refused == nullptr) return nullptr;
  why = authenticator.Recheck(open.caller);
  return why.ok() ? nullptr : std::exchange(open.on_refused, nullptr);
}

void OpenCalls::Recheck(const Authenticator& authenticator) {
  std::vector<std::pair<OnRefused, absl::Status>> refused;
  {
    MutexLock lock(mu_);
    for (auto& [ticket, open] : open_) {
      absl::Status why;
      if (OnRefused tell = TakeIfRefused(authenticator, open, why); tell != nullptr)
        refused.emplace_back(std::move(tell), std::move(why));
    }
  }
  for (const auto& [tell, why] : refused) tell(why);
}

void OpenCalls::RecheckOne(const Authenticator& authenticator, uint64_t ticket) {
  OnRefused tell;
  absl::Status why;
  {
    MutexLock lock(mu_);
    const auto found = open_.find(ticket);
    if (found != open_.end()) tell = TakeIfRefused(authenticator, found->second, why);
  }
  if (tell != nullptr) tell(why);
}

}  // namespace chengxin::server
