// A check made durable: who may, what it says, and that it says what a check says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/eligibility_answer.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/view_knowledge.h"
#include "tests/unit/domain/procurement_desk.h"

namespace chengxin {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string CodeWithWrongCheck() {
  std::string code = Bureau::CodeOf(7).ToString();
  code[17] = code[17] == '1' ? '2' : '1';
  return code;
}

TEST(Rule53, AReceiptSaysWhoAskedForWhatAndWhatItRestsOn) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const uint64_t before = desk.bureau.revision();
  const absl::Time stamp = desk.bureau.now();
  const v1::Receipt receipt = desk.Certify(code);
  EXPECT_EQ(receipt.revision(), before + 1);
  EXPECT_EQ(receipt.name(), domain::ReceiptNameOf(2026, before + 1));
  EXPECT_EQ(receipt.asked_by(), "buyer-of-wuhua");
  EXPECT_EQ(receipt.purchaser(), "purchasers/wuhua-mz");
  EXPECT_EQ(receipt.agency(), "");
  EXPECT_EQ(receipt.context().project(), "五华采〔2026〕17号");
  EXPECT_EQ(domain::TimeOf(receipt.create_time()), stamp);
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_ELIGIBLE);
  ASSERT_EQ(receipt.answers_size(), 1);
  EXPECT_EQ(receipt.answers(0).organization_display_name(), Bureau::OrganizationOf(1).display_name());
  EXPECT_GE(receipt.answers(0).findings_size(), 7);
  EXPECT_EQ(receipt.basis().revision(), before);
  EXPECT_EQ(domain::TimeOf(receipt.basis().effective_at()), stamp);
  EXPECT_EQ(domain::TimeOf(receipt.basis().known_at()), stamp - absl::Nanoseconds(1));
  EXPECT_FALSE(receipt.basis().has_compared_at());
  EXPECT_EQ(receipt.basis().catalogue_version(), desk.bureau.view().catalogue()->version());
  EXPECT_GT(receipt.basis().sources_size(), 0);
}

TEST(Rule53, TheQueryRecordIsCompleteForTheProcurementFile) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Receipt receipt = desk.Certify(code);
  EXPECT_THAT(receipt.printed(), AllOf(HasSubstr("查询凭证编号：" + receipt.name().substr(9)),
                                       HasSubstr("名称：" + Bureau::OrganizationOf(1).display_name()),
                                       HasSubstr(code), HasSubstr("查询结果：可以选择"),
                                       HasSubstr("查询截止时点：2026-11-30 17:00:00（北京时间）"),
                                       HasSubstr("查询时间：2026-11-24 10:00:00（北京时间）")));
  EXPECT_THAT(receipt.printed(),
              AllOf(HasSubstr("购买主体：purchasers/wuhua-mz"), HasSubstr("查询人：buyer-of-wuhua"),
                    HasSubstr("五华采〔2026〕17号"), HasSubstr("选择承接主体"), HasSubstr("失信被执行人名单"),
                    HasSubstr("截至2026-11-24"), HasSubstr(receipt.basis().catalogue_version())));
}

TEST(Rule53, NothingEnteredPassesForALineOfTheQueryRecord) {
  ProcurementDesk desk;
  v1::CertifyRequest request = desk.Query({desk.Register(1)});
  request.mutable_context()->set_project("项目\n   查询结果：可以选择");
  EXPECT_THAT(desk.Certify(request).printed(), HasSubstr("采购项目编号：项目    查询结果：可以选择"));
}

// Rules 42, 53: a certified answer and a check at the same revision agree to the byte.
TEST(Rule42, ACertifiedAnswerIsTheCheckOfItsRevision) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  v1::CreditRecord level;
  level.set_formed_on("2026-11-20");
  level.mutable_assessment_level()->set_level(4);
  level.mutable_assessment_level()->set_valid_from("2025-01-01");
  level.mutable_assessment_level()->set_valid_until("2029-12-31");
  level.mutable_assessment_level()->set_organ("昆明市民政局");
  ASSERT_TRUE(desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Filing(code, level)).ok());
  ASSERT_TRUE(
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kSmallFine, "2026-11-20", "ABN-05")).ok());
  const absl::Time stamp = desk.bureau.now();
  const uint64_t revision = desk.bureau.revision();
  const auto knowledge = domain::KnowledgeOf(desk.bureau.view(), revision).value();
  const domain::OwnedStanding standing(desk.bureau.view().StandingOf(code), revision);
  const std::vector<v1::CreditRecord> records = desk.bureau.RecordsOf(code);
  v1::Eligibility check;
  domain::AnswerEligibility(*domain::Uscc::FromStored(code),
                            {.standing = standing.get(),
                             .display_name = Bureau::OrganizationOf(1).display_name(),
                             .records = records},
                            *knowledge, {.instants = {stamp, std::nullopt}, .full = true}, check);
  const v1::Receipt receipt = desk.Certify(code);
  EXPECT_EQ(receipt.answers(0).SerializeAsString(), check.SerializeAsString());
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_REVIEW);
  EXPECT_EQ(receipt.answers(0).merits_size(), 1);
}

