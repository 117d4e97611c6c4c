#include "server/case_service.h"

#include "server/case_reads.h"
#include "server/deadline_list.h"
#include "server/outcomes.h"
#include "server/unary_call.h"

namespace chengxin::server {

namespace {

// The case after a move.
struct FillCase {
  ServiceContext& service;
  template <typename Response>
  void operator()(const v1::Principal& principal, const engine::Committed& committed,
                  Response& response) const {
    response.set_revision(committed.revision);
    if (const v1::Case* found = CaseOf(committed)) {
      *response.mutable_case_() = *found;
      ShowCase(service, principal, *response.mutable_case_());
    }
  }
};

// The same with what was decided.
struct FillDecided {
  ServiceContext& service;
  template <typename Response>
  void operator()(const v1::Principal& principal, const engine::Committed& committed,
                  Response& response) const {
    FillCase{service}(principal, committed, response);
    const ListingsOf listings(committed);
    if (listings.led_to != nullptr) *response.mutable_listing() = *listings.led_to;
    if (listings.moved != nullptr) *response.mutable_moved_listing() = *listings.moved;
    if (const v1::CreditRecord* record = RecordOf(committed)) *response.mutable_record() = *record;
  }
};

// The application after a move.
struct FillApplication {
  ServiceContext& service;
  template <typename Response>
  void operator()(const v1::Principal& principal, const engine::Committed& committed,
                  Response& response) const {
    response.set_revision(committed.revision);
    if (const v1::Application* application = ApplicationOf(committed)) {
      *response.mutable_application() = *application;
      ShowApplication(service, principal, *response.mutable_application());
    }
  }
};

// The same with the item it was about.
struct FillAnswered {
  ServiceContext& service;
  template <typename Response>
  void operator()(const v1::Principal& principal, const engine::Committed& committed,
                  Response& response) const {
    FillApplication{service}(principal, committed, response);
    const ListingsOf listings(committed);
    if (listings.led_to != nullptr) *response.mutable_listing() = *listings.led_to;
    if (const v1::CreditRecord* record = RecordOf(committed)) *response.mutable_record() = *record;
  }
};

}  // namespace

grpc::ServerUnaryReactor* CaseService::OpenCase(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::OpenCaseRequest, v1::OpenCaseResponse>(
      service_, Method::kOpenCase, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::AcceptCase(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::AcceptCaseRequest, v1::AcceptCaseResponse>(
      service_, Method::kAcceptCase, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::ReturnCase(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::ReturnCaseRequest, v1::ReturnCaseResponse>(
      service_, Method::kReturnCase, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::ResubmitCase(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::ResubmitCaseRequest, v1::ResubmitCaseResponse>(
      service_, Method::kResubmitCase, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::DismissCase(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::DismissCaseRequest, v1::DismissCaseResponse>(
      service_, Method::kDismissCase, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::ForwardCase(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::ForwardCaseRequest, v1::ForwardCaseResponse>(
      service_, Method::kForwardCase, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::ServeNotice(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::ServeNoticeRequest, v1::ServeNoticeResponse>(
      service_, Method::kServeNotice, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::RecordStatement(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request,
                                                       grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::RecordStatementRequest, v1::RecordStatementResponse>(
      service_, Method::kRecordStatement, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::DecideCase(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::DecideCaseRequest, v1::DecideCaseResponse>(
      service_, Method::kDecideCase, {context, request, response}, FillDecided{service_});
}

grpc::ServerUnaryReactor* CaseService::ConfirmDecision(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request,
                                                       grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::ConfirmDecisionRequest, v1::ConfirmDecisionResponse>(
      service_, Method::kConfirmDecision, {context, request, response}, FillDecided{service_});
}

grpc::ServerUnaryReactor* CaseService::TransferCase(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::TransferCaseRequest, v1::TransferCaseResponse>(
      service_, Method::kTransferCase, {context, request, response}, FillCase{service_});
}

grpc::ServerUnaryReactor* CaseService::GetCase(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetCaseRequest, v1::GetCaseResponse>(
      service_, Method::kGetCase, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::GetCase(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* CaseService::ListCases(grpc::CallbackServerContext* context,
                                                 const grpc::ByteBuffer* request,
                                                 grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListCasesRequest, v1::ListCasesResponse>(
      service_, Method::kListCases, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::ListCases(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* CaseService::ListDeadlines(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListDeadlinesRequest, v1::ListDeadlinesResponse>(
      service_, Method::kListDeadlines, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::ListDeadlines(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* CaseService::FileApplication(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request,
                                                       grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::FileApplicationRequest, v1::FileApplicationResponse>(
      service_, Method::kFileApplication, {context, request, response}, FillApplication{service_});
}

grpc::ServerUnaryReactor* CaseService::AcceptApplication(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::AcceptApplicationRequest, v1::AcceptApplicationResponse>(
      service_, Method::kAcceptApplication, {context, request, response}, FillApplication{service_});
}

grpc::ServerUnaryReactor* CaseService::RejectApplication(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::RejectApplicationRequest, v1::RejectApplicationResponse>(
      service_, Method::kRejectApplication, {context, request, response}, FillApplication{service_});
}

grpc::ServerUnaryReactor* CaseService::AnswerApplication(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::AnswerApplicationRequest, v1::AnswerApplicationResponse>(
      service_, Method::kAnswerApplication, {context, request, response}, FillAnswered{service_});
}

grpc::ServerUnaryReactor* CaseService::RevokeRepair(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::RevokeRepairRequest, v1::RevokeRepairResponse>(
      service_, Method::kRevokeRepair, {context, request, response}, FillAnswered{service_});
}

grpc::ServerUnaryReactor* CaseService::GetApplication(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request,
                                                      grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetApplicationRequest, v1::GetApplicationResponse>(
      service_, Method::kGetApplication, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::GetApplication(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* CaseService::ListApplications(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request,
                                                        grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListApplicationsRequest, v1::ListApplicationsResponse>(
      service_, Method::kListApplications, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::ListApplications(service_, principal, asked, answer);
      });
}

}  // namespace chengxin::server
