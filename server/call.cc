#include "server/call.h"

#include <utility>

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
  // It waited longer than its caller: whatever it did now would be done for nobody.
  if (context_.deadline() <= std::chrono::system_clock::now()) {
    return absl::DeadlineExceededError("期限已过，未处理 (the deadline had passed; nothing was done)");
  }
  CHENGXIN_RETURN_IF_ERROR(service_.admission.EnterNode(method_, permit_));
  CHENGXIN_ASSIGN_OR_RETURN(caller_, service_.authenticator.Authenticate(context_));
  CHENGXIN_RETURN_IF_ERROR(CheckRole(principal().role(), method_));
  if (principal().role() == v1::ROLE_PUBLIC) {
    return service_.admission.EnterAccount(method_, PublicAccount(context_.peer()), permit_);
  }
  return service_.admission.EnterAccount(method_, principal().subject(), permit_);
}

void Call::WhenRefused(OpenCalls::OnRefused on_refused) {
  open_ticket_ = service_.open_calls.Add(caller_, std::move(on_refused));
  // Whoever was revoked between being believed and being noted here would be missed.
  service_.open_calls.RecheckOne(service_.authenticator, open_ticket_);
}

grpc::Status Call::End(const absl::Status& status) {
  if (open_ticket_ != 0) service_.open_calls.Remove(open_ticket_);
  permit_.Return();
  grpc::Status answer = ToGrpcStatus(status);
  service_.metrics.Ended(method_, answer.error_code(),
                         absl::FromChrono(std::chrono::steady_clock::now() - start_));
  return answer;
}

}  // namespace chengxin::server
