// The life of a unary call, from arrival to its one answer.
#ifndef CHENGXIN_SERVER_UNARY_CALL_H_
#define CHENGXIN_SERVER_UNARY_CALL_H_

#include <chrono>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status.h"
#include "chengxin/v1/principal.pb.h"
#include "domain/decide.h"
#include "engine/engine.h"
#include "google/protobuf/arena.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/access.h"
#include "server/call_metrics.h"
#include "server/grpc_status.h"
#include "server/revision_wait.h"
#include "server/service_context.h"
#include "server/wire.h"

namespace chengxin::server {

// Tells the metrics of one call.
class CallTimer {
 public:
  CallTimer(CallMetrics& metrics, Method method)
      : metrics_(&metrics), method_(method), start_(std::chrono::steady_clock::now()) {
    metrics_->Started(method_);
  }
  // Once.
  void End(grpc::StatusCode code) const {
    metrics_->Ended(method_, code, absl::FromChrono(std::chrono::steady_clock::now() - start_));
  }

 private:
  CallMetrics* metrics_;
  Method method_;
  std::chrono::steady_clock::time_point start_;
};

// A call as gRPC hands it to a raw unary method.
struct RawCall {
  grpc::CallbackServerContext* context;
  const grpc::ByteBuffer* request;
  grpc::ByteBuffer* response;
};

// Answers with the status; the one place where a unary call ends.
inline void Finish(grpc::ServerUnaryReactor* reactor, const CallTimer& timer, const absl::Status& status) {
  const grpc::Status answer = ToGrpcStatus(status);
  timer.End(answer.error_code());
  reactor->Finish(answer);
}

// Memory for one request and its answer: what is small stays on the stack.
class CallArena {
 public:
  CallArena() : arena_(Options(block_, sizeof(block_))) {}
  template <typename Message>
  Message* Make() {
    return google::protobuf::Arena::CreateMessage<Message>(&arena_);
  }

 private:
  static google::protobuf::ArenaOptions Options(char* block, size_t size) {
    google::protobuf::ArenaOptions options;
    options.initial_block = block;
    options.initial_block_size = size;
    options.start_block_size = 32 << 10;
    options.max_block_size = 512 << 10;
    return options;
  }

  alignas(16) char block_[8 << 10];
  google::protobuf::Arena arena_;
};

// Calls `answer(principal, request, response)` on this thread and answers with its status.
template <typename Request, typename Response, typename Answer>
grpc::ServerUnaryReactor* AnswerNow(ServiceContext& service, Method method, const RawCall& call,
                                    const Answer& answer) {
  const CallTimer timer(service.metrics, method);
  const auto run = [&]() -> absl::Status {
    CHENGXIN_ASSIGN_OR_RETURN(const v1::Principal principal,
                              Admit(service.authenticator, *call.context, method));
    CallArena arena;
    Request& request = *arena.Make<Request>();
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(*call.request, request));
    Response& response = *arena.Make<Response>();
    CHENGXIN_RETURN_IF_ERROR(answer(principal, request, response));
    SerializeMessage(response, *call.response);
    return absl::OkStatus();
  };
  grpc::ServerUnaryReactor* const reactor = call.context->DefaultReactor();
  Finish(reactor, timer, run());
  return reactor;
}

// A call that waits for a revision. Deletes itself when done.
template <typename Request, typename Response, typename Answer>
class WaitingCall final : public grpc::ServerUnaryReactor {
 public:
  WaitingCall(ServiceContext& service, const CallTimer& timer, const RawCall& call, v1::Principal principal,
              Request request, Answer answer)
      : stops_(service.stops),
        timer_(timer),
        call_(call),
        principal_(std::move(principal)),
        request_(std::move(request)),
        answer_(std::move(answer)) {
    wait_ = RevisionWait::Start(
        service.engine, request_.at_least_revision(),
        RevisionWaitDeadline(*call.context, service.limits.longest_revision_wait),
        [this](const absl::Status& status) { server::Finish(this, timer_, Run(status)); });
    // gRPC calls back only after the constructor: until then nothing deletes this.
    stop_ticket_ = stops_.Add([weak = std::weak_ptr(wait_)] {
      if (const std::shared_ptr<RevisionWait> wait = weak.lock()) wait->Stop();
    });
  }
  void OnCancel() override { wait_->Cancel(); }
  void OnDone() override {
    stops_.Remove(stop_ticket_);
    delete this;
  }

 private:
  absl::Status Run(const absl::Status& waited) {
    CHENGXIN_RETURN_IF_ERROR(waited);
    Response response;
    CHENGXIN_RETURN_IF_ERROR(answer_(principal_, request_, response));
    SerializeMessage(response, *call_.response);
    return absl::OkStatus();
  }

  StopList& stops_;
  const CallTimer timer_;
  const RawCall call_;
  const v1::Principal principal_;
  const Request request_;
  const Answer answer_;
  std::shared_ptr<RevisionWait> wait_;
  uint64_t stop_ticket_ = 0;
};

// As AnswerNow; where the request asks for a revision this node has not reached, waits for it first, and
// `answer` runs later on another thread. `answer` must be copyable and refer to nothing of the calling frame.
template <typename Request, typename Response, typename Answer>
grpc::ServerUnaryReactor* AnswerAtRevision(ServiceContext& service, Method method, const RawCall& call,
                                           const Answer& answer) {
  const CallTimer timer(service.metrics, method);
  grpc::ServerUnaryReactor* waiting = nullptr;
  const auto run = [&]() -> absl::Status {
    CHENGXIN_ASSIGN_OR_RETURN(v1::Principal principal, Admit(service.authenticator, *call.context, method));
    CallArena arena;
    Request& request = *arena.Make<Request>();
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(*call.request, request));
    if (request.at_least_revision() > service.engine.revision()) {
      waiting = new WaitingCall<Request, Response, Answer>(service, timer, call, std::move(principal),
                                                           Request(request), answer);
      return absl::OkStatus();
    }
    Response& response = *arena.Make<Response>();
    CHENGXIN_RETURN_IF_ERROR(answer(principal, request, response));
    SerializeMessage(response, *call.response);
    return absl::OkStatus();
  };
  const absl::Status status = run();
  if (waiting != nullptr) return waiting;
  grpc::ServerUnaryReactor* const reactor = call.context->DefaultReactor();
  Finish(reactor, timer, status);
  return reactor;
}

// Submits the request as a command and answers when it is durable and visible, with what
// `fill(principal, committed, response)` makes of it. `fill` runs on the committer's thread.
template <typename Request, typename Response, typename Fill>
grpc::ServerUnaryReactor* AnswerWhenDurable(ServiceContext& service, Method method, const RawCall& call,
                                            const Fill& fill) {
  const CallTimer timer(service.metrics, method);
  grpc::ServerUnaryReactor* const reactor = call.context->DefaultReactor();
  absl::StatusOr<v1::Principal> principal = Admit(service.authenticator, *call.context, method);
  Request request;
  const absl::Status status = principal.ok() ? ParseMessage(*call.request, request) : principal.status();
  if (!status.ok()) {
    Finish(reactor, timer, status);
    return reactor;
  }
  const v1::Principal submitter = *principal;
  service.engine.Submit(
      *std::move(principal), domain::Command(std::move(request)),
      [reactor, timer, call, submitter, fill](const absl::StatusOr<engine::Committed>& committed) {
        if (committed.ok()) {
          Response response;
          fill(submitter, *committed, response);
          SerializeMessage(response, *call.response);
        }
        Finish(reactor, timer, committed.status());
      });
  return reactor;
}

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_UNARY_CALL_H_
