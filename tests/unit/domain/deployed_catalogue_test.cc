// The catalogue as deployed says what the law says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "base/strings.h"
#include "domain/catalogue.h"
#include "domain/money.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const CivilDay kToday(2026, 11, 24);

const CompiledCatalogue& Deployed() {
  static const std::shared_ptr<const CompiledCatalogue> catalogue = [] {
    auto compiled = CompiledCatalogue::Compile(LoadDeployedCatalogue());
    if (!compiled.ok()) {
      ADD_FAILURE() << compiled.status();
      std::abort();
    }
    return *std::move(compiled);
  }();
  return *catalogue;
}

const v1::Ground& Today(std::string_view id) {
  const v1::Ground* ground = Deployed().FindGround(id, kToday);
  if (ground == nullptr) {
    ADD_FAILURE() << "no ground " << id;
    return v1::Ground::default_instance();
  }
  return *ground;
}

std::multiset<std::string> IdsOf(v1::ListKind list, CivilDay day) {
  std::multiset<std::string> ids;
  for (const v1::Ground* ground : Deployed().GroundsOn(day)) {
    if (ground->list() == list) ids.insert(ground->id());
  }
  return ids;
}

TEST(Rule19, TheTwoListsHaveSevenAndEightGrounds) {
  EXPECT_THAT(IdsOf(v1::LIST_KIND_ABNORMAL, kToday),
              ElementsAre("ABN-01", "ABN-02", "ABN-03", "ABN-04", "ABN-05", "ABN-06", "ABN-07"));
  EXPECT_THAT(IdsOf(v1::LIST_KIND_SEVERE, kToday),
              ElementsAre("SER-01", "SER-02", "SER-03", "SER-04", "SER-05", "SER-06", "SER-07", "SER-08"));
}

TEST(Rule19, TheListsBeginWithOrder60) {
  EXPECT_THAT(IdsOf(v1::LIST_KIND_ABNORMAL, CivilDay(2018, 1, 23)), IsEmpty());
  EXPECT_EQ(IdsOf(v1::LIST_KIND_SEVERE, CivilDay(2018, 1, 24)).size(), 8u);
}

TEST(Rule19, OnlyTheResidualGroundsNeedACitedLaw) {
  std::set<std::string> residual;
  for (const v1::Ground* ground : Deployed().GroundsOn(kToday)) {
    if (ground->residual()) residual.insert(ground->id());
  }
  EXPECT_THAT(residual, ElementsAre("ABN-07", "SER-08"));
}

TEST(Rule20, OnlyGroundsThatAPenaltyMeetsCanBeListedWithoutNotice) {
  std::set<std::string> met;
  for (const v1::Ground* ground : Deployed().GroundsOn(kToday)) {
    if (ground->has_penalty()) met.insert(ground->id());
  }
  EXPECT_THAT(met, ElementsAre("ABN-05", "SER-02", "SER-03", "SER-04", "SER-05", "SER-07"));
}

TEST(Rule24, TheBorderOfTheTwoListsIsFiftyThousandYuanWhichIsSevere) {
  EXPECT_EQ(Today("ABN-05").penalty().fine_below_fen(), *ParseYuan("50,000"));
  EXPECT_EQ(Today("SER-04").penalty().fine_at_least_fen(), *ParseYuan("50,000"));
  EXPECT_THAT(Today("ABN-05").penalty().kinds(),
              ElementsAre(v1::PENALTY_KIND_WARNING, v1::PENALTY_KIND_FINE));
  EXPECT_THAT(Today("SER-04").penalty().kinds(), ElementsAre(v1::PENALTY_KIND_FINE));
}

TEST(Rule25, TwoWarningsOrSmallFinesWithinThreeYearsAreSevereAndEndTheAbnormalEntry) {
  const v1::Ground& ground = Today("SER-05");
  EXPECT_EQ(ground.penalty().count(), 2);
  EXPECT_EQ(ground.penalty().period(), "P3Y");
  EXPECT_EQ(ground.penalty().counts_ground(), "ABN-05");
  EXPECT_TRUE(ground.moves_from_abnormal());
}

TEST(Rule27, ANewGroundRestartsThePeriod) {
  EXPECT_TRUE(Deployed().message().restart_period_on_new_ground());
}

TEST(Rule30, AFineBelowTheBorderStaysSixMonths) {
  EXPECT_EQ(Today("ABN-05").minimum_period(), "P6M");
  EXPECT_EQ(Today("ABN-01").minimum_period(), "");
}

TEST(Rule30, SixMonthsEndAnEntryByThemselvesOnlyForASmallFine) {
  for (const v1::Ground& ground : Deployed().message().grounds()) {
    EXPECT_EQ(ground.ex_officio_removal(), ground.id() == "ABN-05" ? "P6M" : "") << ground.id();
  }
}

