// The people who work with a running chengxind: administrator, sync job, officer of 五华区, purchaser, the
// public.
#ifndef CHENGXIN_TESTS_PROCESS_OFFICE_H_
#define CHENGXIN_TESTS_PROCESS_OFFICE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/v1/admin_service.grpc.pb.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "chengxin/v1/record_service.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "tests/support/daemon.h"

namespace chengxin {

// A folder for one test, removed with it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  const std::string& path() const { return path_; }
  // The data folder inside it; not there yet.
  std::string data() const { return path_ + "/data"; }

 private:
  std::string path_;
};

// Says who calls: a role, and for sync the source it delivers, "sync:registry-kunming".
void As(grpc::ClientContext& context, std::string_view role);

// Stubs over one channel to one process. Each method is one call, with a deadline that only a hanging server
// meets. Let go of it before the process is stopped: between calls nobody reads the channel, and the server
// waits some seconds for an answer to its farewell.
class Office {
 public:
  explicit Office(const Daemon& daemon);

  // Activates the deployed catalogue and records every source but the lists as read completely now.
  grpc::Status OpenForBusiness();
  grpc::Status ActivateCatalogue();

  // Imports these rows in a stream of one batch, and reads the external lists again, as is due for
  // organizations that are new.
  grpc::Status Import(std::vector<v1::Organization> rows, const std::string& request_id);
  // Files a penalty of `fine_fen` with the listing decision on `ground` (none where empty).
  absl::StatusOr<v1::CreateRecordResponse> Penalize(const std::string& code, int64_t fine_fen,
                                                    std::string_view ground, const std::string& request_id);
  // A purchaser's check, as of an instant where one is given.
  absl::StatusOr<v1::CheckEligibilityResponse> Check(const std::string& code,
                                                     std::optional<absl::Time> instant = std::nullopt);
  absl::StatusOr<v1::GetStatusResponse> Status();
  // NotFound for a name the server does not know.
  absl::StatusOr<grpc::health::v1::HealthCheckResponse::ServingStatus> Health(const std::string& name);
  // Codes of all organizations of the registry copy.
  absl::StatusOr<std::vector<std::string>> AllCodes();

  grpc::health::v1::Health::Stub& health() { return *health_; }
  v1::OrganizationService::Stub& organizations() { return *organizations_; }
  v1::ListingService::Stub& listings() { return *listings_; }
  v1::EligibilityService::Stub& eligibility() { return *eligibility_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // A batch of registry-kunming, read as of `as_of`.
  static v1::ImportOrganizationsRequest Batch(absl::Time as_of, const std::string& request_id,
                                              std::vector<v1::Organization> rows);

 private:
  grpc::Status EndRun(const v1::Source& source);

  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::AdminService::Stub> admin_;
  const std::unique_ptr<v1::EligibilityService::Stub> eligibility_;
  const std::unique_ptr<v1::ListingService::Stub> listings_;
  const std::unique_ptr<v1::OrganizationService::Stub> organizations_;
  const std::unique_ptr<v1::RecordService::Stub> records_;
  const std::unique_ptr<grpc::health::v1::Health::Stub> health_;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_PROCESS_OFFICE_H_
