#include "server/metrics.h"

#include <sched.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "server/metric_family.h"

namespace chengxin::server {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

// Nanoseconds: 50 µs, where a check ends, to 10 s; watches last longer.
constexpr int64_t kCallBounds[] = {50'000,      100'000,     250'000,       500'000,       1'000'000,
                                   2'500'000,   5'000'000,   10'000'000,    25'000'000,    50'000'000,
                                   100'000'000, 250'000'000, 1'000'000'000, 2'500'000'000, 10'000'000'000};
// Nanoseconds: a synced write on a good disk, to one that stalls.
constexpr int64_t kCommitBounds[] = {100'000,     250'000,     500'000,       1'000'000,    2'500'000,
                                     5'000'000,   10'000'000,  25'000'000,    50'000'000,   100'000'000,
                                     250'000'000, 500'000'000, 1'000'000'000, 5'000'000'000};
constexpr int64_t kCommandBounds[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

constexpr double kNanosecondsPerSecond = 1e9;

constexpr std::array<std::string_view, 17> kCodeNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

static_assert(std::size(kCallBounds) <= kMaximumBounds && std::size(kCommitBounds) <= kMaximumBounds &&
              std::size(kCommandBounds) <= kMaximumBounds);

prometheus::ClientMetric::Label MethodLabel(size_t method) {
  return {"method", std::string(kMethodNames[method])};
}

}  // namespace

Metrics::Metrics()
    : shards_(std::make_unique<std::array<Shard, kShards>>()),
      commit_write_({kCommitBounds, kNanosecondsPerSecond}),
      commit_total_({kCommitBounds, kNanosecondsPerSecond}),
      commit_commands_({kCommandBounds, 1}) {}

Metrics::~Metrics() = default;

Metrics::Shard& Metrics::shard() {
  // Where the kernel cannot tell, one shard serves: correct, only slower.
  const int cpu = ::sched_getcpu();
  return (*shards_)[cpu < 0 ? 0 : static_cast<size_t>(cpu) % kShards];
}

void Metrics::Started(Method method) {
  shard().started[static_cast<size_t>(method)].fetch_add(1, std::memory_order_relaxed);
}

void Metrics::Ended(Method method, grpc::StatusCode code, absl::Duration duration) {
  // A status outside gRPC's codes is an unknown one.
  const bool known = code >= 0 && static_cast<size_t>(code) < kCodes;
  const auto slot = static_cast<size_t>(known ? code : grpc::StatusCode::UNKNOWN);
  Durations& durations = shard().ended[static_cast<size_t>(method)][slot];
  const int64_t ns = std::max<int64_t>(absl::ToInt64Nanoseconds(duration), 0);
  durations.buckets[BucketOf(kCallBounds, ns)].fetch_add(1, std::memory_order_relaxed);
  durations.sum_ns.fetch_add(ns, std::memory_order_relaxed);
}

void Metrics::WatchersChanged(int by) { watchers_.fetch_add(by, std::memory_order_relaxed); }

void Metrics::ObserveCommit(const engine::CommitObservation& commit) {
  commit_commands_.Add(static_cast<int64_t>(commit.commands));
  commit_total_.Add(absl::ToInt64Nanoseconds(commit.total));
  // A group in which nothing changed writes nothing.
  if (commit.write > absl::ZeroDuration()) commit_write_.Add(absl::ToInt64Nanoseconds(commit.write));
  commit_bytes_.fetch_add(commit.bytes, std::memory_order_relaxed);
}

MetricFamily Metrics::ShowStarted() const {
  MetricFamily family =
      Family("chengxin_calls_started_total", MetricType::Counter, "Calls that arrived, by method.");
  for (size_t method = 0; method < kMethodCount; ++method) {
    uint64_t total = 0;
    for (const Shard& one : *shards_) total += one.started[method].load(std::memory_order_relaxed);
    prometheus::ClientMetric metric;
    metric.label = {MethodLabel(method)};
    metric.counter.value = static_cast<double>(total);
    family.metric.push_back(std::move(metric));
  }
  return family;
}

MetricFamily Metrics::ShowDurations() const {
  MetricFamily family = Family("chengxin_call_duration_seconds", MetricType::Histogram,
                               "Calls that were answered, by method and status, and how long they took.");
  for (size_t method = 0; method < kMethodCount; ++method) {
    for (size_t code = 0; code < kCodes; ++code) {
      Buckets buckets{};
      int64_t sum_ns = 0;
      for (const Shard& one : *shards_) {
        const Durations& durations = one.ended[method][code];
        for (size_t i = 0; i < buckets.size(); ++i) {
          buckets[i] += durations.buckets[i].load(std::memory_order_relaxed);
        }
        sum_ns += durations.sum_ns.load(std::memory_order_relaxed);
      }
      prometheus::ClientMetric metric;
      metric.histogram = ToPrometheus({kCallBounds, kNanosecondsPerSecond}, buckets, sum_ns);
      if (metric.histogram.sample_count == 0) continue;
      metric.label = {MethodLabel(method), {"code", std::string(kCodeNames[code])}};
      family.metric.push_back(std::move(metric));
    }
  }
  return family;
}

std::vector<MetricFamily> Metrics::Collect() const {
  return {
      ShowStarted(),
      ShowDurations(),
      Single("chengxin_watchers", MetricType::Gauge, "Watchers connected.",
             static_cast<double>(watchers_.load(std::memory_order_relaxed))),
      Single("chengxin_commit_write_seconds", "The synced write of a group of commands.",
             commit_write_.Show()),
      Single("chengxin_commit_seconds", "A group of commands from the queue to the last answer.",
             commit_total_.Show()),
      Single("chengxin_commit_group_commands", "Commands in a group.", commit_commands_.Show()),
      Single("chengxin_commit_bytes_total", MetricType::Counter, "Bytes of the groups written.",
             static_cast<double>(commit_bytes_.load(std::memory_order_relaxed))),
  };
}

}  // namespace chengxin::server
