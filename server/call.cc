#include "server/call.h"

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "base/status.h"
#include "server/access.h"
#include "server/grpc_status.h"

namespace chengxin::server {

Call::Call(ServiceContext& service, const grpc::CallbackServerContext& context, Method method)
    : service_(service),
      context_(context),
      method_(method),
      start_(std::chrono::steady_clock::now()),
      audit_(service.audit, method) {
  service_.metrics.Started(method_);
}

absl::Status Call::Admit() {
  // It waited longer than its caller: whatever it did now would be done for nobody.
  if (context_.deadline() <= std::chrono::system_clock::now()) {
    return absl::DeadlineExceededError("期限已过，未处理 (the deadline had passed; nothing was done)");
  }
  CHENGXIN_RETURN_IF_ERROR(service_.admission.EnterNode(method_, permit_));
  entered_ = true;
  CHENGXIN_ASSIGN_OR_RETURN(caller_, service_.authenticator.Authenticate(context_));
  CHENGXIN_RETURN_IF_ERROR(CheckRole(principal().role(), method_));
  const bool is_public = principal().role() == v1::ROLE_PUBLIC;
  const std::string address = is_public ? PublicAccount(context_.peer()) : std::string();
  CHENGXIN_RETURN_IF_ERROR(
      service_.admission.EnterAccount(method_, is_public ? address : principal().subject(), permit_));
  return audit_.Begin(principal().role());
}

void Call::WhenRefused(OpenCalls::OnRefused on_refused) {
  // Who proved nothing has nothing to lose.
  if (!caller_.proved()) return;
  open_ticket_ = service_.open_calls.Add(caller_, std::move(on_refused));
  // Whoever was revoked between being believed and being noted here would be missed.
  service_.open_calls.RecheckOne(service_.authenticator, open_ticket_);
}

grpc::Status Call::End(const absl::Status& status) {
  if (open_ticket_ != 0) service_.open_calls.Remove(open_ticket_);
  permit_.Return();
  grpc::Status answer = ToGrpcStatus(status);
  const absl::Duration duration = absl::FromChrono(std::chrono::steady_clock::now() - start_);
  service_.metrics.Ended(method_, answer.error_code(), duration);
  // What the node had no place for is counted: nobody had looked who it was or what was asked.
  if (!entered_) return answer;
  // Nobody where the caller was not believed.
  const v1::Principal& who = caller_.principal == nullptr ? v1::Principal::default_instance() : principal();
  audit_.End(who, context_, status, duration, service_.engine.revision());
  return answer;
}

}  // namespace chengxin::server
