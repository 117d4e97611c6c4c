// A stream that follows the feed: the state as it is and a SYNCED mark, or what came since a cursor; then
// every change, heartbeats while nothing changes (design: the feed and the published list).
#ifndef CHENGXIN_SERVER_FEED_WATCH_H_
#define CHENGXIN_SERVER_FEED_WATCH_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "domain/timestamps.h"
#include "engine/feed.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/call.h"
#include "server/service_context.h"
#include "server/watch_hub.h"
#include "server/wire.h"

namespace chengxin::server {

// What every watch asks for, checked.
struct WatchOrder {
  uint64_t resume_revision = 0;  // 0: from the start
  std::chrono::seconds heartbeat{kDefaultHeartbeatSeconds};
};

// InvalidArgument naming heartbeat_seconds; OutOfRange with CURSOR_OUT_OF_RANGE where the log has not reached
// the cursor.
absl::StatusOr<WatchOrder> TakeWatchOrder(ServiceContext& service, uint64_t resume_revision,
                                          int heartbeat_seconds);

// A message that is of no event.
template <typename Message>
grpc::ByteBuffer Mark(decltype(Message().kind()) kind, uint64_t revision, std::optional<absl::Time> stamp) {
  Message message;
  message.set_kind(kind);
  message.set_revision(revision);
  if (stamp.has_value()) domain::SetTimestamp(*stamp, *message.mutable_stamp());
  grpc::ByteBuffer bytes;
  SerializeMessage(message, bytes);
  return bytes;
}

// One watch, whatever it follows; what that is, its own class says. Events are the feed's bytes, shared by
// all watches. A slow reader lags behind by its cursor and holds nobody up. Owns itself from Begin until gRPC
// is done with it; make it with std::make_shared.
class FeedWatch : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                  public Wakeable,
                  public std::enable_shared_from_this<FeedWatch> {
 public:
  // Starts as ordered, or ends at once with the status.
  void Begin(const absl::StatusOr<WatchOrder>& order);

  // Sends the next message, where there is one and none is on its way. Reads outside the lock; whoever comes
  // meanwhile has it look again.
  void Wake() override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 protected:
  FeedWatch(ServiceContext& service, WatchHub& hub, const grpc::CallbackServerContext& context, Method method)
      : service_(service), call_(service, context, method), hub_(hub) {}

  // Each reads from the feed; called by one thread at a time.
  virtual absl::StatusOr<engine::FeedBatch> ReadState(engine::Feed::StateCursor& cursor) = 0;
  virtual absl::StatusOr<engine::FeedBatch> ReadSince(uint64_t revision) = 0;
  virtual absl::StatusOr<engine::FeedBatch> ReadAfter(uint64_t revision) = 0;
  // The messages that are of no event.
  virtual grpc::ByteBuffer Synced(uint64_t revision) const = 0;
  virtual grpc::ByteBuffer Heartbeat(uint64_t cursor) const = 0;
  // Said before the stream ends because the server stops; nothing where the status says it all.
  virtual std::optional<grpc::ByteBuffer> Goodbye(uint64_t cursor) const = 0;

  ServiceContext& service_;
  Call call_;

 private:
  enum class Phase { kState, kDifference, kFollow, kGoodbyeSaid };
  using Steady = std::chrono::steady_clock;

  // Puts the next message into message_; false where there is none now. A status ends the watch. Only whoever
  // set looking_ calls it.
  absl::StatusOr<bool> Next();
  // Reads what comes next from the feed.
  absl::Status Read();
  void TakeEvent();
  // The caller is not believed any more.
  void Refuse(const absl::Status& why);
  void End(const absl::Status& status) CHENGXIN_REQUIRES(mu_);

  WatchHub& hub_;
  WatchOrder order_;
  // The revision up to which the difference is to be told before SYNCED.
  uint64_t target_ = 0;
  std::shared_ptr<FeedWatch> self_;
  std::atomic<bool> cancelled_{false};

  // Of whoever set looking_.
  Phase phase_ = Phase::kState;
  engine::Feed::StateCursor state_;
  std::deque<std::shared_ptr<const engine::FeedEvent>> events_;  // read, to be sent
  std::optional<uint64_t> synced_;  // to be said once events_ are sent: the difference up to here is told
  uint64_t position_ = 0;           // the revision up to which the feed was read
  uint64_t cursor_ = 0;             // the revision up to which everything was sent; 0: not even the state
  grpc::ByteBuffer message_;
  Steady::time_point last_sent_ = Steady::now();

  Mutex mu_;
  bool begun_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool writing_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool looking_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool look_again_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool ended_ CHENGXIN_GUARDED_BY(mu_) = false;
  absl::Status refused_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_FEED_WATCH_H_
