#include "server/listing_watch.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "base/status.h"
#include "base/strings.h"
#include "chengxin/v1/listing_service.pb.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"
#include "grpcpp/support/slice.h"
#include "server/access.h"
#include "server/grpc_status.h"
#include "server/request_fields.h"
#include "server/unary_call.h"
#include "server/wire.h"

namespace chengxin::server {

namespace {

// Events read from the feed at a time.
constexpr size_t kEventsAtATime = 256;

absl::Status ShuttingDown(uint64_t cursor) {
  return domain::ToStatus({.reason = v1::ERROR_REASON_SHUTTING_DOWN,
                           .message = StrCat("服务正在停止，可自版本", cursor,
                                             "续传 (the server stops; resume from revision ", cursor, ")"),
                           .metadata = {{"revision", StrCat(cursor)}}});
}

// The event's bytes without copying them.
grpc::ByteBuffer Wrap(const std::shared_ptr<const engine::FeedEvent>& event) {
  auto* const owner = new std::shared_ptr<const engine::FeedEvent>(event);
  const grpc::Slice slice(
      const_cast<char*>(event->bytes.data()), event->bytes.size(),
      [](void* held) { delete static_cast<std::shared_ptr<const engine::FeedEvent>*>(held); }, owner);
  return grpc::ByteBuffer(&slice, 1);
}

grpc::ByteBuffer Mark(v1::WatchEventKind kind, uint64_t revision, std::optional<absl::Time> stamp) {
  v1::WatchListingsResponse message;
  message.set_kind(kind);
  message.set_revision(revision);
  if (stamp.has_value()) domain::SetTimestamp(*stamp, *message.mutable_stamp());
  grpc::ByteBuffer bytes;
  SerializeMessage(message, bytes);
  return bytes;
}

// What a watch asks for, checked.
struct WatchOrder {
  v1::ListingFilter filter;
  uint64_t resume_revision = 0;
  std::chrono::seconds heartbeat{kDefaultHeartbeatSeconds};
};

absl::StatusOr<WatchOrder> TakeOrder(ServiceContext& service, const grpc::ByteBuffer& bytes) {
  v1::WatchListingsRequest request;
  CHENGXIN_RETURN_IF_ERROR(ParseMessage(bytes, request));
  WatchOrder order;
  CHENGXIN_ASSIGN_OR_RETURN(order.filter, TakeFilter(service.engine, request.filter()));
  CHENGXIN_ASSIGN_OR_RETURN(const int heartbeat,
                            TakeCount("heartbeat_seconds", request.heartbeat_seconds(),
                                      kDefaultHeartbeatSeconds, kMaximumHeartbeatSeconds));
  order.heartbeat = std::chrono::seconds(heartbeat);
  order.resume_revision = request.resume_revision();
  const uint64_t head = service.engine.revision();
  if (order.resume_revision > head) {
    return domain::ToStatus({.reason = v1::ERROR_REASON_CURSOR_OUT_OF_RANGE,
                             .message = StrCat("续传版本", order.resume_revision, "超过日志现有版本", head,
                                               "，应从头开始 (the cursor is after the log's revision ", head,
                                               "; expected to start anew)"),
                             .metadata = {{"revision", StrCat(head)}}});
  }
  return order;
}

class ListingWatch final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                           public Wakeable,
                           public std::enable_shared_from_this<ListingWatch> {
 public:
  ListingWatch(ServiceContext& service, WatchHub& hub)
      : service_(service), hub_(hub), timer_(service.metrics, Method::kWatchListings) {}

  void Begin(absl::StatusOr<WatchOrder> order) {
    self_ = shared_from_this();
    absl::Status status = order.status();
    if (status.ok() && service_.stopping) status = ShuttingDown(order->resume_revision);
    if (status.ok() && !hub_.Add(self_)) {
      const int limit = service_.limits.maximum_watchers;
      status = domain::ToStatus({.reason = v1::ERROR_REASON_TOO_MANY_WATCHERS,
                                 .message = StrCat("同时订阅数已达上限", limit, "，请稍后重试 (all ", limit,
                                                   " watchers are taken; try again later)"),
                                 .metadata = {{"limit", StrCat(limit)}}});
    }
    if (!status.ok()) {
      MutexLock lock(mu_);
      End(status);
      return;
    }
    order_ = *std::move(order);
    cursor_ = position_ = order_.resume_revision;
    phase_ = cursor_ == 0 ? Phase::kState : Phase::kDifference;
    target_ = service_.engine.revision();
    {
      MutexLock lock(mu_);
      StartSendInitialMetadata();
      begun_ = true;
    }
    Wake();
  }

  // Sends the next message, where there is one and none is on its way. Reads outside the lock; whoever comes
  // meanwhile has it look again.
  void Wake() override {
    {
      MutexLock lock(mu_);
      if (!begun_ || ended_ || writing_) return;
      if (looking_) {
        look_again_ = true;
        return;
      }
      looking_ = true;
    }
    for (;;) {
      const absl::StatusOr<bool> found = Next();
      MutexLock lock(mu_);
      if (!found.ok()) {
        looking_ = false;
        End(found.status());
        return;
      }
      if (*found) {
        looking_ = look_again_ = false;
        writing_ = true;
        grpc::WriteOptions options;
        if (!events_.empty()) options.set_buffer_hint();
        StartWrite(&message_, options);
        return;
      }
      if (!look_again_) {
        looking_ = false;
        return;
      }
      look_again_ = false;
    }
  }

  void OnWriteDone(bool ok) override {
    {
      MutexLock lock(mu_);
      writing_ = false;
      if (!ok) cancelled_ = true;
    }
    Wake();
  }
  void OnCancel() override {
    cancelled_ = true;
    Wake();
  }
  void OnDone() override {
    hub_.Remove(this);
    // The last act: destroys this, unless the hub is waking it just now.
    const std::shared_ptr<ListingWatch> self = std::move(self_);
  }

 private:
  enum class Phase { kState, kDifference, kFollow, kGoodbyeSaid };
  using Steady = std::chrono::steady_clock;

  // Puts the next message into message_; false where there is none now. A status ends the watch. Only whoever
  // set looking_ calls it.
  absl::StatusOr<bool> Next() {
    if (cancelled_) return absl::CancelledError("订阅已取消 (the watch was cancelled)");
    if (phase_ == Phase::kGoodbyeSaid) return ShuttingDown(cursor_);
    if (service_.stopping) {
      phase_ = Phase::kGoodbyeSaid;
      events_.clear();
      message_ = Mark(v1::WATCH_EVENT_KIND_GOODBYE, cursor_, service_.clock.Now());
      return true;
    }
    if (events_.empty()) {
      const absl::Status read = Read();
      // What the caller has seen may be announced to the feed a moment later: look again then.
      if (!read.ok() && !absl::IsOutOfRange(read)) return read;
    }
    const Steady::time_point now = Steady::now();
    if (!events_.empty()) {
      TakeEvent();
    } else if (now - last_sent_ >= order_.heartbeat) {
      message_ = Mark(v1::WATCH_EVENT_KIND_HEARTBEAT, cursor_, service_.clock.Now());
    } else {
      return false;
    }
    last_sent_ = now;
    return true;
  }

  // Reads what comes next from the feed.
  absl::Status Read() {
    engine::Feed& feed = service_.engine.feed();
    engine::FeedBatch batch;
    if (phase_ == Phase::kState) {
      CHENGXIN_ASSIGN_OR_RETURN(batch, feed.ReadState(order_.filter, kEventsAtATime, state_));
      events_.assign(batch.events.begin(), batch.events.end());
      if (!state_.done) return absl::OkStatus();
      phase_ = Phase::kFollow;
    } else if (phase_ == Phase::kDifference) {
      CHENGXIN_ASSIGN_OR_RETURN(batch, feed.NetDifference(order_.filter, position_));
      events_.assign(batch.events.begin(), batch.events.end());
      if (batch.revision >= target_) {
        events_.push_back(Synced(batch.revision));
        phase_ = Phase::kFollow;
      }
    } else {
      CHENGXIN_ASSIGN_OR_RETURN(batch, feed.ReadAfter(order_.filter, position_, kEventsAtATime));
      events_.assign(batch.events.begin(), batch.events.end());
    }
    position_ = batch.revision;
    if (events_.empty()) cursor_ = position_;
    return absl::OkStatus();
  }

  void TakeEvent() {
    const std::shared_ptr<const engine::FeedEvent> event = std::move(events_.front());
    events_.pop_front();
    message_ = Wrap(event);
    if (events_.empty()) {
      cursor_ = position_;
    } else if (cursor_ != 0 && events_.front()->revision != event->revision) {
      // While the state is being sent there is nothing to resume from; the cursor is 0 then.
      cursor_ = event->revision;
    }
  }

  static std::shared_ptr<const engine::FeedEvent> Synced(uint64_t revision) {
    v1::WatchListingsResponse message;
    message.set_kind(v1::WATCH_EVENT_KIND_SYNCED);
    message.set_revision(revision);
    auto event = std::make_shared<engine::FeedEvent>();
    event->revision = revision;
    event->bytes = message.SerializeAsString();
    return event;
  }

  void End(const absl::Status& status) CHENGXIN_REQUIRES(mu_) {
    ended_ = true;
    const grpc::Status answer = ToGrpcStatus(status);
    timer_.End(answer.error_code());
    Finish(answer);
  }

  ServiceContext& service_;
  WatchHub& hub_;
  const CallTimer timer_;
  WatchOrder order_;
  // The revision up to which the difference is to be told before SYNCED.
  uint64_t target_ = 0;
  std::shared_ptr<ListingWatch> self_;
  std::atomic<bool> cancelled_{false};

  // Of whoever set looking_.
  Phase phase_ = Phase::kState;
  engine::Feed::StateCursor state_;
  std::deque<std::shared_ptr<const engine::FeedEvent>> events_;  // read, to be sent
  uint64_t position_ = 0;                                        // the revision up to which the feed was read
  uint64_t cursor_ = 0;  // the revision up to which everything was sent; 0: not even the state
  grpc::ByteBuffer message_;
  Steady::time_point last_sent_ = Steady::now();

  Mutex mu_;
  bool begun_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool writing_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool looking_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool look_again_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool ended_ CHENGXIN_GUARDED_BY(mu_) = false;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchListings(ServiceContext& service, WatchHub& hub,
                                                          grpc::CallbackServerContext& context,
                                                          const grpc::ByteBuffer& request) {
  const auto watch = std::make_shared<ListingWatch>(service, hub);
  const auto order = [&]() -> absl::StatusOr<WatchOrder> {
    CHENGXIN_RETURN_IF_ERROR(Admit(service.authenticator, context, Method::kWatchListings).status());
    return TakeOrder(service, request);
  };
  watch->Begin(order());
  return watch.get();
}

}  // namespace chengxin::server
