#include "server/stop_list.h"

#include <utility>

namespace chengxin::server {

uint64_t StopList::Add(OnStop on_stop) {
  uint64_t ticket;
  {
    MutexLock lock(mu_);
    ticket = next_ticket_++;
    if (!stopped_) {
      waiting_.emplace(ticket, std::move(on_stop));
      return ticket;
    }
  }
  on_stop();
  return ticket;
}

void StopList::Remove(uint64_t ticket) {
  MutexLock lock(mu_);
  waiting_.erase(ticket);
}

void StopList::Stop() {
  std::unordered_map<uint64_t, OnStop> told;
  {
    MutexLock lock(mu_);
    stopped_ = true;
    told.swap(waiting_);
  }
  for (const auto& [ticket, on_stop] : told) on_stop();
}

}  // namespace chengxin::server
