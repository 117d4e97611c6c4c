#include "domain/deciders.h"

namespace chengxin::domain {

void CheckCommand(const v1::OpenCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::OpenCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("OpenCaseRequest");
}

void CheckCommand(const v1::AcceptCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::AcceptCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("AcceptCaseRequest");
}

void CheckCommand(const v1::ReturnCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::ReturnCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("ReturnCaseRequest");
}

void CheckCommand(const v1::ResubmitCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::ResubmitCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("ResubmitCaseRequest");
}

void CheckCommand(const v1::DismissCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::DismissCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("DismissCaseRequest");
}

void CheckCommand(const v1::ForwardCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::ForwardCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("ForwardCaseRequest");
}

void CheckCommand(const v1::ServeNoticeRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::ServeNoticeRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("ServeNoticeRequest");
}

void CheckCommand(const v1::RecordStatementRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::RecordStatementRequest& request,
                                       const CommandContext& context, const View& view) {
  return absl::UnimplementedError("RecordStatementRequest");
}

void CheckCommand(const v1::DecideCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::DecideCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("DecideCaseRequest");
}

void CheckCommand(const v1::TransferCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::TransferCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  return absl::UnimplementedError("TransferCaseRequest");
}

}  // namespace chengxin::domain
