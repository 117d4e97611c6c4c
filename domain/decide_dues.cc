#include "domain/deciders.h"

namespace chengxin::domain {

void CheckCommand(const log::v1::LetDueHappen& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const log::v1::LetDueHappen& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("LetDueHappen");
}

}  // namespace chengxin::domain
