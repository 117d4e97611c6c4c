#include "bench/report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace chengxin::bench {

Settings ParseSettings(int argc, char** argv, const std::vector<Size>& sizes) {
  Settings settings;
  std::string expected = "--short, --runs N";
  for (const Size& size : sizes) expected += ", " + size.flag + " N";
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    const auto size =
        std::find_if(sizes.begin(), sizes.end(), [&](const Size& one) { return one.flag == flag; });
    if (size != sizes.end() && i + 1 < argc) {
      *size->value = std::max(1, std::atoi(argv[++i]));
    } else if (flag == "--short") {
      settings.is_short = true;
      settings.runs = 1;
      settings.run_length = absl::Milliseconds(200);
    } else if (flag == "--runs" && i + 1 < argc) {
      settings.runs = std::max(1, std::atoi(argv[++i]));
    } else if (flag == "--only" && i + 1 < argc) {
      settings.only = argv[++i];
    } else if (flag == "--seconds" && i + 1 < argc) {
      settings.run_length = absl::Seconds(std::max(0.1, std::atof(argv[++i])));
    } else {
      std::fprintf(stderr, "%s: %s; expected %s, --only TEXT or --seconds S\n", argv[0], argv[i],
                   expected.c_str());
      std::exit(2);
    }
  }
  return settings;
}

double Sample::median() const {
  std::vector<double> sorted = values;
  return Quantile(sorted, 0.5);
}
double Sample::least() const { return *std::min_element(values.begin(), values.end()); }
double Sample::most() const { return *std::max_element(values.begin(), values.end()); }

Pair RunInTurn(const Settings& settings, const std::function<double()>& ours,
               const std::function<double()>& limit) {
  Pair pair;
  Sample ratios;
  if (!settings.is_short) {
    ours();
    limit();
  }
  for (int run = 0; run < settings.runs; ++run) {
    // Whoever goes second finds another machine; they take turns at it.
    const bool ours_first = run % 2 == 0;
    const double first = ours_first ? ours() : limit();
    const double second = ours_first ? limit() : ours();
    pair.ours.values.push_back(ours_first ? first : second);
    pair.limit.values.push_back(ours_first ? second : first);
    ratios.values.push_back(pair.ours.values.back() / pair.limit.values.back());
  }
  pair.ratio = ratios.median();
  return pair;
}

void PrintPair(const std::string& measure, const std::string& unit, const Pair& pair, double bar) {
  std::printf("%-58s %12.0f %s (%.0f to %.0f)   limit %12.0f (%.0f to %.0f)   ratio %.2f, bar %.2f: %s\n",
              measure.c_str(), pair.ours.median(), unit.c_str(), pair.ours.least(), pair.ours.most(),
              pair.limit.median(), pair.limit.least(), pair.limit.most(), pair.ratio, bar,
              pair.ratio >= bar ? "met" : "MISSED");
  std::fflush(stdout);
}

void PrintFigure(const std::string& measure, const std::string& unit, const Sample& sample,
                 const std::string& remark) {
  std::printf("%-58s %12.1f %s (%.1f to %.1f)   %s\n", measure.c_str(), sample.median(), unit.c_str(),
              sample.least(), sample.most(), remark.c_str());
  std::fflush(stdout);
}

double Quantile(std::vector<double>& values, double q) {
  std::sort(values.begin(), values.end());
  const size_t at = static_cast<size_t>(q * static_cast<double>(values.size() - 1) + 0.5);
  return values.at(at);
}

}  // namespace chengxin::bench
