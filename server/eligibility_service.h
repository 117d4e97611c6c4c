// EligibilityService: the question before every award.
#ifndef CHENGXIN_SERVER_ELIGIBILITY_SERVICE_H_
#define CHENGXIN_SERVER_ELIGIBILITY_SERVICE_H_

#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The service with raw methods: see wire.h.
using RawEligibilityService = v1::EligibilityService::WithRawCallbackMethod_CheckEligibility<
    v1::EligibilityService::WithRawCallbackMethod_BatchCheckEligibility<
        v1::EligibilityService::WithRawCallbackMethod_CheckConsortium<
            v1::EligibilityService::WithRawCallbackMethod_Certify<
                v1::EligibilityService::WithRawCallbackMethod_GetReceipt<v1::EligibilityService::Service>>>>>;

// As eligibility_service.proto documents. Thread-safe. Answers on the calling thread, unless the call waits
// for a revision or for being durable.
class EligibilityService final : public RawEligibilityService {
 public:
  explicit EligibilityService(ServiceContext& service) : service_(service) {}

  grpc::ServerUnaryReactor* CheckEligibility(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* BatchCheckEligibility(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* CheckConsortium(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Certify(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetReceipt(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;

 private:
  ServiceContext& service_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_ELIGIBILITY_SERVICE_H_
