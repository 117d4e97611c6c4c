// Following the published list (失信社会组织名录) and the standing of one's contractors, across dropped
// connections.
#ifndef CHENGXIN_CLIENT_WATCH_H_
#define CHENGXIN_CLIENT_WATCH_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/listing_service.pb.h"

namespace chengxin::client {

// Told what happens, on the thread that watches.
template <typename Event>
class WatchObserver {
 public:
  virtual ~WatchObserver() = default;
  // The whole state follows, up to SYNCED, from nothing. Comes a second time where the connection broke
  // before SYNCED: forget what was told before.
  virtual void OnStateBegins() {}
  // One message of the server. False ends the watch.
  virtual bool OnEvent(const Event& event) = 0;
  // The connection broke; the watch resumes after `cursor` in `delay`. False ends the watch.
  virtual bool OnInterrupted(const absl::Status& why, uint64_t cursor, absl::Duration delay) { return true; }
};

using ListingObserver = WatchObserver<v1::WatchListingsResponse>;
using AwardObserver = WatchObserver<v1::WatchAwardsResponse>;

// How a watch ended.
struct WatchEnd {
  // Everything up to and including this revision was told; resume after it. 0: not even the state was
  // complete.
  uint64_t cursor = 0;
  // Ok where the observer or the cancellation ended it.
  absl::Status status;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_WATCH_H_
