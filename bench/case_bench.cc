// Cases through their life, from a purchaser's report to the decision, with 64 writers; beside RocksDB's
// synced put of as many bytes by as many writers.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "bench/population.h"
#include "bench/report.h"
#include "domain/civil_day.h"
#include "domain/decide.h"
#include "rocksdb/db.h"

namespace chengxin::bench {
namespace {

constexpr double kBar = 0.5;
constexpr int kCases = 10'000;
constexpr int kShortCases = 100;
constexpr int kWriters = 64;

using Instant = std::chrono::steady_clock::time_point;
double SecondsSince(Instant start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string Today() { return domain::DayOf(absl::Now()).ToString(); }

v1::Evidence EvidenceOf(std::string_view title) {
  v1::Evidence evidence;
  evidence.set_sha256(std::string(64, 'a'));
  evidence.set_title(std::string(title));
  return evidence;
}

v1::Service ServedToday() {
  v1::Service service;
  service.set_method(v1::SERVICE_METHOD_DIRECT);
  service.set_served_on(Today());
  *service.mutable_proof() = EvidenceOf("送达回证");
  return service;
}

v1::Principal Purchaser() {
  v1::Principal principal;
  principal.set_subject("clerk-of-wuhua-office");
  principal.set_role(v1::ROLE_PURCHASER);
  principal.set_unit("purchasers/wuhua-office");
  return principal;
}

domain::Command Report(int number, const v1::Case&) {
  v1::OpenCaseRequest request;
  request.set_organization_code(CodeOf(number).ToString());
  request.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
  request.set_request_id(StrCat("report-", number));
  v1::Case& content = *request.mutable_case_();
  content.set_conduct("poor-service");
  content.set_conduct_on(Today());
  content.set_facts("服务质量不合格，经要求仍不改正");
  content.set_contract(StrCat("WH-2026-", number));
  *content.add_evidence() = EvidenceOf("项目验收报告");
  return request;
}

// What every later move has.
template <typename Request>
Request MoveOf(const char* move, int number, const v1::Case& before) {
  Request request;
  request.set_name(before.name());
  request.set_etag(before.etag());
  request.set_request_id(StrCat(move, "-", number));
  return request;
}

domain::Command Accept(int number, const v1::Case& before) {
  return MoveOf<v1::AcceptCaseRequest>("accept", number, before);
}

domain::Command ServeNotice(int number, const v1::Case& before) {
  auto request = MoveOf<v1::ServeNoticeRequest>("notice", number, before);
  v1::CaseNotice& notice = *request.mutable_notice();
  notice.set_number(StrCat("五民告〔2026〕", number, "号"));
  notice.set_facts("服务质量不合格，经要求仍不改正");
  notice.set_reasons("影响服务对象的权益");
  notice.set_basis("《社会组织信用信息管理办法》");
  notice.set_rights("有权在十个工作日内陈述、申辩并提交证据");
  *notice.mutable_service() = ServedToday();
  return request;
}

domain::Command Waive(int number, const v1::Case& before) {
  auto request = MoveOf<v1::RecordStatementRequest>("statement", number, before);
  request.mutable_statement()->set_received_on(Today());
  request.mutable_statement()->set_waived(true);
  *request.mutable_statement()->add_evidence() = EvidenceOf("放弃陈述申辩声明");
  return request;
}

domain::Command Decide(int number, const v1::Case& before) {
  auto request = MoveOf<v1::DecideCaseRequest>("decision", number, before);
  request.set_deciding_officer("经办人");
  v1::CaseDecision& decision = *request.mutable_decision();
  decision.set_finding(v1::CASE_FINDING_SUBSTANTIATED);
  decision.set_number(StrCat("五民信〔2026〕", number, "号"));
  decision.set_decided_on(Today());
  decision.set_facts("服务质量不合格，经要求仍不改正");
  decision.set_basis("《社会组织信用信息管理办法》");
  decision.set_considered_until((domain::DayOf(absl::Now()) + 365).ToString());
  *decision.mutable_service() = ServedToday();
  return request;
}

struct Move {
  const char* name;
  v1::Principal principal;
  domain::Command (*command)(int number, const v1::Case& before);
};

std::vector<Move> Life() {
  return {{"OpenCase (report)", Purchaser(), Report},
          {"AcceptCase", OfficerPrincipal(), Accept},
          {"ServeNotice", OfficerPrincipal(), ServeNotice},
          {"RecordStatement (waiver)", OfficerPrincipal(), Waive},
          {"DecideCase (substantiated)", OfficerPrincipal(), Decide}};
}

// Calls `work` with each number below `count`, on 64 threads; answers how many a second.
double RateOf(int count, const std::function<void(int)>& work) {
  std::atomic<int> next{0};
  std::vector<std::thread> writers;
  const Instant start = std::chrono::steady_clock::now();
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      for (int number = next++; number < count; number = next++) work(number);
    });
  }
  for (std::thread& writer : writers) writer.join();
  return count / SecondsSince(start);
}

