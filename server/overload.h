// Whether the node is overloaded, and how much is refused so that what is taken does not wait.
#ifndef CHENGXIN_SERVER_OVERLOAD_H_
#define CHENGXIN_SERVER_OVERLOAD_H_

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"

namespace chengxin::server {

// Calls run to their end on gRPC's threads, so what piles up lies in gRPC and in the sockets, where nobody
// can count it. What can be measured is how long a call waits there: the server calls itself (SelfCall) and
// says here how long that took. Where even the quickest call of an interval took longer than the target,
// there is a standing queue, and of the calls that may be shed a share is refused, which grows until there is
// none. One slow call alone is a hiccup and means nothing; and where hardly anybody calls it is the machine
// that is slow, which no refusal would make quicker.
//
// Observe is called by one thread at a time; the others are thread-safe and quick.
class Overload {
 public:
  // A call of our own that takes longer than this stood in a queue.
  static constexpr absl::Duration kTarget = absl::Milliseconds(10);
  static constexpr absl::Duration kInterval = absl::Milliseconds(100);
  // Calls of an interval that are too few to be a load.
  static constexpr uint64_t kFewCalls = 16;
  // What callers are asked to wait, give or take half, where little is refused and at most. So long that
  // those who come back, whom refusing again costs nearly as much as answering, are few.
  static constexpr absl::Duration kLeastRetry = absl::Seconds(1);
  static constexpr absl::Duration kLongestRetry = absl::Seconds(10);
  // Never everything: the rest shows when the load is over.
  static constexpr double kLargestShare = 0.95;

  // A call of our own took `delay` and was answered at `now`, on a clock that does not go back.
  void Observe(absl::Duration delay, absl::Time now);

  // The share of calls that is refused now, 0 to kLargestShare.
  double share() const { return static_cast<double>(share_.load(std::memory_order_relaxed)) / kWhole; }
  // Whether this call, one that may be shed, is among them. Refusals are spread evenly over the calls that
  // ask.
  bool Sheds();
  // How long whoever is refused should wait: spread, so that not all come back at once, and longer the larger
  // the share.
  absl::Duration RetryAfter();

 private:
  static constexpr double kWhole = 4294967296.0;  // of 32 bits

  // The next of a sequence that covers 0 to 2^32 evenly.
  uint32_t Next();

  std::atomic<uint32_t> share_{0};
  std::atomic<uint32_t> sequence_{0};
  std::atomic<uint64_t> asked_{0};

  // Of whoever observes.
  double lasting_ = 0;  // the part of the share that stays where the delay is at the target
  uint64_t asked_before_ = 0;
  absl::Time began_ = absl::InfinitePast();
  absl::Duration quickest_ = absl::InfiniteDuration();
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_OVERLOAD_H_
