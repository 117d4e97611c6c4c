// Overload: checks by ever more callers at once, each of which sends its next call when the last was answered
// and waits as it is told when one was refused. The fewest that get most answered are the peak; then ten
// times as many. The server is held on one core and this program on another. The checks are FULL, which cost
// the server more than this program: it is the server that is to be the bottleneck.
#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "base/mutex.h"
#include "base/strings.h"
#include "bench/load.h"
#include "bench/population.h"
#include "bench/report.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "client/error.h"
#include "client/retry_policy.h"
#include "tests/support/daemon.h"

namespace chengxin::bench {
namespace {

constexpr int kOrganizations = 20'000;
constexpr int kShortOrganizations = 2'000;
constexpr int kConnections = 8;
constexpr int kMostCallers = 1'024;
constexpr int kTimesPeak = 10;
constexpr double kAtPeak = 0.95;
constexpr double kGoodputBar = 0.8;
constexpr double kLatencyBar = 3;
// Before what is measured, so that the callers have found their pace.
constexpr absl::Duration kWarmUp = absl::Seconds(5);

// Of this thread, and of the threads and processes that it starts from now on.
void HoldOnCore(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  if (::sched_setaffinity(0, sizeof(cores), &cores) == 0) return;
  std::fprintf(stderr, "cannot hold the program on core %d\n", core);
  std::exit(1);
}

// What the callers of one run saw.
struct Seen {
  double goodput = 0;  // calls answered per second
  double refused = 0;  // calls refused per second
  double p50_ms = 0;   // of the answered, from when each was sent
  double p99_ms = 0;
  double busy = 0;  // the share of a core that the server used
};

// CPU seconds that the process has used.
double CpuSeconds(pid_t pid) {
  clockid_t clock = 0;
  timespec used{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

// So many callers over a few connections.
class Callers {
 public:
  Callers(const std::string& address, const std::vector<v1::CheckEligibilityRequest>& requests, int callers)
      : requests_(requests), callers_(static_cast<size_t>(callers)) {
    for (int i = 0; i < kConnections; ++i) {
      stubs_.push_back(v1::EligibilityService::NewStub(ConnectApart(address)));
    }
  }

  // `pid` is the server's.
  Seen Run(pid_t pid, absl::Duration warm_up, absl::Duration length) {
    from_ = absl::Now() + warm_up;
    until_ = from_ + length;
    {
      MutexLock lock(mu_);
      running_ = callers_.size();
    }
    for (size_t i = 0; i < callers_.size(); ++i) {
      callers_[i].number = i;
      callers_[i].next = i * 37;
      callers_[i].latencies_ms.reserve(1 << 12);
      Send(callers_[i]);
    }
    absl::SleepFor(from_ - absl::Now());
    const double used = CpuSeconds(pid);
    absl::SleepFor(until_ - absl::Now());
    const double busy = (CpuSeconds(pid) - used) / absl::ToDoubleSeconds(length);
    {
      MutexLock lock(mu_);
      while (running_ > 0) idle_.Wait(mu_);
    }
    Seen seen = Sum(length);
    seen.busy = busy;
    return seen;
  }

 private:
  struct Caller {
    size_t number = 0;
    size_t next = 0;
    std::optional<grpc::ClientContext> context;
    v1::CheckEligibilityResponse response;
    client::Backoff backoff{client::RetryPolicy()};
    std::optional<grpc::Alarm> pause;
    std::vector<double> latencies_ms;
    int64_t refused = 0;
  };

  void Send(Caller& caller) {
    const absl::Time sent = absl::Now();
    if (sent >= until_) return End();
    caller.context.emplace();
    AddPrincipal(*caller.context);
    stubs_[caller.number % stubs_.size()]->async()->CheckEligibility(
        &*caller.context, &requests_[caller.next++ % requests_.size()], &caller.response,
        [this, &caller, sent](const grpc::Status& status) { Answered(caller, sent, status); });
  }

  void Answered(Caller& caller, absl::Time sent, const grpc::Status& status) {
    const bool counts = sent >= from_;
    if (status.ok()) {
      if (counts) caller.latencies_ms.push_back(absl::ToDoubleMilliseconds(absl::Now() - sent));
      caller.backoff.Reset();
      return Send(caller);
    }
    const absl::Status refusal = client::FromGrpc(status);
    if (!client::MayRetry(refusal) || !client::RetryDelayOf(refusal).has_value()) {
      std::fprintf(stderr, "call failed: %s\n", refusal.ToString().c_str());
      std::exit(1);
    }
    if (counts) ++caller.refused;
    caller.pause.emplace();
    caller.pause->Set(
        std::chrono::system_clock::now() + absl::ToChronoMilliseconds(caller.backoff.Next(refusal)),
        [this, &caller](bool) { Send(caller); });
  }

  void End() {
    MutexLock lock(mu_);
    if (--running_ == 0) idle_.NotifyAll();
  }

  Seen Sum(absl::Duration length) {
    std::vector<double> latencies;
    Seen seen;
    for (const Caller& caller : callers_) {
      latencies.insert(latencies.end(), caller.latencies_ms.begin(), caller.latencies_ms.end());
      seen.refused += static_cast<double>(caller.refused) / absl::ToDoubleSeconds(length);
    }
    if (latencies.empty()) return seen;
    seen.goodput = static_cast<double>(latencies.size()) / absl::ToDoubleSeconds(length);
    seen.p50_ms = Quantile(latencies, 0.5);
    seen.p99_ms = Quantile(latencies, 0.99);
    return seen;
  }

  const std::vector<v1::CheckEligibilityRequest>& requests_;
  std::vector<Caller> callers_;
  std::vector<std::unique_ptr<v1::EligibilityService::Stub>> stubs_;
  absl::Time from_;
  absl::Time until_;
  Mutex mu_;
  CondVar idle_;
  size_t running_ CHENGXIN_GUARDED_BY(mu_) = 0;
};

// One run at a number of callers, told.
Seen Measure(const Settings& settings, Daemon& daemon,
             const std::vector<v1::CheckEligibilityRequest>& requests, int callers) {
  Callers load(StrCat("127.0.0.1:", daemon.port()), requests, callers);
  const Seen seen = load.Run(daemon.process().pid(), settings.is_short ? absl::Milliseconds(50) : kWarmUp,
                             settings.run_length);
  std::printf(
      "%6d callers %10.0f answered/s %8.0f refused/s   p50 %7.2f ms   p99 %7.2f ms   server busy %.2f\n",
      callers, seen.goodput, seen.refused, seen.p50_ms, seen.p99_ms, seen.busy);
  std::fflush(stdout);
  return seen;
}

// The fewest callers that reach the most that is answered, but for the little by which runs differ anyhow:
// from there on more callers get no more, and where some are refused not all of them are in flight.
int FindPeak(const Settings& settings, Daemon& daemon,
             const std::vector<v1::CheckEligibilityRequest>& requests) {
  std::vector<std::pair<int, double>> goodputs;
  double best = 0;
  for (int callers = 1; callers <= (settings.is_short ? 16 : kMostCallers); callers *= 2) {
    goodputs.emplace_back(callers, Measure(settings, daemon, requests, callers).goodput);
    best = std::max(best, goodputs.back().second);
  }
  return std::find_if(goodputs.begin(), goodputs.end(),
                      [best](const auto& one) { return one.second >= kAtPeak * best; })
      ->first;
}

void Tell(const char* measure, double ratio, bool met, double bar) {
  std::printf("%-58s ratio %.2f, bar %.2f: %s\n", measure, ratio, bar, met ? "met" : "MISSED");
}

int Main(int argc, char** argv) {
  const Settings settings = ParseSettings(argc, argv);
  const int organizations = settings.is_short ? kShortOrganizations : kOrganizations;
  const Folder folder;
  Populate(*NewEngine(folder.Sub("data")), organizations);
  HoldOnCore(0);
  auto daemon = Daemon::Start(folder.Sub("data"), {"--principal-calls-per-second", "10000000"});
  Require(daemon.status(), "chengxind");
  HoldOnCore(1);
  const auto requests =
      CheckRequests({.organizations = organizations, .view = v1::ELIGIBILITY_VIEW_FULL}, organizations);

  const int peak = FindPeak(settings, **daemon, requests);
  std::printf("the peak is at %d callers; there and at %d times as many, in turn:\n", peak, kTimesPeak);
  Sample goodput;
  Sample latency;
  for (int run = 0; run < settings.runs; ++run) {
    const Seen at_peak = Measure(settings, **daemon, requests, peak);
    const Seen over = Measure(settings, **daemon, requests, peak * kTimesPeak);
    goodput.values.push_back(over.goodput / at_peak.goodput);
    latency.values.push_back(over.p99_ms / at_peak.p99_ms);
  }
  Tell("goodput at 10 times the callers of the peak", goodput.median(), goodput.median() >= kGoodputBar,
       kGoodputBar);
  Tell("p99 of answered calls there, times that at the peak", latency.median(),
       latency.median() <= kLatencyBar, kLatencyBar);
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
