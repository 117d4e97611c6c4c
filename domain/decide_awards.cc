#include "domain/deciders.h"

namespace chengxin::domain {

void CheckCommand(const v1::CreateAwardRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::CreateAwardRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("CreateAwardRequest");
}

void CheckCommand(const v1::RenewAwardRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::RenewAwardRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("RenewAwardRequest");
}

void CheckCommand(const v1::CloseAwardRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::CloseAwardRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("CloseAwardRequest");
}

}  // namespace chengxin::domain
