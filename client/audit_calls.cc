// Calls on the audit trail.
#include "client/client.h"
#include "client/connection.h"
#include "client/error.h"
#include "client/unary.h"

namespace chengxin::client {

absl::StatusOr<v1::ListAuditEntriesResponse> Client::ListAuditEntries(
    const v1::ListAuditEntriesRequest& request) {
  return Read(*connection_, "chengxin.v1.AuditService/ListAuditEntries", connection_->audits(),
              &v1::AuditService::Stub::ListAuditEntries, request);
}

absl::Status Client::ExportAuditEntries(const v1::AuditFilter& filter,
                                        const std::function<void(const v1::AuditEntry&)>& take) {
  v1::ExportAuditEntriesRequest request;
  *request.mutable_filter() = filter;
  // Without a deadline: it takes as long as what takes the entries.
  grpc::ClientContext context;
  connection_->Identify(context);
  const auto reader = connection_->audits().ExportAuditEntries(&context, request);
  for (v1::ExportAuditEntriesResponse part; reader->Read(&part);)
    for (const v1::AuditEntry& entry : part.entries()) take(entry);
  return FromGrpc(reader->Finish());
}

}  // namespace chengxin::client