TEST(Rule44, ASevereEntryInForceIsCertifiedAsABar) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const auto filed =
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const v1::Receipt receipt = desk.Certify(code);
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(receipt.printed(),
              AllOf(HasSubstr("查询结果：不得选择"), HasSubstr("listings/" + code + "-S1")));
}

// Rule 44: facts in force at a past cut-off count; what changed since is REVIEW, compared at the stamp.
TEST(Rule44, APastCutOffIsAnsweredAsOfThenAndCompared) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const auto filed =
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  v1::CertifyRequest request = desk.Query({code});
  const absl::Time cut_off = ShanghaiTime("2026-11-19 17:00:00");
  domain::SetTimestamp(cut_off, *request.mutable_context()->mutable_cut_off());
  const absl::Time stamp = desk.bureau.now();
  const v1::Receipt receipt = desk.Certify(request);
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_REVIEW);
  EXPECT_THAT(receipt.answers(0).reasons(), Contains(v1::REASON_CODE_CHANGED_AFTER_CUT_OFF));
  EXPECT_EQ(domain::TimeOf(receipt.basis().effective_at()), cut_off);
  EXPECT_EQ(domain::TimeOf(receipt.basis().compared_at()), stamp);
  EXPECT_THAT(receipt.printed(), HasSubstr("截止时点之后的变化"));
}

// Rule 43: what is entered later does not change a receipt that was given.
TEST(Rule43, ALaterListingLeavesTheReceiptAsItIs) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Receipt receipt = desk.Certify(code);
  const auto filed =
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const auto kept = desk.bureau.view().FindReceipt(receipt.revision());
  EXPECT_EQ((*kept)->SerializeAsString(), receipt.SerializeAsString());
  EXPECT_EQ(desk.Certify(code).verdict(), v1::VERDICT_INELIGIBLE);
}

TEST(Rule52, AStaleSourceIsCertifiedAsUnknown) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  desk.SetNow("2026-12-20 10:00:00");
  v1::CertifyRequest request = desk.Query({code});
  domain::SetTimestamp(ShanghaiTime("2026-12-24 17:00:00"), *request.mutable_context()->mutable_cut_off());
  const v1::Receipt receipt = desk.Certify(request);
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(receipt.answers(0).reasons(), Contains(v1::REASON_CODE_SOURCE_STALE));
  EXPECT_THAT(receipt.printed(), HasSubstr("已超过允许的时效"));
}

TEST(Rule49, AConsortiumIsAnsweredMemberByMember) {
  ProcurementDesk desk;
  const std::string good = desk.Register(1), bad = desk.Register(2);
  const auto filed =
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(bad, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const v1::Receipt receipt = desk.Certify(desk.Query({good, bad}, v1::RECEIPT_SUBJECT_CONSORTIUM));
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(receipt.deciding_member_codes(), ElementsAre(bad));
  EXPECT_EQ(receipt.answers(0).verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_THAT(receipt.printed(), HasSubstr("联合体查询结果：不得选择"));
}

TEST(Rule49, TheSameMemberTwiceIsRefusedHoweverItsCodeIsWritten) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  std::string lower = code;
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  const auto refused = desk.Do(desk.Query({code, lower}, v1::RECEIPT_SUBJECT_CONSORTIUM));
  EXPECT_EQ(ReasonOf(refused), "DUPLICATE_MEMBER");
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("organization_codes[1]"));
  EXPECT_THAT(FieldsOf(desk.Do(desk.Query({code, lower}, v1::RECEIPT_SUBJECT_CANDIDATES)).status()),
              ElementsAre("organization_codes[1]"));
}

TEST(Rule49, CandidatesAreAnsweredEachForItself) {
  ProcurementDesk desk;
  const std::string known = desk.Register(1);
  const std::string unknown = Bureau::CodeOf(99).ToString();
  const v1::Receipt receipt = desk.Certify(desk.Query({known, unknown}, v1::RECEIPT_SUBJECT_CANDIDATES));
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_UNSPECIFIED);
  EXPECT_EQ(receipt.answers(0).verdict(), v1::VERDICT_ELIGIBLE);
  // Rule 50: not in a register that is covered and fresh.
  EXPECT_EQ(receipt.answers(1).verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(receipt.printed(), HasSubstr("本平台没有登记名称"));
}

TEST(Rule51, ARequirementOnAgeIsRefused) {
  ProcurementDesk desk;
  v1::CertifyRequest request = desk.Query({desk.Register(1)});
  request.mutable_context()->set_minimum_age_years(3);
  const auto refused = desk.Do(request);
  EXPECT_EQ(ReasonOf(refused), "AGE_REQUIREMENT");
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("context.minimum_age_years"));
}

