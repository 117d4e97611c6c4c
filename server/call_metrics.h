// What the services tell of their calls, for metrics.
#ifndef CHENGXIN_SERVER_CALL_METRICS_H_
#define CHENGXIN_SERVER_CALL_METRICS_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "absl/time/time.h"
#include "grpcpp/support/status.h"

namespace chengxin::server {

// Every rpc of the API, in the order of the table below.
enum class Method {
  kActivateCatalogue,
  kGetCatalogue,
  kGetStatus,
  kAdvanceClock,
  kCheckEligibility,
  kBatchCheckEligibility,
  kCheckConsortium,
  kGetListing,
  kListListings,
  kDownloadListings,
  kGetListState,
  kWatchListings,
  kGetOrganization,
  kBatchGetOrganizations,
  kListOrganizations,
  kSearchOrganizations,
  kImportOrganizations,
  kCreateRecord,
  kGetRecord,
  kListRecords,
  kImportRecords,
};

// Full names of the methods, by Method.
inline constexpr std::array<std::string_view, 21> kMethodNames = {
    "chengxin.v1.AdminService/ActivateCatalogue",
    "chengxin.v1.AdminService/GetCatalogue",
    "chengxin.v1.AdminService/GetStatus",
    "chengxin.v1.AdminService/AdvanceClock",
    "chengxin.v1.EligibilityService/CheckEligibility",
    "chengxin.v1.EligibilityService/BatchCheckEligibility",
    "chengxin.v1.EligibilityService/CheckConsortium",
    "chengxin.v1.ListingService/GetListing",
    "chengxin.v1.ListingService/ListListings",
    "chengxin.v1.ListingService/DownloadListings",
    "chengxin.v1.ListingService/GetListState",
    "chengxin.v1.ListingService/WatchListings",
    "chengxin.v1.OrganizationService/GetOrganization",
    "chengxin.v1.OrganizationService/BatchGetOrganizations",
    "chengxin.v1.OrganizationService/ListOrganizations",
    "chengxin.v1.OrganizationService/SearchOrganizations",
    "chengxin.v1.OrganizationService/ImportOrganizations",
    "chengxin.v1.RecordService/CreateRecord",
    "chengxin.v1.RecordService/GetRecord",
    "chengxin.v1.RecordService/ListRecords",
    "chengxin.v1.RecordService/ImportRecords",
};
inline constexpr size_t kMethodCount = kMethodNames.size();
static_assert(static_cast<size_t>(Method::kImportRecords) + 1 == kMethodCount);

inline constexpr std::string_view MethodName(Method method) {
  return kMethodNames[static_cast<size_t>(method)];
}

// Thread-safe and quick: called on the threads that answer.
class CallMetrics {
 public:
  virtual ~CallMetrics() = default;

  // A call arrived.
  virtual void Started(Method method) = 0;
  // The same call was answered with this status, this long after it started. Exactly once for each Started.
  virtual void Ended(Method method, grpc::StatusCode code, absl::Duration duration) = 0;
  // Watchers connected (1) or gone (-1).
  virtual void WatchersChanged(int by) = 0;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CALL_METRICS_H_
