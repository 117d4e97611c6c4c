// A register's file through the importer and real gRPC to an answer: who vanishes from it is not registered
// any more, and comes back with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "client/client.h"
#include "client/import/client_sink.h"
#include "client/import/importer.h"
#include "domain/timestamps.h"
#include "tests/contract/served_world.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;

class MissingContract : public testing::Test {
 protected:
  MissingContract() {
    client::ClientOptions options;
    options.identity = *client::Identity::Parse("sync:registry-kunming");
    client_ = client::Client::OverChannel(served_.channel(), std::move(options));
  }

  // A complete file of these organizations of 五华区, read as of now.
  client::ImportSummary Import(const std::vector<int>& numbers, bool accept_missing = false) {
    std::string file = "统一社会信用代码,社会组织名称,登记管理机关,状态,成立登记日期,证书形式\n";
    for (const int number : numbers) {
      const v1::Organization row = World::OrganizationOf(number);
      StrAppend(&file, row.code(), ",", row.display_name(), ",km-wuhua,正常,", row.established_on(),
                ",法人\n");
    }
    world_.clock().Advance(absl::Hours(24));
    client::ImportOptions options;
    options.path = folder_.Write("kunming.csv", file);
    options.source = "registry-kunming";
    options.source_as_of = world_.clock().Now();
    options.complete = true;
    options.accept_missing = accept_missing;
    for (const v1::Source& source : served_.engine().knowledge()->catalogue->message().sources())
      if (source.id() == "registry-kunming") options.list_held = client::HeldByServer(*client_, source);
    world_.clock().Advance(absl::Minutes(1));
    client::ImportSummary summary = client::ImportOrganizations(options, client::OrganizationsOver(*client_));
    world_.RefreshSources();
    return summary;
  }
  v1::Eligibility Ask(int number) {
    v1::CheckEligibilityRequest request;
    request.set_organization_code(World::CodeOf(number).ToString());
    *request.mutable_context() = ContextOf(world_);
    const auto answer = ServedWorld::Ask("purchaser:km-culture", served_.eligibility(),
                                         &v1::EligibilityService::Stub::CheckEligibility, request);
    EXPECT_TRUE(answer.ok()) << answer.status.error_message();
    return answer.response.eligibility();
  }

  ServedWorld served_;
  World& world_ = served_.world();
  const ScratchFolder folder_;
  std::unique_ptr<client::Client> client_;
};

TEST_F(MissingContract, Rule50WhoVanishesFromTheRegisterMayNotBeSelectedUntilItIsBack) {
  ASSERT_TRUE(Import({1, 2, 3}).status.ok());
  EXPECT_EQ(Ask(2).verdict(), v1::VERDICT_ELIGIBLE) << Ask(2).ShortDebugString();
  const client::ImportSummary second = Import({1, 3});
  ASSERT_TRUE(second.status.ok()) << second.status;
  EXPECT_EQ(second.missing, 1);
  const v1::Eligibility gone = Ask(2);
  EXPECT_EQ(gone.verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(gone.reasons(), ElementsAre(v1::REASON_CODE_NOT_REGISTERED));
  EXPECT_EQ(Ask(1).verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(Import({1, 3}).missing, 0) << "told once";
  ASSERT_TRUE(Import({1, 2, 3}).status.ok());
  EXPECT_EQ(Ask(2).verdict(), v1::VERDICT_ELIGIBLE);
}

TEST_F(MissingContract, AFileThatIsNotWholeStopsTheRunAndNobodyIsMarked) {
  std::vector<int> all;
  for (int number = 1; number <= 30; ++number) all.push_back(number);
  ASSERT_TRUE(Import(all).status.ok());
  const client::ImportSummary torn = Import({1, 2, 3});
  EXPECT_EQ(torn.status.code(), absl::StatusCode::kFailedPrecondition) << torn.status;
  EXPECT_EQ(Ask(30).verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(Import({1, 2, 3}, /*accept_missing=*/true).missing, 27);
  EXPECT_EQ(Ask(30).verdict(), v1::VERDICT_INELIGIBLE);
}

// Rule 52: the external lists were read before the organization came.
TEST_F(MissingContract, Rule52ANewOrganizationIsUnknownUntilTheExternalListsAreReadAgain) {
  world_.clock().Advance(absl::Hours(1));
  world_.Register(7);
  const v1::Eligibility fresh = Ask(7);
  EXPECT_EQ(fresh.verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(fresh.reasons(), Contains(v1::REASON_CODE_SOURCE_STALE));
  world_.clock().Advance(absl::Minutes(1));
  world_.RefreshSources();
  EXPECT_EQ(Ask(7).verdict(), v1::VERDICT_ELIGIBLE);
}

}  // namespace
}  // namespace chengxin
