// Stopping and starting again: nobody is left without a word, and nothing is forgotten.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "base/strings.h"
#include "domain/timestamps.h"
#include "tests/process/office.h"
#include "tests/support/daemon.h"
#include "tests/support/http_get.h"
#include "tests/support/world.h"

namespace chengxin {
namespace {

using testing::HasSubstr;

// A watch of the whole list by the public.
class Watch {
 public:
  explicit Watch(Office& office, uint64_t resume_revision = 0) {
    As(context_, "public");
    v1::WatchListingsRequest request;
    request.set_resume_revision(resume_revision);
    // No heartbeat comes while a test runs.
    request.set_heartbeat_seconds(300);
    reader_ = office.listings().WatchListings(&context_, request);
  }
  // Reads on until a message of this kind; false where the stream ends before.
  bool ReadUntil(v1::WatchEventKind kind) {
    while (reader_->Read(&last_)) {
      if (last_.kind() == kind) return true;
    }
    return false;
  }
  const v1::WatchListingsResponse& last() const { return last_; }
  grpc::Status Finish() {
    v1::WatchListingsResponse rest;
    while (reader_->Read(&rest)) {
    }
    return reader_->Finish();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchListingsResponse>> reader_;
  v1::WatchListingsResponse last_;
};

// A check that waits for a revision that never comes: a call under way.
class EndlessCall {
 public:
  EndlessCall(Office& office, uint64_t revision) {
    As(context_, "audit");
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(50));
    thread_ = std::thread([this, &office, revision] {
      v1::CheckEligibilityRequest request;
      request.set_organization_code(World::CodeOf(1).ToString());
      request.set_at_least_revision(revision + 1'000'000);
      v1::CheckEligibilityResponse response;
      status_ = office.eligibility().CheckEligibility(&context_, request, &response);
    });
  }
  ~EndlessCall() {
    if (thread_.joinable()) thread_.join();
  }
  grpc::Status Wait() {
    thread_.join();
    return status_;
  }

 private:
  grpc::ClientContext context_;
  grpc::Status status_;
  std::thread thread_;
};

// A download that nobody reads: a stream that cannot end by itself. The list must be longer than what gRPC
// lets through unread.
class UnreadDownload {
 public:
  explicit UnreadDownload(Office& office) {
    As(context_, "public");
    reader_ = office.listings().DownloadListings(&context_, {});
    // Its first part is on the way: the stream has begun.
    reader_->WaitForInitialMetadata();
  }
  ~UnreadDownload() {
    context_.TryCancel();
    v1::DownloadListingsResponse rest;
    while (reader_->Read(&rest)) {
    }
    reader_->Finish();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::DownloadListingsResponse>> reader_;
};

class Stopping : public testing::Test {
 protected:
  void SetUp() override { Start(); }
  void Start(const std::vector<std::string>& more = {}) {
    office_.reset();
    daemon_.reset();
    auto daemon = Daemon::Start(folder_.data(), more);
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    daemon_ = *std::move(daemon);
    office_ = std::make_unique<Office>(*daemon_);
  }
  Ended Stop() {
    office_.reset();
    return daemon_->Stop();
  }
  std::string Code(int number) { return World::CodeOf(number).ToString(); }
  // Asks the metrics page until the first check has arrived.
  void WaitForACheck() {
    constexpr char kArrived[] =
        "chengxin_calls_started_total{method=\"chengxin.v1.EligibilityService/CheckEligibility\"} 1\n";
    for (;;) {
      const auto page = HttpGet(daemon_->metrics_port(), "/metrics");
      ASSERT_TRUE(page.ok()) << page.status();
      if (page->find(kArrived) != std::string::npos) return;
    }
  }

  // So many entries that a download of them does not fit into what is sent unread.
  void FillTheList() {
    constexpr int kEntries = 300;
    std::vector<v1::Organization> rows;
    for (int number = 1; number <= kEntries; ++number) rows.push_back(World::OrganizationOf(number));
    ASSERT_TRUE(office_->Import(std::move(rows), "many").ok());
    for (int number = 1; number <= kEntries; ++number) {
      const auto listed = office_->Penalize(Code(number), 5'000'000, "SER-04", StrCat("p", number));
      ASSERT_TRUE(listed.ok()) << listed.status();
    }
  }

