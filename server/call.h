// One call, from its arrival to its one end.
#ifndef CHENGXIN_SERVER_CALL_H_
#define CHENGXIN_SERVER_CALL_H_

#include <chrono>

#include "absl/status/status.h"
#include "chengxin/v1/principal.pb.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "server/call_metrics.h"
#include "server/service_context.h"

namespace chengxin::server {

// Who makes a call, whether it may be made, and what is told of it afterwards. Every call of the API has one:
// Admit first, then, where it was admitted, whatever the call does, and at last End, exactly once. Used by
// one thread at a time.
class Call {
 public:
  Call(ServiceContext& service, const grpc::CallbackServerContext& context, Method method);
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  // Finds out who calls and whether the role may. Unauthenticated, or PermissionDenied with ROLE_NOT_ALLOWED.
  absl::Status Admit();
  // Of an admitted call.
  const v1::Principal& principal() const { return principal_; }

  // Once. The status as it goes to the caller.
  grpc::Status End(const absl::Status& status);

 private:
  ServiceContext& service_;
  const grpc::CallbackServerContext& context_;
  const Method method_;
  const std::chrono::steady_clock::time_point start_;
  v1::Principal principal_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CALL_H_
