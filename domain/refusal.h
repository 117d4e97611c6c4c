// The law's "no": a value with a reason for programs and words for people; and the errors that name wrong
// fields.
#ifndef CHENGXIN_DOMAIN_REFUSAL_H_
#define CHENGXIN_DOMAIN_REFUSAL_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chengxin/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"

namespace chengxin::domain {

// Type URLs under which an absl::Status carries google.rpc details; the payload is the serialized message.
inline constexpr std::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";
inline constexpr std::string_view kBadRequestUrl = "type.googleapis.com/google.rpc.BadRequest";
inline constexpr std::string_view kRetryInfoUrl = "type.googleapis.com/google.rpc.RetryInfo";

// Why a command is refused. The status code follows from the reason, as error_reason.proto documents it.
struct Refusal {
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  // In Chinese first, then English, for example "处罚达到的情形是SER-04，不是ABN-05 (the penalty meets
  // SER-04, not ABN-05)".
  std::string message;
  std::map<std::string, std::string> metadata;
};

// The documented status code of a reason.
absl::StatusCode CodeOf(v1::ErrorReason reason);

// The status a refusal is reported with: code, message and an ErrorInfo payload (reason without prefix,
// domain "chengxin").
absl::Status ToStatus(const Refusal& refusal);

// The same status, asking the caller to wait at least so long before it calls again (RetryInfo payload).
absl::Status WithRetryAfter(absl::Status status, absl::Duration delay);

// Collects wrong fields of one request; all of them are reported at once.
class FieldViolations {
 public:
  void Add(std::string_view field, std::string_view description);
  bool empty() const { return violations_.field_violations().empty(); }
  const google::rpc::BadRequest& message() const { return violations_; }
  // Ok where nothing was added; else InvalidArgument with a BadRequest payload, its message the first
  // violation as "field: description" and how many more there are.
  absl::Status ToStatus() const;

 private:
  google::rpc::BadRequest violations_;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_REFUSAL_H_
