// The client of Chengxin: every method of chengxin.v1 as a call that returns an absl::StatusOr.
#ifndef CHENGXIN_CLIENT_CLIENT_H_
#define CHENGXIN_CLIENT_CLIENT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "chengxin/v1/admin_service.pb.h"
#include "chengxin/v1/audit_service.pb.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "client/identity.h"
#include "client/import_stream.h"
#include "client/proof.h"
#include "client/retry_policy.h"
#include "client/sleeper.h"
#include "client/watch.h"

namespace grpc {
class ChannelInterface;
}  // namespace grpc

namespace chengxin::client {

inline constexpr char kDefaultAddress[] = "127.0.0.1:7400";
// Codes the server takes in one BatchCheckEligibility.
inline constexpr size_t kMaximumBatchCodes = 1000;

struct ClientOptions {
  std::string address = kDefaultAddress;
  // Who the caller says it is, to a server that believes without proof; not sent with TLS.
  Identity identity;
  // How the server is known and the caller proves who it is.
  Proof proof;
  // For one call, all its attempts and the waits between them together. Streams have none.
  absl::Duration timeout = absl::Seconds(10);
  RetryPolicy retry;
  // For tests; null: the machine's.
  Sleeper* sleeper = nullptr;
  Clock* clock = nullptr;
};

// The published list at one revision.
struct DownloadedList {
  uint64_t revision = 0;
  std::vector<v1::Listing> listings;
};

// Thread-safe; one serves a whole program. Calls wait for their answer.
//
// A call that failed is repeated where its row of RpcTable() allows it and MayRetry() says so, after a pause
// (Backoff), until an answer, the policy's attempts or the timeout. Errors are the server's, as documented at
// each rpc, with the accessors of client/error.h; besides UNAVAILABLE (not reached), DEADLINE_EXCEEDED (no
// answer in time). A command that ended so has an unknown outcome: UnknownOutcomeRequestId() tells what to
// repeat.
class Client {
 public:
  // Connects with the first call. InvalidArgument where the address is not HOST:PORT, or for what is wrong
  // with the proof (ChannelCredentialsOf, TokenOf).
  static absl::StatusOr<std::unique_ptr<Client>> Create(ClientOptions options);
  // Over a channel that is there already.
  static std::unique_ptr<Client> OverChannel(std::shared_ptr<grpc::ChannelInterface> channel,
                                             ClientOptions options);
  ~Client();

  // -- eligibility
  absl::StatusOr<v1::CheckEligibilityResponse> CheckEligibility(const v1::CheckEligibilityRequest& request);
  // Any number of codes from 1 on: more than kMaximumBatchCodes are asked for in parts, all of the first
  // part's revision and instants, and answered as one, in the order asked. The timeout is for each part.
  // Internal where a server answers a later part at another revision.
  absl::StatusOr<v1::BatchCheckEligibilityResponse> BatchCheckEligibility(
      const v1::BatchCheckEligibilityRequest& request);
  absl::StatusOr<v1::CheckConsortiumResponse> CheckConsortium(const v1::CheckConsortiumRequest& request);

  // Makes a check durable. An empty request_id is filled in.
  absl::StatusOr<v1::CertifyResponse> Certify(v1::CertifyRequest request);
  absl::StatusOr<v1::GetReceiptResponse> GetReceipt(const v1::GetReceiptRequest& request);

  // -- organizations
  absl::StatusOr<v1::GetOrganizationResponse> GetOrganization(const v1::GetOrganizationRequest& request);
  absl::StatusOr<v1::BatchGetOrganizationsResponse> BatchGetOrganizations(
      const v1::BatchGetOrganizationsRequest& request);
  absl::StatusOr<v1::ListOrganizationsResponse> ListOrganizations(
      const v1::ListOrganizationsRequest& request);
  absl::StatusOr<v1::SearchOrganizationsResponse> SearchOrganizations(
      const v1::SearchOrganizationsRequest& request);
  // Starts a run; the client must outlive it.
  std::unique_ptr<OrganizationImport> ImportOrganizations(const ImportStreamOptions& options,
                                                          OrganizationImport::OnAcknowledged on_acknowledged);
  // Commands; an empty request_id is filled in.
  absl::StatusOr<v1::ChangeOrganizationCodeResponse> ChangeOrganizationCode(
      v1::ChangeOrganizationCodeRequest request);
  absl::StatusOr<v1::MergeOrganizationResponse> MergeOrganization(v1::MergeOrganizationRequest request);

  // -- records; an empty request_id is filled in
  absl::StatusOr<v1::CreateRecordResponse> CreateRecord(v1::CreateRecordRequest request);
  absl::StatusOr<v1::GetRecordResponse> GetRecord(const v1::GetRecordRequest& request);
  absl::StatusOr<v1::ListRecordsResponse> ListRecords(const v1::ListRecordsRequest& request);
  // Starts a run; the client must outlive it.
  std::unique_ptr<RecordImport> ImportRecords(const ImportStreamOptions& options,
                                              RecordImport::OnAcknowledged on_acknowledged);
  absl::StatusOr<v1::CorrectRecordResponse> CorrectRecord(v1::CorrectRecordRequest request);
  absl::StatusOr<v1::WithdrawRecordResponse> WithdrawRecord(v1::WithdrawRecordRequest request);
  absl::StatusOr<v1::NoteReviewResponse> NoteReview(v1::NoteReviewRequest request);
  absl::StatusOr<v1::DestroySealedPartsResponse> DestroySealedParts(v1::DestroySealedPartsRequest request);
  absl::StatusOr<v1::GetCreditReportResponse> GetCreditReport(const v1::GetCreditReportRequest& request);
  absl::StatusOr<v1::ListLateCapturesResponse> ListLateCaptures(const v1::ListLateCapturesRequest& request);

