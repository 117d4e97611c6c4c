#include "server/call.h"

#include "absl/time/time.h"
#include "base/status.h"
#include "server/access.h"
#include "server/grpc_status.h"

namespace chengxin::server {

Call::Call(ServiceContext& service, const grpc::CallbackServerContext& context, Method method)
    : service_(service), context_(context), method_(method), start_(std::chrono::steady_clock::now()) {
  service_.metrics.Started(method_);
}

absl::Status Call::Admit() {
  CHENGXIN_ASSIGN_OR_RETURN(principal_, server::Admit(service_.authenticator, context_, method_));
  return absl::OkStatus();
}

grpc::Status Call::End(const absl::Status& status) {
  grpc::Status answer = ToGrpcStatus(status);
  service_.metrics.Ended(method_, answer.error_code(),
                         absl::FromChrono(std::chrono::steady_clock::now() - start_));
  return answer;
}

}  // namespace chengxin::server