// The case as the command left it.
v1::Case Submit(engine::Engine& engine, const Move& move, int number, const v1::Case& before) {
  const auto committed = engine.SubmitAndWait(move.principal, move.command(number, before));
  Require(committed.status(), move.name);
  for (const log::v1::Event& event : committed->events) {
    if (event.has_case_()) return event.case_();
  }
  Require(absl::InternalError("the answer holds no case"), move.name);
  return {};
}

struct LifeRun {
  std::vector<double> rates;  // of each move
  size_t bytes = 0;           // of one command's writes, on average
};

LifeRun RunLife(const std::string& data, int cases) {
  const std::unique_ptr<engine::Engine> engine = NewEngine(data);
  Import(*engine, cases);
  std::atomic<size_t> bytes{0}, commands{0};
  engine->ObserveCommits([&](const engine::CommitObservation& commit) {
    bytes += commit.bytes;
    commands += commit.commands;
  });
  std::vector<v1::Case> state(static_cast<size_t>(cases));
  LifeRun run;
  for (const Move& move : Life()) {
    run.rates.push_back(RateOf(cases, [&](int number) {
      v1::Case& one = state[static_cast<size_t>(number)];
      one = Submit(*engine, move, number, one);
    }));
  }
  run.bytes = bytes / std::max<size_t>(1, commands);
  return run;
}

// Commands a second over all moves, of each as many.
double RateOfLife(const std::vector<double>& rates) {
  double seconds = 0;
  for (const double rate : rates) seconds += 1 / rate;
  return static_cast<double>(rates.size()) / seconds;
}

double SyncedPuts(const std::string& data, int count, size_t bytes) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, data, &opened);
  Require(status.ok() ? absl::OkStatus() : absl::InternalError(status.ToString()), "open RocksDB");
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const std::string value(bytes, 'v');
  return RateOf(count, [&](int number) {
    const rocksdb::Status put = db->Put(synced, StrCat("key-", number), value);
    Require(put.ok() ? absl::OkStatus() : absl::InternalError(put.ToString()), "put");
  });
}

int Main(int argc, char** argv) {
  int cases = 0;
  const Settings settings = ParseSettings(argc, argv, {{"--cases", &cases}});
  if (cases == 0) cases = settings.is_short ? kShortCases : kCases;
  const std::vector<Move> life = Life();
  // Of each move, and last of the whole life.
  std::vector<Pair> pairs(life.size() + 1);
  std::vector<Sample> ratios(life.size() + 1);
  for (int run = 0; run < settings.runs; ++run) {
    const Folder folder;
    LifeRun ours = RunLife(folder.Sub("cases"), cases);
    ours.rates.push_back(RateOfLife(ours.rates));
    const double limit = SyncedPuts(folder.Sub("puts"), cases, ours.bytes);
    for (size_t i = 0; i < pairs.size(); ++i) {
      pairs[i].ours.values.push_back(ours.rates[i]);
      pairs[i].limit.values.push_back(limit);
      ratios[i].values.push_back(ours.rates[i] / limit);
    }
    std::printf("run %d: %zu bytes written by one command on average\n", run + 1, ours.bytes);
  }
  for (size_t i = 0; i < pairs.size(); ++i) {
    pairs[i].ratio = ratios[i].median();
    PrintPair(StrCat(i < life.size() ? life[i].name : "a command of the whole life", ", ", cases, " cases, ",
                     kWriters, " writers"),
              "commands/s", pairs[i], kBar);
  }
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
