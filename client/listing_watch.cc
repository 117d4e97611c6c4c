#include "client/listing_watch.h"

#include <algorithm>
#include <chrono>
#include <memory>

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

// One stream of the watch. Reads with a time limit, which the synchronous API cannot.
class WatchStream {
 public:
  WatchStream(Connection& connection, const v1::WatchListingsRequest& request, absl::Duration silence,
              Cancellation* cancellation)
      : silence_(silence), cancellation_(cancellation) {
    connection.Identify(context_);
    if (cancellation_ != nullptr) ticket_ = cancellation_->OnCancel([this] { context_.TryCancel(); });
    reader_ = connection.listings().PrepareAsyncWatchListings(&context_, request, &queue_);
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
  bool Read(v1::WatchListingsResponse& event) {
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
  std::unique_ptr<grpc::ClientAsyncReader<v1::WatchListingsResponse>> reader_;
  bool started_ = false;
  bool silent_ = false;
  bool finished_ = false;
};

// Where the watch is.
struct Progress {
  uint64_t cursor = 0;
  bool synced = false;  // the state before the cursor was told

  // Takes a message's revision as the cursor, where all up to it was sent.
  void Take(const v1::WatchListingsResponse& event) {
    if (event.kind() == v1::WATCH_EVENT_KIND_STATE || event.more_at_revision()) return;
    if (event.kind() == v1::WATCH_EVENT_KIND_SYNCED) synced = true;
    if (synced) cursor = std::max(cursor, event.revision());
  }
};

}  // namespace

WatchEnd Client::WatchListings(const v1::WatchListingsRequest& request, ListingObserver& observer,
                               Cancellation* cancellation) {
  const int heartbeat =
      request.heartbeat_seconds() > 0 ? request.heartbeat_seconds() : kDefaultHeartbeatSeconds;
  const absl::Duration silence = std::max(kShortestSilence, absl::Seconds(heartbeat * kMissedHeartbeats));
  Progress progress{.cursor = request.resume_revision(), .synced = request.resume_revision() > 0};
  Backoff backoff(connection_->options().retry);
  const auto cancelled = [cancellation] { return cancellation != nullptr && cancellation->cancelled(); };
  for (;;) {
    v1::WatchListingsRequest next = request;
    next.set_resume_revision(progress.synced ? progress.cursor : 0);
    if (next.resume_revision() == 0) observer.OnStateBegins();
    absl::Status why;
    {
      WatchStream stream(*connection_, next, silence, cancellation);
      for (v1::WatchListingsResponse event; stream.Read(event);) {
        backoff.Reset();
        progress.Take(event);
        if (!observer.OnEvent(event)) return {.cursor = progress.cursor, .status = absl::OkStatus()};
      }
      why = stream.Finish();
    }
    if (cancelled()) return {.cursor = progress.cursor, .status = absl::OkStatus()};
    if (why.code() != absl::StatusCode::kUnavailable) return {.cursor = progress.cursor, .status = why};
    const absl::Duration delay = backoff.Next(why);
    if (!observer.OnInterrupted(why, progress.cursor, delay))
      return {.cursor = progress.cursor, .status = absl::OkStatus()};
    connection_->sleeper().Sleep(delay, cancellation);
    if (cancelled()) return {.cursor = progress.cursor, .status = absl::OkStatus()};
  }
}

}  // namespace chengxin::client
