// Batches and consortia over real gRPC.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "client/batch_check.h"
#include "domain/timestamps.h"
#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Stub = v1::EligibilityService::Stub;

constexpr int64_t kFiftyThousandYuan = 5'000'000;  // fen
constexpr std::string_view kPurchaser = "purchaser:km-culture";

class BatchContract : public testing::Test {
 protected:
  v1::BatchCheckEligibilityRequest Batch(int first, int last) {
    v1::BatchCheckEligibilityRequest request;
    for (int number = first; number <= last; ++number)
      request.add_organization_codes(World::CodeOf(number).ToString());
    *request.mutable_context() = ContextOf(world_);
    return request;
  }
  Answer<v1::BatchCheckEligibilityResponse> Check(const v1::BatchCheckEligibilityRequest& request) {
    return ServedWorld::Ask(kPurchaser, served_.eligibility(), &Stub::BatchCheckEligibility, request);
  }
  Answer<v1::CheckConsortiumResponse> CheckConsortium(std::vector<std::string> members,
                                                      std::string_view who = kPurchaser) {
    v1::CheckConsortiumRequest request;
    for (std::string& member : members) request.add_member_codes(std::move(member));
    *request.mutable_context() = ContextOf(world_);
    return ServedWorld::Ask(who, served_.eligibility(), &Stub::CheckConsortium, request);
  }
  void RegisterUpTo(int last) {
    std::vector<v1::Organization> organizations;
    for (int number = 1; number <= last; ++number) organizations.push_back(World::OrganizationOf(number));
    ASSERT_TRUE(world_.Import(std::move(organizations)).ok());
  }

  ServedWorld served_;
  World& world_ = served_.world();
};

