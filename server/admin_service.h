// AdminService: catalogue, status, and the simulated clock.
#ifndef CHENGXIN_SERVER_ADMIN_SERVICE_H_
#define CHENGXIN_SERVER_ADMIN_SERVICE_H_

#include <utility>

#include "chengxin/v1/admin_service.grpc.pb.h"
#include "server/service_context.h"
#include "server/services.h"
#include "server/watch_hub.h"

namespace chengxin::server {

// The service with raw methods: see wire.h.
using RawAdminService = v1::AdminService::WithRawCallbackMethod_ActivateCatalogue<
    v1::AdminService::WithRawCallbackMethod_GetCatalogue<v1::AdminService::WithRawCallbackMethod_GetStatus<
        v1::AdminService::WithRawCallbackMethod_AdvanceClock<v1::AdminService::Service>>>>;

// As admin_service.proto documents. Thread-safe.
class AdminService final : public RawAdminService {
 public:
  AdminService(ServiceContext& service, const WatchHub& watches, StatusFacts facts)
      : service_(service), watches_(watches), facts_(std::move(facts)) {}

  grpc::ServerUnaryReactor* ActivateCatalogue(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetCatalogue(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* AdvanceClock(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;

 private:
  ServiceContext& service_;
  const WatchHub& watches_;
  const StatusFacts facts_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_ADMIN_SERVICE_H_
