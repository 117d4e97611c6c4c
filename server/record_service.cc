#include "server/record_service.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/resource_names.h"
#include "domain/seal.h"
#include "server/access.h"
#include "server/credit_report.h"
#include "server/import_stream.h"
#include "server/known_codes.h"
#include "server/newest_first.h"
#include "server/open_cases.h"
#include "server/outcomes.h"
#include "server/request_fields.h"
#include "server/unary_call.h"

namespace chengxin::server {

namespace {

using storage::Sealed;

// One who may read an organization's records, and what of them.
class RecordReader {
 public:
  RecordReader(const v1::Principal& principal, std::string authority,
               std::shared_ptr<const domain::Knowledge> knowledge)
      : principal_(principal), authority_(std::move(authority)), knowledge_(std::move(knowledge)) {}

  Sealed sealed() const { return SeesSealed(principal_, authority_) ? Sealed::kMerge : Sealed::kLeaveOut; }
  // Takes out what is not the reader's.
  void Show(v1::CreditRecord& record) const {
    if (sealed() == Sealed::kLeaveOut) domain::Redact(record);
    HideOpenCase(principal_, authority_, knowledge_->catalogue.get(), record);
  }

 private:
  const v1::Principal& principal_;
  const std::string authority_;  // where the organization is registered
  const std::shared_ptr<const domain::Knowledge> knowledge_;
};

// The principal as a reader of an organization's records. PermissionDenied where it may read none of them;
// NotFound where the registry copy has no such organization.
absl::StatusOr<RecordReader> MayRead(ServiceContext& service, const v1::Principal& principal,
                                     std::string_view code) {
  CHENGXIN_ASSIGN_OR_RETURN(
      const std::optional<v1::Organization> organization,
      service.engine.store().FindOrganization(code, service.engine.revision(), Sealed::kLeaveOut));
  const std::string_view authority =
      organization.has_value() ? std::string_view(organization->registration_authority()) : "";
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  CHENGXIN_ASSIGN_OR_RETURN(const v1::Principal own, WithFirstCode(service, principal));
  if (!ReadsArchiveOf(own, {code, authority}, knowledge->catalogue.get())) {
    return RoleNotAllowed(
        "只有其登记管理机关及上级机关、财政、审计和该组织本身可以查阅信用信息",
        "only its registering authority and those above, finance, audit and the organization "
        "itself may read its records");
  }
  if (!organization.has_value()) {
    return absl::NotFoundError(
        StrCat("登记信息副本中没有", code, " (the registry copy has no organization ", code, ")"));
  }
  return RecordReader(principal, std::string(authority), knowledge);
}

absl::Status Get(ServiceContext& service, const v1::Principal& principal, const v1::GetRecordRequest& request,
                 v1::GetRecordResponse& response) {
  const std::optional<domain::RecordName> name = domain::ParseRecordName(request.name());
  if (!name.has_value()) {
    return WrongField(
        "name", "应为“organizations/{代码}/records/{标识}” (expected organizations/{code}/records/{id})");
  }
  CHENGXIN_ASSIGN_OR_RETURN(const RecordReader reader, MayRead(service, principal, name->code));
  CHENGXIN_ASSIGN_OR_RETURN(const engine::ResolvedInstant at,
                            service.engine.Resolve(request.has_as_of() ? &request.as_of() : nullptr));
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<v1::CreditRecord> record,
      service.engine.store().FindRecord(name->code, name->id, at.revision, reader.sealed()));
  if (!record.has_value())
    return absl::NotFoundError(StrCat("没有", request.name(), " (no record ", request.name(), ")"));
  reader.Show(*record);
  *response.mutable_record() = *std::move(record);
  return absl::OkStatus();
}

absl::Status List(ServiceContext& service, const v1::Principal& principal,
                  const v1::ListRecordsRequest& request, v1::ListRecordsResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string code,
                            RequireFirstCode(service, "organization_code", request.organization_code()));
  CHENGXIN_ASSIGN_OR_RETURN(const int page_size,
                            TakeCount("page_size", request.page_size(), kDefaultPageSize, kMaximumPageSize));
  if (!v1::RecordCategory_IsValid(request.category())) return WrongField("category", kUnknownEnumerator);
  CHENGXIN_ASSIGN_OR_RETURN(const RecordReader reader, MayRead(service, principal, code));
  const std::string question =
      StrCat(MethodName(Method::kListRecords), "\n", code, "\n", static_cast<int>(request.category()));
  PageCursor cursor{.revision = service.engine.revision(), .after = ""};
  std::optional<domain::RecordId> after;
  if (!request.page_token().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(cursor, service.page_tokens.Read(question, request.page_token()));
    if (const auto name = domain::ParseRecordName(cursor.after)) after = name->id;
  }
  bool more = false;
  const auto visit = [&](v1::CreditRecord record) {
    if (request.category() != v1::RECORD_CATEGORY_UNSPECIFIED && record.category() != request.category())
      return true;
    if (response.records_size() >= page_size) {
      more = true;
      return false;
    }
    cursor.after = record.name();
    reader.Show(record);
    *response.add_records() = std::move(record);
    return true;
  };
  CHENGXIN_RETURN_IF_ERROR(
      service.engine.store().ScanRecords(code, after, cursor.revision, reader.sealed(), visit));
  if (more) response.set_next_page_token(service.page_tokens.Make(question, cursor));
  return absl::OkStatus();
}