TEST_F(BatchContract, EachCodeIsAnsweredInOrderAndBasic) {
  RegisterUpTo(3);
  ASSERT_TRUE(world_.Penalize(World::CodeOf(2), kFiftyThousandYuan, "SER-04").ok());
  const auto answer = Check(Batch(1, 3));
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  ASSERT_EQ(answer.response.results_size(), 3);
  EXPECT_EQ(answer.response.results(0).verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(answer.response.results(1).verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(answer.response.results(1).organization_code(), World::CodeOf(2).ToString());
  EXPECT_THAT(answer.response.results(1).findings(), IsEmpty());
  EXPECT_EQ(answer.response.results(2).verdict(), v1::VERDICT_ELIGIBLE);
}

TEST_F(BatchContract, ABatchHoldsAThousandCodesAndNotOneMore) {
  RegisterUpTo(1'000);
  const auto full = Check(Batch(1, 1'000));
  ASSERT_TRUE(full.ok()) << full.status.error_message();
  EXPECT_EQ(full.response.results_size(), 1'000);
  const auto over = Check(Batch(1, 1'001));
  EXPECT_EQ(over.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(over.status), ElementsAre("organization_codes"));
  EXPECT_THAT(over.status.error_message(), HasSubstr("1000"));
  EXPECT_THAT(FieldsOf(Check(Batch(1, 0)).status), ElementsAre("organization_codes"));
}

TEST_F(BatchContract, OneWrongCodeIsNamedByItsPlace) {
  v1::BatchCheckEligibilityRequest request = Batch(1, 5);
  request.set_organization_codes(3, "不是代码");
  std::string wrong = World::CodeOf(2).ToString();
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  request.set_organization_codes(1, wrong);
  const auto answer = Check(request);
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(answer.status), ElementsAre("organization_codes[1]", "organization_codes[3]"));
}

// Each commit lists the next organization. A batch of one revision therefore finds the first ones listed and
// the rest not, and exactly as many as its revision says.
TEST_F(BatchContract, WhileOthersWriteABatchIsAnsweredAtOneRevision) {
  constexpr int kOrganizations = 200;
  RegisterUpTo(kOrganizations);
  const uint64_t start = served_.engine().revision();
  std::atomic<bool> written{false};
  std::thread writer([&] {
    for (int number = 1; number <= kOrganizations; ++number)
      EXPECT_TRUE(world_.Penalize(World::CodeOf(number), kFiftyThousandYuan, "SER-04").ok());
    written = true;
  });
  const v1::BatchCheckEligibilityRequest request = Batch(1, kOrganizations);
  bool last = false;
  do {
    last = written;
    const auto answer = Check(request);
    ASSERT_TRUE(answer.ok()) << answer.status.error_message();
    const uint64_t listed = answer.response.basis().revision() - start;
    for (int i = 0; i < kOrganizations; ++i) {
      EXPECT_EQ(answer.response.results(i).verdict(),
                static_cast<uint64_t>(i) < listed ? v1::VERDICT_INELIGIBLE : v1::VERDICT_ELIGIBLE)
          << "organization " << i << " at " << listed;
    }
  } while (!last);
  writer.join();
}

// Rules 42 and 44: the later parts of a long batch are answered as the first was, though the cut-off passes,
// time goes on and others write meanwhile.
TEST_F(BatchContract, Rule42PartsOfALongBatchAreAnsweredForTheInstantsOfTheFirst) {
  RegisterUpTo(3);
  for (const absl::Duration to_cut_off : {absl::Hours(1), absl::ZeroDuration(), -absl::Hours(1)}) {
    world_.clock().Advance(absl::Hours(2));
    v1::BatchCheckEligibilityRequest request = Batch(1, 3);
    domain::SetTimestamp(world_.clock().Now() + to_cut_off, *request.mutable_context()->mutable_cut_off());
    std::vector<v1::AnswerBasis> bases;
    const auto whole = client::BatchCheckInParts(
        request, 1, [&](const auto& part) -> absl::StatusOr<v1::BatchCheckEligibilityResponse> {
          const auto answer = Check(part);
          if (!answer.ok()) return absl::InternalError(answer.status.error_message());
          bases.push_back(answer.response.basis());
          world_.clock().Advance(absl::Hours(3));
          EXPECT_TRUE(world_.Penalize(World::CodeOf(9'000), 100, "").ok() ||
                      world_.Import({World::OrganizationOf(9'000)}).ok());
          return answer.response;
        });
    ASSERT_TRUE(whole.ok()) << whole.status();
    ASSERT_EQ(bases.size(), 3u);
    EXPECT_EQ(bases[1].SerializeAsString(), bases[0].SerializeAsString()) << to_cut_off;
    EXPECT_EQ(bases[2].SerializeAsString(), bases[0].SerializeAsString()) << to_cut_off;
  }
}

TEST_F(BatchContract, Rule49OneBadMemberMakesTheConsortiumBadAndIsNamed) {
  RegisterUpTo(3);
  const std::string good = World::CodeOf(1).ToString();
  const std::string bad = World::CodeOf(2).ToString();
  ASSERT_TRUE(world_.Penalize(World::CodeOf(2), kFiftyThousandYuan, "SER-04").ok());
  const auto answer = CheckConsortium({good, bad, World::CodeOf(3).ToString()});
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.response.verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(answer.response.deciding_member_codes(), ElementsAre(bad));
  ASSERT_EQ(answer.response.members_size(), 3);
  EXPECT_NE(answer.response.members(1).findings_size(), 0) << "members are answered FULL";
  const auto eligible = CheckConsortium({good, World::CodeOf(3).ToString()});
  EXPECT_EQ(eligible.response.verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_THAT(eligible.response.deciding_member_codes(), IsEmpty());
}

TEST_F(BatchContract, Rule49AnEnterpriseAmongTheMembersIsUnknownAndNoError) {
  RegisterUpTo(1);
  const std::string enterprise = domain::Uscc::WithChecks("91530102", "MA6N0001")->ToString();
  const auto answer = CheckConsortium({World::CodeOf(1).ToString(), enterprise});
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.response.verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(answer.response.deciding_member_codes(), ElementsAre(enterprise));
  EXPECT_THAT(answer.response.members(1).reasons(), Contains(v1::REASON_CODE_NOT_SOCIAL_ORGANIZATION));
}

TEST_F(BatchContract, Rule49TheSameMemberTwiceIsRefusedHoweverItIsWritten) {
  RegisterUpTo(2);
  const std::string code = World::CodeOf(1).ToString();
  std::string small = code;
  for (char& c : small) c = static_cast<char>(std::tolower(c));
  const auto answer = CheckConsortium({code, World::CodeOf(2).ToString(), small});
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(answer.status), "DUPLICATE_MEMBER");
  EXPECT_THAT(FieldsOf(answer.status), ElementsAre("member_codes[2]"));
}

TEST_F(BatchContract, AConsortiumHasTwoToTwentyMembers) {
  RegisterUpTo(21);
  std::vector<std::string> members;
  for (int number = 1; number <= 20; ++number) members.push_back(World::CodeOf(number).ToString());
  EXPECT_TRUE(CheckConsortium(members).ok());
  members.push_back(World::CodeOf(21).ToString());
  const auto over = CheckConsortium(members);
  EXPECT_THAT(FieldsOf(over.status), ElementsAre("member_codes"));
  EXPECT_THAT(over.status.error_message(), HasSubstr("20"));
  EXPECT_THAT(FieldsOf(CheckConsortium({members[0]}).status), ElementsAre("member_codes"));
  EXPECT_EQ(CheckConsortium({members[0], members[1]}, "organization:" + members[0]).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

}  // namespace
}  // namespace chengxin