TEST(Rule32, TheGroundsThatEndOnlyWithTheDutyPerformed) {
  std::set<std::string> with_duty;
  for (const v1::Ground& ground : Deployed().message().grounds()) {
    if (ground.duty()) with_duty.insert(ground.id());
  }
  EXPECT_THAT(with_duty, ElementsAre("ABN-01", "ABN-02", "ABN-03", "ABN-04", "ABN-06", "SER-01"));
}

TEST(Rule33, OnlyARevokedOrganizationWaitsForItsDeregistration) {
  for (const v1::Ground& ground : Deployed().message().grounds()) {
    EXPECT_EQ(ground.until_deregistered(), ground.id() == "SER-07") << ground.id();
  }
}

TEST(Rule31, SevereEntriesStayTwoYearsExceptWhereTheLawSaysOtherwise) {
  for (const std::string& id : IdsOf(v1::LIST_KIND_SEVERE, kToday)) {
    const bool otherwise = id == "SER-07" || id == "SER-08";
    EXPECT_EQ(Today(id).minimum_period(), otherwise ? "" : "P2Y") << id;
    EXPECT_EQ(Today(id).maximum_display(), "P3Y") << id;
  }
}

TEST(Rule44, EverySevereGroundFailsTheSeventhCondition) {
  for (const std::string& id : IdsOf(v1::LIST_KIND_SEVERE, kToday)) {
    EXPECT_EQ(Today(id).outcome(), v1::OUTCOME_FAIL) << id;
    EXPECT_EQ(Today(id).condition(), v1::CONDITION_OTHER_LEGAL) << id;
    EXPECT_EQ(Today(id).reason(), v1::REASON_CODE_SEVERE_LIST) << id;
  }
}

TEST(Rule45, EveryAbnormalGroundCallsForReviewUnderTheSixthCondition) {
  for (const std::string& id : IdsOf(v1::LIST_KIND_ABNORMAL, kToday)) {
    EXPECT_EQ(Today(id).outcome(), v1::OUTCOME_REVIEW) << id;
    EXPECT_EQ(Today(id).condition(), v1::CONDITION_SUPERVISION_AND_REPUTATION) << id;
    EXPECT_EQ(Today(id).reason(), v1::REASON_CODE_ABNORMAL_LIST) << id;
  }
}

TEST(Rule46, APurchasersReportAloneIsNoGround) { EXPECT_EQ(Deployed().FindGround("KM-01", kToday), nullptr); }

TEST(Rule47, TheExternalListsAndBansBar) {
  for (const char* id : {"GP-01", "GP-02", "GP-03", "GP-04", "GP-05"}) {
    EXPECT_EQ(Today(id).outcome(), v1::OUTCOME_FAIL) << id;
    EXPECT_EQ(Today(id).condition(), v1::CONDITION_OTHER_LEGAL) << id;
  }
  EXPECT_EQ(Today("GP-04").holds_for(), "P3Y");
}

TEST(Rule48, ALargeFineIsTwoMillionYuanFrom8February2022) {
  EXPECT_EQ(Deployed().FindThreshold("large-fine", CivilDay(2022, 2, 7)), nullptr);
  const v1::Threshold* figure = Deployed().FindThreshold("large-fine", CivilDay(2022, 2, 8));
  ASSERT_NE(figure, nullptr);
  EXPECT_EQ(figure->value(), *ParseYuan("2,000,000"));
}

TEST(Rule50, KunmingsDivisionsAreCoveredTheHistoricalOnesToo) {
  for (const int division : {530100, 530102, 530114, 530115, 530121, 530122, 530129, 530181}) {
    const v1::Source* source = Deployed().FindRegistryCovering(division);
    ASSERT_NE(source, nullptr) << division;
    EXPECT_EQ(source->id(), "registry-kunming");
  }
  for (const int division : {100000, 530000, 140200, 440111, 530324}) {
    EXPECT_EQ(Deployed().FindRegistryCovering(division), nullptr) << division;
  }
}

TEST(Rule52, RegistersAndListsMustBeFresh) {
  std::set<std::string> required;
  for (const v1::Source& source : Deployed().message().sources()) {
    if (!source.required_by().empty()) required.insert(source.id());
  }
  EXPECT_THAT(required,
              UnorderedElementsAre("registry-kunming", "registry-national", "o60-lists", "court-defaulters",
                                   "tax-violations", "procurement-violations", "major-violations"));
  EXPECT_EQ(Deployed().FindSource("registry-kunming")->maximum_age_seconds(), 8 * 24 * 60 * 60);
}

TEST(Rule7, CreditInformationIsDueWithinFiveWorkingDays) {
  EXPECT_EQ(Deployed().message().capture_working_days(), 5);
}

TEST(Rule23, DecisionsStateTheRemedies) {
  EXPECT_THAT(Deployed().message().remedies_zh(), ::testing::HasSubstr("60日"));
  EXPECT_THAT(Deployed().message().remedies_zh(), ::testing::HasSubstr("6个月"));
}

