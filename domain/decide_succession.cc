#include "domain/deciders.h"

namespace chengxin::domain {

void CheckCommand(const v1::ChangeOrganizationCodeRequest& request, absl::Time now,
                  const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::ChangeOrganizationCodeRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("ChangeOrganizationCodeRequest");
}

void CheckCommand(const v1::MergeOrganizationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::MergeOrganizationRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("MergeOrganizationRequest");
}

}  // namespace chengxin::domain
