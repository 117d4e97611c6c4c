// A real gRPC server whose answers a test writes, and a client that waits without time passing.
#ifndef CHENGXIN_TESTS_UNIT_CLIENT_SCRIPTED_SERVER_H_
#define CHENGXIN_TESTS_UNIT_CLIENT_SCRIPTED_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "base/mutex.h"
#include "chengxin/v1/admin_service.grpc.pb.h"
#include "chengxin/v1/audit_service.grpc.pb.h"
#include "chengxin/v1/award_service.grpc.pb.h"
#include "chengxin/v1/case_service.grpc.pb.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "chengxin/v1/record_service.grpc.pb.h"
#include "client/client.h"
#include "client/sleeper.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "grpcpp/server_context.h"
#include "tests/support/fake_clock.h"

namespace chengxin::client {

// A failure with an ErrorInfo of ours.
grpc::Status Failure(grpc::StatusCode code, const std::string& message, std::string_view reason = {});
// INVALID_ARGUMENT with one wrong field.
grpc::Status WrongField(const std::string& field, const std::string& description);

// Remembers how long it was asked to wait; the clock goes on by that.
class FakeSleeper : public Sleeper {
 public:
  explicit FakeSleeper(FakeClock& clock) : clock_(clock) {}
  void Sleep(absl::Duration duration, Cancellation*) override {
    clock_.Advance(duration);
    MutexLock lock(mu_);
    naps_.push_back(duration);
  }
  std::vector<absl::Duration> naps() const {
    MutexLock lock(mu_);
    return naps_;
  }

 private:
  FakeClock& clock_;
  mutable Mutex mu_;
  std::vector<absl::Duration> naps_ CHENGXIN_GUARDED_BY(mu_);
};

// What a server was sent, seen from the test's thread.
template <typename T>
class Seen {
 public:
  // Returns how many there are now.
  size_t Add(T value) {
    MutexLock lock(mu_);
    values_.push_back(std::move(value));
    return values_.size();
  }
  std::vector<T> all() const {
    MutexLock lock(mu_);
    return values_;
  }

