// Histograms for metrics that cost their writers an addition and nobody a lock.
#ifndef CHENGXIN_SERVER_HISTOGRAM_H_
#define CHENGXIN_SERVER_HISTOGRAM_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "prometheus/client_metric.h"

namespace chengxin::server {

// Most bounds a histogram may have; one more bucket takes what lies above them.
inline constexpr size_t kMaximumBounds = 15;
using Buckets = std::array<uint64_t, kMaximumBounds + 1>;

// Upper bounds of buckets, inclusive and rising, in a unit of whole numbers (nanoseconds, commands), and how
// many of those units make one of the unit shown (seconds: 1e9).
struct Scale {
  absl::Span<const int64_t> bounds;
  double units = 1;
};

// The bucket a value falls in.
inline size_t BucketOf(absl::Span<const int64_t> bounds, int64_t value) {
  size_t bucket = 0;
  while (bucket < bounds.size() && value > bounds[bucket]) ++bucket;
  return bucket;
}

// As Prometheus shows it; `sum` in units of the bounds.
prometheus::ClientMetric::Histogram ToPrometheus(const Scale& scale, const Buckets& buckets, int64_t sum);

// One histogram. Thread-safe; a reader may see a value in a bucket before it is in the sum.
class Histogram {
 public:
  // The bounds must outlive it.
  explicit Histogram(const Scale& scale) : scale_(scale) {}

  void Add(int64_t value) {
    buckets_[BucketOf(scale_.bounds, value)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }
  prometheus::ClientMetric::Histogram Show() const;

 private:
  const Scale scale_;
  std::array<std::atomic<uint64_t>, kMaximumBounds + 1> buckets_{};
  std::atomic<int64_t> sum_{0};
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_HISTOGRAM_H_