  // -- cases; the commands' empty request_id is filled in
  absl::StatusOr<v1::OpenCaseResponse> OpenCase(v1::OpenCaseRequest request);
  absl::StatusOr<v1::AcceptCaseResponse> AcceptCase(v1::AcceptCaseRequest request);
  absl::StatusOr<v1::ReturnCaseResponse> ReturnCase(v1::ReturnCaseRequest request);
  absl::StatusOr<v1::ResubmitCaseResponse> ResubmitCase(v1::ResubmitCaseRequest request);
  absl::StatusOr<v1::DismissCaseResponse> DismissCase(v1::DismissCaseRequest request);
  absl::StatusOr<v1::ForwardCaseResponse> ForwardCase(v1::ForwardCaseRequest request);
  absl::StatusOr<v1::ServeNoticeResponse> ServeNotice(v1::ServeNoticeRequest request);
  absl::StatusOr<v1::RecordStatementResponse> RecordStatement(v1::RecordStatementRequest request);
  absl::StatusOr<v1::DecideCaseResponse> DecideCase(v1::DecideCaseRequest request);
  absl::StatusOr<v1::ConfirmDecisionResponse> ConfirmDecision(v1::ConfirmDecisionRequest request);
  absl::StatusOr<v1::TransferCaseResponse> TransferCase(v1::TransferCaseRequest request);
  absl::StatusOr<v1::GetCaseResponse> GetCase(const v1::GetCaseRequest& request);
  absl::StatusOr<v1::ListCasesResponse> ListCases(const v1::ListCasesRequest& request);
  absl::StatusOr<v1::ListDeadlinesResponse> ListDeadlines(const v1::ListDeadlinesRequest& request);

  // -- applications; likewise
  absl::StatusOr<v1::FileApplicationResponse> FileApplication(v1::FileApplicationRequest request);
  absl::StatusOr<v1::AcceptApplicationResponse> AcceptApplication(v1::AcceptApplicationRequest request);
  absl::StatusOr<v1::RejectApplicationResponse> RejectApplication(v1::RejectApplicationRequest request);
  absl::StatusOr<v1::AnswerApplicationResponse> AnswerApplication(v1::AnswerApplicationRequest request);
  absl::StatusOr<v1::RevokeRepairResponse> RevokeRepair(v1::RevokeRepairRequest request);
  absl::StatusOr<v1::GetApplicationResponse> GetApplication(const v1::GetApplicationRequest& request);
  absl::StatusOr<v1::ListApplicationsResponse> ListApplications(const v1::ListApplicationsRequest& request);

  // -- awards; likewise
  absl::StatusOr<v1::CreateAwardResponse> CreateAward(v1::CreateAwardRequest request);
  absl::StatusOr<v1::RenewAwardResponse> RenewAward(v1::RenewAwardRequest request);
  absl::StatusOr<v1::CloseAwardResponse> CloseAward(v1::CloseAwardRequest request);
  absl::StatusOr<v1::GetAwardResponse> GetAward(const v1::GetAwardRequest& request);
  absl::StatusOr<v1::ListAwardsResponse> ListAwards(const v1::ListAwardsRequest& request);
  // Watches the caller's own active awards, as WatchListings does. No alert is lost over a dropped
  // connection, and none is told twice.
  WatchEnd WatchAwards(const v1::WatchAwardsRequest& request, AwardObserver& observer,
                       Cancellation* cancellation);

  // -- the published list
  absl::StatusOr<v1::GetListingResponse> GetListing(const v1::GetListingRequest& request);
  absl::StatusOr<v1::ListListingsResponse> ListListings(const v1::ListListingsRequest& request);
  absl::StatusOr<v1::GetListStateResponse> GetListState(const v1::GetListStateRequest& request);
  // The whole list. DataLoss where the stream ended before its last part or mixed revisions.
  absl::StatusOr<DownloadedList> DownloadListings(const v1::ListingFilter& filter);
  // Watches until the observer or `cancellation` (may be null) ends it or the server refuses. A dropped
  // connection, a stopping server and silence for three heartbeats are mended by resuming after the cursor,
  // for as long as it takes. OUT_OF_RANGE where the server's log has not reached the cursor: it was restored
  // from an earlier state.
  WatchEnd WatchListings(const v1::WatchListingsRequest& request, ListingObserver& observer,
                         Cancellation* cancellation);

  // -- the audit trail of the server
  absl::StatusOr<v1::ListAuditEntriesResponse> ListAuditEntries(const v1::ListAuditEntriesRequest& request);
  // All entries, oldest first; `take` gets each as it comes, on this thread. Not repeated where it breaks
  // off: what was taken is complete up to there.
  absl::Status ExportAuditEntries(const v1::AuditFilter& filter,
                                  const std::function<void(const v1::AuditEntry&)>& take);

  // -- administration
  absl::StatusOr<v1::ActivateCatalogueResponse> ActivateCatalogue(v1::ActivateCatalogueRequest request);
  absl::StatusOr<v1::GetCatalogueResponse> GetCatalogue(const v1::GetCatalogueRequest& request);
  absl::StatusOr<v1::GetStatusResponse> GetStatus(const v1::GetStatusRequest& request);
  // Moves a simulated clock. All dues on the way are done before the answer: give it a long timeout.
  absl::StatusOr<v1::AdvanceClockResponse> AdvanceClock(const v1::AdvanceClockRequest& request);

 private:
  explicit Client(std::unique_ptr<Connection> connection);

  const std::unique_ptr<Connection> connection_;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_CLIENT_H_
