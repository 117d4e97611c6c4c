// What happens by itself: entries whose public display has ended, as many a second as the timer makes, and
// what other commands feel of it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <semaphore>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/strings.h"
#include "bench/population.h"
#include "bench/report.h"
#include "domain/civil_day.h"
#include "engine/engine.h"

namespace chengxin::bench {
namespace {

// p99 of a command while dues happen, as a multiple of that without.
constexpr double kLatencyBar = 5;
constexpr int kOrganizations = 1'000'000;
constexpr int kDues = 100'000;
constexpr int kShortOrganizations = 2'000;
constexpr int kShortDues = 200;
constexpr ptrdiff_t kInFlight = 512;
// The display of an entry decided on so long ago is over: three years at most.
constexpr int kDaysAgo = 5 * 365;
// Dues that do not grow fewer for so long are not going to.
constexpr double kPatienceSeconds = 30;
constexpr double kShortPatienceSeconds = 1;
constexpr int kProbesBetweenLooks = 50;

using Instant = std::chrono::steady_clock::time_point;
double SecondsSince(Instant start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::unique_ptr<engine::Engine> OpenEngine(const std::string& data, absl::Duration timer_interval) {
  auto store = storage::Store::Open({.folder = data});
  Require(store.status(), "open");
  auto engine = engine::Engine::Create(*std::move(store), SystemClock(), {.timer_interval = timer_interval});
  Require(engine.status(), "create");
  return *std::move(engine);
}

// A severe penalty with its listing decision of long ago.
v1::CreateRecordRequest OldPenaltyOf(int number) {
  const std::string day = (domain::DayOf(absl::Now()) - kDaysAgo).ToString();
  v1::CreateRecordRequest request = PenaltyOf(number);
  v1::CreditRecord& record = *request.mutable_record();
  record.set_formed_on(day);
  record.mutable_penalty()->set_decided_on(day);
  record.mutable_penalty()->set_fine_fen(5'000'000);
  request.mutable_listing_decision()->set_ground("SER-04");
  request.mutable_listing_decision()->set_decided_on(day);
  return request;
}

void FilePenalties(engine::Engine& engine, int count, int stride) {
  std::counting_semaphore<> places(kInFlight);
  for (int i = 0; i < count; ++i) {
    places.acquire();
    engine.Submit(OfficerPrincipal(), OldPenaltyOf(i * stride),
                  [&places](const absl::StatusOr<engine::Committed>& committed) {
                    Require(committed.status(), "penalty");
                    places.release();
                  });
  }
  for (ptrdiff_t i = 0; i < kInFlight; ++i) places.acquire();
}

int CountDues(const engine::Engine& engine) {
  int count = 0;
  Require(engine.store().ScanDues(std::nullopt, absl::Now(),
                                  [&](const log::v1::Due&) {
                                    ++count;
                                    return true;
                                  }),
          "dues");
  return count;
}

// Files penalties of organizations that have none, one after the other, and notes how long each took.
class Prober {
 public:
  // Every `stride`th organization has a penalty already.
  Prober(int organizations, int stride) : organizations_(organizations), stride_(stride) {}

  // False where there are no more organizations.
  bool Probe(engine::Engine& engine, std::vector<double>& milliseconds) {
    if (++next_ % stride_ == 0) ++next_;
    if (next_ >= organizations_) return false;
    const Instant start = std::chrono::steady_clock::now();
    Require(engine.SubmitAndWait(OfficerPrincipal(), PenaltyOf(next_)).status(), "probe");
    milliseconds.push_back(SecondsSince(start) * 1e3);
    return true;
  }

 private:
  const int organizations_;
  const int stride_;
  int next_ = 0;
};

// Probes while dues happen; answers how many happened a second.
double LetAllHappen(engine::Engine& engine, Prober& prober, double patience_seconds,
                    std::vector<double>& milliseconds) {
  const int all = CountDues(engine);
  int left = all;
  // The timer's first look comes after its interval: time counts from the last look of ours that found all.
  Instant began = std::chrono::steady_clock::now(), progress = began;
  while (left > 0) {
    const Instant look = std::chrono::steady_clock::now();
    for (int i = 0; i < kProbesBetweenLooks; ++i) {
      if (!prober.Probe(engine, milliseconds)) return 0;
    }
    const int now = CountDues(engine);
    if (now < left) {
      if (left == all) began = look;
      progress = std::chrono::steady_clock::now();
      left = now;
    } else if (SecondsSince(progress) > patience_seconds) {
      std::printf("    %d of %d dues do not happen\n", left, all);
      break;
    }
  }
  return (all - left) / std::max(1e-3, std::chrono::duration<double>(progress - began).count());
}

int Main(int argc, char** argv) {
  int organizations = 0, dues = 0;
  const Settings settings =
      ParseSettings(argc, argv, {{"--organizations", &organizations}, {"--dues", &dues}});
  if (organizations == 0) organizations = settings.is_short ? kShortOrganizations : kOrganizations;
  if (dues == 0) dues = settings.is_short ? kShortDues : kDues;
  const int stride = std::max(2, organizations / dues);
  const Folder folder;
  const std::string data = folder.Sub("data");
  {
    const auto engine = NewEngine(data);
    Import(*engine, organizations);
    FilePenalties(*engine, std::min(dues, organizations / stride), stride);
  }
  Prober prober(organizations, stride);
  std::vector<double> without, with;
  {
    const auto engine = OpenEngine(data, absl::ZeroDuration());
    const Instant start = std::chrono::steady_clock::now();
    while (SecondsSince(start) < absl::ToDoubleSeconds(settings.run_length) &&
           prober.Probe(*engine, without)) {
    }
  }
  double rate = 0;
  {
    const auto engine = OpenEngine(data, settings.is_short ? absl::Milliseconds(50) : absl::Seconds(1));
    rate = LetAllHappen(*engine, prober, settings.is_short ? kShortPatienceSeconds : kPatienceSeconds, with);
  }
  Require(without.empty() || with.empty() ? absl::InternalError("nothing was measured") : absl::OkStatus(),
          "probe");
  const double quiet = Quantile(without, 0.99), busy = Quantile(with, 0.99);
  PrintFigure(StrCat("dues that happen, of ", dues, ", ", organizations, " organizations"), "dues/s",
              {{rate}});
  PrintFigure("a command while nothing falls due, p99", "ms", {{quiet}},
              StrCat(without.size(), " commands, p50 ", Quantile(without, 0.5), " ms"));
  PrintFigure("a command while dues happen, p99", "ms", {{busy}},
              StrCat(with.size(), " commands, p50 ", Quantile(with, 0.5), " ms; ", busy / quiet,
                     " times, bar ", kLatencyBar, ": ", busy <= kLatencyBar * quiet ? "met" : "MISSED"));
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
