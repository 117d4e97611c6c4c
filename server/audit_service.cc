#include "server/audit_service.h"

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"
#include "server/audit_trail.h"
#include "server/part_stream.h"
#include "server/request_fields.h"
#include "server/unary_call.h"
#include "server/wire.h"

namespace chengxin::server {

namespace {

// Entries in one part of an export.
constexpr int kExportPart = 500;
// A disk that is stuck must not hold the threads that answer: what is not written yet is left out then.
constexpr absl::Duration kLongestFlush = absl::Seconds(2);

absl::Status CheckFilter(const v1::AuditFilter& filter) {
  domain::FieldViolations violations;
  const auto check = [&](std::string_view field, const google::protobuf::Timestamp& stamp) {
    if (stamp.nanos() < 0 || stamp.nanos() > 999'999'999)
      violations.Add(field, "nanos应为0至999,999,999 (nanos outside 0 to 999,999,999)");
  };
  check("filter.from", filter.from());
  check("filter.until", filter.until());
  if (filter.has_from() && filter.has_until() &&
      domain::TimeOf(filter.until()) <= domain::TimeOf(filter.from()))
    violations.Add("filter.until", "不晚于from (expected an instant after from)");
  return violations.ToStatus();
}

absl::Status List(ServiceContext& service, const v1::ListAuditEntriesRequest& request,
                  v1::ListAuditEntriesResponse& response) {
  CHENGXIN_RETURN_IF_ERROR(CheckFilter(request.filter()));
  storage::AuditQuery query{.filter = request.filter()};
  CHENGXIN_ASSIGN_OR_RETURN(query.limit,
                            TakeCount("page_size", request.page_size(), kDefaultPageSize, kMaximumPageSize));
  const std::string question =
      StrCat(MethodName(Method::kListAuditEntries), "\n", request.filter().SerializeAsString());
  if (!request.page_token().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const PageCursor cursor,
                              service.page_tokens.Read(question, request.page_token()));
    if (!absl::SimpleAtoi(cursor.after, &query.from))
      return absl::InternalError("a page token of the audit trail names no sequence");
  }
  service.audit.Flush(kLongestFlush);
  CHENGXIN_ASSIGN_OR_RETURN(storage::AuditPage page, service.audit.store().Read(query));
  for (v1::AuditEntry& entry : page.entries) *response.add_entries() = std::move(entry);
  if (page.next != 0)
    response.set_next_page_token(
        service.page_tokens.Make(question, {.revision = 0, .after = StrCat(page.next)}));
  domain::SetTimestamp(service.audit.store().kept_from(), *response.mutable_kept_from());
  return absl::OkStatus();
}

class AuditExport final : public PartStream<v1::ExportAuditEntriesRequest> {
 public:
  AuditExport(ServiceContext& service, const grpc::CallbackServerContext& context)
      : PartStream(service, context, Method::kExportAuditEntries) {}

 private:
  absl::Status Start(const v1::ExportAuditEntriesRequest& request) override {
    CHENGXIN_RETURN_IF_ERROR(CheckFilter(request.filter()));
    query_ = {.filter = request.filter(), .newest_first = false, .from = 0, .limit = kExportPart};
    service_.audit.Flush(kLongestFlush);
    // What comes later is for the next export: one that followed the trail would never end.
    last_ = service_.audit.store().last();
    return absl::OkStatus();
  }
  absl::StatusOr<bool> ReadPart(grpc::ByteBuffer& bytes) override {
    // It may be long, and can be asked for again from where it ended.
    if (service_.stopping) return ShuttingDown();
    CHENGXIN_ASSIGN_OR_RETURN(storage::AuditPage page, service_.audit.store().Read(query_));
    v1::ExportAuditEntriesResponse part;
    for (v1::AuditEntry& entry : page.entries)
      if (entry.sequence() <= last_) *part.add_entries() = std::move(entry);
    query_.from = page.next;
    SerializeMessage(part, bytes);
    return page.next != 0 && page.next <= last_;
  }

  // Its `from` is where the next part begins.
  storage::AuditQuery query_;
  uint64_t last_ = 0;
};

}  // namespace

grpc::ServerUnaryReactor* AuditService::ListAuditEntries(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListAuditEntriesRequest, v1::ListAuditEntriesResponse>(
      service_, Method::kListAuditEntries, {context, request, response},
      [this](const auto&, const auto& asked, auto& answer) { return List(service_, asked, answer); });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* AuditService::ExportAuditEntries(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  auto* const one = new AuditExport(service_, *context);
  one->Begin(*request);
  return one;
}

}  // namespace chengxin::server
