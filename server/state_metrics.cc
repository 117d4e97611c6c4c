#include "server/state_metrics.h"

#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <utility>

#include "chengxin/v1/answer.pb.h"
#include "domain/evaluate.h"
#include "domain/timestamps.h"
#include "server/metric_family.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

double SecondsOf(absl::Time time) { return absl::ToDoubleSeconds(time - absl::UnixEpoch()); }

prometheus::ClientMetric Labelled(std::string label, std::string value, double figure) {
  prometheus::ClientMetric metric;
  metric.label = {{std::move(label), std::move(value)}};
  metric.gauge.value = figure;
  return metric;
}

// Resident memory in bytes; 0 where the kernel does not tell.
double ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t total = 0;
  uint64_t resident = 0;
  if (!(statm >> total >> resident)) return 0;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void AddEngine(const engine::EngineStats& stats, std::vector<MetricFamily>& families) {
  const auto gauge = [&](std::string name, std::string help, double value) {
    families.push_back(Single(std::move(name), MetricType::Gauge, std::move(help), value));
  };
  gauge("chengxin_revision", "Revision of the log that readers see.", static_cast<double>(stats.revision));
  if (stats.revision > 0) {
    gauge("chengxin_last_change_timestamp_seconds", "When the last Change was stamped.",
          SecondsOf(stats.last_stamp));
  }
  gauge("chengxin_list_revision", "Revision of the last change of the published list.",
        static_cast<double>(stats.list_revision));
  gauge("chengxin_queued_commands", "Commands waiting for the committer.", static_cast<double>(stats.queued));
  gauge("chengxin_waiting_dues", "What has fallen due and waits, for the timer or for a calendar.",
        static_cast<double>(stats.waiting_dues));
  gauge("chengxin_index_organizations", "Organizations in the read index.",
        static_cast<double>(stats.organizations));
  gauge("chengxin_index_bytes", "Memory of the read index.", static_cast<double>(stats.index_bytes));
  gauge("chengxin_read_only", "1 where writing has stopped after a storage error.", stats.read_only ? 1 : 0);
  MetricFamily listings = Family("chengxin_listings", MetricType::Gauge, "Entries on the published list.");
  listings.metric.push_back(
      Labelled("list", "abnormal", static_cast<double>(stats.published_abnormal_listings)));
  listings.metric.push_back(Labelled("list", "severe", static_cast<double>(stats.published_severe_listings)));
  families.push_back(std::move(listings));
}

void AddStore(const storage::StoreStats& stats, std::vector<MetricFamily>& families) {
  const auto gauge = [&](std::string name, std::string help, double value) {
    families.push_back(Single(std::move(name), MetricType::Gauge, std::move(help), value));
  };
  gauge("chengxin_rocksdb_disk_bytes", "Tables and logs of RocksDB on disk.",
        static_cast<double>(stats.disk_bytes));
  gauge("chengxin_rocksdb_memtable_bytes", "Write buffers of RocksDB.",
        static_cast<double>(stats.memtable_bytes));
  gauge("chengxin_rocksdb_pending_compaction_bytes", "Bytes that compaction has yet to rewrite.",
        static_cast<double>(stats.pending_compaction_bytes));
  gauge("chengxin_rocksdb_write_stopped", "1 where RocksDB holds writes back altogether.",
        stats.write_stopped ? 1 : 0);
  families.push_back(Single("chengxin_rocksdb_stall_seconds_total", MetricType::Counter,
                            "Time for which RocksDB held writes back.",
                            static_cast<double>(stats.stall_micros) / 1e6));
}

void AddSources(const domain::Knowledge& knowledge, absl::Time now, std::vector<MetricFamily>& families) {
  if (knowledge.catalogue == nullptr) return;
  v1::AnswerBasis basis;
  domain::FillBasis(knowledge, now, basis);
  MetricFamily age = Family("chengxin_source_age_seconds", MetricType::Gauge,
                            "Age of the last complete reading of a source; absent where it was never read.");
  MetricFamily stale = Family("chengxin_source_stale", MetricType::Gauge,
                              "1 where a source is older than the catalogue allows, or was never read.");
  for (const v1::SourceFreshness& source : basis.sources()) {
    if (source.has_as_of()) {
      age.metric.push_back(
          Labelled("source", source.source(), absl::ToDoubleSeconds(now - domain::TimeOf(source.as_of()))));
    }
    stale.metric.push_back(Labelled("source", source.source(), source.stale() ? 1 : 0));
  }
  families.push_back(std::move(age));
  families.push_back(std::move(stale));
}

}  // namespace

std::vector<MetricFamily> StateMetrics::Collect() const {
  std::vector<MetricFamily> families;
  AddEngine(engine_.Stats(), families);
  AddStore(engine_.store().Stats(), families);
  AddSources(*engine_.knowledge(), clock_.Now(), families);
  MetricFamily build = Family("chengxin_build_info", MetricType::Gauge, "1, with the program's version.");
  build.metric.push_back(Labelled("version", program_version_, 1));
  families.push_back(std::move(build));
  families.push_back(Single("process_start_time_seconds", MetricType::Gauge, "When the process started.",
                            SecondsOf(process_start_)));
  families.push_back(Single("process_resident_memory_bytes", MetricType::Gauge,
                            "Resident memory of the process.", ResidentBytes()));
  return families;
}

}  // namespace chengxin::server
