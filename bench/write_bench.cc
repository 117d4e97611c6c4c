// The write path beside RocksDB alone: one durable command at a time and 64 at a time through Engine::Submit,
// and the import of a register, each beside a replay of the very WriteBatches it wrote.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <semaphore>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/strings.h"
#include "bench/population.h"
#include "bench/replay.h"
#include "bench/report.h"
#include "client/client.h"
#include "client/import_stream.h"
#include "domain/decide.h"
#include "domain/timestamps.h"
#include "engine/engine.h"
#include "tests/support/daemon.h"

namespace chengxin::bench {
namespace {

constexpr double kSubmitBar = 0.60;
constexpr double kImportBar = 0.40;
constexpr int kPopulation = 50'000;
constexpr int kShortPopulation = 1'000;
constexpr int kImported = 1'000'000;
constexpr int kShortImported = 3'000;
// Batches a client has sent and not yet had acknowledged.
constexpr size_t kWindow = 8;

using Instant = std::chrono::steady_clock::time_point;
double SecondsSince(Instant start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::unique_ptr<engine::Engine> OpenEngine(const std::string& data) {
  auto store = storage::Store::Open({.folder = data});
  Require(store.status(), "open");
  auto engine = engine::Engine::Create(*std::move(store), SystemClock(), {});
  Require(engine.status(), "create");
  return *std::move(engine);
}

// A folder at rest, and runs that each begin with a copy of it. `write` writes into an opened copy and
// answers how many units (commands, organizations) it wrote; the limit replays what the last run wrote.
class Beside {
 public:
  struct Run {
    double units = 0;
    double seconds = 0;
    // Means of a group, where they were observed: the synced write alone, and from taking it out of the queue
    // to its last answer.
    absl::Duration write;
    absl::Duration total;
  };
  using Write = std::function<Run(const std::string& data)>;

  Beside(const Folder& folder, std::string base, Write write)
      : ours_(folder.Sub("ours")),
        keep_(folder.Sub("keep")),
        limit_(folder.Sub("limit")),
        base_(std::move(base)),
        after_(LastSequence(base_)),
        write_(std::move(write)) {}

  // Units a second of the store.
  double Ours() {
    CopyBase(ours_);
    std::filesystem::remove_all(keep_);
    KeptLogs logs(ours_, keep_);
    last_ = write_(ours_);
    logs.Restore();
    return last_.units / last_.seconds;
  }
  // Units a second of RocksDB alone.
  double Limit() {
    CopyBase(limit_);
    replayed_ = Replay(ours_, after_, limit_);
    return last_.units / replayed_.seconds;
  }

  void Print(const Settings& settings, const std::string& measure, const std::string& unit, double bar) {
    PrintPair(measure, unit,
              RunInTurn(
                  settings, [this] { return Ours(); }, [this] { return Limit(); }),
              bar);
    std::printf("    %.1f %s and %.0f bytes in one write of the last run\n",
                last_.units / static_cast<double>(replayed_.batches), unit.substr(0, unit.find('/')).c_str(),
                static_cast<double>(replayed_.bytes) / static_cast<double>(replayed_.batches));
    if (last_.total == absl::ZeroDuration()) return;
    std::printf("    a group took %.0f us, its write %.0f us; the limit's write %.0f us\n",
                absl::ToDoubleMicroseconds(last_.total), absl::ToDoubleMicroseconds(last_.write),
                1e6 * replayed_.seconds / static_cast<double>(replayed_.batches));
  }

 private:
  void CopyBase(const std::string& to) const {
    std::filesystem::remove_all(to);
    std::filesystem::copy(base_, to, std::filesystem::copy_options::recursive);
  }

  const std::string ours_;
  const std::string keep_;
  const std::string limit_;
  const std::string base_;
  const uint64_t after_;
  const Write write_;
  Run last_;
  Replayed replayed_;
};

// Files penalties with their decisions, `in_flight` at a time, for `length` or until each organization has
// one.
Beside::Run SubmitPenalties(const std::string& data, size_t in_flight, int population,
                            absl::Duration length) {
  std::vector<v1::CreateRecordRequest> requests;
  for (int i = 0; i < population; ++i) requests.push_back(PenaltyOf(i));
  std::unique_ptr<engine::Engine> engine = OpenEngine(data);
  // Told by one thread at a time; read once all have been answered.
  int64_t groups = 0;
  absl::Duration write, total;
  engine->ObserveCommits([&](const engine::CommitObservation& seen) {
    ++groups;
    write += seen.write;
    total += seen.total;
  });
  std::counting_semaphore<> places(static_cast<ptrdiff_t>(in_flight));
  const Instant start = std::chrono::steady_clock::now();
  size_t sent = 0;
  while (sent < requests.size() && SecondsSince(start) < absl::ToDoubleSeconds(length)) {
    places.acquire();
    engine->Submit(OfficerPrincipal(), std::move(requests[sent++]),
                   [&places](absl::StatusOr<engine::Committed> committed) {
                     Require(committed.status(), "penalty");
                     places.release();
                   });
  }
  for (size_t i = 0; i < in_flight; ++i) places.acquire();
  const double seconds = SecondsSince(start);
  engine.reset();
  return {.units = static_cast<double>(sent),
          .seconds = seconds,
          .write = write / std::max<int64_t>(groups, 1),
          .total = total / std::max<int64_t>(groups, 1)};
}

std::vector<v1::ImportOrganizationsRequest> ImportBatches(int count) {
  std::vector<v1::ImportOrganizationsRequest> batches;
  const absl::Time as_of = absl::Now();
  for (int first = 0; first < count; first += domain::kMaximumImportRows) {
    v1::ImportOrganizationsRequest& batch = batches.emplace_back();
    batch.set_source("sources/registry-kunming");
    domain::SetTimestamp(as_of, *batch.mutable_source_as_of());
    batch.set_request_id(StrCat("rows-", first));
    for (int i = first; i < std::min(count, first + domain::kMaximumImportRows); ++i) {
      *batch.add_organizations() = OrganizationOf(i);
    }
  }
  return batches;
}

// Over gRPC, to a chengxind of its own.
Beside::Run ImportOverGrpc(const std::string& data, int count) {
  std::vector<v1::ImportOrganizationsRequest> batches = ImportBatches(count);
  auto daemon = Daemon::Start(data);
  Require(daemon.status(), "chengxind");
  client::ClientOptions options;
  options.identity.subject = "sync-job";
  options.identity.role = "sync";
  options.identity.unit = "sources/registry-kunming";
  const std::unique_ptr<client::Client> client = client::Client::OverChannel((*daemon)->Connect(), options);
  const Instant start = std::chrono::steady_clock::now();
  const auto import =
      client->ImportOrganizations({.window = kWindow}, [](const auto&, const auto& acknowledged) {
        for (const v1::ImportResult& result : acknowledged.results()) {
          if (result.outcome() != v1::IMPORT_OUTCOME_CREATED) {
            Require(absl::InternalError(result.ShortDebugString()), "row");
          }
        }
      });
  for (v1::ImportOrganizationsRequest& batch : batches) Require(import->Send(std::move(batch)), "import");
  Require(import->Finish(), "import");
  const double seconds = SecondsSince(start);
  (*daemon)->Stop();
  return {.units = static_cast<double>(count), .seconds = seconds, .write = {}, .total = {}};
}

int Main(int argc, char** argv) {
  const Settings settings = ParseSettings(argc, argv);
  const Folder folder;
  const int population = settings.is_short ? kShortPopulation : kPopulation;
  const int imported = settings.is_short ? kShortImported : kImported;
  const std::string empty = folder.Sub("empty");
  NewEngine(empty).reset();
  const std::string populated = folder.Sub("populated");
  Import(*NewEngine(populated), population);

  for (const size_t in_flight : {size_t{1}, size_t{64}}) {
    const std::string measure = StrCat("Engine::Submit, penalty and decision, ", in_flight, " in flight");
    if (!settings.Wants(measure)) continue;
    Beside(folder, populated, [&](const std::string& data) {
      return SubmitPenalties(data, in_flight, population, settings.run_length);
    }).Print(settings, measure, "commands/s", kSubmitBar);
  }
  const std::string import = StrCat("import of ", imported, " organizations over gRPC");
  if (settings.Wants(import)) {
    Beside(folder, empty, [&](const std::string& data) {
      return ImportOverGrpc(data, imported);
    }).Print(settings, import, "organizations/s", kImportBar);
  }
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
