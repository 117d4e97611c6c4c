// The end of a contract: its evaluations become credit records (policy section 六).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/procurement_desk.h"

namespace chengxin {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<v1::ReasonCode> ReasonsNow(ProcurementDesk& desk, const std::string& code) {
  const v1::Receipt receipt = desk.Certify(
      desk.Query({code}, v1::RECEIPT_SUBJECT_ORGANIZATION, v1::QUERY_PURPOSE_CONTRACT_SUPERVISION));
  std::vector<v1::ReasonCode> reasons;
  for (const int reason : receipt.answers(0).reasons()) {
    reasons.push_back(static_cast<v1::ReasonCode>(reason));
  }
  return reasons;
}

// An early end, with its reason.
v1::CloseAwardRequest EarlyClosing(ProcurementDesk& desk, const v1::Award& award) {
  v1::CloseAwardRequest request = desk.Closing(award);
  request.set_closing_reason("项目取消");
  return request;
}

TEST(Policy6, APassedEvaluationBecomesARecordInItsFavour) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  desk.SetNow("2028-01-10 10:00:00");
  const auto closed = desk.bureau.Try(ProcurementDesk::Purchaser(), desk.Closing(award));
  ASSERT_TRUE(closed.ok()) << closed.status();
  ASSERT_EQ(closed->events.size(), 2u);
  const v1::CreditRecord& record = closed->events[0].record();
  EXPECT_EQ(record.category(), v1::RECORD_CATEGORY_OTHER);
  EXPECT_EQ(record.recorded_by(), "purchasers/wuhua-mz");
  EXPECT_EQ(record.performance_evaluation().project(), award.project());
  EXPECT_EQ(record.performance_evaluation().purchaser(), "purchasers/wuhua-mz");
  EXPECT_EQ(record.performance_evaluation().score_centi(), 9'250);
  EXPECT_THAT(record.effects(), IsEmpty());
  const v1::Award& after = closed->events[1].award();
  EXPECT_EQ(after.state(), v1::AWARD_STATE_CLOSED);
  EXPECT_THAT(after.evaluation_records(), ElementsAre(record.name()));
  EXPECT_EQ(after.evaluations_size(), 1);
  EXPECT_NE(after.etag(), award.etag());
  EXPECT_THAT(*desk.bureau.view().ListActiveAwards(code), IsEmpty());
}

TEST(Policy6, AFailedEvaluationIsForThePurchaserToReview) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  v1::CloseAwardRequest request = EarlyClosing(desk, desk.Awarded(code));
  request.mutable_evaluations(0)->set_passed(false);
  // Rule 9: what is adverse names its basis.
  EXPECT_THAT(FieldsOf(desk.Do(request).status()), ElementsAre("evaluations[0].basis"));
  request.mutable_evaluations(0)->set_basis("政府购买服务管理办法第二十条");
  const auto closed = desk.bureau.Try(ProcurementDesk::Purchaser(), request);
  ASSERT_TRUE(closed.ok()) << closed.status();
  ASSERT_EQ(closed->events[0].record().effects_size(), 1);
  EXPECT_EQ(closed->events[0].record().effects(0).ground(), "KM-02");
  EXPECT_THAT(ReasonsNow(desk, code), ElementsAre(v1::REASON_CODE_PERFORMANCE_FAILED));
}

// KM-02 also answers for a contract that was not performed; a newer evaluation by the purchaser settles both.
TEST(Policy6, AContractNotPerformedIsRecordedAndReviewedUntilANewerEvaluation) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award next = desk.Awarded(code);
  v1::CloseAwardRequest request = EarlyClosing(desk, desk.Awarded(code));
  request.mutable_evaluations(0)->set_contract_performed(false);
  EXPECT_THAT(FieldsOf(desk.Do(request).status()), ElementsAre("evaluations[0].basis"));
  request.mutable_evaluations(0)->set_basis("民法典第五百七十七条");
  const auto closed = desk.bureau.Try(ProcurementDesk::Purchaser(), request);
  ASSERT_TRUE(closed.ok()) << closed.status();
  const v1::CreditRecord& record = closed->events[1].record();
  EXPECT_THAT(record.contract_performance().facts(), AllOf(HasSubstr("未按约定履行"), HasSubstr("项目取消")));
  EXPECT_EQ(record.contract_performance().contract(), closed->events[2].award().contract());
  // The evaluation of the same closing passed, and does not wipe it out.
  EXPECT_THAT(ReasonsNow(desk, code), ElementsAre(v1::REASON_CODE_PERFORMANCE_FAILED));
  EXPECT_EQ(closed->events[2].award().evaluation_records_size(), 2);
  desk.SetNow("2026-11-26 10:00:00");
  const auto newer = desk.bureau.Try(ProcurementDesk::Purchaser(), EarlyClosing(desk, next));
  ASSERT_TRUE(newer.ok()) << newer.status();
  EXPECT_THAT(ReasonsNow(desk, code), IsEmpty());
}

