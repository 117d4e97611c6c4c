// AuditService: the audit trail for auditors.
#ifndef CHENGXIN_SERVER_AUDIT_SERVICE_H_
#define CHENGXIN_SERVER_AUDIT_SERVICE_H_

#include "chengxin/v1/audit_service.grpc.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The service with raw methods: see wire.h.
using RawAuditService = v1::AuditService::WithRawCallbackMethod_ListAuditEntries<
    v1::AuditService::WithRawCallbackMethod_ExportAuditEntries<v1::AuditService::Service>>;

// As audit_service.proto documents. Thread-safe. Either answer has every entry of what was answered before it
// was asked for, unless the disk is stuck.
class AuditService final : public RawAuditService {
 public:
  explicit AuditService(ServiceContext& service) : service_(service) {}

  grpc::ServerUnaryReactor* ListAuditEntries(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* ExportAuditEntries(grpc::CallbackServerContext* context,
                                                                 const grpc::ByteBuffer* request) override;

 private:
  ServiceContext& service_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AUDIT_SERVICE_H_
