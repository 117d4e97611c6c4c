#include "server/audit_metrics.h"

#include "server/metric_family.h"

namespace chengxin::server {

std::vector<prometheus::MetricFamily> AuditMetrics::Collect() const {
  using prometheus::MetricType;
  const AuditStats stats = trail_.Stats();
  return {
      Single("chengxin_audit_entries_written_total", MetricType::Counter,
             "Entries of the audit trail written.", static_cast<double>(stats.written)),
      Single("chengxin_audit_entries_waiting", MetricType::Gauge,
             "Entries of the audit trail that wait to be written.", static_cast<double>(stats.waiting)),
      Single("chengxin_audit_shed_total", MetricType::Counter,
             "Calls refused because the audit trail could take no entry.", static_cast<double>(stats.shed)),
      Single("chengxin_audit_refusals_unrecorded_total", MetricType::Counter,
             "Refused calls that left no entry because the buffer was half full.",
             static_cast<double>(stats.unrecorded)),
      Single("chengxin_audit_failed", MetricType::Gauge, "1 where the audit trail can no longer be written.",
             stats.failure.empty() ? 0 : 1),
  };
}

}  // namespace chengxin::server