absl::Status ListLate(ServiceContext& service, const v1::Principal& principal,
                      const v1::ListLateCapturesRequest& request, v1::ListLateCapturesResponse& response) {
  const std::optional<std::string_view> authority = domain::ParseAuthorityName(principal.authority());
  CHENGXIN_ASSIGN_OR_RETURN(
      NewestFirst page,
      NewestFirst::Take(service, StrCat(MethodName(Method::kListLateCaptures), "\n", principal.authority()),
                        request.page_size(), request.page_token()));
  CHENGXIN_RETURN_IF_ERROR(service.engine.store().ScanLateCaptures(
      std::string(authority.value_or("")), domain::ParseRecordName(page.after()), page.revision(),
      Sealed::kMerge, [&](v1::CreditRecord record) {
        if (!page.Look(record.name())) return false;
        page.Add();
        *response.add_records() = std::move(record);
        return true;
      }));
  response.set_next_page_token(page.NextPageToken(service));
  return absl::OkStatus();
}

// Whether a command on a record came from the registering authority; else it came from a source, for its own
// rows, which learns nothing of cases (rule 46).
bool IsAuthority(const v1::Principal& principal) { return principal.role() == v1::ROLE_CIVIL_AFFAIRS; }

// The record as the principal that gave the command may see it: only a registering authority, or a source for
// its own rows, gets so far.
void ShowCommanded(const v1::Principal& principal, const engine::Committed& committed,
                   v1::CreditRecord& record) {
  if (const v1::CreditRecord* found = RecordOf(committed)) record = *found;
  if (IsAuthority(principal)) return;
  domain::Redact(record);
  HideOpenCase(principal, "", nullptr, record);
}

void FillCorrected(const v1::Principal& principal, const engine::Committed& committed,
                   v1::CorrectRecordResponse& response) {
  response.set_revision(committed.revision);
  ShowCommanded(principal, committed, *response.mutable_record());
  if (const v1::Case* opened = CaseOf(committed); opened != nullptr && IsAuthority(principal))
    response.set_case_(opened->name());
}

void FillWithdrawn(const v1::Principal& principal, const engine::Committed& committed,
                   v1::WithdrawRecordResponse& response) {
  response.set_revision(committed.revision);
  ShowCommanded(principal, committed, *response.mutable_record());
  if (!IsAuthority(principal)) return;
  for (const log::v1::Event& event : committed.events)
    if (event.has_case_()) response.add_cases(event.case_().name());
}

void FillNoted(const v1::Principal& principal, const engine::Committed& committed,
               v1::NoteReviewResponse& response) {
  response.set_revision(committed.revision);
  if (RecordOf(committed) != nullptr) ShowCommanded(principal, committed, *response.mutable_record());
  const ListingsOf listings(committed);
  if (listings.led_to != nullptr) *response.mutable_listing() = *listings.led_to;
}

// Counts what said something; the headers that went with it are no parts of the resource.
void FillDestroyed(const v1::Principal& principal, const engine::Committed& committed,
                   v1::DestroySealedPartsResponse& response) {
  response.set_revision(committed.revision);
  int64_t parts = 0;
  for (const log::v1::Event& event : committed.events) {
    for (const log::v1::SealedPlace& place : event.destruction().places())
      parts += place.ordinal() > 0 ? 1 : 0;
  }
  response.set_parts(parts);
}

// Takes the resources out of what was committed.
void FillCreated(const v1::Principal& principal, const engine::Committed& committed,
                 v1::CreateRecordResponse& response) {
  response.set_revision(committed.revision);
  const ListingsOf listings(committed);
  if (listings.led_to != nullptr) *response.mutable_listing() = *listings.led_to;
  if (listings.moved != nullptr) *response.mutable_moved_listing() = *listings.moved;
  ShowCommanded(principal, committed, *response.mutable_record());
}

}  // namespace

grpc::ServerUnaryReactor* RecordService::CreateRecord(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request,
                                                      grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::CreateRecordRequest, v1::CreateRecordResponse>(
      service_, Method::kCreateRecord, {context, request, response}, FillCreated);
}

grpc::ServerUnaryReactor* RecordService::GetRecord(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetRecordRequest, v1::GetRecordResponse>(
      service_, Method::kGetRecord, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return Get(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* RecordService::ListRecords(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListRecordsRequest, v1::ListRecordsResponse>(
      service_, Method::kListRecords, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return List(service_, principal, asked, answer);
      });
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* RecordService::ImportRecords(
    grpc::CallbackServerContext* context) {
  return ReceiveRecords(service_, *context);
}

grpc::ServerUnaryReactor* RecordService::CorrectRecord(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request,
                                                       grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::CorrectRecordRequest, v1::CorrectRecordResponse>(
      service_, Method::kCorrectRecord, {context, request, response}, FillCorrected);
}

grpc::ServerUnaryReactor* RecordService::WithdrawRecord(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request,
                                                        grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::WithdrawRecordRequest, v1::WithdrawRecordResponse>(
      service_, Method::kWithdrawRecord, {context, request, response}, FillWithdrawn);
}

grpc::ServerUnaryReactor* RecordService::NoteReview(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::NoteReviewRequest, v1::NoteReviewResponse>(
      service_, Method::kNoteReview, {context, request, response}, FillNoted);
}

grpc::ServerUnaryReactor* RecordService::GetCreditReport(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetCreditReportRequest, v1::GetCreditReportResponse>(
      service_, Method::kGetCreditReport, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::GetCreditReport(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* RecordService::DestroySealedParts(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::DestroySealedPartsRequest, v1::DestroySealedPartsResponse>(
      service_, Method::kDestroySealedParts, {context, request, response}, FillDestroyed);
}

grpc::ServerUnaryReactor* RecordService::ListLateCaptures(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request,
                                                          grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListLateCapturesRequest, v1::ListLateCapturesResponse>(
      service_, Method::kListLateCaptures, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return ListLate(service_, principal, asked, answer);
      });
}

}  // namespace chengxin::server
