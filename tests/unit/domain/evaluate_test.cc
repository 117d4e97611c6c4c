#include "domain/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "domain/timestamps.h"
#include "tests/unit/domain/evaluation_case.h"

namespace chengxin::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::Duration kInstant = absl::Nanoseconds(1);

TEST(Evaluate, AnOrganizationInGoodStandingMayBeSelected) {
  const EvaluationCase plain;
  const v1::Eligibility answer = plain.Ask();
  EXPECT_EQ(answer.organization_code(), plain.code);
  EXPECT_EQ(answer.verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_THAT(answer.reasons(), IsEmpty());
}

TEST(Evaluate, FullNamesEveryConditionWithItsBasisInBothLanguages) {
  EvaluationCase listed;
  listed.AddFact("SER-04", "2026-11-24");
  const v1::Eligibility answer = listed.Ask();
  std::set<int> conditions;
  v1::Outcome before = v1::OUTCOME_FAIL;
  for (const v1::Finding& finding : answer.findings()) {
    conditions.insert(finding.condition());
    EXPECT_LE(finding.outcome(), before) << "worst first";
    before = finding.outcome();
    EXPECT_FALSE(finding.legal_basis().empty()) << finding.ShortDebugString();
    EXPECT_THAT(finding.message_zh(), HasSubstr("依据：")) << finding.message_zh();
    EXPECT_THAT(finding.message_en(), HasSubstr("basis: ")) << finding.message_en();
  }
  EXPECT_EQ(conditions.size(), 7u);
}

TEST(Evaluate, AFindingNamesGroundReferenceAndSinceWhen) {
  EvaluationCase listed;
  log::v1::StandingFact& fact = listed.AddFact("SER-04", "2026-11-20");
  fact.set_reference("listings/52530102MJT000045W-S1");
  const v1::Finding finding = listed.Findings(v1::CONDITION_OTHER_LEGAL).at(0);
  EXPECT_EQ(finding.ground(), "SER-04");
  EXPECT_EQ(finding.reference(), "listings/52530102MJT000045W-S1");
  EXPECT_EQ(TimeOf(finding.since()), DayBegins("2026-11-20"));
  EXPECT_THAT(finding.message_zh(), HasSubstr("列入严重违法失信名单"));
  EXPECT_THAT(finding.message_zh(), HasSubstr("自2026-11-20起"));
  EXPECT_THAT(finding.message_en(), HasSubstr("since 2026-11-20"));
  EXPECT_THAT(finding.legal_basis(), HasSubstr("社会组织信用信息管理办法"));
}

TEST(Evaluate, ReasonsComeWorstFirstAndOnce) {
  EvaluationCase much;
  much.read["tax-violations"] = std::nullopt;
  much.read["court-defaulters"] = std::nullopt;
  much.AddFact("ABN-01", "2026-01-05");
  much.AddFact("ABN-06", "2026-02-05");
  much.AddFact("GP-01", "2026-03-05");
  EXPECT_THAT(much.Reasons(), ElementsAre(v1::REASON_CODE_JUDGMENT_DEFAULTER, v1::REASON_CODE_SOURCE_STALE,
                                          v1::REASON_CODE_ABNORMAL_LIST));
  EXPECT_EQ(much.Verdict(), v1::VERDICT_INELIGIBLE);
}

TEST(Evaluate, VerdictsAreOrderedFromIneligibleToEligible) {
  EXPECT_TRUE(WorseThan(v1::VERDICT_INELIGIBLE, v1::VERDICT_UNKNOWN));
  EXPECT_TRUE(WorseThan(v1::VERDICT_UNKNOWN, v1::VERDICT_REVIEW));
  EXPECT_TRUE(WorseThan(v1::VERDICT_REVIEW, v1::VERDICT_ELIGIBLE));
  EXPECT_FALSE(WorseThan(v1::VERDICT_REVIEW, v1::VERDICT_REVIEW));
}

TEST(Evaluate, WithoutACatalogueEverythingIsUnknown) {
  EvaluationCase early;
  early.catalogue = nullptr;
  EXPECT_EQ(early.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(early.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_NOT_CONFIGURED));
  early.AddFact("SER-04", "2026-11-24");
  EXPECT_EQ(early.Verdict(), v1::VERDICT_UNKNOWN) << "what the ground weighs is not known either";
  early.in_registry_copy = false;
  EXPECT_EQ(early.Verdict(), v1::VERDICT_UNKNOWN);
}

TEST(Evaluate, AGroundThatTheCatalogueDoesNotKnowCannotBeWeighed) {
  EvaluationCase odd;
  odd.AddFact("XYZ-99", "2026-11-24");
  EXPECT_EQ(odd.Verdict(), v1::VERDICT_UNKNOWN);
  const v1::Finding finding = odd.Findings(v1::CONDITION_OTHER_LEGAL).at(0);
  EXPECT_EQ(finding.reason(), v1::REASON_CODE_OTHER_GROUND);
  EXPECT_EQ(finding.ground(), "XYZ-99");
}

TEST(Rule6, AnAnswerIsOnTheCodeAndANameDecidesNothing) {
  // Two organizations may bear one name; what is asked and answered is the code.
  EvaluationCase one, other;
  other.code = "51530102MJT0000375";
  other.standing.set_code(other.code);
  other.AddFact("SER-04", "2026-11-24");
  EXPECT_EQ(one.Verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(other.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(other.Ask().organization_code(), other.code);
  EXPECT_EQ(other.Ask().organization_display_name(), "");
}

TEST(Rule42, TheSameInstantAskedAgainWithMoreKnownOfLaterGivesTheSameAnswer) {
  EvaluationCase before, after;
  before.asked_at = after.asked_at = InShanghai("2026-11-20 09:30:00");
  after.AddFact("SER-04", "2026-11-24");
  EXPECT_EQ(before.Ask().SerializeAsString(), after.Ask().SerializeAsString());
  EXPECT_EQ(after.VerdictAt(InShanghai("2026-11-24 09:30:00")), v1::VERDICT_INELIGIBLE);
}

TEST(Rule44, ASevereListEntryInForceAtTheCutOffBars) {
  EvaluationCase listed;
  listed.AddFact("SER-04", "2024-11-24", /*until=*/"2026-11-25");
  EXPECT_EQ(listed.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(listed.Reasons(), ElementsAre(v1::REASON_CODE_SEVERE_LIST));
  EXPECT_EQ(listed.OutcomeOf(v1::CONDITION_OTHER_LEGAL), v1::OUTCOME_FAIL);
}

TEST(Rule44, EverySevereGroundBarsAndEveryAbnormalOneAsksForReview) {
  for (const v1::Ground& ground : DeployedCatalogue()->message().grounds()) {
    if (ground.origin() != v1::GROUND_ORIGIN_LISTING) continue;
    EvaluationCase listed;
    listed.AddFact(ground.id(), "2026-11-01");
    EXPECT_EQ(listed.Verdict(),
              ground.list() == v1::LIST_KIND_SEVERE ? v1::VERDICT_INELIGIBLE : v1::VERDICT_REVIEW)
        << ground.id();
  }
}

TEST(Rule45, AnAbnormalListEntryAsksForReviewWithItsReason) {
  EvaluationCase listed;
  listed.AddFact("ABN-05", "2026-11-24");
  EXPECT_EQ(listed.Verdict(), v1::VERDICT_REVIEW);
  EXPECT_THAT(listed.Reasons(), ElementsAre(v1::REASON_CODE_ABNORMAL_LIST));
  const v1::Finding finding = listed.Findings(v1::CONDITION_SUPERVISION_AND_REPUTATION).at(0);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_REVIEW);
  EXPECT_THAT(finding.message_zh(), HasSubstr("列入活动异常名录"));
}

TEST(Rule45, ALocalRuleWithALegalBasisMayBar) {
  EvaluationCase listed;
  listed.AddFact("ABN-05", "2026-11-24");
  listed.catalogue = DeployedCatalogue([](v1::Catalogue& catalogue) {
    for (v1::Ground& ground : *catalogue.mutable_grounds()) {
      if (ground.id() != "ABN-05") continue;
      ground.set_outcome(v1::OUTCOME_FAIL);
      ground.mutable_legal_basis()->set_zh("某市社会信用条例第十条（样例）");
    }
  });
  EXPECT_EQ(listed.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(listed.Findings(v1::CONDITION_SUPERVISION_AND_REPUTATION).at(0).legal_basis(),
              HasSubstr("某市社会信用条例第十条"));
}

TEST(Rule46, AReportThatNobodyHasDecidedOnIsNoGround) {
  // A report (KM-01) leads to no fact, because the catalogue has no such ground to base one on.
  EXPECT_EQ(DeployedCatalogue()->FindGround("KM-01", CivilDay(2026, 11, 24)), nullptr);
}

TEST(Rule47, EachExternalListAndBanBars) {
  const std::pair<std::string_view, v1::ReasonCode> kBars[] = {
      {"GP-01", v1::REASON_CODE_JUDGMENT_DEFAULTER},
      {"GP-02", v1::REASON_CODE_TAX_VIOLATION_LIST},
      {"GP-03", v1::REASON_CODE_PROCUREMENT_VIOLATION_LIST},
      {"GP-04", v1::REASON_CODE_MAJOR_VIOLATION},
      {"GP-05", v1::REASON_CODE_PROCUREMENT_BAN}};
  for (const auto& [ground, reason] : kBars) {
    EvaluationCase barred;
    barred.AddFact(ground, "2026-06-01");
    EXPECT_EQ(barred.Verdict(), v1::VERDICT_INELIGIBLE) << ground;
    EXPECT_THAT(barred.Reasons(), ElementsAre(reason)) << ground;
    EXPECT_EQ(barred.OutcomeOf(v1::CONDITION_OTHER_LEGAL), v1::OUTCOME_FAIL) << ground;
  }
}

TEST(Rule47, ABanBarsThroughItsLastDayAndNotAfter) {
  EvaluationCase banned;
  // In force through 2026-11-30.
  banned.AddFact("GP-05", "2025-12-01", /*until=*/"2026-12-01");
  const absl::Time end = DayBegins("2026-12-01");
  EXPECT_EQ(banned.VerdictAt(DayBegins("2025-12-01") - kInstant), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(banned.VerdictAt(DayBegins("2025-12-01")), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(banned.VerdictAt(end - kInstant), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(banned.VerdictAt(end), v1::VERDICT_ELIGIBLE);
}

TEST(Rule48, AMajorViolationEndsBarringWhenItsThreeYearsAreOver) {
  EvaluationCase fined;
  // A fine of 2,000,000 yuan or more; record effects have turned P3Y into the end.
  fined.AddFact("GP-04", "2023-11-24", /*until=*/"2026-11-25");
  EXPECT_EQ(fined.VerdictAt(InShanghai("2026-11-24 23:59:59")), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(fined.VerdictAt(InShanghai("2026-11-25 00:00:00")), v1::VERDICT_ELIGIBLE);
}

TEST(Rule51, TheAgeOfTheOrganizationNeverMatters) {
  EvaluationCase young;
  young.standing.set_established_day(DayNumber("2026-11-24"));
  young.SetStatus(v1::REGISTRATION_STATUS_ACTIVE, "2026-11-24");
  EXPECT_EQ(young.VerdictAt(DayBegins("2026-11-24")), v1::VERDICT_ELIGIBLE);
  EvaluationCase old;
  old.standing.set_established_day(DayNumber("1986-07-01"));
  old.SetStatus(v1::REGISTRATION_STATUS_ACTIVE, "1986-07-01");
  EXPECT_EQ(old.Verdict(), v1::VERDICT_ELIGIBLE);
}

TEST(Rule54, WhatIsNotRecordedThePurchaserVerifiesNotTheSupplier) {
  const EvaluationCase plain;
  for (const v1::Condition condition : {v1::CONDITION_GOVERNANCE, v1::CONDITION_ACCOUNTING,
                                        v1::CONDITION_CAPABILITY, v1::CONDITION_TAX_AND_SOCIAL_SECURITY}) {
    const v1::Finding finding = plain.Findings(condition).at(0);
    EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_ASSESSED);
    EXPECT_EQ(finding.reason(), v1::REASON_CODE_PURCHASER_VERIFIES);
    EXPECT_THAT(finding.message_zh(), HasSubstr("由购买主体核实"));
    EXPECT_THAT(finding.message_en(), HasSubstr("the purchaser verifies"));
  }
  EXPECT_EQ(plain.Verdict(), v1::VERDICT_ELIGIBLE) << "it does not spoil the verdict";
}

TEST(Rule55, ThePurposeIsNoPartOfTheAnswer) {
  // Whoever asks and whatever for, the facts are the same: an answer holds the code and what was found, no
  // more.
  const v1::Eligibility answer = EvaluationCase().Ask(/*full=*/false);
  v1::Eligibility expected;
  expected.set_organization_code("52530102MJT000045W");
  expected.set_verdict(v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(answer.SerializeAsString(), expected.SerializeAsString());
}

TEST(Rule29, AFactIsWeighedByTheRowOfTheDayOfTheConduct) {
  // KM-02 asks for review until 2026-06-30 and bars from 2026-07-01 on.
  const auto catalogue = DeployedCatalogue([](v1::Catalogue& changed) {
    for (int i = 0; i < changed.grounds_size(); ++i) {
      if (changed.grounds(i).id() != "KM-02") continue;
      v1::Ground later = changed.grounds(i);
      changed.mutable_grounds(i)->mutable_validity()->set_through("2026-06-30");
      later.mutable_validity()->set_from("2026-07-01");
      later.set_outcome(v1::OUTCOME_FAIL);
      *changed.add_grounds() = later;
      break;
    }
  });
  const auto verdict = [&](std::string_view conduct, std::string_view from) {
    EvaluationCase failed;
    failed.catalogue = catalogue;
    log::v1::StandingFact& fact = failed.AddFact("KM-02", from);
    if (!conduct.empty()) fact.set_conduct_day(DayNumber(conduct));
    return failed.Verdict();
  };
  EXPECT_EQ(verdict("", "2026-06-30"), v1::VERDICT_REVIEW);
  EXPECT_EQ(verdict("", "2026-07-01"), v1::VERDICT_INELIGIBLE);
  // The later, heavier row does not reach back to earlier conduct.
  EXPECT_EQ(verdict("2026-06-30", "2026-10-01"), v1::VERDICT_REVIEW);
  EXPECT_EQ(verdict("2026-07-01", "2026-10-01"), v1::VERDICT_INELIGIBLE);
}

TEST(Rule29, ALaterLighterRowPrevails) {
  const auto catalogue = DeployedCatalogue([](v1::Catalogue& changed) {
    for (int i = 0; i < changed.grounds_size(); ++i) {
      if (changed.grounds(i).id() != "TAX-02") continue;
      v1::Ground later = changed.grounds(i);
      changed.mutable_grounds(i)->mutable_validity()->set_through("2026-06-30");
      later.mutable_validity()->set_from("2026-07-01");
      later.set_outcome(v1::OUTCOME_REVIEW);
      *changed.add_grounds() = later;
      break;
    }
  });
  EvaluationCase adverse;
  adverse.catalogue = catalogue;
  log::v1::StandingFact& fact = adverse.AddFact("TAX-02", "2026-10-01");
  fact.set_conduct_day(DayNumber("2026-03-01"));
  EXPECT_EQ(adverse.Verdict(), v1::VERDICT_REVIEW);
  // Decided before the lighter row came: the row of the conduct stays.
  adverse.standing.clear_facts();
  adverse.AddFact("TAX-02", "2026-05-01").set_conduct_day(DayNumber("2026-03-01"));
  EXPECT_EQ(adverse.Verdict(), v1::VERDICT_INELIGIBLE);
}

TEST(Rule65, DaysBeginAtMidnightInShanghai) {
  EvaluationCase listed;
  listed.AddFact("SER-04", "2026-11-24");
  const absl::Time midnight = absl::FromCivil(absl::CivilSecond(2026, 11, 23, 16, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(listed.VerdictAt(midnight - kInstant), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(listed.VerdictAt(midnight), v1::VERDICT_INELIGIBLE);
}

TEST(Rule65, AStatusOfADayInSummerTimeBeganAnHourEarlier) {
  // From 1986 to 1991 Shanghai's clocks were an hour ahead in summer.
  EvaluationCase old;
  old.standing.set_established_day(DayNumber("1988-07-01"));
  old.SetStatus(v1::REGISTRATION_STATUS_ACTIVE, "1988-07-01");
  const absl::Time midnight = absl::FromCivil(absl::CivilSecond(1988, 6, 30, 15, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(old.VerdictAt(midnight - kInstant), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(old.VerdictAt(midnight), v1::VERDICT_ELIGIBLE);
}

TEST(Evaluate, FarDaysNeitherOverflowNorMatter) {
  EvaluationCase far;
  far.SetStatus(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01");
  log::v1::StatusSpan& span = *far.standing.add_statuses();
  span.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  span.set_from_day(DayNumber("9999-12-31"));
  EXPECT_EQ(far.Verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(far.VerdictAt(absl::InfinitePast()), v1::VERDICT_INELIGIBLE) << "not yet established";
}

TEST(ChangesAfterCutOff, WhatTurnedAdverseSinceAsksForReview) {
  EvaluationCase listed;
  listed.AddFact("SER-04", "2026-11-24");
  const v1::Eligibility now = listed.Ask(/*full=*/false);
  listed.asked_at = InShanghai("2026-11-20 09:30:00");
  v1::Eligibility answer = listed.Ask();
  AddChangesAfterCutOff(now, /*full=*/true, answer);
  EXPECT_EQ(answer.verdict(), v1::VERDICT_REVIEW);
  EXPECT_THAT(answer.reasons(), ElementsAre(v1::REASON_CODE_CHANGED_AFTER_CUT_OFF));
  ASSERT_EQ(answer.findings(0).reason(), v1::REASON_CODE_CHANGED_AFTER_CUT_OFF);
  EXPECT_EQ(answer.findings(0).outcome(), v1::OUTCOME_REVIEW);
  EXPECT_THAT(answer.findings(0).message_zh(), HasSubstr("不得选择"));
  EXPECT_THAT(answer.findings(0).message_en(), HasSubstr("SEVERE_LIST"));
  EXPECT_EQ(answer.findings_size(), 8);

  v1::Eligibility basic = listed.Ask(/*full=*/false);
  AddChangesAfterCutOff(now, /*full=*/false, basic);
  EXPECT_EQ(basic.verdict(), v1::VERDICT_REVIEW);
  EXPECT_THAT(basic.findings(), IsEmpty());
}

TEST(ChangesAfterCutOff, WhatGotBetterOrStayedIsNotMentioned) {
  EvaluationCase removed;
  removed.AddFact("ABN-05", "2026-01-05", /*until=*/"2026-11-24");
  const v1::Eligibility now = removed.Ask(/*full=*/false);
  removed.asked_at = InShanghai("2026-11-20 09:30:00");
  v1::Eligibility answer = removed.Ask();
  const std::string before = answer.SerializeAsString();
  AddChangesAfterCutOff(now, /*full=*/true, answer);
  EXPECT_EQ(answer.SerializeAsString(), before);
  AddChangesAfterCutOff(v1::Eligibility(answer), /*full=*/true, answer);
  EXPECT_EQ(answer.SerializeAsString(), before);
}

TEST(ChangesAfterCutOff, AnotherReasonOfTheSameGravityIsMentioned) {
  EvaluationCase listed;
  listed.AddFact("ABN-05", "2026-01-05");
  listed.AddFact("KM-02", "2026-11-24");
  const v1::Eligibility now = listed.Ask(/*full=*/false);
  listed.asked_at = InShanghai("2026-11-20 09:30:00");
  v1::Eligibility answer = listed.Ask();
  AddChangesAfterCutOff(now, /*full=*/true, answer);
  EXPECT_EQ(answer.verdict(), v1::VERDICT_REVIEW);
  EXPECT_THAT(answer.reasons(),
              ElementsAre(v1::REASON_CODE_ABNORMAL_LIST, v1::REASON_CODE_CHANGED_AFTER_CUT_OFF));
  EXPECT_EQ(answer.findings(1).reason(), v1::REASON_CODE_CHANGED_AFTER_CUT_OFF) << "after what is as grave";
}

TEST(ChangesAfterCutOff, AnIneligibleAnswerStaysIneligible) {
  EvaluationCase barred;
  barred.AddFact("GP-01", "2026-01-05", /*until=*/"2026-11-22");
  barred.AddFact("SER-04", "2026-11-24");
  const v1::Eligibility now = barred.Ask(/*full=*/false);
  barred.asked_at = InShanghai("2026-11-20 09:30:00");
  v1::Eligibility answer = barred.Ask();
  AddChangesAfterCutOff(now, /*full=*/true, answer);
  EXPECT_EQ(answer.verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(answer.findings(0).reason(), v1::REASON_CODE_JUDGMENT_DEFAULTER);
  EXPECT_EQ(answer.findings(1).reason(), v1::REASON_CODE_CHANGED_AFTER_CUT_OFF);
}

}  // namespace
}  // namespace chengxin::domain
