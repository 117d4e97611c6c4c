// Calls of CaseService.
#include <utility>

#include "client/client.h"
#include "client/connection.h"
#include "client/unary.h"

namespace chengxin::client {

absl::StatusOr<v1::OpenCaseResponse> Client::OpenCase(v1::OpenCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/OpenCase", connection_->cases(),
                 &v1::CaseService::Stub::OpenCase, std::move(request));
}

absl::StatusOr<v1::AcceptCaseResponse> Client::AcceptCase(v1::AcceptCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/AcceptCase", connection_->cases(),
                 &v1::CaseService::Stub::AcceptCase, std::move(request));
}

absl::StatusOr<v1::ReturnCaseResponse> Client::ReturnCase(v1::ReturnCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/ReturnCase", connection_->cases(),
                 &v1::CaseService::Stub::ReturnCase, std::move(request));
}

absl::StatusOr<v1::ResubmitCaseResponse> Client::ResubmitCase(v1::ResubmitCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/ResubmitCase", connection_->cases(),
                 &v1::CaseService::Stub::ResubmitCase, std::move(request));
}

absl::StatusOr<v1::DismissCaseResponse> Client::DismissCase(v1::DismissCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/DismissCase", connection_->cases(),
                 &v1::CaseService::Stub::DismissCase, std::move(request));
}

absl::StatusOr<v1::ForwardCaseResponse> Client::ForwardCase(v1::ForwardCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/ForwardCase", connection_->cases(),
                 &v1::CaseService::Stub::ForwardCase, std::move(request));
}

absl::StatusOr<v1::ServeNoticeResponse> Client::ServeNotice(v1::ServeNoticeRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/ServeNotice", connection_->cases(),
                 &v1::CaseService::Stub::ServeNotice, std::move(request));
}

absl::StatusOr<v1::RecordStatementResponse> Client::RecordStatement(v1::RecordStatementRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/RecordStatement", connection_->cases(),
                 &v1::CaseService::Stub::RecordStatement, std::move(request));
}

absl::StatusOr<v1::DecideCaseResponse> Client::DecideCase(v1::DecideCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/DecideCase", connection_->cases(),
                 &v1::CaseService::Stub::DecideCase, std::move(request));
}

absl::StatusOr<v1::ConfirmDecisionResponse> Client::ConfirmDecision(v1::ConfirmDecisionRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/ConfirmDecision", connection_->cases(),
                 &v1::CaseService::Stub::ConfirmDecision, std::move(request));
}

absl::StatusOr<v1::TransferCaseResponse> Client::TransferCase(v1::TransferCaseRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/TransferCase", connection_->cases(),
                 &v1::CaseService::Stub::TransferCase, std::move(request));
}

absl::StatusOr<v1::GetCaseResponse> Client::GetCase(const v1::GetCaseRequest& request) {
  return Read(*connection_, "chengxin.v1.CaseService/GetCase", connection_->cases(),
              &v1::CaseService::Stub::GetCase, request);
}

absl::StatusOr<v1::ListCasesResponse> Client::ListCases(const v1::ListCasesRequest& request) {
  return Read(*connection_, "chengxin.v1.CaseService/ListCases", connection_->cases(),
              &v1::CaseService::Stub::ListCases, request);
}

absl::StatusOr<v1::ListDeadlinesResponse> Client::ListDeadlines(const v1::ListDeadlinesRequest& request) {
  return Read(*connection_, "chengxin.v1.CaseService/ListDeadlines", connection_->cases(),
              &v1::CaseService::Stub::ListDeadlines, request);
}

absl::StatusOr<v1::FileApplicationResponse> Client::FileApplication(v1::FileApplicationRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/FileApplication", connection_->cases(),
                 &v1::CaseService::Stub::FileApplication, std::move(request));
}

absl::StatusOr<v1::AcceptApplicationResponse> Client::AcceptApplication(
    v1::AcceptApplicationRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/AcceptApplication", connection_->cases(),
                 &v1::CaseService::Stub::AcceptApplication, std::move(request));
}

absl::StatusOr<v1::RejectApplicationResponse> Client::RejectApplication(
    v1::RejectApplicationRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/RejectApplication", connection_->cases(),
                 &v1::CaseService::Stub::RejectApplication, std::move(request));
}

absl::StatusOr<v1::AnswerApplicationResponse> Client::AnswerApplication(
    v1::AnswerApplicationRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/AnswerApplication", connection_->cases(),
                 &v1::CaseService::Stub::AnswerApplication, std::move(request));
}

absl::StatusOr<v1::RevokeRepairResponse> Client::RevokeRepair(v1::RevokeRepairRequest request) {
  return Command(*connection_, "chengxin.v1.CaseService/RevokeRepair", connection_->cases(),
                 &v1::CaseService::Stub::RevokeRepair, std::move(request));
}

absl::StatusOr<v1::GetApplicationResponse> Client::GetApplication(const v1::GetApplicationRequest& request) {
  return Read(*connection_, "chengxin.v1.CaseService/GetApplication", connection_->cases(),
              &v1::CaseService::Stub::GetApplication, request);
}

absl::StatusOr<v1::ListApplicationsResponse> Client::ListApplications(
    const v1::ListApplicationsRequest& request) {
  return Read(*connection_, "chengxin.v1.CaseService/ListApplications", connection_->cases(),
              &v1::CaseService::Stub::ListApplications, request);
}

}  // namespace chengxin::client
