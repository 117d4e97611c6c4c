// The feed of the published list, and of what changes a purchaser's contractors: cursors over the log, never
// queues (design: the feed and the published list; rule 59).
#ifndef CHENGXIN_ENGINE_FEED_H_
#define CHENGXIN_ENGINE_FEED_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/v1/listing_service.pb.h"

namespace chengxin::engine {

// One message ready for every watcher whose filter it passes: serialized once. Of the list, or, where it has
// a purchaser, of that purchaser's awards.
struct FeedEvent {
  uint64_t revision = 0;
  v1::ListKind list = v1::LIST_KIND_UNSPECIFIED;
  std::string authority;          // "authorities/{id}"
  std::string organization_code;  // the first code, as in the listing's name
  std::string purchaser;          // "purchasers/{id}"; empty: of the list
  std::string bytes;              // a serialized WatchListingsResponse, or WatchAwardsResponse
};

// What a cursor has to send next.
struct FeedBatch {
  std::vector<std::shared_ptr<const FeedEvent>> events;
  // The cursor after them. Equal to the cursor given where there is nothing new.
  uint64_t revision = 0;
};

// Thread-safe. A watcher keeps a cursor (a revision) and asks for what follows it whenever it can send: a
// slow one lags and costs nothing. Waking only wakes; correctness comes from reading on from the cursor.
class Feed {
 public:
  virtual ~Feed() = default;

  // The whole published list at one revision, as STATE messages followed by one SYNCED message, in parts of
  // at most `limit` events: call again with the `continuation` it sets until that is empty. The first call
  // fixes the revision.
  struct StateCursor {
    uint64_t revision = 0;  // 0: choose
    std::string after;      // last listing sent
    bool done = false;
  };
  virtual absl::StatusOr<FeedBatch> ReadState(const v1::ListingFilter& filter, size_t limit,
                                              StateCursor& cursor) = 0;

  // What follows `revision`: from the ring of recent changes, each told singly; or, where the ring no longer
  // reaches back, the net difference from storage up to now, each entry once as ENTRY or REMOVED. At most
  // about `limit` events; never splits a revision told from the ring. OutOfRange where the log has not
  // reached `revision`.
  virtual absl::StatusOr<FeedBatch> ReadAfter(const v1::ListingFilter& filter, uint64_t revision,
                                              size_t limit) = 0;
  // The net difference from `revision` up to now, always from storage: what a watch that resumes begins with.
  virtual absl::StatusOr<FeedBatch> NetDifference(const v1::ListingFilter& filter, uint64_t revision) = 0;

  // The same three of one purchaser's awards ("purchasers/{id}"): its active awards as AWARD messages and one
  // SYNCED message; the ALERT messages that follow `revision`, from the ring or, where that no longer reaches
  // back, from the awards themselves, each alert told singly either way. Never splits a revision.
  virtual absl::StatusOr<FeedBatch> ReadAwardState(std::string_view purchaser, size_t limit,
                                                   StateCursor& cursor) = 0;
  virtual absl::StatusOr<FeedBatch> ReadAlertsAfter(std::string_view purchaser, uint64_t revision,
                                                    size_t limit) = 0;
  virtual absl::StatusOr<FeedBatch> AlertsSince(std::string_view purchaser, uint64_t revision) = 0;

  // Calls `wake` (from the feed's own thread, never the committer's) after new changes of the list or new
  // alerts became visible. The callback must not block or call Unsubscribe. Returns a ticket.
  virtual uint64_t Subscribe(std::function<void()> wake) = 0;
  // After it returns, the callback runs no more.
  virtual void Unsubscribe(uint64_t ticket) = 0;
};

// Whether a listing passes a filter. The code of a filter, here and above, is the first code of the
// organization, under which its entries stand whatever code it has now.
bool Passes(const v1::ListingFilter& filter, const v1::Listing& listing);

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_FEED_H_
