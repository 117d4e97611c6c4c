#include "server/audit_service.h"

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"
#include "server/audit_trail.h"
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

absl::Status ShuttingDown() {
  return domain::ToStatus({.reason = v1::ERROR_REASON_SHUTTING_DOWN,
                           .message = "服务正在停止，请稍后重试 (the server stops; try again later)",
                           .metadata = {}});
}

// Deletes itself when done. A part is read when the one before was written, so a slow reader holds nothing
// but its own. Its reactions follow each other, so it needs no lock.
class AuditExport final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  AuditExport(ServiceContext& service, const grpc::CallbackServerContext& context)
      : service_(service), call_(service, context, Method::kExportAuditEntries) {}

  // Checks what is asked for; to be followed by Begin with what it answers.
  absl::Status Take(const grpc::ByteBuffer& bytes) {
    CHENGXIN_RETURN_IF_ERROR(call_.Admit());
    v1::ExportAuditEntriesRequest request;
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(bytes, request));
    call_.StreamStarted(request);
    CHENGXIN_RETURN_IF_ERROR(CheckFilter(request.filter()));
    query_ = {.filter = request.filter(), .newest_first = false, .from = 0, .limit = kExportPart};
    return absl::OkStatus();
  }
  void Begin(const absl::Status& taken) {
    if (!taken.ok()) {
      End(taken);
      return;
    }
    service_.audit.Flush(kLongestFlush);
    // What comes later is for the next export: one that followed the trail would never end.
    last_ = service_.audit.store().last();
    SendPart();
  }
  void OnWriteDone(bool ok) override {
    if (!ok) {
      End(absl::CancelledError("导出已取消 (the export was cancelled)"));
    } else if (query_.from == 0) {
      End(absl::OkStatus());
    } else {
      SendPart();
    }
  }
  void OnDone() override { delete this; }

 private:
  void SendPart() {
    const absl::Status going_on = service_.stopping ? ShuttingDown() : call_.Recheck();
    if (!going_on.ok()) {
      End(going_on);
      return;
    }
    absl::StatusOr<storage::AuditPage> page = service_.audit.store().Read(query_);
    if (!page.ok()) {
      End(page.status());
      return;
    }
    v1::ExportAuditEntriesResponse part;
    for (v1::AuditEntry& entry : page->entries)
      if (entry.sequence() <= last_) *part.add_entries() = std::move(entry);
    query_.from = page->next <= last_ ? page->next : 0;
    SerializeMessage(part, part_);
    StartWrite(&part_);
  }
  void End(const absl::Status& status) { Finish(call_.End(status)); }

  ServiceContext& service_;
  Call call_;
  // Its `from` is where the next part begins; 0 after the first part: there is none.
  storage::AuditQuery query_;
  uint64_t last_ = 0;
  grpc::ByteBuffer part_;
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
  one->Begin(one->Take(*request));
  return one;
}

}  // namespace chengxin::server
