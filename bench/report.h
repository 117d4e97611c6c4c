// How a benchmark is measured and told: paired runs in turn, the median of them with its spread, and the bar
// it stands beside.
#ifndef CHENGXIN_BENCH_REPORT_H_
#define CHENGXIN_BENCH_REPORT_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace chengxin::bench {

// What all benchmarks take on the command line.
struct Settings {
  // A quick pass over everything, for the tests: small populations, one short run each. Its figures mean
  // nothing.
  bool is_short = false;
  // Paired runs; the median of them counts.
  int runs = 5;
  // Length of one run of a throughput.
  absl::Duration run_length = absl::Seconds(5);
  // Only the measures whose name holds it, in benchmarks of several; all where it is empty.
  std::string only;

  bool Wants(std::string_view measure) const { return measure.find(only) != std::string_view::npos; }
};

// A size of a benchmark that has a flag of its own, for example "--organizations"; a whole number from 1 on.
struct Size {
  std::string flag;
  int* value = nullptr;
};

// Reads --short, --runs N, --seconds S, --only TEXT and the sizes; ends the program with a message for
// anything else.
Settings ParseSettings(int argc, char** argv, const std::vector<Size>& sizes = {});

// Values of several runs of one thing.
struct Sample {
  std::vector<double> values;
  double median() const;
  double least() const;
  double most() const;
};

// Runs `ours` and `limit` in turn, settings.runs times each, after one unmeasured pass of both (not with
// --short).
struct Pair {
  Sample ours;
  Sample limit;
  // Median of the ratios of the pairs.
  double ratio = 0;
};
Pair RunInTurn(const Settings& settings, const std::function<double()>& ours,
               const std::function<double()>& limit);

// Prints one line: the measure, ours, the limit beside it, the ratio and whether the bar is met.
void PrintPair(const std::string& measure, const std::string& unit, const Pair& pair, double bar);
// Prints a figure without a limit.
void PrintFigure(const std::string& measure, const std::string& unit, const Sample& sample,
                 const std::string& remark = {});

// The q-quantile (0 to 1) of values, which it sorts.
double Quantile(std::vector<double>& values, double q);

}  // namespace chengxin::bench

#endif  // CHENGXIN_BENCH_REPORT_H_
