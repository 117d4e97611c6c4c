#include "domain/deciders.h"

namespace chengxin::domain {

void CheckCommand(const v1::FileApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::FileApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("FileApplicationRequest");
}

void CheckCommand(const v1::AcceptApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::AcceptApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("AcceptApplicationRequest");
}

void CheckCommand(const v1::RejectApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::RejectApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("RejectApplicationRequest");
}

void CheckCommand(const v1::AnswerApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::AnswerApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("AnswerApplicationRequest");
}

void CheckCommand(const v1::RevokeRepairRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::RevokeRepairRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("RevokeRepairRequest");
}

}  // namespace chengxin::domain