// What decisions and answers name by id.
TEST(DeployedCatalogue, HasTheGroundsThatRecordsAndTheRegisterLeadTo) {
  const struct {
    const char* id;
    v1::Condition condition;
    v1::Outcome outcome;
    v1::ReasonCode reason;
  } kRows[] = {
      {"EL-01", v1::CONDITION_REGISTRATION, v1::OUTCOME_FAIL, v1::REASON_CODE_NOT_REGISTERED},
      {"EL-02", v1::CONDITION_REGISTRATION, v1::OUTCOME_REVIEW, v1::REASON_CODE_NOT_LEGAL_PERSON},
      {"INS-01", v1::CONDITION_GOVERNANCE, v1::OUTCOME_REVIEW, v1::REASON_CODE_ANNUAL_INSPECTION_FAILED},
      {"INS-02", v1::CONDITION_GOVERNANCE, v1::OUTCOME_REVIEW, v1::REASON_CODE_RECTIFICATION_OPEN},
      {"FIN-01", v1::CONDITION_ACCOUNTING, v1::OUTCOME_REVIEW, v1::REASON_CODE_AUDIT_FINDING},
      {"QUA-01", v1::CONDITION_CAPABILITY, v1::OUTCOME_FAIL, v1::REASON_CODE_QUALIFICATION_LAPSED},
      {"TAX-01", v1::CONDITION_TAX_AND_SOCIAL_SECURITY, v1::OUTCOME_REVIEW, v1::REASON_CODE_TAX_STANDING},
      {"TAX-02", v1::CONDITION_TAX_AND_SOCIAL_SECURITY, v1::OUTCOME_FAIL, v1::REASON_CODE_TAX_STANDING},
      {"ACT-01", v1::CONDITION_SUPERVISION_AND_REPUTATION, v1::OUTCOME_REVIEW,
       v1::REASON_CODE_RECTIFICATION_OPEN},
      {"KM-02", v1::CONDITION_SUPERVISION_AND_REPUTATION, v1::OUTCOME_REVIEW,
       v1::REASON_CODE_PERFORMANCE_FAILED},
      {"KM-03", v1::CONDITION_SUPERVISION_AND_REPUTATION, v1::OUTCOME_REVIEW,
       v1::REASON_CODE_SUBSTANTIATED_CONDUCT},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(Today(row.id).condition(), row.condition) << row.id;
    EXPECT_EQ(Today(row.id).outcome(), row.outcome) << row.id;
    EXPECT_EQ(Today(row.id).reason(), row.reason) << row.id;
  }
}

TEST(DeployedCatalogue, PutsTheSevenConditionsInTheWordsOfThePolicy) {
  EXPECT_EQ(Deployed().message().conditions_size(), 7);
  EXPECT_EQ(Deployed().FindCondition(v1::CONDITION_REGISTRATION)->zh(),
            "在县级以上民政部门登记设立，能独立承担民事责任");
  EXPECT_THAT(Deployed().FindCondition(v1::CONDITION_CAPABILITY)->zh(),
              ::testing::HasSubstr("不应对社会组织成立年限做硬性规定"));
  EXPECT_EQ(Deployed().FindCondition(v1::CONDITION_OTHER_LEGAL)->zh(), "法律法规规定的其他条件");
}

TEST(DeployedCatalogue, KnowsKunmingsAuthoritiesAndTheirSuperiors) {
  const v1::Authority* wuhua = Deployed().FindAuthority("km-wuhua");
  ASSERT_NE(wuhua, nullptr);
  EXPECT_EQ(wuhua->division(), 530102);
  EXPECT_EQ(wuhua->parent(), "km");
  EXPECT_EQ(Deployed().FindAuthority("km")->parent(), "yn");
  EXPECT_EQ(Deployed().FindAuthority("yn")->parent(), "mca");
  int in_kunming = 0;
  for (const v1::Authority& authority : Deployed().message().authorities()) {
    if (authority.parent() == "km") ++in_kunming;
  }
  EXPECT_EQ(in_kunming, 14);
}

TEST(DeployedCatalogue, LoadsTheCalendarThroughTheYear2026) {
  EXPECT_EQ(Deployed().calendar().loaded_through(), CivilDay(2026, 12, 31));
  EXPECT_EQ(Deployed().calendar().IsWorkingDay(CivilDay(2027, 1, 4)), std::nullopt);
}

TEST(DeployedCatalogue, EveryRowSaysHowItsBasisWasChecked) {
  for (const v1::Ground& ground : Deployed().message().grounds()) {
    EXPECT_FALSE(ground.legal_basis().mark().empty()) << ground.id();
    EXPECT_FALSE(ground.legal_basis().en().empty()) << ground.id();
  }
}

}  // namespace
}  // namespace chengxin::domain
