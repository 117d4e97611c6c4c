#include "domain/deciders.h"

namespace chengxin::domain {

void CheckCommand(const v1::CertifyRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::CertifyRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("CertifyRequest");
}

}  // namespace chengxin::domain
