// The server calls itself, to know how long its callers wait.
#ifndef CHENGXIN_SERVER_SELF_CALL_H_
#define CHENGXIN_SERVER_SELF_CALL_H_

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/alarm.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "server/overload.h"

namespace chengxin::server {

// Asks for the server's health over a socket that nobody else can reach, one call after the other, and tells
// the overload how long each took: such a call waits where all calls wait, for one of gRPC's threads, and
// does next to nothing itself.
class SelfCall {
 public:
  // Begins. `server` must offer the health service; it and `overload` must outlive this. Unavailable where
  // the system gives no socket.
  static absl::StatusOr<std::unique_ptr<SelfCall>> Start(grpc::Server& server, Overload& overload);
  // Returns when no call is under way.
  ~SelfCall();

 private:
  SelfCall(grpc::Server& server, Overload& overload) : server_(server), overload_(overload) {}
  // A new connection; the server closes this one too when it has become old.
  absl::Status Connect();
  void Call();
  void Answered(absl::Time asked, const grpc::Status& status);

  grpc::Server& server_;
  Overload& overload_;

  // Of the call under way, and the pause after it.
  std::unique_ptr<grpc::health::v1::Health::Stub> stub_;
  bool connected_ = false;
  std::optional<grpc::ClientContext> context_;
  grpc::health::v1::HealthCheckRequest request_;
  grpc::health::v1::HealthCheckResponse response_;
  std::optional<grpc::Alarm> pause_;  // a new one each time: this is called from within

  Mutex mu_;
  CondVar ended_;
  bool ending_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool running_ CHENGXIN_GUARDED_BY(mu_) = true;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_SELF_CALL_H_
