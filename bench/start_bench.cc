// Start-up beside a scan of the rows it reads: a folder with 1,000,000 organizations is opened and its read
// index built.
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/strings.h"
#include "bench/population.h"
#include "bench/report.h"
#include "engine/engine.h"
#include "rocksdb/iterator.h"
#include "storage/status.h"
#include "storage/tables.h"

namespace chengxin::bench {
namespace {

constexpr int kOrganizations = 1'000'000;
constexpr int kShortOrganizations = 2'000;
// At most three times the scan.
constexpr double kBar = 1.0 / 3;

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// From a closed folder to an engine that answers.
double Start(const std::string& data) {
  const Stopwatch watch;
  auto store = storage::Store::Open({.folder = data});
  Require(store.status(), "open");
  auto engine = engine::Engine::Create(*std::move(store), SystemClock(), {});
  Require(engine.status(), "create");
  const double seconds = watch.seconds();
  if ((*engine)->Stats().organizations == 0) Require(absl::InternalError("no organizations"), "start");
  return seconds;
}

// From a closed folder to the end of the rows that a start reads, each byte touched.
double Scan(const std::string& data, uint64_t& bytes) {
  const Stopwatch watch;
  auto tables = storage::Tables::Open({.folder = data});
  Require(tables.status(), "open");
  bytes = 0;
  uint64_t sum = 0;
  for (const storage::Table table : {storage::Table::kStandings, storage::Table::kListings}) {
    const storage::RowIterator rows = (*tables)->IterateAll(table, /*streaming=*/true);
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
      for (const rocksdb::Slice& part : {rows->key(), rows->value()}) {
        bytes += part.size();
        for (size_t i = 0; i < part.size(); ++i) sum += static_cast<unsigned char>(part[i]);
      }
    }
    Require(storage::ToStatus(rows->status(), "scan"), "scan");
  }
  if (sum == 0) Require(absl::InternalError("no rows"), "scan");
  return watch.seconds();
}

int Main(int argc, char** argv) {
  const Settings settings = ParseSettings(argc, argv);
  const int organizations = settings.is_short ? kShortOrganizations : kOrganizations;
  const Folder folder;
  const std::string data = folder.Sub("data");
  Populate(*NewEngine(data), organizations);
  // What the population left in the write-ahead log, as after a crash.
  const double first = Start(data);
  uint64_t bytes = 0;
  const Pair pair = RunInTurn(
      settings, [&] { return organizations / Start(data); },
      [&] { return organizations / Scan(data, bytes); });
  PrintPair(StrCat("start with ", organizations, " organizations"), "organizations/s", pair, kBar);
  std::printf(
      "    a start takes %.2f s, the scan of the same %.1f MB %.2f s; the first start, with a full log, %.2f "
      "s\n",
      organizations / pair.ours.median(), static_cast<double>(bytes) / 1e6,
      organizations / pair.limit.median(), first);
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
