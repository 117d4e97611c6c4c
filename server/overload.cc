#include "server/overload.h"

#include <algorithm>

namespace chengxin::server {

namespace {

// How the share follows the delay: up by this where the delay is twice the target or more, in proportion
// below; down by that in an interval without a queue. Few refusals go a long way with callers that wait
// before they come back, so the steps are small.
constexpr double kStepUp = 0.05;
constexpr double kStepDown = 0.01;

// 2^32 divided by the golden ratio.
constexpr uint32_t kGolden = 2'654'435'769U;

}  // namespace

void Overload::Observe(absl::Duration delay, absl::Time now) {
  quickest_ = std::min(quickest_, delay);
  if (now - began_ < kInterval) return;
  const uint64_t asked = asked_.load(std::memory_order_relaxed);
  const bool loaded = asked - asked_before_ > kFewCalls;
  const double over = absl::FDivDuration(quickest_ - kTarget, kTarget);
  const double next = loaded && over > 0 ? share() + kStepUp * std::min(over, 1.0) : share() - kStepDown;
  share_.store(static_cast<uint32_t>(std::clamp(next, 0.0, kLargestShare) * kWhole),
               std::memory_order_relaxed);
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
  const double spread = 0.75 + 0.5 * static_cast<double>(Next()) / kWhole;
  return kLeastRetry * (spread / (1 - share()));
}

}  // namespace chengxin::server
