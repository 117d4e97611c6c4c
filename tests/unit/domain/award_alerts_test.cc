// During a contract the purchaser is told of what changes a contractor's standing (rule 59).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/procurement_desk.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<v1::Award> AwardsIn(const absl::StatusOr<domain::Decision>& decision) {
  std::vector<v1::Award> awards;
  for (const log::v1::Event& event : decision->events) {
    if (event.has_award()) awards.push_back(event.award());
  }
  return awards;
}

TEST(Rule59, ANewListingIsAnAlertOfEachActiveAward) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1), other = desk.Register(2);
  const v1::Award first = desk.Awarded(code), second = desk.Awarded(code), apart = desk.Awarded(other);
  const absl::Time stamp = desk.bureau.now();
  const auto filed =
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const std::vector<v1::Award> told = AwardsIn(filed);
  ASSERT_THAT(told, SizeIs(2));
  for (const v1::Award& award : told) {
    ASSERT_EQ(award.alerts_size(), 1);
    const v1::AwardAlert& alert = award.alerts(0);
    EXPECT_EQ(alert.organization_code(), code);
    EXPECT_EQ(alert.before(), v1::VERDICT_ELIGIBLE);
    EXPECT_EQ(alert.now(), v1::VERDICT_INELIGIBLE);
    EXPECT_THAT(alert.reasons(), ElementsAre(v1::REASON_CODE_SEVERE_LIST));
    EXPECT_EQ(alert.cause(), "listings/" + code + "-S1");
    EXPECT_EQ(alert.revision(), desk.bureau.revision());
    EXPECT_EQ(alert.stamp().nanos(), absl::ToUnixNanos(stamp) % 1'000'000'000);
    EXPECT_THAT(award.verdicts(), ElementsAre(v1::VERDICT_INELIGIBLE));
    EXPECT_EQ(award.revision(), desk.bureau.revision());
    EXPECT_EQ(award.etag(), "r" + std::to_string(award.revision()));
  }
  EXPECT_EQ(desk.Current(apart).alerts_size(), 0);
  EXPECT_EQ(desk.Current(first).alerts_size() + desk.Current(second).alerts_size(), 2);
}

TEST(Rule59, TheMemberOfAConsortiumIsNamed) {
  ProcurementDesk desk;
  const std::vector<std::string> codes = {desk.Register(1), desk.Register(2)};
  v1::CreateAwardRequest draft =
      desk.Draft(codes, desk.Certify(desk.Query(codes, v1::RECEIPT_SUBJECT_CONSORTIUM)));
  draft.mutable_award()->set_consortium(true);
  const v1::Award award = desk.Award(draft);
  ASSERT_TRUE(
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(codes[1], kSmallFine, "2026-11-20", "ABN-05"))
          .ok());
  const v1::Award now = desk.Current(award);
  ASSERT_EQ(now.alerts_size(), 1);
  EXPECT_EQ(now.alerts(0).organization_code(), codes[1]);
  EXPECT_THAT(now.verdicts(), ElementsAre(v1::VERDICT_ELIGIBLE, v1::VERDICT_REVIEW));
}

TEST(Rule59, WhatChangesNeitherVerdictNorReasonsIsNoAlert) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  // A warning alone proposes and lists nothing (rule 20); an honour never decides (rule 51).
  ASSERT_TRUE(desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, 0, "2026-11-20")).ok());
  v1::CreditRecord honour;
  honour.set_formed_on("2026-11-20");
  honour.mutable_honour()->set_title("先进社会组织");
  honour.mutable_honour()->set_organ("昆明市民政局");
  honour.mutable_honour()->set_conferred_on("2026-11-20");
  ASSERT_TRUE(desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Filing(code, honour)).ok());
  EXPECT_EQ(desk.Current(award).SerializeAsString(), award.SerializeAsString());
}

