// CaseService: the course of the law, from a report to a decision, and from an application to its answer.
#ifndef CHENGXIN_SERVER_CASE_SERVICE_H_
#define CHENGXIN_SERVER_CASE_SERVICE_H_

#include "chengxin/v1/case_service.grpc.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The service with raw methods: see wire.h. Moves of a case, then what is read of cases, then applications.
using RawCaseMoves =
    v1::CaseService::WithRawCallbackMethod_OpenCase<v1::CaseService::WithRawCallbackMethod_AcceptCase<
        v1::CaseService::WithRawCallbackMethod_ReturnCase<v1::CaseService::WithRawCallbackMethod_ResubmitCase<
            v1::CaseService::WithRawCallbackMethod_DismissCase<
                v1::CaseService::WithRawCallbackMethod_ForwardCase<
                    v1::CaseService::WithRawCallbackMethod_ServeNotice<
                        v1::CaseService::WithRawCallbackMethod_RecordStatement<
                            v1::CaseService::WithRawCallbackMethod_DecideCase<
                                v1::CaseService::WithRawCallbackMethod_ConfirmDecision<
                                    v1::CaseService::WithRawCallbackMethod_TransferCase<
                                        v1::CaseService::Service>>>>>>>>>>>;
using RawCases =
    v1::CaseService::WithRawCallbackMethod_GetCase<v1::CaseService::WithRawCallbackMethod_ListCases<
        v1::CaseService::WithRawCallbackMethod_ListDeadlines<RawCaseMoves>>>;
using RawCaseService = v1::CaseService::WithRawCallbackMethod_FileApplication<
    v1::CaseService::WithRawCallbackMethod_AcceptApplication<
        v1::CaseService::WithRawCallbackMethod_RejectApplication<
            v1::CaseService::WithRawCallbackMethod_AnswerApplication<
                v1::CaseService::WithRawCallbackMethod_RevokeRepair<
                    v1::CaseService::WithRawCallbackMethod_GetApplication<
                        v1::CaseService::WithRawCallbackMethod_ListApplications<RawCases>>>>>>>;

// As case_service.proto documents. Thread-safe.
class CaseService final : public RawCaseService {
 public:
  explicit CaseService(ServiceContext& service) : service_(service) {}

  grpc::ServerUnaryReactor* OpenCase(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* AcceptCase(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ReturnCase(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ResubmitCase(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* DismissCase(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ForwardCase(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ServeNotice(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RecordStatement(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* DecideCase(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ConfirmDecision(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* TransferCase(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetCase(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListCases(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListDeadlines(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* FileApplication(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* AcceptApplication(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RejectApplication(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* AnswerApplication(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RevokeRepair(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetApplication(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListApplications(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;

 private:
  ServiceContext& service_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CASE_SERVICE_H_
