// The services over real gRPC on loopback, on the engine of a World, with callers of every role.
#ifndef CHENGXIN_TESTS_CONTRACT_SERVED_WORLD_H_
#define CHENGXIN_TESTS_CONTRACT_SERVED_WORLD_H_

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chengxin/v1/admin_service.grpc.pb.h"
#include "chengxin/v1/audit_service.grpc.pb.h"
#include "chengxin/v1/award_service.grpc.pb.h"
#include "chengxin/v1/case_service.grpc.pb.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "chengxin/v1/record_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "server/services.h"
#include "tests/support/error_details.h"
#include "tests/support/world.h"

namespace chengxin {

// Counts calls.
class CountedCalls : public server::CallMetrics {
 public:
  void Started(server::Method method) override { ++started_[static_cast<size_t>(method)]; }
  void Ended(server::Method method, grpc::StatusCode, absl::Duration) override {
    ++ended_[static_cast<size_t>(method)];
  }
  void WatchersChanged(int by) override { watchers_ += by; }

  int started(server::Method method) const { return started_[static_cast<size_t>(method)]; }
  int ended(server::Method method) const { return ended_[static_cast<size_t>(method)]; }
  int watchers() const { return watchers_; }

 private:
  std::array<std::atomic<int>, server::kMethodCount> started_{};
  std::array<std::atomic<int>, server::kMethodCount> ended_{};
  std::atomic<int> watchers_{0};
};

// What a call was answered.
template <typename Response>
struct Answer {
  grpc::Status status;
  Response response;
  bool ok() const { return status.ok(); }
};

class ServedWorld {
 public:
  explicit ServedWorld(server::ServiceLimits limits = {}, server::AuditTrailOptions audit = {});
  // A world without catalogue or anything.
  explicit ServedWorld(World::Empty empty);
  // A world on a simulated clock.
  explicit ServedWorld(World::Simulated simulated);
  ~ServedWorld();

  World& world() { return world_; }
  engine::Engine& engine() { return world_.engine(); }
  server::Services& services() { return *services_; }
  const CountedCalls& calls() const { return calls_; }
  server::AuditTrail& audit() { return *audit_; }
  // The disk under the audit trail, apart from the world's.
  FaultEnv& audit_disk() { return audit_disk_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  v1::OrganizationService::Stub& organizations() { return *organizations_; }
  v1::RecordService::Stub& records() { return *records_; }
  v1::ListingService::Stub& listings() { return *listings_; }
  v1::EligibilityService::Stub& eligibility() { return *eligibility_; }
  v1::AdminService::Stub& admin() { return *admin_; }
  v1::CaseService::Stub& cases() { return *cases_; }
  v1::AwardService::Stub& awards() { return *awards_; }
  v1::AuditService::Stub& audits() { return *audits_; }

  // Asks as `who`: "public", "civil-affairs:km-wuhua", "purchaser:km-culture", "organization:{code}", …, as
  // on the command line; behind "+" whom an agency acts for, behind "@" a subject of one's own. Gives up
  // after a minute, so that no test hangs.
  template <typename Stub, typename Request, typename Response>
  static Answer<Response> Ask(std::string_view who, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request) {
    grpc::ClientContext context;
    SpeakAs(who, context);
    Answer<Response> answer;
    answer.status = (stub.*method)(&context, request, &answer.response);
    return answer;
  }
  static void SpeakAs(std::string_view who, grpc::ClientContext& context);

 private:
  void Serve(server::ServiceLimits limits, const server::AuditTrailOptions& audit = {});

  World world_;
  CountedCalls calls_;
  FaultEnv audit_disk_;
  std::unique_ptr<server::AuditTrail> audit_;
  server::DevelopmentAuthenticator authenticator_;
  std::unique_ptr<server::Services> services_;
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::OrganizationService::Stub> organizations_;
  std::unique_ptr<v1::RecordService::Stub> records_;
  std::unique_ptr<v1::ListingService::Stub> listings_;
  std::unique_ptr<v1::EligibilityService::Stub> eligibility_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
  std::unique_ptr<v1::CaseService::Stub> cases_;
  std::unique_ptr<v1::AwardService::Stub> awards_;
  std::unique_ptr<v1::AuditService::Stub> audits_;
};

// The largest request the served world takes, in bytes.
inline constexpr int kMaximumRequestBytes = 4 << 20;

// For a purchaser: purpose, project and a cut-off that is now.
v1::QueryContext ContextOf(World& world);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_CONTRACT_SERVED_WORLD_H_
