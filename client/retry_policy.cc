#include "client/retry_policy.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "client/error.h"

namespace chengxin::client {

namespace {

constexpr RpcRow kRpcs[] = {
    {"chengxin.v1.AdminService/AdvanceClock", Repeatable::kToTarget},
    {"chengxin.v1.AdminService/ActivateCatalogue", Repeatable::kByRequestId},
    {"chengxin.v1.AdminService/GetCatalogue", Repeatable::kRead},
    {"chengxin.v1.AdminService/GetStatus", Repeatable::kRead},
    {"chengxin.v1.AuditService/ListAuditEntries", Repeatable::kRead},
    {"chengxin.v1.AuditService/ExportAuditEntries", Repeatable::kWholeStream},
    {"chengxin.v1.AwardService/CreateAward", Repeatable::kByRequestId},
    {"chengxin.v1.AwardService/RenewAward", Repeatable::kByRequestId},
    {"chengxin.v1.AwardService/CloseAward", Repeatable::kByRequestId},
    {"chengxin.v1.AwardService/GetAward", Repeatable::kRead},
    {"chengxin.v1.AwardService/ListAwards", Repeatable::kRead},
    {"chengxin.v1.AwardService/WatchAwards", Repeatable::kFromCursor},
    {"chengxin.v1.CaseService/OpenCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/AcceptCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/ReturnCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/ResubmitCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/DismissCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/ForwardCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/ServeNotice", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/RecordStatement", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/DecideCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/ConfirmDecision", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/TransferCase", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/FileApplication", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/AcceptApplication", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/RejectApplication", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/AnswerApplication", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/RevokeRepair", Repeatable::kByRequestId},
    {"chengxin.v1.CaseService/GetCase", Repeatable::kRead},
    {"chengxin.v1.CaseService/ListCases", Repeatable::kRead},
    {"chengxin.v1.CaseService/ListDeadlines", Repeatable::kRead},
    {"chengxin.v1.CaseService/GetApplication", Repeatable::kRead},
    {"chengxin.v1.CaseService/ListApplications", Repeatable::kRead},
    {"chengxin.v1.EligibilityService/Certify", Repeatable::kByRequestId},
    {"chengxin.v1.EligibilityService/GetReceipt", Repeatable::kRead},
    {"chengxin.v1.EligibilityService/CheckEligibility", Repeatable::kRead},
    {"chengxin.v1.EligibilityService/BatchCheckEligibility", Repeatable::kRead},
    {"chengxin.v1.EligibilityService/CheckConsortium", Repeatable::kRead},
    {"chengxin.v1.ListingService/GetListing", Repeatable::kRead},
    {"chengxin.v1.ListingService/ListListings", Repeatable::kRead},
    {"chengxin.v1.ListingService/DownloadListings", Repeatable::kWholeStream},
    {"chengxin.v1.ListingService/GetListState", Repeatable::kRead},
    {"chengxin.v1.ListingService/WatchListings", Repeatable::kFromCursor},
    {"chengxin.v1.OrganizationService/GetOrganization", Repeatable::kRead},
    {"chengxin.v1.OrganizationService/BatchGetOrganizations", Repeatable::kRead},
    {"chengxin.v1.OrganizationService/ListOrganizations", Repeatable::kRead},
    {"chengxin.v1.OrganizationService/SearchOrganizations", Repeatable::kRead},
    {"chengxin.v1.OrganizationService/ImportOrganizations", Repeatable::kByBatch},
    {"chengxin.v1.OrganizationService/ChangeOrganizationCode", Repeatable::kByRequestId},
    {"chengxin.v1.OrganizationService/MergeOrganization", Repeatable::kByRequestId},
    {"chengxin.v1.RecordService/CorrectRecord", Repeatable::kByRequestId},
    {"chengxin.v1.RecordService/WithdrawRecord", Repeatable::kByRequestId},
    {"chengxin.v1.RecordService/NoteReview", Repeatable::kByRequestId},
    {"chengxin.v1.RecordService/GetCreditReport", Repeatable::kRead},
    {"chengxin.v1.RecordService/DestroySealedParts", Repeatable::kByRequestId},
    {"chengxin.v1.RecordService/ListLateCaptures", Repeatable::kRead},
    {"chengxin.v1.RecordService/CreateRecord", Repeatable::kByRequestId},
    {"chengxin.v1.RecordService/GetRecord", Repeatable::kRead},
    {"chengxin.v1.RecordService/ListRecords", Repeatable::kRead},
    {"chengxin.v1.RecordService/ImportRecords", Repeatable::kByBatch},
};

}  // namespace

absl::Span<const RpcRow> RpcTable() { return kRpcs; }

const RpcRow& RowOf(std::string_view method) {
  const RpcRow* const row = std::find_if(std::begin(kRpcs), std::end(kRpcs),
                                         [method](const RpcRow& r) { return r.method == method; });
  if (row == std::end(kRpcs)) {
    std::fprintf(stderr, "no row in the table of rpcs for %.*s\n", static_cast<int>(method.size()),
                 method.data());
    std::abort();
  }
  return *row;
}

bool ChangesSomething(const RpcRow& row) {
  return row.repeatable == Repeatable::kByRequestId || row.repeatable == Repeatable::kByBatch;
}

bool MayRetry(const absl::Status& status) {
  const v1::ErrorReason reason = ReasonOf(status);
  if (status.code() == absl::StatusCode::kUnavailable)
    return reason != v1::ERROR_REASON_READ_ONLY && reason != v1::ERROR_REASON_REVISION_NOT_REACHED;
  // Nothing was done, and room comes with time.
  return status.code() == absl::StatusCode::kResourceExhausted &&
         (reason == v1::ERROR_REASON_QUEUE_FULL || reason == v1::ERROR_REASON_PRINCIPAL_LIMIT ||
          reason == v1::ERROR_REASON_OVERLOADED || reason == v1::ERROR_REASON_AUDIT_FULL);
}

bool OutcomeUnknownAfter(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return ReasonOf(status) != v1::ERROR_REASON_READ_ONLY;
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
      return true;
    default:
      return false;
  }
}

Backoff::Backoff(const RetryPolicy& policy)
    : policy_(policy), next_(policy.first_delay), random_(std::random_device{}()) {}

absl::Duration Backoff::Next(const absl::Status& status) {
  const absl::Duration delay = next_ * std::uniform_real_distribution<double>(0.5, 1.0)(random_);
  next_ = std::min(next_ * 2, policy_.longest_delay);
  return std::max(delay, RetryDelayOf(status).value_or(absl::ZeroDuration()));
}

}  // namespace chengxin::client
