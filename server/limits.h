// Documented limits of the API. Each is tested at the limit and one past it, and shown by GetStatus.
#ifndef CHENGXIN_SERVER_LIMITS_H_
#define CHENGXIN_SERVER_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"
#include "server/admission.h"

namespace chengxin::server {

inline constexpr int kMaximumBatchCodes = 1'000;      // BatchCheckEligibility, BatchGetOrganizations
inline constexpr int kMaximumPageSize = 1'000;        // every list
inline constexpr int kDefaultPageSize = 100;          // every list
inline constexpr int kMaximumSearchLimit = 100;       // SearchOrganizations
inline constexpr int kDefaultSearchLimit = 20;        // SearchOrganizations
inline constexpr int kMaximumSearchCharacters = 100;  // SearchOrganizations
inline constexpr int kDownloadPart = 500;             // listings in one part of a download
inline constexpr int kDefaultDeadlineDays = 30;       // ListDeadlines
inline constexpr int kMinimumHeartbeatSeconds = 1;    // WatchListings, WatchAwards
inline constexpr int kMaximumHeartbeatSeconds = 300;  // WatchListings, WatchAwards
inline constexpr int kDefaultHeartbeatSeconds = 15;   // WatchListings, WatchAwards
// Rows looked at for one page that a filter leaves nearly empty; the page is then short, with a token.
inline constexpr int kMaximumRowsForPage = 20'000;
// Batches of one import stream that wait for being durable; the next one is read when one is acknowledged.
inline constexpr size_t kMaximumImportBatchesInFlight = 4;

// Metadata of a call in bytes, names and values, gRPC's own included.
inline constexpr int kMaximumMetadataBytes = 8 << 10;

// Limits that a deployment sets.
struct ServiceLimits {
  // Watchers at once, of the list and of awards together; one more is refused with RESOURCE_EXHAUSTED.
  int maximum_watchers = 10'000;
  // Longest wait for at_least_revision; a call's own deadline shortens it.
  absl::Duration longest_revision_wait = absl::Seconds(60);
  // How long a page token serves.
  absl::Duration page_token_lifetime = absl::Hours(1);
  AdmissionLimits admission = {};
  // Longest time a call waits for anything, streams apart; its own deadline shortens it.
  absl::Duration longest_call = absl::Seconds(120);

  // Kept by the process around the services, and only shown here.
  int request_bytes = 4 << 20;
  int queued_commands = 4'096;
  int call_memory_mib = 1'024;
  int connections = 10'000;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_LIMITS_H_
