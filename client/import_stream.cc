#include "client/import_stream.h"

#include <deque>
#include <string>
#include <thread>
#include <utility>

#include "base/mutex.h"
#include "base/status.h"
#include "base/strings.h"
#include "client/connection.h"
#include "client/error.h"
#include "client/request_id.h"
#include "grpcpp/support/sync_stream.h"

namespace chengxin::client {

namespace {

using OrganizationStream =
    grpc::ClientReaderWriter<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>;
using RecordStream = grpc::ClientReaderWriter<v1::ImportRecordsRequest, v1::ImportRecordsResponse>;

std::unique_ptr<OrganizationStream> Start(Connection& connection, grpc::ClientContext& context,
                                          const v1::ImportOrganizationsRequest*) {
  return connection.organizations().ImportOrganizations(&context);
}
std::unique_ptr<RecordStream> Start(Connection& connection, grpc::ClientContext& context,
                                    const v1::ImportRecordsRequest*) {
  return connection.records().ImportRecords(&context);
}

// One stream, with a thread that reads: a server that waits for its answers to be taken reads no further
// batches, so answers must be taken while a batch is being written.
template <typename Request, typename Response>
class OpenStream {
 public:
  explicit OpenStream(Connection& connection) {
    connection.Identify(context_);
    stream_ = Start(connection, context_, static_cast<const Request*>(nullptr));
    reader_ = std::thread([this] { ReadAll(); });
  }
  ~OpenStream() {
    if (reader_.joinable()) {
      context_.TryCancel();
      reader_.join();
      stream_->Finish();
    }
  }

  bool Write(const Request& batch) { return stream_->Write(batch); }
  void WritesDone() { stream_->WritesDone(); }

  // Takes the next acknowledgement. False where the stream ended, or none came for `stall`, which breaks it.
  bool Take(absl::Duration stall, Response& acknowledgement) {
    MutexLock lock(mu_);
    const absl::Time until = absl::Now() + stall;
    while (arrived_.empty() && !ended_) {
      const absl::Duration left = until - absl::Now();
      if (left <= absl::ZeroDuration()) {
        stalled_ = true;
        context_.TryCancel();
        return false;
      }
      changed_.WaitFor(mu_, left);
    }
    if (arrived_.empty()) return false;
    acknowledgement = std::move(arrived_.front());
    arrived_.pop_front();
    return true;
  }
  // The same without waiting.
  bool TakeArrived(Response& acknowledgement) {
    MutexLock lock(mu_);
    if (arrived_.empty()) return false;
    acknowledgement = std::move(arrived_.front());
    arrived_.pop_front();
    return true;
  }

  // How it ended; once, after Take or Write returned false.
  absl::Status Close() {
    reader_.join();
    const absl::Status status = FromGrpc(stream_->Finish());
    MutexLock lock(mu_);
    return stalled_ ? absl::UnavailableError("服务端长时间没有确认 (no acknowledgement came in time)")
                    : status;
  }

 private:
  void ReadAll() {
    for (Response acknowledgement; stream_->Read(&acknowledgement);) {
      MutexLock lock(mu_);
      arrived_.push_back(std::move(acknowledgement));
      changed_.NotifyAll();
    }
    MutexLock lock(mu_);
    ended_ = true;
    changed_.NotifyAll();
  }

  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> stream_;
  std::thread reader_;
  Mutex mu_;
  CondVar changed_;
  std::deque<Response> arrived_ CHENGXIN_GUARDED_BY(mu_);
  bool ended_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool stalled_ CHENGXIN_GUARDED_BY(mu_) = false;
};

}  // namespace

template <typename Request, typename Response>
class ImportStream<Request, Response>::Impl {
 public:
  Impl(Connection& connection, const ImportStreamOptions& options, OnAcknowledged on_acknowledged)
      : connection_(connection),
        options_(options),
        on_acknowledged_(std::move(on_acknowledged)),
        backoff_(connection.options().retry) {}

  absl::Status Send(Request batch) {
    CHENGXIN_RETURN_IF_ERROR(over_);
    if (batch.request_id().empty()) batch.set_request_id(NewRequestId());
    waiting_.push_back(std::move(batch));
    // Answers that are there already are taken first, so that progress is told soon.
    Response acknowledgement;
    while (stream_ != nullptr && stream_->TakeArrived(acknowledgement))
      CHENGXIN_RETURN_IF_ERROR(Match(acknowledgement));
    CHENGXIN_RETURN_IF_ERROR(WriteWaiting());
    while (waiting_.size() >= options_.window) CHENGXIN_RETURN_IF_ERROR(AwaitOne());
    return absl::OkStatus();
  }