TEST(Rule59, AChangedRegistrationIsAnAlertAndARestatedOneIsNot) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_domicile("五华区人民中路1号");
  ASSERT_TRUE(desk.bureau.Try(Bureau::Sync(), desk.bureau.Batch({row})).ok());
  EXPECT_EQ(desk.Current(award).alerts_size(), 0);
  row.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  row.set_status_since("2026-11-23");
  const auto imported = desk.bureau.Try(Bureau::Sync(), desk.bureau.Batch({row}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  const v1::Award now = desk.Current(award);
  ASSERT_EQ(now.alerts_size(), 1);
  EXPECT_EQ(now.alerts(0).now(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(now.alerts(0).reasons(), Contains(v1::REASON_CODE_CANCELLED));
  EXPECT_EQ(now.alerts(0).cause(), "organizations/" + code);
}

// A batch that restates a row and then changes it counts as the change it makes.
TEST(Rule59, TheLastRowOfABatchCounts) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  v1::Organization restated = Bureau::OrganizationOf(1), cancelled = Bureau::OrganizationOf(1);
  restated.set_domicile("五华区人民中路1号");
  cancelled.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  cancelled.set_status_since("2026-11-23");
  ASSERT_TRUE(desk.bureau.Try(Bureau::Sync(), desk.bureau.Batch({restated, cancelled})).ok());
  EXPECT_EQ(desk.Current(award).alerts_size(), 1);
}

// Rule 52 apart: a source that went stale says nothing of the organization.
TEST(Rule59, StalenessIsNoChangeOfStanding) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  desk.SetNow("2027-03-01 10:00:00");
  ASSERT_TRUE(desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, 0, "2027-02-20")).ok());
  EXPECT_EQ(desk.Current(award).alerts_size(), 0);
  ASSERT_TRUE(
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kSmallFine, "2027-02-21", "SER-05")).ok());
  ASSERT_EQ(desk.Current(award).alerts_size(), 1);
  EXPECT_EQ(desk.Current(award).alerts(0).before(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(desk.Current(award).alerts(0).reasons(), Contains(v1::REASON_CODE_SEVERE_LIST));
}

TEST(Rule59, AQualificationThatTheProjectRequiresIsWatched) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1), other = desk.Register(2);
  const auto certificate = [&](std::string_view revoked_on) {
    v1::CreditRecord record;
    record.set_formed_on("2026-11-20");
    v1::Qualification& qualification = *record.mutable_qualification();
    qualification.set_kind("社会工作服务机构资质");
    qualification.set_certificate_number("滇社工〔2025〕9号");
    qualification.set_valid_from("2025-01-01");
    qualification.set_revoked_on(std::string(revoked_on));
    qualification.set_basis("社会工作服务机构管理办法");
    return record;
  };
  v1::CertifyRequest query = desk.Query({code});
  query.mutable_context()->add_required_qualifications("社会工作服务机构资质");
  ASSERT_TRUE(desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Filing(code, certificate(""))).ok());
  const v1::Award watched = desk.Award(desk.Draft({code}, desk.Certify(query)));
  const v1::Award plain = desk.Awarded(code);
  ASSERT_TRUE(desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Filing(code, certificate("2026-11-23"))).ok());
  ASSERT_EQ(desk.Current(watched).alerts_size(), 1);
  EXPECT_THAT(desk.Current(watched).alerts(0).reasons(), ElementsAre(v1::REASON_CODE_QUALIFICATION_LAPSED));
  EXPECT_EQ(desk.Current(plain).alerts_size(), 0);
}

// The closing of one contract is news for the other, and none for itself.
TEST(Rule59, AFailedEvaluationIsAnAlertOfTheContractorsOtherAwards) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award closing = desk.Awarded(code), running = desk.Awarded(code);
  v1::CloseAwardRequest request = desk.Closing(closing);
  request.set_closing_reason("项目取消");
  request.mutable_evaluations(0)->set_passed(false);
  request.mutable_evaluations(0)->set_basis("政府购买服务管理办法第二十条");
  ASSERT_EQ(ReasonOf(desk.Do(request)), "");
  EXPECT_EQ(desk.Current(closing).alerts_size(), 0);
  EXPECT_EQ(desk.Current(closing).state(), v1::AWARD_STATE_CLOSED);
  ASSERT_EQ(desk.Current(running).alerts_size(), 1);
  EXPECT_EQ(desk.Current(running).alerts(0).now(), v1::VERDICT_REVIEW);
}

TEST(Rule59, AClosedAwardHearsNothingMore) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  v1::CloseAwardRequest request = desk.Closing(award);
  request.set_closing_reason("项目取消");
  ASSERT_EQ(ReasonOf(desk.Do(request)), "");
  ASSERT_TRUE(
      desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04")).ok());
  EXPECT_EQ(desk.Current(award).alerts_size(), 0);
}

// What an import costs: awards are looked up for nothing but what may change a standing.
TEST(Rule59, BulkImportsLookNothingUp) {
  ProcurementDesk desk;
  std::vector<v1::Organization> rows;
  for (int i = 1; i <= 100; ++i) rows.push_back(Bureau::OrganizationOf(i));
  ASSERT_TRUE(desk.bureau.Try(Bureau::Sync(), desk.bureau.Batch(rows)).ok());
  for (v1::Organization& row : rows) row.set_domicile("五华区人民中路1号");
  ASSERT_TRUE(desk.bureau.Try(Bureau::Sync(), desk.bureau.Batch(rows)).ok());
  std::vector<v1::CreditRecord> records;
  v1::CreditRecord& record = records.emplace_back();
  record.set_formed_on("2026-11-20");
  record.mutable_annual_inspection()->set_year(2025);
  record.mutable_annual_inspection()->set_conclusion(v1::ANNUAL_CONCLUSION_QUALIFIED);
  record.mutable_annual_inspection()->set_concluded_on("2026-06-30");
  ASSERT_TRUE(desk.bureau
                  .Try(Bureau::Sync("sources/credit-records"),
                       desk.bureau.Records("sources/credit-records", rows[0].code(), records))
                  .ok());
  EXPECT_EQ(desk.bureau.view().awards_looked_up(), 0);
}

}  // namespace
}  // namespace chengxin
