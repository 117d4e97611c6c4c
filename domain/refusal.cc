#include "domain/refusal.h"

#include "absl/strings/cord.h"
#include "base/strings.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kReasonPrefix = "ERROR_REASON_";

std::string WithoutPrefix(v1::ErrorReason reason) {
  std::string name = v1::ErrorReason_Name(reason);
  if (name.compare(0, kReasonPrefix.size(), kReasonPrefix) == 0) name.erase(0, kReasonPrefix.size());
  return name;
}

}  // namespace

absl::StatusCode CodeOf(v1::ErrorReason reason) {
  switch (reason) {
    case v1::ERROR_REASON_ROLE_NOT_ALLOWED:
    case v1::ERROR_REASON_NOT_REGISTERING_AUTHORITY:
    case v1::ERROR_REASON_REPORTER_DECIDES:
    case v1::ERROR_REASON_NOT_ENTRUSTED:
      return absl::StatusCode::kPermissionDenied;
    case v1::ERROR_REASON_CREDENTIAL_REFUSED:
      return absl::StatusCode::kUnauthenticated;
    case v1::ERROR_REASON_ORGANIZATION_NOT_FOUND:
    case v1::ERROR_REASON_GROUND_MISMATCH:
    case v1::ERROR_REASON_NOTICE_REQUIRED:
    case v1::ERROR_REASON_RESIDUAL_GROUND_WITHOUT_LAW:
    case v1::ERROR_REASON_CONFLICTING_RECORD:
    case v1::ERROR_REASON_STALE_SOURCE:
    case v1::ERROR_REASON_UNKNOWN_SOURCE:
    case v1::ERROR_REASON_NO_CATALOGUE:
    case v1::ERROR_REASON_ORGANIZATION_ENDED:
    case v1::ERROR_REASON_DECISION_DATE:
    case v1::ERROR_REASON_MOVE_NOT_OPEN:
    case v1::ERROR_REASON_STATEMENT_PERIOD_RUNS:
    case v1::ERROR_REASON_CALENDAR_NOT_LOADED:
    case v1::ERROR_REASON_STATEMENT_NOT_ANSWERED:
    case v1::ERROR_REASON_ANNOUNCEMENT_RUNS:
    case v1::ERROR_REASON_UNKNOWN_CONDUCT_TYPE:
    case v1::ERROR_REASON_NOT_OWN_CONTRACT:
    case v1::ERROR_REASON_REGISTERED_ELSEWHERE:
    case v1::ERROR_REASON_UNKNOWN_GROUND:
    case v1::ERROR_REASON_GROUND_NOT_NOTICED:
    case v1::ERROR_REASON_ESCALATION_EARLY:
    case v1::ERROR_REASON_MINIMUM_PERIOD_RUNS:
    case v1::ERROR_REASON_DUTY_OUTSTANDING:
    case v1::ERROR_REASON_NOT_DEREGISTERED:
    case v1::ERROR_REASON_ITEM_ENDED:
    case v1::ERROR_REASON_APPLICATION_OPEN:
    case v1::ERROR_REASON_COMMITMENT_REQUIRED:
    case v1::ERROR_REASON_RECEIPT_MISMATCH:
    case v1::ERROR_REASON_RECEIPT_OUTSIDE_WINDOW:
    case v1::ERROR_REASON_RECEIPT_FORBIDS:
    case v1::ERROR_REASON_CONTRACT_TERM:
    case v1::ERROR_REASON_CLOCK_NOT_SIMULATED:
    case v1::ERROR_REASON_SUCCESSION:
    case v1::ERROR_REASON_SOURCE_ONLY:
    case v1::ERROR_REASON_UNKNOWN_RECEIPT:
    case v1::ERROR_REASON_SECOND_OFFICER_NEEDED:
      return absl::StatusCode::kFailedPrecondition;
    case v1::ERROR_REASON_REQUEST_ID_REUSED:
    case v1::ERROR_REASON_AGE_REQUIREMENT:
    case v1::ERROR_REASON_PURPOSE_REQUIRED:
    case v1::ERROR_REASON_DUPLICATE_MEMBER:
    case v1::ERROR_REASON_BAD_CATALOGUE:
    case v1::ERROR_REASON_CHECK_DIGIT_UNCONFIRMED:
      return absl::StatusCode::kInvalidArgument;
    case v1::ERROR_REASON_STALE_ETAG:
      return absl::StatusCode::kAborted;
    case v1::ERROR_REASON_OUTCOME_UNKNOWN:
    case v1::ERROR_REASON_READ_ONLY:
    case v1::ERROR_REASON_REVISION_NOT_REACHED:
    case v1::ERROR_REASON_SHUTTING_DOWN:
      return absl::StatusCode::kUnavailable;
    case v1::ERROR_REASON_QUEUE_FULL:
    case v1::ERROR_REASON_TOO_MANY_WATCHERS:
    case v1::ERROR_REASON_PRINCIPAL_LIMIT:
    case v1::ERROR_REASON_OVERLOADED:
    case v1::ERROR_REASON_AUDIT_FULL:
      return absl::StatusCode::kResourceExhausted;
    case v1::ERROR_REASON_CURSOR_OUT_OF_RANGE:
      return absl::StatusCode::kOutOfRange;
    default:
      // A refusal without a reason is a fault of this program, not of the caller.
      return absl::StatusCode::kInternal;
  }
}

absl::Status ToStatus(const Refusal& refusal) {
  absl::Status status(CodeOf(refusal.reason), refusal.message);
  google::rpc::ErrorInfo info;
  info.set_reason(WithoutPrefix(refusal.reason));
  info.set_domain("chengxin");
  for (const auto& [key, value] : refusal.metadata) (*info.mutable_metadata())[key] = value;
  status.SetPayload(ToAbsl(kErrorInfoUrl), absl::Cord(info.SerializeAsString()));
  return status;
}

absl::Status WithRetryAfter(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo info;
  const int64_t nanoseconds = absl::ToInt64Nanoseconds(delay);
  info.mutable_retry_delay()->set_seconds(nanoseconds / 1'000'000'000);
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(nanoseconds % 1'000'000'000));
  status.SetPayload(ToAbsl(kRetryInfoUrl), absl::Cord(info.SerializeAsString()));
  return status;
}

void FieldViolations::Add(std::string_view field, std::string_view description) {
  google::rpc::BadRequest::FieldViolation& violation = *violations_.add_field_violations();
  violation.set_field(std::string(field));
  violation.set_description(std::string(description));
}

absl::Status FieldViolations::ToStatus() const {
  if (empty()) return absl::OkStatus();
  const google::rpc::BadRequest::FieldViolation& first = violations_.field_violations(0);
  std::string message = StrCat(first.field(), ": ", first.description());
  if (const int more = violations_.field_violations_size() - 1; more > 0) {
    StrAppend(&message, "；另有", more, "处 (and ", more, " more)");
  }
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(ToAbsl(kBadRequestUrl), absl::Cord(violations_.SerializeAsString()));
  return status;
}

}  // namespace chengxin::domain
