// What a failed call says: gRPC's status with its google.rpc details, as an absl::Status with payloads.
// Translated once, here.
#ifndef CHENGXIN_CLIENT_ERROR_H_
#define CHENGXIN_CLIENT_ERROR_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chengxin/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/support/status.h"

namespace chengxin::client {

// The same code and message; every detail of the trailer grpc-status-details-bin becomes a payload under its
// type URL. Details that do not parse are left out: the code and the message alone still count.
// A message above the receiver's limit is InvalidArgument naming the limit: repeating it does not help.
absl::Status FromGrpc(const grpc::Status& status);

// The server's reason (ErrorInfo of domain "chengxin"); UNSPECIFIED where it gave none, or one that this
// program does not know.
v1::ErrorReason ReasonOf(const absl::Status& status);
// What the reason refers to, for example {"expected": "SER-04"}; empty where there is none.
std::map<std::string, std::string> ReasonMetadataOf(const absl::Status& status);
// The wrong fields, in the server's order; empty where none is named.
std::vector<google::rpc::BadRequest::FieldViolation> ViolationsOf(const absl::Status& status);
// How long the server asks to wait before trying again.
std::optional<absl::Duration> RetryDelayOf(const absl::Status& status);

// InvalidArgument that names one field, as the server would say it.
absl::Status FieldError(std::string_view field, std::string_view description);
// The same status with violations' paths changed: "organization_codes[3]" of a part that began at 1,000 is
// the caller's "organization_codes[1003]". Other paths stay.
absl::Status ShiftViolations(const absl::Status& status, std::string_view repeated_field, size_t offset);

// Marks a failed command whose outcome is not known: it may have been written. Repeating it with this
// request_id is safe and tells the outcome.
absl::Status WithUnknownOutcome(absl::Status status, std::string_view request_id);
// The request_id to repeat; nothing where the status is ok or says surely that nothing was done.
std::optional<std::string> UnknownOutcomeRequestId(const absl::Status& status);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_ERROR_H_
