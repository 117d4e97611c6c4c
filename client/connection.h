// What all calls of one client share: the channel's stubs, who asks, and the loop that repeats a call.
#ifndef CHENGXIN_CLIENT_CONNECTION_H_
#define CHENGXIN_CLIENT_CONNECTION_H_

#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "base/clock.h"
#include "chengxin/v1/admin_service.grpc.pb.h"
#include "chengxin/v1/audit_service.grpc.pb.h"
#include "chengxin/v1/award_service.grpc.pb.h"
#include "chengxin/v1/case_service.grpc.pb.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "chengxin/v1/record_service.grpc.pb.h"
#include "client/client.h"
#include "client/retry_policy.h"
#include "client/sleeper.h"
#include "grpcpp/client_context.h"

namespace chengxin::client {

// Thread-safe.
class Connection {
 public:
  Connection(std::shared_ptr<grpc::ChannelInterface> channel, ClientOptions options);

  const ClientOptions& options() const { return options_; }
  Clock& clock() const { return clock_; }
  Sleeper& sleeper() const { return sleeper_; }

  v1::AdminService::Stub& admin() const { return *admin_; }
  v1::AuditService::Stub& audits() const { return *audits_; }
  v1::AwardService::Stub& awards() const { return *awards_; }
  v1::CaseService::Stub& cases() const { return *cases_; }
  v1::EligibilityService::Stub& eligibility() const { return *eligibility_; }
  v1::ListingService::Stub& listings() const { return *listings_; }
  v1::OrganizationService::Stub& organizations() const { return *organizations_; }
  v1::RecordService::Stub& records() const { return *records_; }

  // Tells the server who asks.
  void Identify(grpc::ClientContext& context) const;

  // Runs `attempt`, which makes one call with the context it is given, until it is answered or may not be
  // repeated (see Client). For an rpc of kind kByRequestId every attempt must send the same request, with
  // `request_id`.
  absl::Status Call(const RpcRow& row, std::string_view request_id,
                    const std::function<grpc::Status(grpc::ClientContext&)>& attempt);

 private:
  const ClientOptions options_;
  Clock& clock_;
  Sleeper& sleeper_;
  const std::unique_ptr<v1::AdminService::Stub> admin_;
  const std::unique_ptr<v1::AuditService::Stub> audits_;
  const std::unique_ptr<v1::AwardService::Stub> awards_;
  const std::unique_ptr<v1::CaseService::Stub> cases_;
  const std::unique_ptr<v1::EligibilityService::Stub> eligibility_;
  const std::unique_ptr<v1::ListingService::Stub> listings_;
  const std::unique_ptr<v1::OrganizationService::Stub> organizations_;
  const std::unique_ptr<v1::RecordService::Stub> records_;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_CONNECTION_H_
