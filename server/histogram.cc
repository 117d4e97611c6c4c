#include "server/histogram.h"

#include <limits>

namespace chengxin::server {

prometheus::ClientMetric::Histogram ToPrometheus(const Scale& scale, const Buckets& buckets, int64_t sum) {
  prometheus::ClientMetric::Histogram shown;
  for (size_t i = 0; i <= scale.bounds.size(); ++i) {
    shown.sample_count += buckets[i];
    const double bound = i < scale.bounds.size() ? static_cast<double>(scale.bounds[i]) / scale.units
                                                 : std::numeric_limits<double>::infinity();
    shown.bucket.push_back({shown.sample_count, bound});
  }
  shown.sample_sum = static_cast<double>(sum) / scale.units;
  return shown;
}

prometheus::ClientMetric::Histogram Histogram::Show() const {
  Buckets buckets{};
  for (size_t i = 0; i < buckets.size(); ++i) buckets[i] = buckets_[i].load(std::memory_order_relaxed);
  return ToPrometheus(scale_, buckets, sum_.load(std::memory_order_relaxed));
}

}  // namespace chengxin::server
