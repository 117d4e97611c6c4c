// OrganizationService: the registry copy.
#ifndef CHENGXIN_SERVER_ORGANIZATION_SERVICE_H_
#define CHENGXIN_SERVER_ORGANIZATION_SERVICE_H_

#include "chengxin/v1/organization_service.grpc.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The service with raw methods: see wire.h.
using RawOrganizationService = v1::OrganizationService::WithRawCallbackMethod_GetOrganization<
    v1::OrganizationService::WithRawCallbackMethod_BatchGetOrganizations<
        v1::OrganizationService::WithRawCallbackMethod_ListOrganizations<
            v1::OrganizationService::WithRawCallbackMethod_SearchOrganizations<
                v1::OrganizationService::WithRawCallbackMethod_ImportOrganizations<
                    v1::OrganizationService::WithRawCallbackMethod_ChangeOrganizationCode<
                        v1::OrganizationService::WithRawCallbackMethod_MergeOrganization<
                            v1::OrganizationService::Service>>>>>>>;

// As organization_service.proto documents. Thread-safe.
class OrganizationService final : public RawOrganizationService {
 public:
  explicit OrganizationService(ServiceContext& service) : service_(service) {}

  grpc::ServerUnaryReactor* GetOrganization(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* BatchGetOrganizations(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListOrganizations(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* SearchOrganizations(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* request,
                                                grpc::ByteBuffer* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ImportOrganizations(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* ChangeOrganizationCode(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* MergeOrganization(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override;

 private:
  ServiceContext& service_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_ORGANIZATION_SERVICE_H_
