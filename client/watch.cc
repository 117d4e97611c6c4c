#include "client/watch.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "base/strings.h"
#include "client/client.h"
#include "client/connection.h"
#include "client/error.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/support/async_stream.h"

namespace chengxin::client {

namespace {

// The server's own, where the request names none.
constexpr int kDefaultHeartbeatSeconds = 15;
// Heartbeats that may be missed before the connection counts as dead, and the shortest time for that.
constexpr int kMissedHeartbeats = 3;
constexpr absl::Duration kShortestSilence = absl::Seconds(10);

// Prepares a stream that begins where the cursor stands.
template <typename Event>
using Prepare = std::function<std::unique_ptr<grpc::ClientAsyncReader<Event>>(
    grpc::ClientContext& context, uint64_t resume_revision, grpc::CompletionQueue& queue)>;

// One stream of the watch. Reads with a time limit, which the synchronous API cannot.
template <typename Event>
class WatchStream {
 public:
  WatchStream(Connection& connection, const Prepare<Event>& prepare, uint64_t resume_revision,
              absl::Duration silence, Cancellation* cancellation)
      : silence_(silence), cancellation_(cancellation) {
    connection.Identify(context_);
    if (cancellation_ != nullptr) ticket_ = cancellation_->OnCancel([this] { context_.TryCancel(); });
    reader_ = prepare(context_, resume_revision, queue_);
    reader_->StartCall(this);
    started_ = Wait();
  }

  ~WatchStream() {
    if (!finished_) {
      context_.TryCancel();
      Finish().IgnoreError();
    }
    if (cancellation_ != nullptr) cancellation_->Forget(ticket_);
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }

  // The next message; false at the end of the stream or where none came in time.
  bool Read(Event& event) {
    if (!started_ || silent_) return false;
    reader_->Read(&event, this);
    return Wait();
  }

  // How the stream ended. After Read returned false.
  absl::Status Finish() {
    grpc::Status status;
    reader_->Finish(&status, this);
    Wait();
    finished_ = true;
    if (silent_) return absl::UnavailableError("没有收到服务端心跳 (no heartbeat came)");
    if (status.ok()) return absl::UnavailableError("服务端结束了连接 (the server ended the stream)");
    return FromGrpc(status);
  }

 private:
  // Waits for the operation under way, cancelling the stream where nothing comes in time; false where it
  // failed.
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    const auto deadline = std::chrono::system_clock::now() + absl::ToChronoNanoseconds(silence_);
    if (queue_.AsyncNext(&tag, &ok, deadline) == grpc::CompletionQueue::TIMEOUT) {
      silent_ = true;
      context_.TryCancel();
      queue_.Next(&tag, &ok);
    }
    return ok && !silent_;
  }

  const absl::Duration silence_;
  Cancellation* const cancellation_;
  uint64_t ticket_ = 0;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReader<Event>> reader_;
  bool started_ = false;
  bool silent_ = false;
  bool finished_ = false;
};

// Where a watch of the list is.
struct ListingProgress {
  uint64_t cursor = 0;
  bool synced = false;  // the state before the cursor was told

  // Takes a message's revision as the cursor, where all up to it was sent. Whether it is to be told.
  bool Take(const v1::WatchListingsResponse& event) {
    if (event.kind() == v1::WATCH_EVENT_KIND_STATE || event.more_at_revision()) return true;
    if (event.kind() == v1::WATCH_EVENT_KIND_SYNCED) synced = true;
    if (synced) cursor = std::max(cursor, event.revision());
    return true;
  }
};

// Where a watch of awards is. One change may alter the standing of several contractors, and no message says
// which is the last of its revision: the cursor stays before an alert's revision until something later comes,
// and what was told of it is remembered.
struct AwardProgress {
  uint64_t cursor = 0;
  bool synced = false;
  uint64_t alerted_at = 0;
  std::set<std::string> alerted;  // of that revision

