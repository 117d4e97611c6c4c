#include "server/metrics.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "prometheus/check_names.h"
#include "server/audit_metrics.h"
#include "server/audit_trail.h"
#include "server/metrics_page.h"
#include "server/state_metrics.h"
#include "tests/support/http_get.h"
#include "tests/support/world.h"

namespace chengxin::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using testing::HasSubstr;

// The member of a family that has this label, or the only one where `label` is empty.
std::optional<ClientMetric> Find(const std::vector<MetricFamily>& families, const std::string& name,
                                 const std::string& label = {}, const std::string& value = {}) {
  for (const MetricFamily& family : families) {
    if (family.name != name) continue;
    for (const ClientMetric& metric : family.metric) {
      if (label.empty()) return metric;
      for (const auto& one : metric.label) {
        if (one.name == label && one.value == value) return metric;
      }
    }
  }
  return std::nullopt;
}

constexpr char kCheck[] = "chengxin.v1.EligibilityService/CheckEligibility";

TEST(Metrics, ACallIsCountedWhenItStartsAndWhenItIsAnswered) {
  Metrics metrics;
  metrics.Started(Method::kCheckEligibility);
  EXPECT_EQ(Find(metrics.Collect(), "chengxin_calls_started_total", "method", kCheck)->counter.value, 1);
  EXPECT_FALSE(Find(metrics.Collect(), "chengxin_call_duration_seconds", "method", kCheck).has_value());

  metrics.Ended(Method::kCheckEligibility, grpc::StatusCode::OK, absl::Milliseconds(3));
  const auto ended = Find(metrics.Collect(), "chengxin_call_duration_seconds", "method", kCheck);
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(ended->histogram.sample_count, 1u);
  EXPECT_DOUBLE_EQ(ended->histogram.sample_sum, 0.003);
}

TEST(Metrics, EveryMethodIsShownFromTheStart) {
  const Metrics metrics;
  for (const std::string_view method : kMethodNames) {
    const auto started =
        Find(metrics.Collect(), "chengxin_calls_started_total", "method", std::string(method));
    ASSERT_TRUE(started.has_value()) << method;
    EXPECT_EQ(started->counter.value, 0) << method;
  }
}

TEST(Metrics, StatusesAreKeptApart) {
  Metrics metrics;
  metrics.Ended(Method::kCreateRecord, grpc::StatusCode::OK, absl::Milliseconds(1));
  metrics.Ended(Method::kCreateRecord, grpc::StatusCode::PERMISSION_DENIED, absl::Milliseconds(1));
  metrics.Ended(Method::kCreateRecord, grpc::StatusCode::UNAUTHENTICATED, absl::Milliseconds(1));
  metrics.Ended(Method::kCreateRecord, static_cast<grpc::StatusCode>(31), absl::Milliseconds(1));
  for (const char* code : {"OK", "PERMISSION_DENIED", "UNAUTHENTICATED", "UNKNOWN"}) {
    const auto ended = Find(metrics.Collect(), "chengxin_call_duration_seconds", "code", code);
    ASSERT_TRUE(ended.has_value()) << code;
    EXPECT_EQ(ended->histogram.sample_count, 1u) << code;
  }
}

TEST(Metrics, ABucketHoldsItsUpperBound) {
  Metrics metrics;
  metrics.Ended(Method::kGetStatus, grpc::StatusCode::OK, absl::Microseconds(50));
  metrics.Ended(Method::kGetStatus, grpc::StatusCode::OK, absl::Microseconds(50) + absl::Nanoseconds(1));
  metrics.Ended(Method::kGetStatus, grpc::StatusCode::OK, absl::Hours(1));
  const auto ended = Find(metrics.Collect(), "chengxin_call_duration_seconds");
  ASSERT_TRUE(ended.has_value());
  const auto& buckets = ended->histogram.bucket;
  EXPECT_DOUBLE_EQ(buckets[0].upper_bound, 0.00005);
  EXPECT_EQ(buckets[0].cumulative_count, 1u);
  EXPECT_EQ(buckets[1].cumulative_count, 2u);
  EXPECT_EQ(buckets[buckets.size() - 2].cumulative_count, 2u);
  EXPECT_EQ(buckets.back().cumulative_count, 3u) << "an hour lies above all bounds";
}

