#include "domain/deciders.h"

namespace chengxin::domain {

void CheckCommand(const v1::CorrectRecordRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::CorrectRecordRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("CorrectRecordRequest");
}

void CheckCommand(const v1::WithdrawRecordRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::WithdrawRecordRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("WithdrawRecordRequest");
}

}  // namespace chengxin::domain
