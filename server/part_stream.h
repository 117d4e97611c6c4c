// A stream that answers one request in parts.
#ifndef CHENGXIN_SERVER_PART_STREAM_H_
#define CHENGXIN_SERVER_PART_STREAM_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status.h"
#include "domain/refusal.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/call.h"
#include "server/service_context.h"
#include "server/wire.h"

namespace chengxin::server {

// A part is read when the one before was written, so a slow reader holds nothing but its own. Make it with
// new, and call Begin; it deletes itself when done. Its reactions follow each other, so it needs no lock: at
// any time either a part is being written or the end is under way.
template <typename Request>
class PartStream : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  void Begin(const grpc::ByteBuffer& bytes) {
    if (const absl::Status begun = Open(bytes); begun.ok()) {
      SendPart();
    } else {
      End(begun);
    }
  }
  void OnWriteDone(bool ok) override {
    if (!ok) {
      End(absl::CancelledError("调用已取消 (the call was cancelled)"));
    } else if (!more_follow_) {
      End(absl::OkStatus());
    } else {
      SendPart();
    }
  }
  void OnDone() override { delete this; }

 protected:
  PartStream(ServiceContext& service, const grpc::CallbackServerContext& context, Method method)
      : service_(service), call_(service, context, method) {}

  // Checks what is asked for and notes what the parts are read by.
  virtual absl::Status Start(const Request& request) = 0;
  // Reads the next part, of which there is at least one, and says whether more follow.
  virtual absl::StatusOr<bool> ReadPart(grpc::ByteBuffer& part) = 0;

  static absl::Status ShuttingDown() {
    return domain::ToStatus({.reason = v1::ERROR_REASON_SHUTTING_DOWN,
                             .message = "服务正在停止，请稍后重试 (the server stops; try again later)",
                             .metadata = {}});
  }

  ServiceContext& service_;
  Call call_;

 private:
  absl::Status Open(const grpc::ByteBuffer& bytes) {
    CHENGXIN_RETURN_IF_ERROR(call_.Admit());
    if (service_.stopping) return ShuttingDown();
    Request request;
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(bytes, request));
    call_.StreamStarted(request);
    return Start(request);
  }
  void SendPart() {
    if (const absl::Status believed = call_.Recheck(); !believed.ok()) return End(believed);
    const absl::StatusOr<bool> more_follow = ReadPart(part_);
    if (!more_follow.ok()) return End(more_follow.status());
    more_follow_ = *more_follow;
    StartWrite(&part_);
  }
  void End(const absl::Status& status) { Finish(call_.End(status)); }

  bool more_follow_ = false;
  grpc::ByteBuffer part_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_PART_STREAM_H_
