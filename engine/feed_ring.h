// The feed over a ring of recent changes and the store behind it.
#ifndef CHENGXIN_ENGINE_FEED_RING_H_
#define CHENGXIN_ENGINE_FEED_RING_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "chengxin/log/v1/change.pb.h"
#include "engine/feed.h"
#include "storage/store.h"

namespace chengxin::engine {

// See Feed. The committer publishes; a thread of its own wakes the watchers, so that a thousand of them cost
// the committer one notification.
class FeedRing : public Feed {
 public:
  // `capacity`: events kept. Starts at the store's head.
  FeedRing(const storage::Store& store, size_t capacity);
  ~FeedRing() override;

  // Makes a group's changes of the list visible to watchers; `revision` is the group's last. The committer's
  // thread alone.
  void Publish(const std::vector<const log::v1::Change*>& changes, uint64_t revision);

  absl::StatusOr<FeedBatch> ReadState(const v1::ListingFilter& filter, size_t limit,
                                      StateCursor& cursor) override;
  absl::StatusOr<FeedBatch> ReadAfter(const v1::ListingFilter& filter, uint64_t revision,
                                      size_t limit) override;
  absl::StatusOr<FeedBatch> NetDifference(const v1::ListingFilter& filter, uint64_t revision) override;
  uint64_t Subscribe(std::function<void()> wake) override;
  void Unsubscribe(uint64_t ticket) override;

 private:
  void WakeLoop();
  // The net difference from `revision`, in windows of the log, until `limit` events or the visible revision
  // is reached.
  absl::StatusOr<FeedBatch> Difference(const v1::ListingFilter& filter, uint64_t revision, size_t limit);

  const storage::Store& store_;
  const size_t capacity_;

  mutable Mutex mu_;
  CondVar changed_;
  std::deque<std::shared_ptr<const FeedEvent>> ring_ CHENGXIN_GUARDED_BY(mu_);
  // All changes of the list after this revision are in the ring.
  uint64_t ring_floor_ CHENGXIN_GUARDED_BY(mu_);
  uint64_t visible_ CHENGXIN_GUARDED_BY(mu_);
  bool wake_due_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;

  // Held while callbacks run, so that Unsubscribe can promise that none runs after it.
  Mutex subscribers_mu_;
  std::map<uint64_t, std::function<void()>> subscribers_ CHENGXIN_GUARDED_BY(subscribers_mu_);
  uint64_t next_ticket_ CHENGXIN_GUARDED_BY(subscribers_mu_) = 1;

  std::thread waker_;
};

// The message that tells an entry as it is, or that it is no longer published (its name, organization, list
// and authority only). Serialized once for all watchers.
std::shared_ptr<const FeedEvent> MakeFeedEvent(v1::WatchEventKind kind, const v1::Listing& listing,
                                               uint64_t revision, v1::ListingTransition transition,
                                               const google::protobuf::Timestamp* stamp,
                                               bool more_at_revision);

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_FEED_RING_H_
