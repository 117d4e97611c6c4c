// The feed over a ring of recent changes and the store behind it.
#ifndef CHENGXIN_ENGINE_FEED_RING_H_
#define CHENGXIN_ENGINE_FEED_RING_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/functional/function_ref.h"
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

  // Makes a group's changes of the list and its alerts visible to watchers; `revision` is the group's last.
  // The committer's thread alone.
  void Publish(const std::vector<const log::v1::Change*>& changes, uint64_t revision);

  absl::StatusOr<FeedBatch> ReadState(const v1::ListingFilter& filter, size_t limit,
                                      StateCursor& cursor) override;
  absl::StatusOr<FeedBatch> ReadAfter(const v1::ListingFilter& filter, uint64_t revision,
                                      size_t limit) override;
  absl::StatusOr<FeedBatch> NetDifference(const v1::ListingFilter& filter, uint64_t revision) override;
  absl::StatusOr<FeedBatch> ReadAwardState(std::string_view purchaser, size_t limit,
                                           StateCursor& cursor) override;
  absl::StatusOr<FeedBatch> ReadAlertsAfter(std::string_view purchaser, uint64_t revision,
                                            size_t limit) override;
  absl::StatusOr<FeedBatch> AlertsSince(std::string_view purchaser, uint64_t revision) override;
  uint64_t Subscribe(std::function<void()> wake) override;
  void Unsubscribe(uint64_t ticket) override;

 private:
  void WakeLoop();
  // What follows `revision` in the ring and `passes`; nothing where the ring no longer reaches back.
  // OutOfRange where the log has not reached `revision`.
  absl::StatusOr<std::optional<FeedBatch>> ReadRing(uint64_t revision, size_t limit,
                                                    absl::FunctionRef<bool(const FeedEvent&)> passes) const;
  // The revision up to which the feed tells; OutOfRange where that is before `revision`.
  absl::StatusOr<uint64_t> VisibleFrom(uint64_t revision) const;
  // The alerts after `revision` that the purchaser's awards hold, at most about `limit`.
  absl::StatusOr<FeedBatch> StoredAlerts(std::string_view purchaser, uint64_t revision, size_t limit) const;
  // The net difference from `revision`, in windows of the log, until `limit` events or the visible revision
  // is reached.
  absl::StatusOr<FeedBatch> Difference(const v1::ListingFilter& filter, uint64_t revision, size_t limit);

  const storage::Store& store_;
  const size_t capacity_;

  mutable Mutex mu_;
  CondVar changed_;
  std::deque<std::shared_ptr<const FeedEvent>> ring_ CHENGXIN_GUARDED_BY(mu_);
  // All changes of the list and all alerts after this revision are in the ring.
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