TEST(Metrics, NoCallIsLostBetweenThreads) {
  constexpr int kThreads = 8;
  constexpr int kCalls = 10'000;
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&metrics] {
      for (int call = 0; call < kCalls; ++call) {
        metrics.Started(Method::kCheckEligibility);
        metrics.Ended(Method::kCheckEligibility, grpc::StatusCode::OK, absl::Microseconds(call));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto families = metrics.Collect();
  EXPECT_EQ(Find(families, "chengxin_calls_started_total", "method", kCheck)->counter.value,
            kThreads * kCalls);
  EXPECT_EQ(Find(families, "chengxin_call_duration_seconds", "method", kCheck)->histogram.sample_count,
            static_cast<uint64_t>(kThreads * kCalls));
}

TEST(Metrics, AGroupThatWroteNothingHasNoWriteTime) {
  Metrics metrics;
  metrics.ObserveCommit(
      {.commands = 3, .bytes = 100, .write = absl::Milliseconds(2), .total = absl::Milliseconds(4)});
  metrics.ObserveCommit(
      {.commands = 1, .bytes = 0, .write = absl::ZeroDuration(), .total = absl::Milliseconds(1)});
  const auto families = metrics.Collect();
  EXPECT_EQ(Find(families, "chengxin_commit_write_seconds")->histogram.sample_count, 1u);
  EXPECT_EQ(Find(families, "chengxin_commit_seconds")->histogram.sample_count, 2u);
  EXPECT_DOUBLE_EQ(Find(families, "chengxin_commit_group_commands")->histogram.sample_sum, 4);
  EXPECT_EQ(Find(families, "chengxin_commit_bytes_total")->counter.value, 100);
}

TEST(Metrics, WatchersComeAndGo) {
  Metrics metrics;
  metrics.WatchersChanged(1);
  metrics.WatchersChanged(1);
  metrics.WatchersChanged(-1);
  EXPECT_EQ(Find(metrics.Collect(), "chengxin_watchers")->gauge.value, 1);
}

TEST(StateMetrics, ShowTheRevisionTheIndexAndTheSourcesAge) {
  World world;
  world.Register(1);
  world.Register(2);
  const StateMetrics metrics(world.engine(), world.clock(), "1.2.3", absl::FromUnixSeconds(1'000));
  world.clock().Advance(absl::Hours(5));
  const auto families = metrics.Collect();
  EXPECT_EQ(Find(families, "chengxin_revision")->gauge.value, static_cast<double>(world.engine().revision()));
  EXPECT_EQ(Find(families, "chengxin_index_organizations")->gauge.value, 2);
  EXPECT_GT(Find(families, "chengxin_index_bytes")->gauge.value, 0);
  EXPECT_EQ(Find(families, "chengxin_read_only")->gauge.value, 0);
  EXPECT_EQ(Find(families, "process_start_time_seconds")->gauge.value, 1'000);
  EXPECT_TRUE(Find(families, "chengxin_build_info", "version", "1.2.3").has_value());
  const auto age = Find(families, "chengxin_source_age_seconds", "source", "sources/registry-kunming");
  ASSERT_TRUE(age.has_value());
  EXPECT_EQ(age->gauge.value, 5 * 3'600);
}

TEST(StateMetrics, ASourceNeverReadIsStaleAndHasNoAge) {
  World world{World::Empty{}};
  ASSERT_TRUE(world.ActivateCatalogue().ok());
  const StateMetrics metrics(world.engine(), world.clock(), "1.2.3", absl::FromUnixSeconds(1'000));
  const auto families = metrics.Collect();
  EXPECT_FALSE(
      Find(families, "chengxin_source_age_seconds", "source", "sources/registry-kunming").has_value());
  const auto stale = Find(families, "chengxin_source_stale", "source", "sources/registry-kunming");
  ASSERT_TRUE(stale.has_value());
  EXPECT_EQ(stale->gauge.value, 1);
}

// docs/operations.md is what an operator has to go by.
TEST(Metrics, TheHandbookNamesEveryMetricAndNoOther) {
  World world;
  const Metrics metrics;
  const StateMetrics state(world.engine(), world.clock(), "1.2.3", absl::FromUnixSeconds(1'000));
  auto store = storage::AuditStore::Open({.folder = storage::AuditFolderOf(world.folder())}, world.clock());
  ASSERT_TRUE(store.ok()) << store.status();
  const AuditTrail trail(*std::move(store), world.clock(), {});
  const AuditMetrics audit(trail);
  std::set<std::string> shown;
  for (const auto& families : {metrics.Collect(), state.Collect(), audit.Collect()}) {
    for (const MetricFamily& family : families) {
      EXPECT_TRUE(prometheus::CheckMetricName(family.name)) << family.name;
      EXPECT_FALSE(family.help.empty()) << family.name;
      shown.insert(family.name);
    }
  }
  std::stringstream handbook;
  handbook << std::ifstream(CHENGXIN_SOURCE_DIR "/docs/operations.md").rdbuf();
  const std::string text = handbook.str();
  const std::regex row("\\| `([a-z_]+)(\\{[a-z, ]+\\})?` \\| (gauge|counter|histogram) \\|");
  std::set<std::string> documented;
  for (std::sregex_iterator it(text.begin(), text.end(), row); it != std::sregex_iterator(); ++it) {
    documented.insert((*it)[1]);
  }
  EXPECT_THAT(documented, testing::ContainerEq(shown));
}

TEST(AuditMetrics, TellWhatIsWrittenAndWhatWaits) {
  World world{World::Empty{}};
  auto store = storage::AuditStore::Open(
      {.folder = storage::AuditFolderOf(world.folder()), .env = world.disk().env()}, world.clock());
  ASSERT_TRUE(store.ok()) << store.status();
  AuditTrail trail(*std::move(store), world.clock(), {.buffer_entries = 2});
  const AuditMetrics metrics(trail);
  ASSERT_TRUE(trail.TakePlace());
  trail.Put("");
  trail.Flush();
  world.disk().HoldSyncs();
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(trail.TakePlace());
    trail.Put("");
  }
  EXPECT_FALSE(trail.TakePlace());
  trail.PutRefusal("");
  const auto families = metrics.Collect();
  EXPECT_EQ(Find(families, "chengxin_audit_entries_written_total")->counter.value, 1);
  EXPECT_EQ(Find(families, "chengxin_audit_entries_waiting")->gauge.value, 2);
  EXPECT_EQ(Find(families, "chengxin_audit_shed_total")->counter.value, 1);
  EXPECT_EQ(Find(families, "chengxin_audit_refusals_unrecorded_total")->counter.value, 1);
  EXPECT_EQ(Find(families, "chengxin_audit_failed")->gauge.value, 0);
  world.disk().ReleaseSyncs();
}

TEST(MetricsPage, AnswersOverHttp) {
  auto metrics = std::make_shared<Metrics>();
  metrics->Started(Method::kGetStatus);
  const auto page = MetricsPage::Serve({.host = "127.0.0.1", .port = 0}, {metrics});
  ASSERT_TRUE(page.ok()) << page.status();
  const auto text = HttpGet((*page)->port(), "/metrics");
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_THAT(*text, HasSubstr("200 OK"));
  EXPECT_THAT(*text,
              HasSubstr("chengxin_calls_started_total{method=\"chengxin.v1.AdminService/GetStatus\"} 1"));
}

// Who connects and says nothing does not keep the others from the page.
TEST(MetricsPage, IdleConnectionsDoNotBlockIt) {
  const auto page = MetricsPage::Serve({.host = "127.0.0.1", .port = 0}, {std::make_shared<Metrics>()});
  ASSERT_TRUE(page.ok()) << page.status();
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>((*page)->port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::vector<int> idle;
  for (int i = 0; i < 20; ++i) {
    idle.push_back(::socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(::connect(idle.back(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  }
  const absl::Time asked = absl::Now();
  const auto text = HttpGet((*page)->port(), "/metrics");
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_THAT(*text, HasSubstr("200 OK"));
  EXPECT_LT(absl::Now() - asked, absl::Seconds(20));
  for (const int socket : idle) ::close(socket);
}

TEST(MetricsPage, AnAddressThatIsTakenIsRefused) {
  const auto first = MetricsPage::Serve({.host = "127.0.0.1", .port = 0}, {});
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = MetricsPage::Serve({.host = "127.0.0.1", .port = (*first)->port()}, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace chengxin::server
