// A disk that takes no more: writing stops, reading goes on, and a restart tells what became durable.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <memory>
#include <string>

#include "tests/process/office.h"
#include "tests/support/daemon.h"
#include "tests/support/http_get.h"
#include "tests/support/world.h"

namespace chengxin {
namespace {

using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;

// From now on the process can make no file longer than `bytes`.
void LimitFiles(pid_t pid, rlim_t bytes) {
  const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
  ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &limit, nullptr), 0);
}

// Bytes of a file: less than the log has, more than the audit trail of a test.
constexpr rlim_t kAuditFits = 128 << 10;

TEST(ReadOnly, AFailedWriteStopsWritingAloneUntilTheRestart) {
  const TestFolder folder;
  auto daemon = Daemon::Start(folder.data(), kWithMetrics);
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  auto office = std::make_unique<Office>(**daemon);
  ASSERT_TRUE(office->OpenForBusiness().ok());
  ASSERT_TRUE(office->Import({World::OrganizationOf(1)}, "one").ok());
  const std::string code = World::CodeOf(1).ToString();

  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest writes;
  writes.set_service("chengxin.v1.writes");
  const auto watch = office->health().Watch(&context, writes);
  HealthCheckResponse health;
  ASSERT_TRUE(watch->Read(&health));
  EXPECT_EQ(health.status(), HealthCheckResponse::SERVING);

  // The log has grown beyond this when the catalogue was activated; the audit trail is far from it.
  LimitFiles((*daemon)->process().pid(), kAuditFits);
  const auto unknown = office->Penalize(code, 5'000'000, "SER-04", "p1");
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kUnavailable) << unknown.status();
  EXPECT_THAT(std::string(unknown.status().message()), HasSubstr("the outcome is unknown"));
  const auto refused = office->Penalize(code, 5'000'000, "SER-04", "p2");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable) << refused.status();
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("nothing was done"));

  ASSERT_TRUE(watch->Read(&health));
  EXPECT_EQ(health.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(*office->Health("chengxin.v1.EligibilityService"), HealthCheckResponse::SERVING);
  EXPECT_EQ(*office->Health(""), HealthCheckResponse::SERVING);
  const auto check = office->Check(code);
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_EQ(check->eligibility().verdict(), v1::VERDICT_ELIGIBLE);
  const auto status = office->Status();
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_TRUE(status->read_only());
  EXPECT_NE(status->read_only_reason(), "");
  const auto page = HttpGet((*daemon)->metrics_port(), "/metrics");
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(*page, HasSubstr("chengxin_read_only 1\n"));

  office.reset();
  const Ended ended = (*daemon)->Stop();
  EXPECT_EQ(ended.exit_code, 0) << "signal " << ended.signal << ": " << ended.errors;
  EXPECT_THAT(ended.errors, HasSubstr("error \"read-only: "));

  // The disk has room again: the same request is done now, or was done then, and in either case once.
  daemon = Daemon::Start(folder.data());
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  Office again(**daemon);
  const auto listed = again.Penalize(code, 5'000'000, "SER-04", "p1");
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(again.Status()->severe_listings(), 1);
  EXPECT_EQ(*again.Health("chengxin.v1.writes"), HealthCheckResponse::SERVING);
}

// What cannot be audited is not done.
TEST(ReadOnly, Rule63WithoutAnAuditTrailOnlyThePublicIsServed) {
  const TestFolder folder;
  auto daemon = Daemon::Start(folder.data());
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  auto office = std::make_unique<Office>(**daemon);
  ASSERT_TRUE(office->OpenForBusiness().ok());
  ASSERT_TRUE(office->Import({World::OrganizationOf(1)}, "one").ok());
  const std::string code = World::CodeOf(1).ToString();

  LimitFiles((*daemon)->process().pid(), 0);
  absl::Status checked;
  while (checked.ok()) checked = office->Check(code).status();
  EXPECT_EQ(checked.code(), absl::StatusCode::kResourceExhausted) << checked;
  EXPECT_THAT(std::string(checked.message()), HasSubstr("nothing was done"));
  const auto status = office->Status();
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_GT(status->audit_waiting(), 0);
  EXPECT_FALSE(status->read_only()) << "the log was not written to";

  office.reset();
  const Ended ended = (*daemon)->Stop();
  EXPECT_EQ(ended.exit_code, 0) << "signal " << ended.signal << ": " << ended.errors;
  EXPECT_THAT(ended.errors, HasSubstr("error \"the audit trail cannot be written: "));
  daemon = Daemon::Start(folder.data());
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  EXPECT_TRUE(Office(**daemon).Check(code).ok());
}

}  // namespace
}  // namespace chengxin
