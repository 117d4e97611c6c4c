#include "tests/access/table_targets.h"

#include <array>

namespace chengxin {

namespace {

using server::kMethodCount;
using server::Method;

struct Row {
  Method method;
  MakeTarget make;
};

// A method without a row does not compile.
constexpr std::array<Row, kMethodCount> kRows = {{
    {Method::kActivateCatalogue, ActivateCatalogue},
    {Method::kGetCatalogue, GetCatalogue},
    {Method::kGetStatus, GetStatus},
    {Method::kAdvanceClock, AdvanceClock},
    {Method::kListAuditEntries, ListAuditEntries},
    {Method::kExportAuditEntries, ExportAuditEntries},
    {Method::kCreateAward, CreateAward},
    {Method::kRenewAward, RenewAward},
    {Method::kCloseAward, CloseAward},
    {Method::kGetAward, GetAward},
    {Method::kListAwards, ListAwards},
    {Method::kWatchAwards, WatchAwards},
    {Method::kOpenCase, OpenCase},
    {Method::kAcceptCase, AcceptCase},
    {Method::kReturnCase, ReturnCase},
    {Method::kResubmitCase, ResubmitCase},
    {Method::kDismissCase, DismissCase},
    {Method::kForwardCase, ForwardCase},
    {Method::kServeNotice, ServeNotice},
    {Method::kRecordStatement, RecordStatement},
    {Method::kDecideCase, DecideCase},
    {Method::kConfirmDecision, ConfirmDecision},
    {Method::kTransferCase, TransferCase},
    {Method::kGetCase, GetCase},
    {Method::kListCases, ListCases},
    {Method::kListDeadlines, ListDeadlines},
    {Method::kFileApplication, FileApplication},
    {Method::kAcceptApplication, AcceptApplication},
    {Method::kRejectApplication, RejectApplication},
    {Method::kAnswerApplication, AnswerApplication},
    {Method::kRevokeRepair, RevokeRepair},
    {Method::kGetApplication, GetApplication},
    {Method::kListApplications, ListApplications},
    {Method::kCheckEligibility, CheckEligibility},
    {Method::kBatchCheckEligibility, BatchCheckEligibility},
    {Method::kCheckConsortium, CheckConsortium},
    {Method::kCertify, Certify},
    {Method::kGetReceipt, GetReceipt},
    {Method::kGetListing, GetListing},
    {Method::kListListings, ListListings},
    {Method::kDownloadListings, DownloadListings},
    {Method::kGetListState, GetListState},
    {Method::kWatchListings, WatchListings},
    {Method::kGetOrganization, GetOrganization},
    {Method::kBatchGetOrganizations, BatchGetOrganizations},
    {Method::kListOrganizations, ListOrganizations},
    {Method::kSearchOrganizations, SearchOrganizations},
    {Method::kImportOrganizations, ImportOrganizations},
    {Method::kChangeOrganizationCode, ChangeOrganizationCode},
    {Method::kMergeOrganization, MergeOrganization},
    {Method::kCreateRecord, CreateRecord},
    {Method::kGetRecord, GetRecord},
    {Method::kListRecords, ListRecords},
    {Method::kImportRecords, ImportRecords},
    {Method::kCorrectRecord, CorrectRecord},
    {Method::kWithdrawRecord, WithdrawRecord},
    {Method::kNoteReview, NoteReview},
    {Method::kGetCreditReport, GetCreditReport},
    {Method::kDestroySealedParts, DestroySealedParts},
    {Method::kListLateCaptures, ListLateCaptures},
}};

constexpr bool RowsAreInOrder() {
  for (size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<size_t>(kRows[i].method) != i || kRows[i].make == nullptr) return false;
  }
  return true;
}
static_assert(RowsAreInOrder());

}  // namespace

Target TargetOf(Method method, LawOffice& office, v1::Role role) {
  return kRows[static_cast<size_t>(method)].make(office, role);
}

}  // namespace chengxin
