#include "server/overload.h"

#include <algorithm>

namespace chengxin::server {

namespace {

// How the share follows the delay, in parts of the target above or below it: at once by the first, and
// lastingly by the second for each interval. Both are small: a caller that is refused is gone for a second,
// and of calls that are answered in milliseconds a large share would send everybody away within one interval.
constexpr double kAtOnce = 0.005;
constexpr double kLastingly = 0.0005;
constexpr double kMostOver = 20;
// Where nothing waits at all the load is over or too much was refused: the lasting part then goes by this.
constexpr double kLetGo = 0.9;

// 2^32 divided by the golden ratio.
constexpr uint32_t kGolden = 2'654'435'769U;

}  // namespace

void Overload::Observe(absl::Duration delay, absl::Time now) {
  quickest_ = std::min(quickest_, delay);
  if (now - began_ < kInterval) return;
  const uint64_t asked = asked_.load(std::memory_order_relaxed);
  const bool loaded = asked - asked_before_ > kFewCalls;
  const double over =
      loaded ? std::clamp(absl::FDivDuration(quickest_ - kTarget, kTarget), -1.0, kMostOver) : -1.0;
  if (quickest_ < kTarget / 4 || !loaded) lasting_ *= kLetGo;
  lasting_ = std::clamp(lasting_ + kLastingly * over, 0.0, kLargestShare);
  const double share = std::clamp(lasting_ + kAtOnce * over, 0.0, kLargestShare);
  share_.store(static_cast<uint32_t>(share * kWhole), std::memory_order_relaxed);
  began_ = now;
  asked_before_ = asked;
  quickest_ = absl::InfiniteDuration();
}

uint32_t Overload::Next() { return sequence_.fetch_add(1, std::memory_order_relaxed) * kGolden; }

bool Overload::Sheds() {
  asked_.fetch_add(1, std::memory_order_relaxed);
  const uint32_t share = share_.load(std::memory_order_relaxed);
  return share != 0 && Next() < share;
}

absl::Duration Overload::RetryAfter() {
  const double spread = 0.5 + static_cast<double>(Next()) / kWhole;
  return std::min(kLeastRetry / (1 - share()), kLongestRetry) * spread;
}

}  // namespace chengxin::server
