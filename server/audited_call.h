// What one call leaves in the audit trail.
#ifndef CHENGXIN_SERVER_AUDITED_CALL_H_
#define CHENGXIN_SERVER_AUDITED_CALL_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chengxin/v1/audit.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "grpcpp/server_context.h"
#include "server/audit_subjects.h"
#include "server/audit_trail.h"
#include "server/call_metrics.h"

namespace chengxin::server {

// Part of Call, and used as it is.
class AuditedCall {
 public:
  AuditedCall(AuditTrail& trail, Method method) : trail_(trail), method_(method) {}
  AuditedCall(const AuditedCall&) = delete;
  AuditedCall& operator=(const AuditedCall&) = delete;

  // Takes the entry's place where the call, which its role may make, is to leave one. ResourceExhausted with
  // AUDIT_FULL and a RetryInfo: what cannot be audited is not done.
  absl::Status Begin(v1::Role role);
  // Notes on whom and to which purpose. The request need not be checked yet.
  template <typename Request>
  void Asked(const Request& request) {
    if (state_ == State::kPlaceTaken) DescribeRequest(request, entry_);
  }
  // Notes the revision answered from or made.
  void Answered(uint64_t revision) { entry_.set_revision(revision); }
  // Leaves the entry of a stream that starts.
  void StreamStarted(const v1::Principal& principal, const grpc::CallbackServerContext& context);
  // Leaves the entry, where there is to be one. `status` is as it goes to the caller; where it is ok and no
  // revision was noted, `revision` is what the answer was given from.
  void End(const v1::Principal& principal, const grpc::CallbackServerContext& context,
           const absl::Status& status, absl::Duration duration, uint64_t revision);

 private:
  enum class State {
    kNotAdmitted,
    kUnrecorded,
    kPlaceTaken,
    kStreaming,  // the place went to the entry of the start
  };
  void Describe(const v1::Principal& principal, const grpc::CallbackServerContext& context);

  AuditTrail& trail_;
  const Method method_;
  State state_ = State::kNotAdmitted;
  v1::AuditEntry entry_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AUDITED_CALL_H_
