// Checks over gRPC beside a bare callback server: unary at 16 and 128 in flight, BASIC and FULL, and batches
// of 1,000.
#include <string>

#include "base/strings.h"
#include "bench/bare_process.h"
#include "bench/load.h"
#include "bench/population.h"
#include "bench/report.h"
#include "tests/support/daemon.h"

namespace chengxin::bench {
namespace {

constexpr int kOrganizations = 1'000'000;
constexpr int kShortOrganizations = 2'000;
constexpr double kUnaryBar = 0.90;
constexpr double kBatchBar = 0.50;

void Measure(const Settings& settings, const std::string& ours, const std::string& bare,
             const std::string& name, const Load& load, double bar) {
  PrintPair(name, "checks/s",
            RunInTurn(
                settings, [&] { return ChecksPerSecond(ours, load, settings.run_length); },
                [&] { return ChecksPerSecond(bare, load, settings.run_length); }),
            bar);
}

int Main(int argc, char** argv) {
  const Settings settings = ParseSettings(argc, argv);
  const int organizations = settings.is_short ? kShortOrganizations : kOrganizations;
  const Folder folder;
  Populate(*NewEngine(folder.Sub("data")), organizations);
  auto daemon = Daemon::Start(folder.Sub("data"));
  Require(daemon.status(), "chengxind");
  const std::string ours = StrCat("127.0.0.1:", (*daemon)->port());

  const Load basic{.in_flight = 16, .organizations = organizations};
  const Load batch{.in_flight = 4, .organizations = organizations, .batch = 1'000};
  Load full = basic;
  full.view = v1::ELIGIBILITY_VIEW_FULL;
  const BareServer bare(folder, AskOne(ours, basic), AskBatch(ours, batch), 1);
  const BareServer bare_full(folder, AskOne(ours, full), AskBatch(ours, batch), 2);
  for (const int in_flight : {16, 128}) {
    Load load = basic;
    load.in_flight = in_flight;
    Measure(settings, ours, bare.address(), StrCat("CheckEligibility BASIC, ", in_flight, " in flight"), load,
            kUnaryBar);
    load.view = v1::ELIGIBILITY_VIEW_FULL;
    Measure(settings, ours, bare_full.address(),
            StrCat("CheckEligibility FULL, ", in_flight, " in flight (no bar)"), load, 0);
  }
  Measure(settings, ours, bare.address(), "BatchCheckEligibility of 1,000 BASIC, 4 in flight", batch,
          kBatchBar);
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