  bool Take(const v1::WatchAwardsResponse& event) {
    if (event.kind() == v1::AWARD_WATCH_KIND_AWARD) return true;
    if (event.kind() == v1::AWARD_WATCH_KIND_SYNCED) synced = true;
    if (event.kind() != v1::AWARD_WATCH_KIND_ALERT) {
      if (synced) cursor = std::max(cursor, event.revision());
      return true;
    }
    if (event.revision() != alerted_at) alerted.clear();
    alerted_at = event.revision();
    if (event.revision() > 0) cursor = std::max(cursor, event.revision() - 1);
    return alerted.insert(StrCat(event.award().name(), " ", event.alert().organization_code())).second;
  }
};

// How long nothing may come.
absl::Duration SilenceOf(int heartbeat_seconds) {
  const int heartbeat = heartbeat_seconds > 0 ? heartbeat_seconds : kDefaultHeartbeatSeconds;
  return std::max(kShortestSilence, absl::Seconds(heartbeat * kMissedHeartbeats));
}

template <typename Event, typename Progress>
WatchEnd Follow(Connection& connection, const Prepare<Event>& prepare, absl::Duration silence,
                Progress progress, WatchObserver<Event>& observer, Cancellation* cancellation) {
  Backoff backoff(connection.options().retry);
  const auto cancelled = [cancellation] { return cancellation != nullptr && cancellation->cancelled(); };
  for (;;) {
    const uint64_t resume = progress.synced ? progress.cursor : 0;
    if (resume == 0) observer.OnStateBegins();
    absl::Status why;
    {
      WatchStream<Event> stream(connection, prepare, resume, silence, cancellation);
      for (Event event; stream.Read(event);) {
        backoff.Reset();
        if (progress.Take(event) && !observer.OnEvent(event))
          return {.cursor = progress.cursor, .status = absl::OkStatus()};
      }
      why = stream.Finish();
    }
    if (cancelled()) return {.cursor = progress.cursor, .status = absl::OkStatus()};
    if (why.code() != absl::StatusCode::kUnavailable) return {.cursor = progress.cursor, .status = why};
    const absl::Duration delay = backoff.Next(why);
    if (!observer.OnInterrupted(why, progress.cursor, delay))
      return {.cursor = progress.cursor, .status = absl::OkStatus()};
    connection.sleeper().Sleep(delay, cancellation);
    if (cancelled()) return {.cursor = progress.cursor, .status = absl::OkStatus()};
  }
}

}  // namespace

WatchEnd Client::WatchListings(const v1::WatchListingsRequest& request, ListingObserver& observer,
                               Cancellation* cancellation) {
  const Prepare<v1::WatchListingsResponse> prepare = [&](auto& context, uint64_t resume, auto& queue) {
    v1::WatchListingsRequest next = request;
    next.set_resume_revision(resume);
    return connection_->listings().PrepareAsyncWatchListings(&context, next, &queue);
  };
  return Follow(*connection_, prepare, SilenceOf(request.heartbeat_seconds()),
                ListingProgress{.cursor = request.resume_revision(), .synced = request.resume_revision() > 0},
                observer, cancellation);
}

WatchEnd Client::WatchAwards(const v1::WatchAwardsRequest& request, AwardObserver& observer,
                             Cancellation* cancellation) {
  const Prepare<v1::WatchAwardsResponse> prepare = [&](auto& context, uint64_t resume, auto& queue) {
    v1::WatchAwardsRequest next = request;
    next.set_resume_revision(resume);
    return connection_->awards().PrepareAsyncWatchAwards(&context, next, &queue);
  };
  AwardProgress progress;
  progress.cursor = request.resume_revision();
  progress.synced = request.resume_revision() > 0;
  return Follow(*connection_, prepare, SilenceOf(request.heartbeat_seconds()), std::move(progress), observer,
                cancellation);
}

}  // namespace chengxin::client
