// One call, from its arrival to its one end.
#ifndef CHENGXIN_SERVER_CALL_H_
#define CHENGXIN_SERVER_CALL_H_

#include <chrono>
#include <cstdint>

#include "absl/status/status.h"
#include "chengxin/v1/principal.pb.h"
#include "domain/seal.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "server/access.h"
#include "server/admission.h"
#include "server/audited_call.h"
#include "server/authenticator.h"
#include "server/call_metrics.h"
#include "server/open_calls.h"
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

  // Takes a place of the node, finds out who calls and whether the role may, takes a place of the principal,
  // and sees to it that the call can be audited. DeadlineExceeded where nobody waits for the answer any more;
  // ResourceExhausted (Admission, or AUDIT_FULL); Unauthenticated, or PermissionDenied with ROLE_NOT_ALLOWED.
  absl::Status Admit();
  // Of an admitted call.
  const v1::Principal& principal() const { return *caller_.principal; }

  // For a call that lasts: `on_refused` is told, at most once and not after End, when its caller is not
  // believed any more: the credential was revoked, or has expired, or the principal is another one now. It
  // may be called before this returns and on any thread, and must not call End itself while this runs.
  void WhenRefused(OpenCalls::OnRefused on_refused);
  // Whether the caller is still believed.
  absl::Status Recheck() { return service_.authenticator.Recheck(caller_); }

  // Ends the call's connection to its caller, who gets CANCELLED; End is still to come.
  void CutOff() const { context_.TryCancel(); }

  // For the audit trail: what was asked, once the request is read; for a stream, that it starts; and the
  // revision answered from or made, where it is not simply the newest.
  template <typename Request>
  void Asked(const Request& request) {
    audit_.Asked(request);
  }
  template <typename Request>
  void StreamStarted(const Request& request) {
    audit_.Asked(request);
    audit_.StreamStarted(principal(), context_);
  }
  void Answered(uint64_t revision) { audit_.Answered(revision); }

  // Takes out of the answer what the caller's role can never see in one of this method, whatever put it in.
  // Every unary answer passes here. What streams send has no annotated field.
  template <typename Response>
  void Redact(Response& response) const {
    static const bool carries = domain::HasAnnotatedFields(*Response::descriptor());
    if (carries && !MaySeeSealed(principal().role(), method_)) domain::Redact(response);
  }

  // Once, and gives the places back. The status as it goes to the caller.
  grpc::Status End(const absl::Status& status);

 private:
  ServiceContext& service_;
  const grpc::CallbackServerContext& context_;
  const Method method_;
  const std::chrono::steady_clock::time_point start_;
  Caller caller_;
  uint64_t open_ticket_ = 0;
  AuditedCall audit_;
  Admission::Permit permit_;
  bool entered_ = false;  // the node took the call
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CALL_H_