  TestFolder folder_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<Office> office_;
};

TEST_F(Stopping, AWatchEndsWithItsCursorAndResumesThere) {
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  ASSERT_TRUE(office_->Import({World::OrganizationOf(1), World::OrganizationOf(2)}, "two").ok());
  Watch watch(*office_);
  ASSERT_TRUE(watch.ReadUntil(v1::WATCH_EVENT_KIND_SYNCED));
  const auto listed = office_->Penalize(Code(1), 5'000'000, "SER-04", "p1");
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_TRUE(watch.ReadUntil(v1::WATCH_EVENT_KIND_ENTRY));
  EXPECT_EQ(watch.last().revision(), listed->revision());

  daemon_->process().Signal(SIGTERM);
  ASSERT_TRUE(watch.ReadUntil(v1::WATCH_EVENT_KIND_GOODBYE));
  EXPECT_EQ(watch.last().revision(), listed->revision());
  const uint64_t cursor = watch.last().revision();
  EXPECT_EQ(watch.Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(daemon_->process().Wait().exit_code, 0);

  Start();
  const auto second = office_->Penalize(Code(2), 5'000'000, "SER-04", "p2");
  ASSERT_TRUE(second.ok()) << second.status();
  Watch resumed(*office_, cursor);
  ASSERT_TRUE(resumed.ReadUntil(v1::WATCH_EVENT_KIND_ENTRY));
  EXPECT_THAT(resumed.last().listing().organization(), HasSubstr(Code(2)))
      << "the first entry is not told again";
}

TEST_F(Stopping, ARestartAnswersAsBeforeAlsoForAnEarlierInstant) {
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  ASSERT_TRUE(office_->Import({World::OrganizationOf(1)}, "one").ok());
  const auto before = office_->Status();
  ASSERT_TRUE(before.ok()) << before.status();
  const absl::Time earlier = domain::TimeOf(before->last_stamp());
  ASSERT_TRUE(office_->Penalize(Code(1), 5'000'000, "SER-04", "p1").ok());

  const auto then = office_->Check(Code(1), earlier);
  ASSERT_TRUE(then.ok()) << then.status();
  EXPECT_EQ(then->eligibility().verdict(), v1::VERDICT_ELIGIBLE);
  const auto now = office_->Check(Code(1));
  ASSERT_TRUE(now.ok()) << now.status();
  EXPECT_EQ(now->eligibility().verdict(), v1::VERDICT_INELIGIBLE);
  const auto status = office_->Status();
  ASSERT_TRUE(status.ok()) << status.status();

  EXPECT_EQ(Stop().exit_code, 0);
  Start();
  const auto then_again = office_->Check(Code(1), earlier);
  ASSERT_TRUE(then_again.ok()) << then_again.status();
  EXPECT_EQ(then_again->SerializeAsString(), then->SerializeAsString());
  const auto now_again = office_->Check(Code(1));
  ASSERT_TRUE(now_again.ok()) << now_again.status();
  EXPECT_EQ(now_again->eligibility().SerializeAsString(), now->eligibility().SerializeAsString());
  const auto status_again = office_->Status();
  ASSERT_TRUE(status_again.ok()) << status_again.status();
  EXPECT_EQ(status_again->revision(), status->revision());
  EXPECT_EQ(status_again->organizations(), 1);
  EXPECT_EQ(status_again->severe_listings(), 1);
}

TEST_F(Stopping, ARequestSentAgainAfterARestartIsDoneOnce) {
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  ASSERT_TRUE(office_->Import({World::OrganizationOf(1)}, "one").ok());
  const auto first = office_->Penalize(Code(1), 5'000'000, "SER-04", "p1");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Stop().exit_code, 0);
  Start();
  const auto again = office_->Penalize(Code(1), 5'000'000, "SER-04", "p1");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(Stopping, SigintStopsGracefullyToo) {
  daemon_->process().Signal(SIGINT);
  const Ended ended = daemon_->process().Wait();
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.errors, HasSubstr("signal=SIGINT"));
}

TEST_F(Stopping, ACallThatWaitsForARevisionIsToldAtOnceAndHoldsNothingUp) {
  Start({"--stop-grace-seconds", "600", "--metrics-address", "127.0.0.1:0"});
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  EndlessCall call(*office_, office_->Status()->revision());
  WaitForACheck();
  EXPECT_EQ(daemon_->Stop().exit_code, 0);
  const grpc::Status status = call.Wait();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), HasSubstr("服务正在停止"));
}

TEST_F(Stopping, AnIdleImportIsToldAtOnceAndHoldsNothingUp) {
  Start({"--stop-grace-seconds", "600"});
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  grpc::ClientContext context;
  As(context, "sync:registry-kunming");
  const auto stream = office_->organizations().ImportOrganizations(&context);
  ASSERT_TRUE(stream->Write(Office::Batch(absl::Now(), "one", {World::OrganizationOf(1)})));
  v1::ImportOrganizationsResponse acknowledged;
  ASSERT_TRUE(stream->Read(&acknowledged));
  daemon_->process().Signal(SIGTERM);
  EXPECT_FALSE(stream->Read(&acknowledged));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), HasSubstr("服务正在停止"));
  EXPECT_EQ(daemon_->process().Wait().exit_code, 0);
}

TEST_F(Stopping, AStreamThatNobodyReadsIsCutOffAfterTheGrace) {
  Start({"--stop-grace-seconds", "1"});
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  FillTheList();
  const UnreadDownload download(*office_);
  EXPECT_EQ(daemon_->Stop().exit_code, 0);
}

TEST_F(Stopping, ASecondSignalDoesNotWait) {
  Start({"--stop-grace-seconds", "600"});
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  FillTheList();
  Watch watch(*office_);
  ASSERT_TRUE(watch.ReadUntil(v1::WATCH_EVENT_KIND_SYNCED));
  const UnreadDownload download(*office_);
  daemon_->process().Signal(SIGTERM);
  // The first signal is being served once the watch has heard of it.
  ASSERT_TRUE(watch.ReadUntil(v1::WATCH_EVENT_KIND_GOODBYE));
  daemon_->process().Signal(SIGTERM);
  const Ended ended = daemon_->process().Wait();
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("stopping at once"));
}

}  // namespace
}  // namespace chengxin
