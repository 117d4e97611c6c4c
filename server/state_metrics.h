// What the engine and its store look like, for the metrics page. docs/operations.md names every metric.
#ifndef CHENGXIN_SERVER_STATE_METRICS_H_
#define CHENGXIN_SERVER_STATE_METRICS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "engine/engine.h"
#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace chengxin::server {

// Thread-safe. Asks the engine each time a page is fetched; nothing is counted in between.
class StateMetrics final : public prometheus::Collectable {
 public:
  // `engine` and `clock` must outlive it.
  StateMetrics(const engine::Engine& engine, Clock& clock, std::string program_version,
               absl::Time process_start)
      : engine_(engine),
        clock_(clock),
        program_version_(std::move(program_version)),
        process_start_(process_start) {}

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const engine::Engine& engine_;
  Clock& clock_;
  const std::string program_version_;
  const absl::Time process_start_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_STATE_METRICS_H_