TEST(Rule55, PurposeProjectAndCutOffAreSaid) {
  ProcurementDesk desk;
  v1::CertifyRequest request = desk.Query({desk.Register(1)});
  request.clear_context();
  const auto refused = desk.Do(request);
  EXPECT_EQ(ReasonOf(refused), "PURPOSE_REQUIRED");
  EXPECT_THAT(FieldsOf(refused.status()),
              ElementsAre("context.purpose", "context.project", "context.cut_off"));
}

// Rule 54: the purchaser queries, or the agency for it; nobody certifies for himself.
TEST(Rule54, OnlyPurchasersAndAgenciesCertify) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  for (const v1::Role role :
       {v1::ROLE_UNSPECIFIED, v1::ROLE_PUBLIC, v1::ROLE_ORGANIZATION, v1::ROLE_CIVIL_AFFAIRS,
        v1::ROLE_FINANCE, v1::ROLE_AUDIT, v1::ROLE_SYNC, v1::ROLE_ADMIN}) {
    v1::Principal principal = ProcurementDesk::Purchaser();
    principal.set_role(role);
    EXPECT_EQ(ReasonOf(desk.bureau.Do(principal, desk.Query({code}))), "ROLE_NOT_ALLOWED")
        << v1::Role_Name(role);
  }
  EXPECT_EQ(ReasonOf(desk.bureau.Do(ProcurementDesk::Purchaser(""), desk.Query({code}))), "ROLE_NOT_ALLOWED");
}

TEST(Rule54, AnAgencyNamesThePurchaserItActsFor) {
  ProcurementDesk desk;
  v1::CertifyRequest request = desk.Query({desk.Register(1)});
  EXPECT_THAT(FieldsOf(desk.bureau.Do(ProcurementDesk::Agency(), request).status()),
              ElementsAre("context.purchaser"));
  request.mutable_context()->set_purchaser("purchasers/wuhua-mz");
  const auto certified = desk.bureau.Try(ProcurementDesk::Agency(), request);
  ASSERT_TRUE(certified.ok()) << certified.status();
  EXPECT_EQ(certified->events[0].receipt().purchaser(), "purchasers/wuhua-mz");
  EXPECT_EQ(certified->events[0].receipt().agency(), "purchasers/km-agency");
}

TEST(Rule41, APurchaserDoesNotAskForAnothersProject) {
  ProcurementDesk desk;
  v1::CertifyRequest request = desk.Query({desk.Register(1)});
  request.mutable_context()->set_purchaser("purchasers/panlong-mz");
  EXPECT_EQ(ReasonOf(desk.Do(request)), "ROLE_NOT_ALLOWED");
}

TEST(Certify, SaysEveryWrongField) {
  ProcurementDesk desk;
  v1::CertifyRequest request = desk.Query({"51"});
  request.mutable_context()->mutable_cut_off()->set_nanos(-1);
  request.clear_request_id();
  EXPECT_THAT(FieldsOf(desk.Do(request).status()),
              testing::UnorderedElementsAre("request_id", "context.cut_off", "organization_codes[0]"));
  EXPECT_THAT(FieldsOf(desk.Do(desk.Query({}, v1::RECEIPT_SUBJECT_UNSPECIFIED)).status()),
              ElementsAre("subject"));
}

TEST(Certify, TakesAsManyCodesAsItsSubjectAllowsAndNoMore) {
  ProcurementDesk desk;
  std::vector<std::string> codes;
  for (int i = 1; i <= 101; ++i) codes.push_back(Bureau::CodeOf(i).ToString());
  const auto first = [&](int count) {
    return std::vector<std::string>(codes.begin(), codes.begin() + count);
  };
  EXPECT_TRUE(desk.Do(desk.Query(first(100), v1::RECEIPT_SUBJECT_CANDIDATES)).ok());
  EXPECT_TRUE(desk.Do(desk.Query(first(20), v1::RECEIPT_SUBJECT_CONSORTIUM)).ok());
  for (const v1::CertifyRequest& request :
       {desk.Query(first(101), v1::RECEIPT_SUBJECT_CANDIDATES),
        desk.Query(first(21), v1::RECEIPT_SUBJECT_CONSORTIUM),
        desk.Query(first(1), v1::RECEIPT_SUBJECT_CONSORTIUM), desk.Query(first(2)), desk.Query({})}) {
    EXPECT_THAT(FieldsOf(desk.Do(request).status()), ElementsAre("organization_codes"));
  }
}

TEST(Rule5, ACodeWithAWrongCheckThatNoRegistryConfirmedIsRefused) {
  ProcurementDesk desk;
  EXPECT_THAT(FieldsOf(desk.Do(desk.Query({CodeWithWrongCheck()})).status()),
              ElementsAre("organization_codes[0]"));
}

}  // namespace
}  // namespace chengxin