  absl::Status Finish() {
    CHENGXIN_RETURN_IF_ERROR(over_);
    while (!waiting_.empty()) CHENGXIN_RETURN_IF_ERROR(AwaitOne());
    if (stream_ == nullptr) return absl::OkStatus();
    stream_->WritesDone();
    Response unexpected;
    while (stream_->Take(options_.stall, unexpected)) CHENGXIN_RETURN_IF_ERROR(Match(unexpected));
    const absl::Status end = stream_->Close();
    stream_.reset();
    // Everything is acknowledged: a connection lost only now loses nothing.
    return end.code() == absl::StatusCode::kUnavailable ? absl::OkStatus() : End(end);
  }

 private:
  absl::Status End(absl::Status status) {
    over_ = std::move(status);
    return over_;
  }

  // Writes what the open stream has not been given, opening one where there is none.
  absl::Status WriteWaiting() {
    for (;;) {
      if (stream_ == nullptr) {
        stream_ = std::make_unique<OpenStream<Request, Response>>(connection_);
        written_ = 0;
      }
      while (written_ < waiting_.size() && stream_->Write(waiting_[written_])) ++written_;
      if (written_ == waiting_.size()) return absl::OkStatus();
      CHENGXIN_RETURN_IF_ERROR(Mend());
    }
  }

  // Waits until one more batch is acknowledged.
  absl::Status AwaitOne() {
    for (;;) {
      CHENGXIN_RETURN_IF_ERROR(WriteWaiting());
      Response acknowledgement;
      if (stream_->Take(options_.stall, acknowledgement)) return Match(acknowledgement);
      CHENGXIN_RETURN_IF_ERROR(Mend());
      if (waiting_.empty()) return absl::OkStatus();
    }
  }

  // The stream ended early: takes what it still brought, then makes way for a new one, or gives up.
  absl::Status Mend() {
    const absl::Status why = stream_->Close();
    Response acknowledgement;
    while (stream_->TakeArrived(acknowledgement)) CHENGXIN_RETURN_IF_ERROR(Match(acknowledgement));
    stream_.reset();
    const absl::Status broken =
        why.ok() ? absl::UnavailableError("服务端提前结束了导入 (the server ended the import early)") : why;
    if (!MayRetry(broken) || ++breaks_ >= connection_.options().retry.maximum_attempts) {
      const bool unknown = OutcomeUnknownAfter(broken) && !waiting_.empty();
      return End(unknown ? WithUnknownOutcome(broken, waiting_.front().request_id()) : broken);
    }
    connection_.sleeper().Sleep(backoff_.Next(broken), nullptr);
    return absl::OkStatus();
  }

  // Hands an acknowledgement to the caller with its batch.
  absl::Status Match(const Response& acknowledgement) {
    if (written_ == 0 || acknowledgement.request_id() != waiting_.front().request_id()) {
      return End(absl::InternalError(StrCat("确认的批次不符 (acknowledged batch \"",
                                            acknowledgement.request_id(), "\" is not the one expected)")));
    }
    on_acknowledged_(waiting_.front(), acknowledgement);
    waiting_.pop_front();
    --written_;
    breaks_ = 0;
    backoff_.Reset();
    return absl::OkStatus();
  }

  Connection& connection_;
  const ImportStreamOptions options_;
  const OnAcknowledged on_acknowledged_;
  Backoff backoff_;
  absl::Status over_;  // why no more can be sent
  // Not acknowledged, in order; the first written_ of them were given to stream_.
  std::deque<Request> waiting_;
  size_t written_ = 0;
  int breaks_ = 0;  // since the last acknowledgement
  std::unique_ptr<OpenStream<Request, Response>> stream_;
};

template <typename Request, typename Response>
ImportStream<Request, Response>::ImportStream(Connection& connection, const ImportStreamOptions& options,
                                              OnAcknowledged on_acknowledged)
    : impl_(std::make_unique<Impl>(connection, options, std::move(on_acknowledged))) {}

template <typename Request, typename Response>
ImportStream<Request, Response>::~ImportStream() = default;

template <typename Request, typename Response>
absl::Status ImportStream<Request, Response>::Send(Request batch) {
  return impl_->Send(std::move(batch));
}

template <typename Request, typename Response>
absl::Status ImportStream<Request, Response>::Finish() {
  return impl_->Finish();
}

template class ImportStream<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>;
template class ImportStream<v1::ImportRecordsRequest, v1::ImportRecordsResponse>;

}  // namespace chengxin::client
