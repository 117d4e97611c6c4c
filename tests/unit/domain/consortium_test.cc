#include "domain/consortium.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace chengxin::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kFirst = "51530100MJT000010G";
constexpr std::string_view kSecond = "52530100MJT000029A";
constexpr std::string_view kThird = "52530102MJT000045W";

google::protobuf::RepeatedPtrField<v1::Eligibility> Members(
    const std::vector<std::pair<std::string_view, v1::Verdict>>& verdicts) {
  google::protobuf::RepeatedPtrField<v1::Eligibility> members;
  for (const auto& [code, verdict] : verdicts) {
    v1::Eligibility& member = *members.Add();
    member.set_organization_code(std::string(code));
    member.set_verdict(verdict);
  }
  return members;
}

TEST(Rule49, OneBadMemberMakesTheWholeBadAndIsNamed) {
  const ConsortiumVerdict whole = JudgeConsortium(Members(
      {{kFirst, v1::VERDICT_ELIGIBLE}, {kSecond, v1::VERDICT_INELIGIBLE}, {kThird, v1::VERDICT_UNKNOWN}}));
  EXPECT_EQ(whole.verdict, v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(whole.deciding_member_codes, ElementsAre(std::string(kSecond)));
}

TEST(Rule49, AllMembersThatDecideAreNamedInTheirOrder) {
  const ConsortiumVerdict whole = JudgeConsortium(
      Members({{kThird, v1::VERDICT_REVIEW}, {kFirst, v1::VERDICT_ELIGIBLE}, {kSecond, v1::VERDICT_REVIEW}}));
  EXPECT_EQ(whole.verdict, v1::VERDICT_REVIEW);
  EXPECT_THAT(whole.deciding_member_codes, ElementsAre(std::string(kThird), std::string(kSecond)));
}

TEST(Rule49, AMemberThePlatformDoesNotKnowMakesTheWholeUnknown) {
  EXPECT_EQ(JudgeConsortium(Members({{kFirst, v1::VERDICT_REVIEW}, {kSecond, v1::VERDICT_UNKNOWN}})).verdict,
            v1::VERDICT_UNKNOWN);
}

TEST(Rule49, WhereAllAreEligibleNobodyIsNamed) {
  const ConsortiumVerdict whole =
      JudgeConsortium(Members({{kFirst, v1::VERDICT_ELIGIBLE}, {kSecond, v1::VERDICT_ELIGIBLE}}));
  EXPECT_EQ(whole.verdict, v1::VERDICT_ELIGIBLE);
  EXPECT_THAT(whole.deciding_member_codes, IsEmpty());
}

TEST(Rule49, AConsortiumOfNobodyIsUnknown) {
  EXPECT_EQ(JudgeConsortium(Members({})).verdict, v1::VERDICT_UNKNOWN);
}

TEST(Rule49, NobodyJoinsTwice) {
  const auto parse = [](std::string_view text) { return Uscc::Parse(text).value(); };
  EXPECT_EQ(FindRepeatedMember({parse(kFirst), parse(kSecond), parse(kThird)}), std::nullopt);
  EXPECT_EQ(FindRepeatedMember({parse(kFirst), parse(kSecond), parse(" 51530100mjt000010g ")}), 2u)
      << "written otherwise, but the same code";
}

}  // namespace
}  // namespace chengxin::domain
