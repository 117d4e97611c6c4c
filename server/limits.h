// Documented limits of the API. Each is tested at the limit and one past it, and shown by GetStatus.
#ifndef CHENGXIN_SERVER_LIMITS_H_
#define CHENGXIN_SERVER_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace chengxin::server {

inline constexpr int kMaximumBatchCodes = 1'000;      // BatchCheckEligibility, BatchGetOrganizations
inline constexpr int kMaximumPageSize = 1'000;        // every list
inline constexpr int kDefaultPageSize = 100;          // every list
inline constexpr int kMaximumSearchLimit = 100;       // SearchOrganizations
inline constexpr int kDefaultSearchLimit = 20;        // SearchOrganizations
inline constexpr int kMaximumSearchCharacters = 100;  // SearchOrganizations
inline constexpr int kDownloadPart = 500;             // listings in one part of a download
inline constexpr int kMinimumHeartbeatSeconds = 1;    // WatchListings
inline constexpr int kMaximumHeartbeatSeconds = 300;  // WatchListings
inline constexpr int kDefaultHeartbeatSeconds = 15;   // WatchListings
// Rows looked at for one page that a filter leaves nearly empty; the page is then short, with a token.
inline constexpr int kMaximumRowsForPage = 20'000;
// Batches of one import stream that wait for being durable; the next one is read when one is acknowledged.
inline constexpr size_t kMaximumImportBatchesInFlight = 4;

// Limits that a deployment sets.
struct ServiceLimits {
  // Watchers at once; one more is refused with RESOURCE_EXHAUSTED.
  int maximum_watchers = 10'000;
  // Longest wait for at_least_revision; a call's own deadline shortens it.
  absl::Duration longest_revision_wait = absl::Seconds(60);
  // How long a page token serves.
  absl::Duration page_token_lifetime = absl::Hours(1);
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_LIMITS_H_
