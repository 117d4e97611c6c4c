// What the services tell of their calls, for metrics.
#ifndef CHENGXIN_SERVER_CALL_METRICS_H_
#define CHENGXIN_SERVER_CALL_METRICS_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "absl/time/time.h"
#include "grpcpp/support/status.h"

namespace chengxin::server {

// Every rpc of the API, in the order of the table below.
enum class Method {
  kActivateCatalogue,
  kGetCatalogue,
  kGetStatus,
  kAdvanceClock,
  kListAuditEntries,
  kExportAuditEntries,
  kCreateAward,
  kRenewAward,
  kCloseAward,
  kGetAward,
  kListAwards,
  kWatchAwards,
  kOpenCase,
  kAcceptCase,
  kReturnCase,
  kResubmitCase,
  kDismissCase,
  kForwardCase,
  kServeNotice,
  kRecordStatement,
  kDecideCase,
  kConfirmDecision,
  kTransferCase,
  kGetCase,
  kListCases,
  kListDeadlines,
  kFileApplication,
  kAcceptApplication,
  kRejectApplication,
  kAnswerApplication,
  kRevokeRepair,
  kGetApplication,
  kListApplications,
  kCheckEligibility,
  kBatchCheckEligibility,
  kCheckConsortium,
  kCertify,
  kGetReceipt,
  kGetListing,
  kListListings,
  kDownloadListings,
  kGetListState,
  kWatchListings,
  kGetOrganization,
  kBatchGetOrganizations,
  kListOrganizations,
  kSearchOrganizations,
  kImportOrganizations,
  kChangeOrganizationCode,
  kMergeOrganization,
  kCreateRecord,
  kGetRecord,
  kListRecords,
  kImportRecords,
  kCorrectRecord,
  kWithdrawRecord,
  kNoteReview,
  kGetCreditReport,
  kDestroySealedParts,
  kListLateCaptures,
};

// Full names of the methods, by Method.
inline constexpr std::array<std::string_view, 60> kMethodNames = {
    "chengxin.v1.AdminService/ActivateCatalogue",
    "chengxin.v1.AdminService/GetCatalogue",
    "chengxin.v1.AdminService/GetStatus",
    "chengxin.v1.AdminService/AdvanceClock",
    "chengxin.v1.AuditService/ListAuditEntries",
    "chengxin.v1.AuditService/ExportAuditEntries",
    "chengxin.v1.AwardService/CreateAward",
    "chengxin.v1.AwardService/RenewAward",
    "chengxin.v1.AwardService/CloseAward",
    "chengxin.v1.AwardService/GetAward",
    "chengxin.v1.AwardService/ListAwards",
    "chengxin.v1.AwardService/WatchAwards",
    "chengxin.v1.CaseService/OpenCase",
    "chengxin.v1.CaseService/AcceptCase",
    "chengxin.v1.CaseService/ReturnCase",
    "chengxin.v1.CaseService/ResubmitCase",
    "chengxin.v1.CaseService/DismissCase",
    "chengxin.v1.CaseService/ForwardCase",
    "chengxin.v1.CaseService/ServeNotice",
    "chengxin.v1.CaseService/RecordStatement",
    "chengxin.v1.CaseService/DecideCase",
    "chengxin.v1.CaseService/ConfirmDecision",
    "chengxin.v1.CaseService/TransferCase",
    "chengxin.v1.CaseService/GetCase",
    "chengxin.v1.CaseService/ListCases",
    "chengxin.v1.CaseService/ListDeadlines",
    "chengxin.v1.CaseService/FileApplication",
    "chengxin.v1.CaseService/AcceptApplication",
    "chengxin.v1.CaseService/RejectApplication",
    "chengxin.v1.CaseService/AnswerApplication",
    "chengxin.v1.CaseService/RevokeRepair",
    "chengxin.v1.CaseService/GetApplication",
    "chengxin.v1.CaseService/ListApplications",
    "chengxin.v1.EligibilityService/CheckEligibility",
    "chengxin.v1.EligibilityService/BatchCheckEligibility",
    "chengxin.v1.EligibilityService/CheckConsortium",
    "chengxin.v1.EligibilityService/Certify",
    "chengxin.v1.EligibilityService/GetReceipt",
    "chengxin.v1.ListingService/GetListing",
    "chengxin.v1.ListingService/ListListings",
    "chengxin.v1.ListingService/DownloadListings",
    "chengxin.v1.ListingService/GetListState",
    "chengxin.v1.ListingService/WatchListings",
    "chengxin.v1.OrganizationService/GetOrganization",
    "chengxin.v1.OrganizationService/BatchGetOrganizations",
    "chengxin.v1.OrganizationService/ListOrganizations",
    "chengxin.v1.OrganizationService/SearchOrganizations",
    "chengxin.v1.OrganizationService/ImportOrganizations",
    "chengxin.v1.OrganizationService/ChangeOrganizationCode",
    "chengxin.v1.OrganizationService/MergeOrganization",
    "chengxin.v1.RecordService/CreateRecord",
    "chengxin.v1.RecordService/GetRecord",
    "chengxin.v1.RecordService/ListRecords",
    "chengxin.v1.RecordService/ImportRecords",
    "chengxin.v1.RecordService/CorrectRecord",
    "chengxin.v1.RecordService/WithdrawRecord",
    "chengxin.v1.RecordService/NoteReview",
    "chengxin.v1.RecordService/GetCreditReport",
    "chengxin.v1.RecordService/DestroySealedParts",
    "chengxin.v1.RecordService/ListLateCaptures",
};
inline constexpr size_t kMethodCount = kMethodNames.size();
static_assert(static_cast<size_t>(Method::kListLateCaptures) + 1 == kMethodCount);

inline constexpr std::string_view MethodName(Method method) {
  return kMethodNames[static_cast<size_t>(method)];
}

// Thread-safe and quick: called on the threads that answer.
class CallMetrics {
 public:
  virtual ~CallMetrics() = default;

  // A call arrived.
  virtual void Started(Method method) = 0;
  // The same call was answered with this status, this long after it started. Exactly once for each Started.
  virtual void Ended(Method method, grpc::StatusCode code, absl::Duration duration) = 0;
  // Watchers connected (1) or gone (-1).
  virtual void WatchersChanged(int by) = 0;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CALL_METRICS_H_
