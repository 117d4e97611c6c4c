// What the audit trail looks like, for the metrics page. docs/operations.md names every metric.
#ifndef CHENGXIN_SERVER_AUDIT_METRICS_H_
#define CHENGXIN_SERVER_AUDIT_METRICS_H_

#include <vector>

#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"
#include "server/audit_trail.h"

namespace chengxin::server {

// Thread-safe. Asks the trail each time a page is fetched.
class AuditMetrics final : public prometheus::Collectable {
 public:
  // `trail` must outlive it.
  explicit AuditMetrics(const AuditTrail& trail) : trail_(trail) {}

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const AuditTrail& trail_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AUDIT_METRICS_H_
