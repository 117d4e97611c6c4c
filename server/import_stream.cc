#include "server/import_stream.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "domain/refusal.h"
#include "server/unary_call.h"
#include "server/wire.h"

namespace chengxin::server {

namespace {

absl::Status ShuttingDown() {
  return domain::ToStatus(
      {.reason = v1::ERROR_REASON_SHUTTING_DOWN,
       .message =
           "服务正在停止，已确认的批次有效，请稍后续传 (the server stops; what was acknowledged stays)",
       .metadata = {}});
}

// The rows' results: outcomes in order, the rejected ones with field and reason.
template <typename Response>
void FillResults(const log::v1::ImportTally& tally, Response& response) {
  int rejection = 0;
  for (const int outcome : tally.outcomes()) {
    v1::ImportResult& result = *response.add_results();
    if (outcome == v1::IMPORT_OUTCOME_REJECTED && rejection < tally.rejections_size())
      result = tally.rejections(rejection++);
    result.set_outcome(static_cast<v1::ImportOutcome>(outcome));
  }
}

// Keeps itself alive until gRPC is done with it and no command of it is under way.
template <typename Request, typename Response>
class ImportStream final : public RawBidiReactor,
                           public std::enable_shared_from_this<ImportStream<Request, Response>> {
 public:
  ImportStream(ServiceContext& service, const grpc::CallbackServerContext& context, Method method)
      : service_(service), call_(service, context, method) {}

  void Begin() {
    self_ = this->shared_from_this();
    if (const absl::Status admitted = call_.Admit(); !admitted.ok()) {
      End(admitted);
    } else if (service_.stopping) {
      End(ShuttingDown());
    } else {
      this->StartSendInitialMetadata();
      this->StartRead(&request_);
      stop_ticket_ = service_.stops.Add([weak = this->weak_from_this()] {
        if (const auto self = weak.lock()) self->Stop(ShuttingDown());
      });
      call_.WhenRefused([weak = this->weak_from_this()](const absl::Status& why) {
        if (const auto self = weak.lock()) self->Stop(why);
      });
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      MutexLock lock(mu_);
      reading_ = false;
      reads_ended_ = true;
    } else {
      Take();
    }
    Advance();
  }
  void OnWriteDone(bool ok) override {
    {
      MutexLock lock(mu_);
      writing_ = false;
      if (!ok) reads_ended_ = true;
    }
    Advance();
  }
  void OnCancel() override {
    {
      MutexLock lock(mu_);
      cancelled_ = true;
    }
    Advance();
  }
  void OnDone() override {
    service_.stops.Remove(stop_ticket_);
    // The last act: destroys this, unless a command is still under way.
    const std::shared_ptr<ImportStream> self = std::move(self_);
  }

 private:
  // Takes no more batches and ends when those under way are acknowledged.
  void Stop(const absl::Status& why) {
    {
      MutexLock lock(mu_);
      if (stopped_.ok()) stopped_ = why;
    }
    Advance();
  }
  absl::Status Stopped() {
    MutexLock lock(mu_);
    return stopped_;
  }

  // One batch on its way, and what became of it.
  struct Batch {
    std::string request_id;
    std::optional<absl::StatusOr<engine::Committed>> outcome;
  };

  // Takes the batch read, or what is wrong with it. The next read starts only after the batch was submitted:
  // batches become durable in the order in which they came.
  void Take() {
    Request request;
    absl::Status status = service_.stopping ? ShuttingDown() : Stopped();
    if (status.ok()) status = ParseMessage(request_, request);
    auto batch = std::make_shared<Batch>();
    batch->request_id = request.request_id();
    {
      MutexLock lock(mu_);
      if (!status.ok()) {
        batch->outcome = status;
        reads_ended_ = true;
      }
      batches_.push_back(batch);
    }
    if (status.ok()) Submit(std::move(request), batch);
    MutexLock lock(mu_);
    reading_ = false;
  }

  void Submit(Request request, const std::shared_ptr<Batch>& batch) {
    service_.engine.Submit(call_.principal(), domain::Command(std::move(request)),
                           [self = this->shared_from_this(), batch](absl::StatusOr<engine::Committed> done) {
                             {
                               MutexLock lock(self->mu_);
                               batch->outcome = std::move(done);
                             }
                             self->Advance();
                           });
  }

  // Starts whatever can be started now: the next acknowledgement, the next read, or the end. Under the lock,
  // so that nothing is started after the end; gRPC never calls back from within.
  void Advance() {
    MutexLock lock(mu_);
    if (ended_) return;
    std::optional<absl::Status> end;
    if (!writing_ && TakeAcknowledgement(end)) {
      writing_ = true;
      this->StartWrite(&response_);
    }
    if (!writing_ && !end.has_value()) {
      if (cancelled_) {
        end = absl::CancelledError("调用已取消 (the call was cancelled)");
      } else if (reads_ended_ && batches_.empty()) {
        end = absl::OkStatus();
      } else if (!stopped_.ok() && batches_.empty()) {
        // A read that is under way fails with the end.
        end = stopped_;
      }
    }
    if (end.has_value()) {
      ended_ = true;
      End(*end);
    } else if (!reading_ && !reads_ended_ && batches_.size() < kMaximumImportBatchesInFlight) {
      reading_ = true;
      this->StartRead(&request_);
    }
  }

  // Where the oldest batch has an outcome: its acknowledgement is put into response_, or its refusal into
  // `end`.
  bool TakeAcknowledgement(std::optional<absl::Status>& end) CHENGXIN_REQUIRES(mu_) {
    if (cancelled_ || batches_.empty() || !batches_.front()->outcome.has_value()) return false;
    const std::shared_ptr<Batch> batch = std::move(batches_.front());
    batches_.pop_front();
    if (!batch->outcome->ok()) {
      end = batch->outcome->status();
      return false;
    }
    const engine::Committed& committed = **batch->outcome;
    Response response;
    response.set_request_id(batch->request_id);
    if (committed.tally.has_value()) FillResults(*committed.tally, response);
    response.set_revision(committed.revision);
    SerializeMessage(response, response_);
    return true;
  }

  void End(const absl::Status& status) { this->Finish(call_.End(status)); }

  ServiceContext& service_;
  Call call_;
  std::shared_ptr<ImportStream> self_;
  uint64_t stop_ticket_ = 0;
  // gRPC's while a read or a write is under way.
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;

  Mutex mu_;
  std::deque<std::shared_ptr<Batch>> batches_ CHENGXIN_GUARDED_BY(mu_);  // oldest first
  bool reading_ CHENGXIN_GUARDED_BY(mu_) = true;
  bool writing_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool reads_ended_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool cancelled_ CHENGXIN_GUARDED_BY(mu_) = false;
  absl::Status stopped_ CHENGXIN_GUARDED_BY(mu_);
  bool ended_ CHENGXIN_GUARDED_BY(mu_) = false;
};

template <typename Request, typename Response>
RawBidiReactor* Receive(ServiceContext& service, grpc::CallbackServerContext& context, Method method) {
  const auto stream = std::make_shared<ImportStream<Request, Response>>(service, context, method);
  RawBidiReactor* const reactor = stream.get();
  stream->Begin();
  return reactor;
}

}  // namespace

RawBidiReactor* ReceiveOrganizations(ServiceContext& service, grpc::CallbackServerContext& context) {
  return Receive<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>(
      service, context, Method::kImportOrganizations);
}

RawBidiReactor* ReceiveRecords(ServiceContext& service, grpc::CallbackServerContext& context) {
  return Receive<v1::ImportRecordsRequest, v1::ImportRecordsResponse>(service, context,
                                                                      Method::kImportRecords);
}

}  // namespace chengxin::server
