#include "server/feed_watch.h"

#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "grpcpp/support/slice.h"
#include "server/request_fields.h"

namespace chengxin::server {

namespace {

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

}  // namespace

absl::StatusOr<WatchOrder> TakeWatchOrder(ServiceContext& service, uint64_t resume_revision,
                                          int heartbeat_seconds) {
  CHENGXIN_ASSIGN_OR_RETURN(
      const int heartbeat,
      TakeCount("heartbeat_seconds", heartbeat_seconds, kDefaultHeartbeatSeconds, kMaximumHeartbeatSeconds));
  const uint64_t head = service.engine.revision();
  if (resume_revision > head) {
    return domain::ToStatus({.reason = v1::ERROR_REASON_CURSOR_OUT_OF_RANGE,
                             .message = StrCat("续传版本", resume_revision, "超过日志现有版本", head,
                                               "，应从头开始 (the cursor is after the log's revision ", head,
                                               "; expected to start anew)"),
                             .metadata = {{"revision", StrCat(head)}}});
  }
  return WatchOrder{.resume_revision = resume_revision, .heartbeat = std::chrono::seconds(heartbeat)};
}

void FeedWatch::Begin(const absl::StatusOr<WatchOrder>& order) {
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
  call_.WhenRefused([weak = weak_from_this()](const absl::Status& why) {
    if (const std::shared_ptr<FeedWatch> self = weak.lock()) self->Refuse(why);
  });
  order_ = *order;
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

void FeedWatch::Wake() {
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

void FeedWatch::OnWriteDone(bool ok) {
  {
    MutexLock lock(mu_);
    writing_ = false;
    if (!ok) cancelled_ = true;
  }
  Wake();
}

void FeedWatch::OnCancel() {
  cancelled_ = true;
  Wake();
}

void FeedWatch::Refuse(const absl::Status& why) {
  bool blocked = false;
  {
    MutexLock lock(mu_);
    if (ended_) return;
    refused_ = why;
    blocked = writing_;
  }
  // A reader that takes nothing would keep its last message, and with it the stream, for ever.
  if (blocked) call_.CutOff();
  Wake();
}

void FeedWatch::OnDone() {
  hub_.Remove(this);
  // The last act: destroys this, unless the hub is waking it just now.
  const std::shared_ptr<FeedWatch> self = std::move(self_);
}

absl::StatusOr<bool> FeedWatch::Next() {
  {
    MutexLock lock(mu_);
    if (!refused_.ok()) return refused_;
  }
  if (cancelled_) return absl::CancelledError("订阅已取消 (the watch was cancelled)");
  if (phase_ == Phase::kGoodbyeSaid) return ShuttingDown(cursor_);
  if (service_.stopping) {
    phase_ = Phase::kGoodbyeSaid;
    events_.clear();
    std::optional<grpc::ByteBuffer> goodbye = Goodbye(cursor_);
    if (!goodbye.has_value()) return ShuttingDown(cursor_);
    message_ = *std::move(goodbye);
    return true;
  }
  if (events_.empty() && !synced_.has_value()) {
    const absl::Status read = Read();
    // What the caller has seen may be announced to the feed a moment later: look again then.
    if (!read.ok() && !absl::IsOutOfRange(read)) return read;
  }
  const Steady::time_point now = Steady::now();
  if (!events_.empty()) {
    TakeEvent();
  } else if (synced_.has_value()) {
    message_ = Synced(*std::exchange(synced_, std::nullopt));
    cursor_ = position_;
  } else if (now - last_sent_ >= order_.heartbeat) {
    message_ = Heartbeat(cursor_);
  } else {
    return false;
  }
  last_sent_ = now;
  return true;
}

absl::Status FeedWatch::Read() {
  engine::FeedBatch batch;
  if (phase_ == Phase::kState) {
    CHENGXIN_ASSIGN_OR_RETURN(batch, ReadState(state_));
    events_.assign(batch.events.begin(), batch.events.end());
    if (!state_.done) return absl::OkStatus();
    phase_ = Phase::kFollow;
  } else if (phase_ == Phase::kDifference) {
    CHENGXIN_ASSIGN_OR_RETURN(batch, ReadSince(position_));
    events_.assign(batch.events.begin(), batch.events.end());
    if (batch.revision >= target_) {
      synced_ = batch.revision;
      phase_ = Phase::kFollow;
    }
  } else {
    CHENGXIN_ASSIGN_OR_RETURN(batch, ReadAfter(position_));
    events_.assign(batch.events.begin(), batch.events.end());
  }
  position_ = batch.revision;
  if (events_.empty() && !synced_.has_value()) cursor_ = position_;
  return absl::OkStatus();
}

void FeedWatch::TakeEvent() {
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

void FeedWatch::End(const absl::Status& status) {
  ended_ = true;
  Finish(call_.End(status));
}

}  // namespace chengxin::server
