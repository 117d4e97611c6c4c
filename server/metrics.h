// Counts calls and commits for the metrics page. docs/operations.md names every metric.
#ifndef CHENGXIN_SERVER_METRICS_H_
#define CHENGXIN_SERVER_METRICS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "engine/engine.h"
#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"
#include "server/call_metrics.h"
#include "server/histogram.h"

namespace chengxin::server {

// Thread-safe. A call costs three additions in memory that is, by and large, its processor's own: no lock, no
// look-up, no allocation. Collect adds the shards up; a call that is being counted meanwhile is in this page
// or the next.
class Metrics final : public CallMetrics, public prometheus::Collectable {
 public:
  Metrics();
  ~Metrics() override;

  void Started(Method method) override;
  void Ended(Method method, grpc::StatusCode code, absl::Duration duration) override;
  void WatchersChanged(int by) override;
  // Told of each group that was written.
  void ObserveCommit(const engine::CommitObservation& commit);

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  // gRPC's codes are 0 to 16.
  static constexpr size_t kCodes = 17;
  static constexpr size_t kShards = 16;
  struct Durations {
    std::array<std::atomic<uint64_t>, kMaximumBounds + 1> buckets{};
    std::atomic<int64_t> sum_ns{0};
  };
  // What one processor counts; shards share no cache line.
  struct alignas(64) Shard {
    std::array<std::atomic<uint64_t>, kMethodCount> started{};
    std::array<std::array<Durations, kCodes>, kMethodCount> ended{};
  };

  Shard& shard();
  prometheus::MetricFamily ShowStarted() const;
  prometheus::MetricFamily ShowDurations() const;

  const std::unique_ptr<std::array<Shard, kShards>> shards_;
  std::atomic<int64_t> watchers_{0};
  Histogram commit_write_;
  Histogram commit_total_;
  Histogram commit_commands_;
  std::atomic<uint64_t> commit_bytes_{0};
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_METRICS_H_