TEST(Policy6, EachContractorIsEvaluatedOnce) {
  ProcurementDesk desk;
  const std::vector<std::string> codes = {desk.Register(1), desk.Register(2)};
  const std::string stranger = desk.Register(3);
  v1::CreateAwardRequest draft =
      desk.Draft(codes, desk.Certify(desk.Query(codes, v1::RECEIPT_SUBJECT_CONSORTIUM)));
  draft.mutable_award()->set_consortium(true);
  const v1::Award award = desk.Award(draft);
  v1::CloseAwardRequest request = EarlyClosing(desk, award);
  request.mutable_evaluations(1)->set_organization_code(codes[0]);
  EXPECT_THAT(FieldsOf(desk.Do(request).status()),
              ElementsAre("evaluations[1].organization_code", "evaluations"));
  request.mutable_evaluations(1)->set_organization_code(stranger);
  EXPECT_THAT(FieldsOf(desk.Do(request).status()),
              ElementsAre("evaluations[1].organization_code", "evaluations"));
  request.mutable_evaluations()->RemoveLast();
  EXPECT_THAT(FieldsOf(desk.Do(request).status()), ElementsAre("evaluations"));
  EXPECT_THAT(desk.bureau.RecordsOf(codes[0]), IsEmpty());
  EXPECT_EQ(ReasonOf(desk.Do(EarlyClosing(desk, award))), "");
  EXPECT_EQ(desk.bureau.RecordsOf(codes[0]).size(), 1u);
  EXPECT_EQ(desk.bureau.RecordsOf(codes[1]).size(), 1u);
}

TEST(Award, AnEarlyEndSaysWhy) {
  ProcurementDesk desk;
  const v1::Award award = desk.Awarded(desk.Register(1));
  EXPECT_THAT(FieldsOf(desk.Do(desk.Closing(award)).status()), ElementsAre("closing_reason"));
  // On the last day too.
  desk.SetNow("2027-12-31 23:59:59");
  EXPECT_THAT(FieldsOf(desk.Do(desk.Closing(award)).status()), ElementsAre("closing_reason"));
  desk.SetNow("2028-01-01 00:00:00");
  EXPECT_EQ(ReasonOf(desk.Do(desk.Closing(award))), "");
}

TEST(Award, AClosedOneIsNeitherClosedNorRenewedAgain) {
  ProcurementDesk desk;
  const v1::Award award = desk.Awarded(desk.Register(1));
  ASSERT_EQ(ReasonOf(desk.Do(EarlyClosing(desk, award))), "");
  const auto refused = desk.Do(EarlyClosing(desk, award));
  EXPECT_EQ(ReasonOf(refused), "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(refused, "state"), "AWARD_STATE_CLOSED");
  EXPECT_EQ(ReasonOf(desk.Do(desk.Renewal(award, "2028-01-01", "2028-12-31", 10'000'000))), "MOVE_NOT_OPEN");
}

TEST(Award, AnEvaluationLiesInItsLimits) {
  ProcurementDesk desk;
  v1::CloseAwardRequest request = EarlyClosing(desk, desk.Awarded(desk.Register(1)));
  request.mutable_evaluations(0)->set_score_centi(10'001);
  request.mutable_evaluations(0)->set_satisfaction_centi(-1);
  request.mutable_evaluations(0)->set_evaluated_on("2026-11-25");
  EXPECT_THAT(FieldsOf(desk.Do(request).status()),
              ElementsAre("evaluations[0].score_centi", "evaluations[0].satisfaction_centi",
                          "evaluations[0].evaluated_on"));
  request.mutable_evaluations(0)->set_score_centi(10'000);
  request.mutable_evaluations(0)->set_satisfaction_centi(0);
  // Not before the award.
  request.mutable_evaluations(0)->set_evaluated_on("2026-11-23");
  EXPECT_THAT(FieldsOf(desk.Do(request).status()), ElementsAre("evaluations[0].evaluated_on"));
  request.mutable_evaluations(0)->set_evaluated_on("2026-11-24");
  EXPECT_EQ(ReasonOf(desk.Do(request)), "");
}

}  // namespace
}  // namespace chengxin
