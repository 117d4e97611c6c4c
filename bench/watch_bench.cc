// From a change of the list to its watchers: how long after the command was sent, and after it was answered
// (durable), each of 1 and of 1,000 watchers has seen it.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "base/strings.h"
#include "bench/population.h"
#include "bench/report.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/record_service.grpc.pb.h"
#include "tests/support/daemon.h"

namespace chengxin::bench {
namespace {

constexpr int kWatchersOfAChannel = 100;

// When each watcher saw the entry that is waited for.
class Sightings {
 public:
  void Expect(const std::string& code) {
    MutexLock lock(mu_);
    code_ = code;
    seen_.clear();
  }
  void Synced() {
    MutexLock lock(mu_);
    ++synced_;
    changed_.NotifyAll();
  }
  void See(const std::string& code) {
    const absl::Time now = absl::Now();
    MutexLock lock(mu_);
    if (code != code_) return;
    seen_.push_back(now);
    changed_.NotifyAll();
  }
  void WaitForSync(int watchers) {
    MutexLock lock(mu_);
    while (synced_ < watchers) changed_.Wait(mu_);
  }
  std::vector<absl::Time> WaitForAll(int watchers) {
    MutexLock lock(mu_);
    while (static_cast<int>(seen_.size()) < watchers) changed_.Wait(mu_);
    return seen_;
  }

 private:
  Mutex mu_;
  CondVar changed_;
  int synced_ CHENGXIN_GUARDED_BY(mu_) = 0;
  std::string code_ CHENGXIN_GUARDED_BY(mu_);
  std::vector<absl::Time> seen_ CHENGXIN_GUARDED_BY(mu_);
};

class Watcher final : public grpc::ClientReadReactor<v1::WatchListingsResponse> {
 public:
  Watcher(v1::ListingService::Stub& stub, Sightings& sightings) : sightings_(sightings) {
    stub.async()->WatchListings(&context_, &request_, this);
    StartRead(&response_);
    StartCall();
  }
  ~Watcher() override {
    context_.TryCancel();
    MutexLock lock(mu_);
    while (!done_) ended_.Wait(mu_);
  }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (response_.kind() == v1::WATCH_EVENT_KIND_SYNCED) sightings_.Synced();
    if (response_.kind() == v1::WATCH_EVENT_KIND_ENTRY)
      sightings_.See(response_.listing().organization_code());
    StartRead(&response_);
  }
  void OnDone(const grpc::Status&) override {
    MutexLock lock(mu_);
    done_ = true;
    ended_.NotifyAll();
  }

  Sightings& sightings_;
  grpc::ClientContext context_;
  v1::WatchListingsRequest request_;
  v1::WatchListingsResponse response_;
  Mutex mu_;
  CondVar ended_;
  bool done_ CHENGXIN_GUARDED_BY(mu_) = false;
};

// Files one penalty with its listing and adds each watcher's delays in microseconds.
void FileOne(v1::RecordService::Stub& stub, Sightings& sightings, int watchers, int number,
             std::vector<double>& since_sent, std::vector<double>& since_answered) {
  sightings.Expect(CodeOf(number).ToString());
  grpc::ClientContext context;
  context.AddMetadata("chengxin-subject", "officer");
  context.AddMetadata("chengxin-role", "civil-affairs");
  context.AddMetadata("chengxin-authority", "authorities/km-wuhua");
  v1::CreateRecordResponse response;
  const absl::Time sent = absl::Now();
  const grpc::Status status = stub.CreateRecord(&context, PenaltyOf(number), &response);
  const absl::Time answered = absl::Now();
  if (!status.ok()) Require(absl::InternalError(status.error_message()), "CreateRecord");
  for (const absl::Time seen : sightings.WaitForAll(watchers)) {
    since_sent.push_back(absl::ToDoubleMicroseconds(seen - sent));
    since_answered.push_back(std::max(0.0, absl::ToDoubleMicroseconds(seen - answered)));
  }
}

void Measure(const Daemon& daemon, int watchers, int changes, int first) {
  Sightings sightings;
  std::vector<std::unique_ptr<v1::ListingService::Stub>> stubs;
  std::vector<std::unique_ptr<Watcher>> all;
  for (int i = 0; i < watchers; ++i) {
    if (i % kWatchersOfAChannel == 0) stubs.push_back(v1::ListingService::NewStub(daemon.Connect()));
    all.push_back(std::make_unique<Watcher>(*stubs.back(), sightings));
  }
  sightings.WaitForSync(watchers);
  const auto records = v1::RecordService::NewStub(daemon.Connect());
  std::vector<double> since_sent, since_answered;
  for (int number = first, filed = 0; filed < changes; ++number) {
    if (IsAdverse(number)) continue;  // is listed already
    FileOne(*records, sightings, watchers, number, since_sent, since_answered);
    ++filed;
  }
  for (const double q : {0.5, 0.99}) {
    PrintFigure(
        StrCat("change seen by ", watchers, " watchers, p", static_cast<int>(q * 100)),
        "us after it was sent", Sample{{Quantile(since_sent, q)}},
        StrCat(static_cast<int>(Quantile(since_answered, q)), " us after it was answered as durable"));
  }
}

int Main(int argc, char** argv) {
  const Settings settings = ParseSettings(argc, argv);
  const int changes = settings.is_short ? 3 : 200;
  const Folder folder;
  Populate(*NewEngine(folder.Sub("data")), 2'000);
  auto daemon = Daemon::Start(folder.Sub("data"));
  Require(daemon.status(), "chengxind");
  // Organizations with nothing adverse so far.
  Measure(**daemon, 1, changes, 1'008);
  Measure(**daemon, settings.is_short ? 20 : 1'000, changes, 1'508);
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