 private:
  mutable Mutex mu_;
  std::vector<T> values_ CHENGXIN_GUARDED_BY(mu_);
};

// Each service answers by a function of the test, called on the server's threads; UNIMPLEMENTED where there
// is none.
class ScriptedServer final : v1::AdminService::Service,
                             v1::AuditService::Service,
                             v1::AwardService::Service,
                             v1::CaseService::Service,
                             v1::EligibilityService::Service,
                             v1::ListingService::Service,
                             v1::OrganizationService::Service,
                             v1::RecordService::Service {
 public:
  template <typename Request, typename Response>
  using Unary = std::function<grpc::Status(const grpc::ServerContext&, const Request&, Response&)>;

  ScriptedServer();
  ~ScriptedServer() override;

  // Listens on a free port of loopback from now on: after the functions below were set. Returns the address.
  std::string Start();
  // Starts, and makes a client of this server that waits by the fake clock, with six attempts.
  std::unique_ptr<Client> MakeClient(ClientOptions options = {});
  FakeClock& clock() { return clock_; }
  FakeSleeper& sleeper() { return sleeper_; }

  Unary<v1::GetStatusRequest, v1::GetStatusResponse> on_status;
  Unary<v1::GetCatalogueRequest, v1::GetCatalogueResponse> on_get_catalogue;
  Unary<v1::CheckEligibilityRequest, v1::CheckEligibilityResponse> on_check;
  Unary<v1::BatchCheckEligibilityRequest, v1::BatchCheckEligibilityResponse> on_batch;
  Unary<v1::CheckConsortiumRequest, v1::CheckConsortiumResponse> on_consortium;
  Unary<v1::GetOrganizationRequest, v1::GetOrganizationResponse> on_organization;
  Unary<v1::ListOrganizationsRequest, v1::ListOrganizationsResponse> on_organizations;
  Unary<v1::CreateRecordRequest, v1::CreateRecordResponse> on_create;
  Unary<v1::AdvanceClockRequest, v1::AdvanceClockResponse> on_advance;
  Unary<v1::CertifyRequest, v1::CertifyResponse> on_certify;
  Unary<v1::GetReceiptRequest, v1::GetReceiptResponse> on_receipt;
  Unary<v1::GetRecordRequest, v1::GetRecordResponse> on_get_record;
  Unary<v1::WithdrawRecordRequest, v1::WithdrawRecordResponse> on_withdraw;
  Unary<v1::CorrectRecordRequest, v1::CorrectRecordResponse> on_correct;
  Unary<v1::GetCreditReportRequest, v1::GetCreditReportResponse> on_report;
  Unary<v1::OpenCaseRequest, v1::OpenCaseResponse> on_open_case;
  Unary<v1::AcceptCaseRequest, v1::AcceptCaseResponse> on_accept_case;
  Unary<v1::ResubmitCaseRequest, v1::ResubmitCaseResponse> on_resubmit_case;
  Unary<v1::ServeNoticeRequest, v1::ServeNoticeResponse> on_notice;
  Unary<v1::RecordStatementRequest, v1::RecordStatementResponse> on_statement;
  Unary<v1::DecideCaseRequest, v1::DecideCaseResponse> on_decide;
  Unary<v1::ConfirmDecisionRequest, v1::ConfirmDecisionResponse> on_confirm;
  Unary<v1::GetCaseRequest, v1::GetCaseResponse> on_get_case;
  Unary<v1::ListCasesRequest, v1::ListCasesResponse> on_cases;
  Unary<v1::ListDeadlinesRequest, v1::ListDeadlinesResponse> on_deadlines;
  Unary<v1::FileApplicationRequest, v1::FileApplicationResponse> on_file;
  Unary<v1::AnswerApplicationRequest, v1::AnswerApplicationResponse> on_answer;
  Unary<v1::GetApplicationRequest, v1::GetApplicationResponse> on_get_application;
  Unary<v1::CreateAwardRequest, v1::CreateAwardResponse> on_create_award;
  Unary<v1::RenewAwardRequest, v1::RenewAwardResponse> on_renew_award;
  Unary<v1::CloseAwardRequest, v1::CloseAwardResponse> on_close_award;
  Unary<v1::GetAwardRequest, v1::GetAwardResponse> on_get_award;
  Unary<v1::ListAuditEntriesRequest, v1::ListAuditEntriesResponse> on_audit;
  std::function<grpc::Status(const v1::ExportAuditEntriesRequest&,
                             grpc::ServerWriter<v1::ExportAuditEntriesResponse>&)>
      on_audit_export;
  std::function<grpc::Status(const v1::WatchAwardsRequest&, grpc::ServerWriter<v1::WatchAwardsResponse>&)>
      on_watch_awards;
  std::function<grpc::Status(const v1::WatchListingsRequest&, grpc::ServerWriter<v1::WatchListingsResponse>&)>
      on_watch;
  std::function<grpc::Status(const v1::DownloadListingsRequest&,
                             grpc::ServerWriter<v1::DownloadListingsResponse>&)>
      on_download;
  std::function<grpc::Status(
      grpc::ServerReaderWriter<v1::ImportOrganizationsResponse, v1::ImportOrganizationsRequest>&)>
      on_import;
  std::function<grpc::Status(grpc::ServerReaderWriter<v1::ImportRecordsResponse, v1::ImportRecordsRequest>&)>
      on_import_records;

 private:
  template <typename Request, typename Response>
  static grpc::Status Answer(const Unary<Request, Response>& script, grpc::ServerContext* context,
                             const Request* request, Response* response) {
    if (!script) return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "not scripted");
    return script(*context, *request, *response);
  }

  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                         v1::GetStatusResponse* response) override {
    return Answer(on_status, context, request, response);
  }
  grpc::Status GetCatalogue(grpc::ServerContext* context, const v1::GetCatalogueRequest* request,
                            v1::GetCatalogueResponse* response) override {
    return Answer(on_get_catalogue, context, request, response);
  }
  grpc::Status CheckEligibility(grpc::ServerContext* context, const v1::CheckEligibilityRequest* request,
                                v1::CheckEligibilityResponse* response) override {
    return Answer(on_check, context, request, response);
  }
  grpc::Status BatchCheckEligibility(grpc::ServerContext* context,
                                     const v1::BatchCheckEligibilityRequest* request,
                                     v1::BatchCheckEligibilityResponse* response) override {
    return Answer(on_batch, context, request, response);
  }
  grpc::Status CheckConsortium(grpc::ServerContext* context, const v1::CheckConsortiumRequest* request,
                               v1::CheckConsortiumResponse* response) override {
    return Answer(on_consortium, context, request, response);
  }
  grpc::Status GetOrganization(grpc::ServerContext* context, const v1::GetOrganizationRequest* request,
                               v1::GetOrganizationResponse* response) override {
    return Answer(on_organization, context, request, response);
  }
  grpc::Status ListOrganizations(grpc::ServerContext* context, const v1::ListOrganizationsRequest* request,
                                 v1::ListOrganizationsResponse* response) override {
    return Answer(on_organizations, context, request, response);
  }
  grpc::Status CreateRecord(grpc::ServerContext* context, const v1::CreateRecordRequest* request,
                            v1::CreateRecordResponse* response) override {
    return Answer(on_create, context, request, response);
  }
  grpc::Status AdvanceClock(grpc::ServerContext* context, const v1::AdvanceClockRequest* request,
                            v1::AdvanceClockResponse* response) override {
    return Answer(on_advance, context, request, response);
  }
  grpc::Status Certify(grpc::ServerContext* context, const v1::CertifyRequest* request,
                       v1::CertifyResponse* response) override {
    return Answer(on_certify, context, request, response);
  }
  grpc::Status GetReceipt(grpc::ServerContext* context, const v1::GetReceiptRequest* request,
                          v1::GetReceiptResponse* response) override {
    return Answer(on_receipt, context, request, response);
  }
  grpc::Status GetRecord(grpc::ServerContext* context, const v1::GetRecordRequest* request,
                         v1::GetRecordResponse* response) override {
    return Answer(on_get_record, context, request, response);
  }
  grpc::Status WithdrawRecord(grpc::ServerContext* context, const v1::WithdrawRecordRequest* request,
                              v1::WithdrawRecordResponse* response) override {
    return Answer(on_withdraw, context, request, response);
  }
  grpc::Status CorrectRecord(grpc::ServerContext* context, const v1::CorrectRecordRequest* request,
                             v1::CorrectRecordResponse* response) override {
    return Answer(on_correct, context, request, response);
  }
  grpc::Status GetCreditReport(grpc::ServerContext* context, const v1::GetCreditReportRequest* request,
                               v1::GetCreditReportResponse* response) override {
    return Answer(on_report, context, request, response);
  }
  grpc::Status OpenCase(grpc::ServerContext* context, const v1::OpenCaseRequest* request,
                        v1::OpenCaseResponse* response) override {
    return Answer(on_open_case, context, request, response);
  }
  grpc::Status AcceptCase(grpc::ServerContext* context, const v1::AcceptCaseRequest* request,
                          v1::AcceptCaseResponse* response) override {
    return Answer(on_accept_case, context, request, response);
  }
  grpc::Status ResubmitCase(grpc::ServerContext* context, const v1::ResubmitCaseRequest* request,
                            v1::ResubmitCaseResponse* response) override {
    return Answer(on_resubmit_case, context, request, response);
  }
  grpc::Status ServeNotice(grpc::ServerContext* context, const v1::ServeNoticeRequest* request,
                           v1::ServeNoticeResponse* response) override {
    return Answer(on_notice, context, request, response);
  }
  grpc::Status RecordStatement(grpc::ServerContext* context, const v1::RecordStatementRequest* request,
                               v1::RecordStatementResponse* response) override {
    return Answer(on_statement, context, request, response);
  }
  grpc::Status DecideCase(grpc::ServerContext* context, const v1::DecideCaseRequest* request,
                          v1::DecideCaseResponse* response) override {
    return Answer(on_decide, context, request, response);
  }
  grpc::Status ConfirmDecision(grpc::ServerContext* context, const v1::ConfirmDecisionRequest* request,
                               v1::ConfirmDecisionResponse* response) override {
    return Answer(on_confirm, context, request, response);
  }
  grpc::Status GetCase(grpc::ServerContext* context, const v1::GetCaseRequest* request,
                       v1::GetCaseResponse* response) override {
    return Answer(on_get_case, context, request, response);
  }
  grpc::Status ListCases(grpc::ServerContext* context, const v1::ListCasesRequest* request,
                         v1::ListCasesResponse* response) override {
    return Answer(on_cases, context, request, response);
  }
  grpc::Status ListDeadlines(grpc::ServerContext* context, const v1::ListDeadlinesRequest* request,
                             v1::ListDeadlinesResponse* response) override {
    return Answer(on_deadlines, context, request, response);
  }
  grpc::Status FileApplication(grpc::ServerContext* context, const v1::FileApplicationRequest* request,
                               v1::FileApplicationResponse* response) override {
    return Answer(on_file, context, request, response);
  }
  grpc::Status AnswerApplication(grpc::ServerContext* context, const v1::AnswerApplicationRequest* request,
                                 v1::AnswerApplicationResponse* response) override {
    return Answer(on_answer, context, request, response);
  }
  grpc::Status GetApplication(grpc::ServerContext* context, const v1::GetApplicationRequest* request,
                              v1::GetApplicationResponse* response) override {
    return Answer(on_get_application, context, request, response);
  }
  grpc::Status CreateAward(grpc::ServerContext* context, const v1::CreateAwardRequest* request,
                           v1::CreateAwardResponse* response) override {
    return Answer(on_create_award, context, request, response);
  }
  grpc::Status RenewAward(grpc::ServerContext* context, const v1::RenewAwardRequest* request,
                          v1::RenewAwardResponse* response) override {
    return Answer(on_renew_award, context, request, response);
  }
  grpc::Status CloseAward(grpc::ServerContext* context, const v1::CloseAwardRequest* request,
                          v1::CloseAwardResponse* response) override {
    return Answer(on_close_award, context, request, response);
  }
  grpc::Status GetAward(grpc::ServerContext* context, const v1::GetAwardRequest* request,
                        v1::GetAwardResponse* response) override {
    return Answer(on_get_award, context, request, response);
  }
  grpc::Status ListAuditEntries(grpc::ServerContext* context, const v1::ListAuditEntriesRequest* request,
                                v1::ListAuditEntriesResponse* response) override {
    return Answer(on_audit, context, request, response);
  }
  grpc::Status ExportAuditEntries(grpc::ServerContext*, const v1::ExportAuditEntriesRequest* request,
                                  grpc::ServerWriter<v1::ExportAuditEntriesResponse>* writer) override {
    return on_audit_export(*request, *writer);
  }
  grpc::Status WatchAwards(grpc::ServerContext*, const v1::WatchAwardsRequest* request,
                           grpc::ServerWriter<v1::WatchAwardsResponse>* writer) override {
    return on_watch_awards(*request, *writer);
  }
  grpc::Status WatchListings(grpc::ServerContext*, const v1::WatchListingsRequest* request,
                             grpc::ServerWriter<v1::WatchListingsResponse>* writer) override {
    return on_watch(*request, *writer);
  }
  grpc::Status DownloadListings(grpc::ServerContext*, const v1::DownloadListingsRequest* request,
                                grpc::ServerWriter<v1::DownloadListingsResponse>* writer) override {
    return on_download(*request, *writer);
  }
  grpc::Status ImportOrganizations(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportOrganizationsResponse, v1::ImportOrganizationsRequest>* stream)
      override {
    return on_import(*stream);
  }
  grpc::Status ImportRecords(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportRecordsResponse, v1::ImportRecordsRequest>* stream) override {
    return on_import_records(*stream);
  }

  FakeClock clock_;
  FakeSleeper sleeper_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_TESTS_UNIT_CLIENT_SCRIPTED_SERVER_H_
