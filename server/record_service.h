// RecordService: credit records.
#ifndef CHENGXIN_SERVER_RECORD_SERVICE_H_
#define CHENGXIN_SERVER_RECORD_SERVICE_H_

#include "chengxin/v1/record_service.grpc.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The service with raw methods: see wire.h.
using RawRecordFiling = v1::RecordService::WithRawCallbackMethod_CreateRecord<
    v1::RecordService::WithRawCallbackMethod_ImportRecords<
        v1::RecordService::WithRawCallbackMethod_CorrectRecord<
            v1::RecordService::WithRawCallbackMethod_WithdrawRecord<
                v1::RecordService::WithRawCallbackMethod_NoteReview<v1::RecordService::Service>>>>>;
using RawRecordService =
    v1::RecordService::WithRawCallbackMethod_GetRecord<v1::RecordService::WithRawCallbackMethod_ListRecords<
        v1::RecordService::WithRawCallbackMethod_GetCreditReport<
            v1::RecordService::WithRawCallbackMethod_DestroySealedParts<
                v1::RecordService::WithRawCallbackMethod_ListLateCaptures<RawRecordFiling>>>>>;

// As record_service.proto documents. Thread-safe.
class RecordService final : public RawRecordService {
 public:
  explicit RecordService(ServiceContext& service) : service_(service) {}

  grpc::ServerUnaryReactor* CreateRecord(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetRecord(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListRecords(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ImportRecords(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* CorrectRecord(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* WithdrawRecord(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* NoteReview(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetCreditReport(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* DestroySealedParts(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListLateCaptures(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;

 private:
  ServiceContext& service_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_RECORD_SERVICE_H_
