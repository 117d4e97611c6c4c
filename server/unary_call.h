// The life of a unary call, from arrival to its one answer.
#ifndef CHENGXIN_SERVER_UNARY_CALL_H_
#define CHENGXIN_SERVER_UNARY_CALL_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status.h"
#include "domain/decide.h"
#include "engine/engine.h"
#include "google/protobuf/arena.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/call.h"
#include "server/revision_wait.h"
#include "server/service_context.h"
#include "server/wire.h"

namespace chengxin::server {

// A call as gRPC hands it to a raw unary method.
struct RawCall {
  grpc::CallbackServerContext* context;
  const grpc::ByteBuffer* request;
  grpc::ByteBuffer* response;
};

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

// What every unary answer passes through on its way out.
template <typename Response>
void Send(Call& call, uint64_t revision, Response& response, grpc::ByteBuffer& bytes) {
  call.Redact(response);
  call.Answered(revision);
  SerializeMessage(response, bytes);
}

// Calls `answer(principal, request, response)` on this thread and answers with its status.
template <typename Request, typename Response, typename Answer>
grpc::ServerUnaryReactor* AnswerNow(ServiceContext& service, Method method, const RawCall& raw,
                                    const Answer& answer) {
  Call call(service, *raw.context, method);
  const auto run = [&]() -> absl::Status {
    CHENGXIN_RETURN_IF_ERROR(call.Admit());
    CallArena arena;
    Request& request = *arena.Make<Request>();
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(*raw.request, request));
    call.Asked(request);
    Response& response = *arena.Make<Response>();
    CHENGXIN_RETURN_IF_ERROR(answer(call.principal(), request, response));
    Send(call, AnsweredRevision(response), response, *raw.response);
    return absl::OkStatus();
  };
  grpc::ServerUnaryReactor* const reactor = raw.context->DefaultReactor();
  reactor->Finish(call.End(run()));
  return reactor;
}

// A call that waits for a revision. Deletes itself when done.
template <typename Request, typename Response, typename Answer>
class WaitingCall final : public grpc::ServerUnaryReactor {
 public:
  WaitingCall(ServiceContext& service, std::unique_ptr<Call> call, const RawCall& raw, Request request,
              Answer answer)
      : stops_(service.stops),
        call_(std::move(call)),
        raw_(raw),
        request_(std::move(request)),
        answer_(std::move(answer)) {
    wait_ = RevisionWait::Start(
        service.engine, request_.at_least_revision(),
        RevisionWaitDeadline(*raw.context,
                             std::min(service.limits.longest_revision_wait, service.limits.longest_call)),
        [this](const absl::Status& status) { this->Finish(call_->End(Run(status))); });
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
    CHENGXIN_RETURN_IF_ERROR(call_->Recheck());
    Response response;
    CHENGXIN_RETURN_IF_ERROR(answer_(call_->principal(), request_, response));
    Send(*call_, AnsweredRevision(response), response, *raw_.response);
    return absl::OkStatus();
  }

  StopList& stops_;
  const std::unique_ptr<Call> call_;
  const RawCall raw_;
  const Request request_;
  const Answer answer_;
  std::shared_ptr<RevisionWait> wait_;
  uint64_t stop_ticket_ = 0;
};

// As AnswerNow; where the request asks for a revision this node has not reached, waits for it first, and
// `answer` runs later on another thread. `answer` must be copyable and refer to nothing of the calling frame.
template <typename Request, typename Response, typename Answer>
grpc::ServerUnaryReactor* AnswerAtRevision(ServiceContext& service, Method method, const RawCall& raw,
                                           const Answer& answer) {
  auto call = std::make_unique<Call>(service, *raw.context, method);
  grpc::ServerUnaryReactor* waiting = nullptr;
  const auto run = [&]() -> absl::Status {
    CHENGXIN_RETURN_IF_ERROR(call->Admit());
    CallArena arena;
    Request& request = *arena.Make<Request>();
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(*raw.request, request));
    call->Asked(request);
    if (request.at_least_revision() > service.engine.revision()) {
      waiting =
          new WaitingCall<Request, Response, Answer>(service, std::move(call), raw, Request(request), answer);
      return absl::OkStatus();
    }
    Response& response = *arena.Make<Response>();
    CHENGXIN_RETURN_IF_ERROR(answer(call->principal(), request, response));
    Send(*call, AnsweredRevision(response), response, *raw.response);
    return absl::OkStatus();
  };
  const absl::Status status = run();
  if (waiting != nullptr) return waiting;
  grpc::ServerUnaryReactor* const reactor = raw.context->DefaultReactor();
  reactor->Finish(call->End(status));
  return reactor;
}

// Submits the request as a command and answers when it is durable and visible, with what
// `fill(principal, committed, response)` makes of it. `fill` runs on the committer's thread.
template <typename Request, typename Response, typename Fill>
grpc::ServerUnaryReactor* AnswerWhenDurable(ServiceContext& service, Method method, const RawCall& raw,
                                            const Fill& fill) {
  const auto call = std::make_shared<Call>(service, *raw.context, method);
  grpc::ServerUnaryReactor* const reactor = raw.context->DefaultReactor();
  absl::Status status = call->Admit();
  Request request;
  if (status.ok()) status = ParseMessage(*raw.request, request);
  if (!status.ok()) {
    reactor->Finish(call->End(status));
    return reactor;
  }
  call->Asked(request);
  service.engine.Submit(call->principal(), domain::Command(std::move(request)),
                        [reactor, call, raw, fill](const absl::StatusOr<engine::Committed>& committed) {
                          if (committed.ok()) {
                            Response response;
                            fill(call->principal(), *committed, response);
                            Send(*call, committed->revision, response, *raw.response);
                          }
                          reactor->Finish(call->End(committed.status()));
                        });
  return reactor;
}

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_UNARY_CALL_H_
