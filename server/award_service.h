// AwardService: who was selected on which receipt, and what becomes of the contract.
#ifndef CHENGXIN_SERVER_AWARD_SERVICE_H_
#define CHENGXIN_SERVER_AWARD_SERVICE_H_

#include "chengxin/v1/award_service.grpc.pb.h"
#include "server/service_context.h"
#include "server/watch_hub.h"

namespace chengxin::server {

// The service with raw methods: see wire.h.
using RawAwardService = v1::AwardService::WithRawCallbackMethod_CreateAward<
    v1::AwardService::WithRawCallbackMethod_RenewAward<v1::AwardService::WithRawCallbackMethod_CloseAward<
        v1::AwardService::WithRawCallbackMethod_GetAward<v1::AwardService::WithRawCallbackMethod_ListAwards<
            v1::AwardService::WithRawCallbackMethod_WatchAwards<v1::AwardService::Service>>>>>>;

// As award_service.proto documents. Thread-safe.
class AwardService final : public RawAwardService {
 public:
  AwardService(ServiceContext& service, WatchHub& watches) : service_(service), watches_(watches) {}

  grpc::ServerUnaryReactor* CreateAward(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RenewAward(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* CloseAward(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetAward(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListAwards(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchAwards(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request) override;

 private:
  ServiceContext& service_;
  WatchHub& watches_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AWARD_SERVICE_H_
