#include "server/audited_call.h"

#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "base/strings.h"
#include "domain/identity_number.h"
#include "domain/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "server/access.h"

namespace chengxin::server {

namespace {

// Longer than a write takes that is not stuck.
constexpr absl::Duration kRetryAfter = absl::Seconds(1);

// The name of the reason in the status; empty where it has none.
std::string ReasonOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  const auto payload = status.GetPayload(ToAbsl(domain::kErrorInfoUrl));
  if (payload.has_value()) info.ParseFromString(std::string(*payload));
  return info.reason();
}

absl::Status Full() {
  return domain::WithRetryAfter(
      domain::ToStatus({.reason = v1::ERROR_REASON_AUDIT_FULL,
                        .message =
                            "审计日志暂时无法记录，未作处理，请稍后重试 (the audit trail cannot take an "
                            "entry; nothing was done; try again later)",
                        .metadata = {}}),
      kRetryAfter);
}

}  // namespace

std::string AuditText(std::string_view text) {
  if (text.size() > kMaximumAuditTextBytes) {
    size_t end = kMaximumAuditTextBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  std::string kept(text);
  domain::MaskIdentityNumbers(kept);
  return kept;
}

void AddAuditSubject(std::string_view text, v1::AuditEntry& entry) {
  if (!text.empty() && entry.subjects_size() < kMaximumAuditSubjects) entry.add_subjects(AuditText(text));
}

absl::Status AuditedCall::Begin(v1::Role role) {
  if (!LeavesEntry(role, method_)) {
    state_ = State::kUnrecorded;
    return absl::OkStatus();
  }
  if (!trail_.TakePlace()) return Full();
  state_ = State::kPlaceTaken;
  return absl::OkStatus();
}

void AuditedCall::Describe(const v1::Principal& principal, const grpc::CallbackServerContext& context) {
  // Not whom an agency acts for: those are many, and the request names the one.
  v1::Principal& who = *entry_.mutable_principal();
  who.set_subject(principal.subject());
  who.set_role(principal.role() == v1::ROLE_UNSPECIFIED ? v1::ROLE_PUBLIC : principal.role());
  who.set_authority(principal.authority());
  who.set_unit(principal.unit());
  entry_.set_peer(context.peer());
  const std::string_view method = MethodName(method_);
  entry_.set_method(method.data(), method.size());
}

void AuditedCall::StreamStarted(const v1::Principal& principal, const grpc::CallbackServerContext& context) {
  if (state_ != State::kPlaceTaken) return;
  Describe(principal, context);
  entry_.set_stream_started(true);
  trail_.Put(entry_.SerializeAsString());
  entry_.set_stream_started(false);
  state_ = State::kStreaming;
}

void AuditedCall::End(const v1::Principal& principal, const grpc::CallbackServerContext& context,
                      const absl::Status& status, absl::Duration duration, uint64_t revision) {
  // A call that was shed is counted and no more.
  const bool refused =
      state_ == State::kNotAdmitted && (status.code() == absl::StatusCode::kUnauthenticated ||
                                        status.code() == absl::StatusCode::kPermissionDenied);
  if (state_ == State::kUnrecorded || (state_ == State::kNotAdmitted && !refused)) return;
  if (state_ != State::kStreaming) Describe(principal, context);
  entry_.set_code(static_cast<int>(status.code()));
  if (!status.ok()) {
    entry_.set_reason(ReasonOf(status));
  } else if (entry_.revision() == 0) {
    entry_.set_revision(revision);
  }
  const int64_t nanoseconds = absl::ToInt64Nanoseconds(duration);
  entry_.mutable_duration()->set_seconds(nanoseconds / 1'000'000'000);
  entry_.mutable_duration()->set_nanos(static_cast<int32_t>(nanoseconds % 1'000'000'000));
  if (refused) {
    trail_.PutRefusal(entry_.SerializeAsString());
  } else if (state_ == State::kStreaming) {
    trail_.PutWithoutPlace(entry_.SerializeAsString());
  } else {
    trail_.Put(entry_.SerializeAsString());
  }
}

}  // namespace chengxin::server
