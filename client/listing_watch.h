// Following the published list (失信社会组织名录), across dropped connections.
#ifndef CHENGXIN_CLIENT_LISTING_WATCH_H_
#define CHENGXIN_CLIENT_LISTING_WATCH_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chengxin/v1/listing_service.pb.h"

namespace chengxin::client {

// Told what happens on the list, on the thread that watches.
class ListingObserver {
 public:
  virtual ~ListingObserver() = default;
  // The whole list follows as STATE messages up to SYNCED, from nothing. Comes a second time where the
  // connection broke before SYNCED: forget what was told before.
  virtual void OnStateBegins() {}
  // One message of the server. False ends the watch.
  virtual bool OnEvent(const v1::WatchListingsResponse& event) = 0;
  // The connection broke; the watch resumes after `cursor` in `delay`. False ends the watch.
  virtual bool OnInterrupted(const absl::Status& why, uint64_t cursor, absl::Duration delay) { return true; }
};

// How a watch ended.
struct WatchEnd {
  // Everything up to and including this revision was told; resume after it. 0: not even the state was
  // complete.
  uint64_t cursor = 0;
  // Ok where the observer or the cancellation ended it.
  absl::Status status;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_LISTING_WATCH_H_
