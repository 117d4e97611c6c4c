// A server that serves: health, reflection, metrics, and what it says at start.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "base/strings.h"
#include "reflection.grpc.pb.h"
#include "tests/process/office.h"
#include "tests/support/daemon.h"
#include "tests/support/http_get.h"
#include "tests/support/world.h"

namespace chengxin {
namespace {

using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;
using testing::Not;

class Serving : public testing::Test {
 protected:
  void SetUp() override {
    auto daemon = Daemon::Start(folder_.data(), kWithMetrics);
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    daemon_ = *std::move(daemon);
    office_ = std::make_unique<Office>(*daemon_);
  }

  TestFolder folder_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<Office> office_;
};

TEST_F(Serving, HealthAnswersForTheServerEachServiceAndWriting) {
  for (const char* name :
       {"", "chengxin.v1.AdminService", "chengxin.v1.EligibilityService", "chengxin.v1.ListingService",
        "chengxin.v1.OrganizationService", "chengxin.v1.RecordService", "chengxin.v1.writes"}) {
    const auto health = office_->Health(name);
    ASSERT_TRUE(health.ok()) << name << ": " << health.status();
    EXPECT_EQ(*health, HealthCheckResponse::SERVING) << name;
  }
  EXPECT_EQ(office_->Health("chengxin.v1.NoSuchService").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(Serving, AHealthWatchEndsAtAStopAndDoesNotHoldItUp) {
  grpc::ClientContext context;
  const auto watch = office_->health().Watch(&context, {});
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  daemon_->process().Signal(SIGTERM);
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  office_.reset();
  EXPECT_EQ(daemon_->process().Wait().exit_code, 0);
}

TEST_F(Serving, ReflectionTellsTheServicesAndTheirFiles) {
  using namespace grpc::reflection::v1alpha;  // NOLINT: the protocol's own names
  const auto stub = ServerReflection::NewStub(office_->channel());
  grpc::ClientContext context;
  const auto stream = stub->ServerReflectionInfo(&context);
  ServerReflectionRequest request;
  request.set_list_services("*");
  ASSERT_TRUE(stream->Write(request));
  ServerReflectionResponse response;
  ASSERT_TRUE(stream->Read(&response));
  std::set<std::string> services;
  for (const auto& service : response.list_services_response().service()) services.insert(service.name());
  for (const char* name :
       {"chengxin.v1.AdminService", "chengxin.v1.EligibilityService", "chengxin.v1.ListingService",
        "chengxin.v1.OrganizationService", "chengxin.v1.RecordService", "grpc.health.v1.Health"}) {
    EXPECT_TRUE(services.contains(name)) << name;
    request.set_file_containing_symbol(name);
    ASSERT_TRUE(stream->Write(request));
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_GT(response.file_descriptor_response().file_descriptor_proto_size(), 0) << name;
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(Serving, TheMetricsPageCountsACallAndACommit) {
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  ASSERT_TRUE(office_->Import({World::OrganizationOf(1)}, "one").ok());
  ASSERT_TRUE(office_->Check(World::CodeOf(1).ToString()).ok());
  const auto page = HttpGet(daemon_->metrics_port(), "/metrics");
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(*page, HasSubstr("chengxin_calls_started_total{method="
                               "\"chengxin.v1.EligibilityService/CheckEligibility\"} 1\n"));
  EXPECT_THAT(*page, HasSubstr("chengxin_call_duration_seconds_count{method="
                               "\"chengxin.v1.EligibilityService/CheckEligibility\",code=\"OK\"} 1\n"));
  EXPECT_THAT(*page, HasSubstr("chengxin_index_organizations 1\n"));
  EXPECT_THAT(*page, HasSubstr("chengxin_read_only 0\n"));
  EXPECT_THAT(*page, HasSubstr("chengxin_source_stale{source=\"sources/registry-kunming\"} 0\n"));
  EXPECT_THAT(*page, Not(HasSubstr("chengxin_commit_write_seconds_count 0\n")));
  const auto status = office_->Status();
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_THAT(*page, HasSubstr(StrCat("chengxin_revision ", status->revision(), "\n")));
}

TEST_F(Serving, TheLogTellsOfDevelopmentModeAndTheStartAndOfNoOrganization) {
  ASSERT_TRUE(office_->OpenForBusiness().ok());
  ASSERT_TRUE(office_->Import({World::OrganizationOf(1)}, "one").ok());
  ASSERT_TRUE(office_->Check(World::CodeOf(1).ToString()).ok());
  office_.reset();
  const Ended ended = daemon_->Stop();
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.errors, HasSubstr("warning \"development authentication"));
  EXPECT_THAT(ended.errors, HasSubstr("info serving version="));
  EXPECT_THAT(ended.errors, HasSubstr("info \"catalogue activated\""));
  EXPECT_THAT(ended.errors, HasSubstr("info stopped seconds_to_stop="));
  EXPECT_THAT(ended.errors, Not(HasSubstr(World::CodeOf(1).ToString())));
}

TEST_F(Serving, NoCoreIsDumpedOfIt) {
  std::ifstream limits(StrCat("/proc/", daemon_->process().pid(), "/limits"));
  std::string text((std::istreambuf_iterator<char>(limits)), std::istreambuf_iterator<char>());
  EXPECT_THAT(text, testing::ContainsRegex("Max core file size +0 +0 +bytes"));
}

}  // namespace
}  // namespace chengxin
