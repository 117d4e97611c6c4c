// Making metrics as Prometheus takes them.
#ifndef CHENGXIN_SERVER_METRIC_FAMILY_H_
#define CHENGXIN_SERVER_METRIC_FAMILY_H_

#include <string>
#include <utility>

#include "prometheus/metric_family.h"

namespace chengxin::server {

// A family without members yet.
inline prometheus::MetricFamily Family(std::string name, prometheus::MetricType type, std::string help) {
  prometheus::MetricFamily family;
  family.name = std::move(name);
  family.help = std::move(help);
  family.type = type;
  return family;
}

// A gauge or counter without labels.
inline prometheus::MetricFamily Single(std::string name, prometheus::MetricType type, std::string help,
                                       double value) {
  prometheus::MetricFamily family = Family(std::move(name), type, std::move(help));
  family.metric.emplace_back();
  family.metric.back().gauge.value = value;
  family.metric.back().counter.value = value;
  return family;
}

// A histogram without labels.
inline prometheus::MetricFamily Single(std::string name, std::string help,
                                       prometheus::ClientMetric::Histogram histogram) {
  prometheus::MetricFamily family =
      Family(std::move(name), prometheus::MetricType::Histogram, std::move(help));
  family.metric.emplace_back();
  family.metric.back().histogram = std::move(histogram);
  return family;
}

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_METRIC_FAMILY_H_
