// The table of the seven conditions (domain rules, section 10), row by row, and rule 50.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "domain/evaluate.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/evaluation_case.h"

namespace chengxin::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::Duration kInstant = absl::Nanoseconds(1);
constexpr std::string_view kQualification = "社会工作服务机构资质";

// -- condition 一: registration --------------------------------------------------------------------------

TEST(Rule50, NotFoundInACoveredAndFreshRegisterIsNotEligible) {
  EvaluationCase unknown;
  unknown.in_registry_copy = false;
  EXPECT_EQ(unknown.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(unknown.Reasons(), ElementsAre(v1::REASON_CODE_NOT_REGISTERED));
  const v1::Finding finding = unknown.Findings(v1::CONDITION_REGISTRATION).at(0);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_FAIL);
  EXPECT_EQ(finding.ground(), "EL-01");
  EXPECT_EQ(finding.reference(), "sources/registry-kunming");
}

TEST(Rule50, ADivisionOfThePastIsCoveredAsWell) {
  EvaluationCase unknown;
  unknown.in_registry_copy = false;
  // 晋宁县, a district of another code since 2016.
  unknown.code = Uscc::WithChecks("52530122", "MJT00007").value().ToString();
  EXPECT_THAT(unknown.Reasons(), ElementsAre(v1::REASON_CODE_NOT_REGISTERED));
}

TEST(Rule50, NotFoundInAStaleRegisterIsUnknown) {
  EvaluationCase unknown;
  unknown.in_registry_copy = false;
  unknown.read["registry-kunming"] = std::nullopt;
  EXPECT_EQ(unknown.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(unknown.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_STALE));
}

TEST(Rule50, OutsideCoverageIsUnknown) {
  EvaluationCase elsewhere;
  elsewhere.in_registry_copy = false;
  elsewhere.code = "51100000500002862F";  // registered with the Ministry
  EXPECT_EQ(elsewhere.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(elsewhere.Reasons(), ElementsAre(v1::REASON_CODE_OUTSIDE_COVERAGE));
}

TEST(Rule50, AnEnterpriseOrInstitutionIsUnknownToThisPlatform) {
  for (const std::string code : {"12100000400009127B", "91350100M000100Y43"}) {
    EvaluationCase other;
    other.in_registry_copy = false;
    other.code = code;
    EXPECT_EQ(other.Verdict(), v1::VERDICT_UNKNOWN);
    EXPECT_THAT(other.Reasons(), ElementsAre(v1::REASON_CODE_NOT_SOCIAL_ORGANIZATION));
  }
}

TEST(Rule50, OfWhatIsNotInTheCopyNothingElseIsJudged) {
  EvaluationCase unknown;
  unknown.in_registry_copy = false;
  unknown.required_qualifications = {std::string(kQualification)};
  const v1::Eligibility answer = unknown.Ask();
  ASSERT_EQ(answer.findings_size(), 7);
  for (int i = 1; i < 7; ++i) EXPECT_EQ(answer.findings(i).outcome(), v1::OUTCOME_NOT_ASSESSED);
}

TEST(Rule50, WhatACompleteReadingOfItsRegisterNoLongerHasIsNotEligible) {
  EvaluationCase missing;
  missing.SetStatus(v1::REGISTRATION_STATUS_NOT_IN_REGISTER, "2026-11-20");
  EXPECT_EQ(missing.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(missing.Reasons(), ElementsAre(v1::REASON_CODE_NOT_REGISTERED));
  const v1::Finding finding = missing.Findings(v1::CONDITION_REGISTRATION).at(0);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_FAIL);
  EXPECT_EQ(finding.ground(), "EL-01");
  EXPECT_EQ(finding.reference(), "sources/registry-kunming");
  EXPECT_THAT(finding.message_zh(), HasSubstr("登记库的完整读取中已没有该组织（自2026-11-20起"));
  EXPECT_THAT(finding.message_en(), HasSubstr("no longer has the organization (since 2026-11-20"));
  EXPECT_EQ(missing.VerdictAt(InShanghai("2026-11-19 23:59:59")), v1::VERDICT_ELIGIBLE) << "the day before";
}

TEST(Rule50, WhatAStaleRegisterNoLongerHadIsUnknown) {
  EvaluationCase missing;
  missing.SetStatus(v1::REGISTRATION_STATUS_NOT_IN_REGISTER, "2026-11-01");
  missing.read["registry-kunming"] = InShanghai("2026-11-01 09:00:00");
  EXPECT_EQ(missing.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(missing.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_STALE));
}

TEST(Rule50, WhatASelectionNoLongerHasIsOutsideCoverage) {
  EvaluationCase missing;
  // The excerpt of other authorities' registers covers no division.
  missing.standing.set_source("registry-national");
  missing.SetStatus(v1::REGISTRATION_STATUS_NOT_IN_REGISTER, "2026-11-20");
  EXPECT_EQ(missing.OutcomeOf(v1::CONDITION_REGISTRATION), v1::OUTCOME_UNKNOWN);
  EXPECT_THAT(missing.Reasons(), testing::Contains(v1::REASON_CODE_OUTSIDE_COVERAGE));
  EXPECT_EQ(missing.Verdict(), v1::VERDICT_UNKNOWN);
}

TEST(Rule50, CancelledAndRevokedAreNotEligible) {
  const std::pair<v1::RegistrationStatus, v1::ReasonCode> kEnded[] = {
      {v1::REGISTRATION_STATUS_CANCELLED, v1::REASON_CODE_CANCELLED},
      {v1::REGISTRATION_STATUS_REGISTRATION_REVOKED, v1::REASON_CODE_REVOKED},
      {v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED, v1::REASON_CODE_REVOKED}};
  for (const auto& [status, reason] : kEnded) {
    EvaluationCase ended;
    ended.SetStatus(status, "2026-05-04");
    EXPECT_EQ(ended.Verdict(), v1::VERDICT_INELIGIBLE);
    EXPECT_THAT(ended.Reasons(), ElementsAre(reason));
    const v1::Finding finding = ended.Findings(v1::CONDITION_REGISTRATION).at(0);
    EXPECT_EQ(finding.ground(), "EL-01");
    EXPECT_EQ(TimeOf(finding.since()), DayBegins("2026-05-04"));
    EXPECT_THAT(finding.message_zh(), HasSubstr("自2026-05-04起"));
  }
}

TEST(Rule50, InLiquidationOrSuspendedNobodyMayTakeOnAService) {
  const std::pair<v1::RegistrationStatus, v1::ReasonCode> kHalted[] = {
      {v1::REGISTRATION_STATUS_IN_LIQUIDATION, v1::REASON_CODE_IN_LIQUIDATION},
      {v1::REGISTRATION_STATUS_SUSPENDED, v1::REASON_CODE_SUSPENDED}};
  for (const auto& [status, reason] : kHalted) {
    EvaluationCase halted;
    halted.SetStatus(status, "2026-05-04");
    EXPECT_EQ(halted.Verdict(), v1::VERDICT_INELIGIBLE);
    EXPECT_THAT(halted.Reasons(), ElementsAre(reason));
  }
}

TEST(Rule50, TheCatalogueSaysHowHeavyLiquidationWeighs) {
  EvaluationCase halted;
  halted.SetStatus(v1::REGISTRATION_STATUS_IN_LIQUIDATION, "2026-05-04");
  halted.catalogue = DeployedCatalogue([](v1::Catalogue& catalogue) {
    for (v1::Ground& ground : *catalogue.mutable_grounds()) {
      if (ground.id() == "EL-03") ground.set_outcome(v1::OUTCOME_REVIEW);
    }
  });
  EXPECT_EQ(halted.Verdict(), v1::VERDICT_REVIEW);
}

TEST(Rule50, ACertificateThatIsNoLegalPersonsAsksForReview) {
  for (const v1::CertificateForm form : {v1::CERTIFICATE_FORM_PARTNERSHIP, v1::CERTIFICATE_FORM_INDIVIDUAL}) {
    EvaluationCase partnership;
    partnership.standing.set_certificate_form(form);
    EXPECT_EQ(partnership.Verdict(), v1::VERDICT_REVIEW);
    EXPECT_THAT(partnership.Reasons(), ElementsAre(v1::REASON_CODE_NOT_LEGAL_PERSON));
    EXPECT_EQ(partnership.Findings(v1::CONDITION_REGISTRATION).at(0).ground(), "EL-02");
  }
}

TEST(Rule50, AnUnstatedFormMattersForServiceInstitutionsAlone) {
  EvaluationCase unstated;
  unstated.standing.set_certificate_form(v1::CERTIFICATE_FORM_UNSPECIFIED);
  EXPECT_EQ(unstated.Verdict(), v1::VERDICT_REVIEW);
  EXPECT_THAT(unstated.Reasons(), ElementsAre(v1::REASON_CODE_REGISTER_INCOMPLETE));
  for (const v1::OrganizationType type :
       {v1::ORGANIZATION_TYPE_SOCIAL_GROUP, v1::ORGANIZATION_TYPE_FOUNDATION}) {
    unstated.standing.set_type(type);
    EXPECT_EQ(unstated.Verdict(), v1::VERDICT_ELIGIBLE) << "a legal person by law";
  }
}

TEST(Rule50, EstablishedOnlyAfterTheInstantAskedFor) {
  EvaluationCase young;
  young.standing.set_established_day(DayNumber("2026-02-28"));
  young.SetStatus(v1::REGISTRATION_STATUS_ACTIVE, "2026-02-28");
  const absl::Time first = DayBegins("2026-02-28");
  EXPECT_EQ(young.VerdictAt(first - kInstant), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(young.Reasons(), ElementsAre(v1::REASON_CODE_NOT_YET_ESTABLISHED));
  EXPECT_EQ(young.VerdictAt(first), v1::VERDICT_ELIGIBLE);
}

TEST(Rule50, TheStatusOfTheInstantCountsNotTheOneOfToday) {
  EvaluationCase ended;
  ended.standing.add_statuses()->set_status(v1::REGISTRATION_STATUS_IN_LIQUIDATION);
  ended.standing.mutable_statuses(1)->set_from_day(DayNumber("2026-03-31"));
  ended.standing.add_statuses()->set_status(v1::REGISTRATION_STATUS_CANCELLED);
  ended.standing.mutable_statuses(2)->set_from_day(DayNumber("2026-06-30"));
  EXPECT_EQ(ended.VerdictAt(DayBegins("2026-03-31") - kInstant), v1::VERDICT_ELIGIBLE);
  ended.asked_at = DayBegins("2026-03-31");
  EXPECT_THAT(ended.Reasons(), ElementsAre(v1::REASON_CODE_IN_LIQUIDATION));
  ended.asked_at = DayBegins("2026-06-30") - kInstant;
  EXPECT_THAT(ended.Reasons(), ElementsAre(v1::REASON_CODE_IN_LIQUIDATION));
  ended.asked_at = DayBegins("2026-06-30");
  EXPECT_THAT(ended.Reasons(), ElementsAre(v1::REASON_CODE_CANCELLED));
}

TEST(Rule50, BeforeItsFirstKnownStatusAnOrganizationWasActiveUnlessThatStatusIsActiveItself) {
  EvaluationCase cancelled;
  cancelled.SetStatus(v1::REGISTRATION_STATUS_CANCELLED, "2026-06-30");
  EXPECT_EQ(cancelled.VerdictAt(DayBegins("2026-06-30") - kInstant), v1::VERDICT_ELIGIBLE);
  EvaluationCase restored;
  restored.SetStatus(v1::REGISTRATION_STATUS_ACTIVE, "2026-06-30");
  EXPECT_EQ(restored.VerdictAt(DayBegins("2026-06-30") - kInstant), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(restored.Reasons(), ElementsAre(v1::REASON_CODE_REGISTER_INCOMPLETE));
  EXPECT_EQ(restored.VerdictAt(DayBegins("2026-06-30")), v1::VERDICT_ELIGIBLE);
}

TEST(Condition1, ASourceThatTheCatalogueDoesNotNameIsUnknown) {
  EvaluationCase orphan;
  orphan.standing.set_source("registry-elsewhere");
  EXPECT_EQ(orphan.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(orphan.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_NOT_CONFIGURED));
}

// -- conditions 二 to 五: what is recorded ---------------------------------------------------------------

TEST(Condition2, AFailedAnnualInspectionAndOpenRectificationAskForReview) {
  for (const auto& [ground, reason] : {std::pair("INS-01", v1::REASON_CODE_ANNUAL_INSPECTION_FAILED),
                                       std::pair("INS-02", v1::REASON_CODE_RECTIFICATION_OPEN)}) {
    EvaluationCase inspected;
    inspected.AddFact(ground, "2026-06-15");
    EXPECT_EQ(inspected.Verdict(), v1::VERDICT_REVIEW) << ground;
    EXPECT_THAT(inspected.Reasons(), ElementsAre(reason));
    EXPECT_EQ(inspected.OutcomeOf(v1::CONDITION_GOVERNANCE), v1::OUTCOME_REVIEW);
  }
}

v1::CreditRecord AnnualInspection(int year, v1::AnnualConclusion conclusion, std::string_view day) {
  v1::CreditRecord record;
  record.set_name("organizations/52530102MJT000045W/records/" + std::to_string(year) + "-1");
  v1::AnnualInspection& inspection = *record.mutable_annual_inspection();
  inspection.set_year(year);
  inspection.set_conclusion(conclusion);
  inspection.set_concluded_on(std::string(day));
  return record;
}

TEST(Condition2, AGoodConclusionPassesWhileTheRecordsAreFresh) {
  EvaluationCase inspected;
  inspected.records = {AnnualInspection(2025, v1::ANNUAL_CONCLUSION_QUALIFIED, "2026-06-15")};
  const v1::Finding passed = inspected.Findings(v1::CONDITION_GOVERNANCE).at(0);
  EXPECT_EQ(passed.outcome(), v1::OUTCOME_PASS);
  EXPECT_EQ(passed.reference(), inspected.records[0].name());
  EXPECT_EQ(TimeOf(passed.since()), DayBegins("2026-06-15"));
  EXPECT_EQ(inspected.Verdict(), v1::VERDICT_ELIGIBLE);
  inspected.read["credit-records"] = InShanghai("2026-09-01 08:00:00");
  const v1::Finding stale = inspected.Findings(v1::CONDITION_GOVERNANCE).at(0);
  EXPECT_EQ(stale.outcome(), v1::OUTCOME_NOT_ASSESSED);
  EXPECT_THAT(stale.message_zh(), HasSubstr("截至2026-09-01 08:00"));
  EXPECT_EQ(inspected.Verdict(), v1::VERDICT_ELIGIBLE);
}

TEST(Condition2, TheLatestConclusionCounts) {
  EvaluationCase inspected;
  inspected.records = {AnnualInspection(2025, v1::ANNUAL_CONCLUSION_UNQUALIFIED, "2026-06-15"),
                       AnnualInspection(2024, v1::ANNUAL_CONCLUSION_QUALIFIED, "2026-07-01")};
  // The adverse one is a fact of the standing; the older year's good one does not speak against it.
  EXPECT_EQ(inspected.OutcomeOf(v1::CONDITION_GOVERNANCE), v1::OUTCOME_NOT_ASSESSED);
  inspected.AddFact("INS-01", "2026-06-15");
  EXPECT_EQ(inspected.OutcomeOf(v1::CONDITION_GOVERNANCE), v1::OUTCOME_REVIEW);
  // Asked for a day before it was concluded, nothing had been concluded yet.
  inspected.asked_at = DayBegins("2026-06-15") - kInstant;
  EXPECT_EQ(inspected.OutcomeOf(v1::CONDITION_GOVERNANCE), v1::OUTCOME_NOT_ASSESSED);
}

TEST(Condition2, NotAssessedSaysHowOldTheRecordsAre) {
  EvaluationCase plain;
  plain.read["credit-records"] = InShanghai("2026-09-01 08:00:00");
  const v1::Finding stale = plain.Findings(v1::CONDITION_GOVERNANCE).at(0);
  EXPECT_EQ(stale.reference(), "sources/credit-records");
  EXPECT_THAT(stale.message_zh(), HasSubstr("截至2026-09-01 08:00，已超过允许的31天"));
  plain.read["credit-records"] = std::nullopt;
  EXPECT_THAT(plain.Findings(v1::CONDITION_GOVERNANCE).at(0).message_zh(), HasSubstr("尚未完整读取"));
  EXPECT_EQ(plain.Verdict(), v1::VERDICT_ELIGIBLE);
}

TEST(Condition3, AnAuditFindingAsksForReview) {
  EvaluationCase audited;
  audited.AddFact("FIN-01", "2026-06-15");
  EXPECT_THAT(audited.Reasons(), ElementsAre(v1::REASON_CODE_AUDIT_FINDING));
  EXPECT_EQ(audited.OutcomeOf(v1::CONDITION_ACCOUNTING), v1::OUTCOME_REVIEW);
}

TEST(Condition3, AnInspectionOfFinancesWithoutOpenProblemsPasses) {
  EvaluationCase audited;
  v1::CreditRecord record;
  v1::Inspection& inspection = *record.mutable_inspection();
  inspection.set_subject(v1::INSPECTION_SUBJECT_FINANCE);
  inspection.set_concluded_on("2026-03-01");
  audited.records = {record};
  EXPECT_EQ(audited.OutcomeOf(v1::CONDITION_ACCOUNTING), v1::OUTCOME_PASS);
  inspection.set_problems_found(true);
  inspection.set_rectified_on("2026-11-24");
  audited.records = {record};
  EXPECT_EQ(audited.OutcomeOf(v1::CONDITION_ACCOUNTING), v1::OUTCOME_PASS);
  audited.asked_at = DayBegins("2026-11-24") - kInstant;
  EXPECT_EQ(audited.OutcomeOf(v1::CONDITION_ACCOUNTING), v1::OUTCOME_NOT_ASSESSED);
  EXPECT_EQ(audited.OutcomeOf(v1::CONDITION_GOVERNANCE), v1::OUTCOME_NOT_ASSESSED);
}

TEST(Condition4, ARequiredQualificationThatLapsedFails) {
  EvaluationCase lapsed;
  lapsed.AddFact("QUA-01", "2026-06-15", "", kQualification);
  EXPECT_EQ(lapsed.Verdict(), v1::VERDICT_ELIGIBLE) << "nobody requires it";
  lapsed.required_qualifications = {"另一种资质"};
  EXPECT_EQ(lapsed.Verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(lapsed.OutcomeOf(v1::CONDITION_CAPABILITY), v1::OUTCOME_NOT_ASSESSED) << "unrecorded";
  lapsed.required_qualifications = {std::string(kQualification), std::string(kQualification)};
  EXPECT_EQ(lapsed.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(lapsed.Reasons(), ElementsAre(v1::REASON_CODE_QUALIFICATION_LAPSED));
  const auto findings = lapsed.Findings(v1::CONDITION_CAPABILITY);
  ASSERT_EQ(findings.size(), 1u) << "a kind named twice counts once";
  EXPECT_THAT(findings[0].message_zh(), HasSubstr(std::string(kQualification)));
  lapsed.asked_at = DayBegins("2026-06-15") - kInstant;
  EXPECT_EQ(lapsed.Verdict(), v1::VERDICT_ELIGIBLE);
}

v1::CreditRecord Certificate(std::string_view from, std::string_view until, std::string_view revoked = {}) {
  v1::CreditRecord record;
  record.set_name("organizations/52530102MJT000045W/records/30-1");
  v1::Qualification& qualification = *record.mutable_qualification();
  qualification.set_kind(std::string(kQualification));
  qualification.set_certificate_number("滇社资〔2026〕1号");
  qualification.set_valid_from(std::string(from));
  qualification.set_valid_until(std::string(until));
  qualification.set_revoked_on(std::string(revoked));
  return record;
}

TEST(Condition4, ARequiredQualificationInValidityPasses) {
  EvaluationCase qualified;
  qualified.records = {Certificate("2026-01-01", "2026-12-31")};
  EXPECT_EQ(qualified.OutcomeOf(v1::CONDITION_CAPABILITY), v1::OUTCOME_NOT_ASSESSED) << "nobody requires it";
  qualified.required_qualifications = {"另一种资质", std::string(kQualification)};
  const auto findings = qualified.Findings(v1::CONDITION_CAPABILITY);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].outcome(), v1::OUTCOME_NOT_ASSESSED);
  EXPECT_THAT(findings[0].message_zh(), HasSubstr("另一种资质"));
  EXPECT_EQ(findings[1].outcome(), v1::OUTCOME_PASS);
  EXPECT_THAT(findings[1].message_zh(), HasSubstr(std::string(kQualification)));

  qualified.required_qualifications = {std::string(kQualification)};
  const auto outcome_at = [&](absl::Time instant) {
    qualified.asked_at = qualified.read_at = instant;
    return qualified.OutcomeOf(v1::CONDITION_CAPABILITY);
  };
  EXPECT_EQ(outcome_at(DayBegins("2026-01-01") - kInstant), v1::OUTCOME_NOT_ASSESSED);
  EXPECT_EQ(outcome_at(DayBegins("2026-01-01")), v1::OUTCOME_PASS);
  EXPECT_EQ(outcome_at(DayBegins("2027-01-01") - kInstant), v1::OUTCOME_PASS);
  EXPECT_EQ(outcome_at(DayBegins("2027-01-01")), v1::OUTCOME_NOT_ASSESSED);
  qualified.records = {Certificate("2026-01-01", "", "2026-06-15")};
  EXPECT_EQ(outcome_at(DayBegins("2026-06-15") - kInstant), v1::OUTCOME_PASS);
  EXPECT_EQ(outcome_at(DayBegins("2026-06-15")), v1::OUTCOME_NOT_ASSESSED);
}

TEST(Condition4, ACertificateThatHoldsOutweighsOneThatLapsed) {
  EvaluationCase qualified;
  qualified.required_qualifications = {std::string(kQualification)};
  qualified.AddFact("QUA-01", "2026-01-01", "", kQualification);
  qualified.AddFact("QUA-02", "2026-03-01", "2027-01-01", kQualification);
  EXPECT_EQ(qualified.OutcomeOf(v1::CONDITION_CAPABILITY), v1::OUTCOME_PASS);
  EXPECT_EQ(qualified.Verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(qualified.VerdictAt(DayBegins("2027-01-01")), v1::VERDICT_INELIGIBLE);
}

TEST(Condition5, AnAdverseTaxStandingAsksForReviewAndAnEstablishedOneFails) {
  EvaluationCase adverse;
  adverse.AddFact("TAX-01", "2026-06-15");
  EXPECT_EQ(adverse.Verdict(), v1::VERDICT_REVIEW);
  EXPECT_EQ(adverse.OutcomeOf(v1::CONDITION_TAX_AND_SOCIAL_SECURITY), v1::OUTCOME_REVIEW);
  adverse.AddFact("TAX-02", "2026-06-15");
  EXPECT_EQ(adverse.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(adverse.Reasons(), ElementsAre(v1::REASON_CODE_TAX_STANDING));
}

TEST(Condition5, AGoodStatementPassesUntilALaterOneIsNot) {
  EvaluationCase paid;
  v1::CreditRecord good, bad;
  good.mutable_tax_standing()->set_good(true);
  good.mutable_tax_standing()->set_as_of("2026-03-01");
  bad.mutable_tax_standing()->set_as_of("2026-06-01");
  paid.records = {bad, good};
  EXPECT_EQ(paid.OutcomeOf(v1::CONDITION_TAX_AND_SOCIAL_SECURITY), v1::OUTCOME_NOT_ASSESSED);
  paid.asked_at = DayBegins("2026-06-01") - kInstant;
  EXPECT_EQ(paid.OutcomeOf(v1::CONDITION_TAX_AND_SOCIAL_SECURITY), v1::OUTCOME_PASS);
}

TEST(Condition5, AConfiguredTaxSourceThatIsStaleIsUnknown) {
  EvaluationCase stale;
  stale.catalogue = DeployedCatalogue([](v1::Catalogue& catalogue) {
    v1::Source& source = *catalogue.add_sources();
    source.set_id("tax-standing");
    source.set_display_name("纳税信用（样例）");
    source.set_kind(v1::SOURCE_KIND_RECORDS);
    source.add_required_by(v1::CONDITION_TAX_AND_SOCIAL_SECURITY);
    source.set_maximum_age_seconds(86'400);
  });
  EXPECT_EQ(stale.OutcomeOf(v1::CONDITION_TAX_AND_SOCIAL_SECURITY), v1::OUTCOME_NOT_ASSESSED);
  stale.read["tax-standing"] = std::nullopt;
  EXPECT_EQ(stale.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_EQ(stale.OutcomeOf(v1::CONDITION_TAX_AND_SOCIAL_SECURITY), v1::OUTCOME_UNKNOWN);
  EXPECT_EQ(stale.Findings(v1::CONDITION_TAX_AND_SOCIAL_SECURITY).at(0).reference(), "sources/tax-standing");
}

// -- conditions 六 and 七: what is not adverse passes ----------------------------------------------------

TEST(Condition6, EvaluationsConductAndInspectionsAskForReview) {
  for (const auto& [ground, reason] : {std::pair("KM-02", v1::REASON_CODE_PERFORMANCE_FAILED),
                                       std::pair("KM-03", v1::REASON_CODE_SUBSTANTIATED_CONDUCT),
                                       std::pair("ACT-01", v1::REASON_CODE_RECTIFICATION_OPEN)}) {
    EvaluationCase doubtful;
    doubtful.AddFact(ground, "2026-06-15");
    EXPECT_EQ(doubtful.Verdict(), v1::VERDICT_REVIEW) << ground;
    EXPECT_THAT(doubtful.Reasons(), ElementsAre(reason)) << ground;
    EXPECT_EQ(doubtful.OutcomeOf(v1::CONDITION_SUPERVISION_AND_REPUTATION), v1::OUTCOME_REVIEW);
  }
}

TEST(Condition6, PassesWhereNothingIsOnTheList) {
  const EvaluationCase plain;
  EXPECT_EQ(plain.OutcomeOf(v1::CONDITION_SUPERVISION_AND_REPUTATION), v1::OUTCOME_PASS);
  EXPECT_EQ(plain.OutcomeOf(v1::CONDITION_OTHER_LEGAL), v1::OUTCOME_PASS);
  EXPECT_EQ(plain.OutcomeOf(v1::CONDITION_REGISTRATION), v1::OUTCOME_PASS);
}

TEST(Condition6, WhereTheRecordsAreStaleItIsNotAssessedAndSaysHowOldTheyAre) {
  EvaluationCase old;
  old.read["credit-records"] = InShanghai("2026-09-01 09:00:00");
  const v1::Finding finding = old.Findings(v1::CONDITION_SUPERVISION_AND_REPUTATION).at(0);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_ASSESSED);
  EXPECT_EQ(finding.reason(), v1::REASON_CODE_PURCHASER_VERIFIES);
  EXPECT_EQ(finding.reference(), "sources/credit-records");
  EXPECT_THAT(finding.message_zh(), HasSubstr("截至2026-09-01 09:00"));
  EXPECT_EQ(old.Verdict(), v1::VERDICT_ELIGIBLE) << "it does not spoil the verdict";
  EXPECT_EQ(old.OutcomeOf(v1::CONDITION_OTHER_LEGAL), v1::OUTCOME_PASS);
  old.AddFact("KM-02", "2026-06-15");
  EXPECT_EQ(old.OutcomeOf(v1::CONDITION_SUPERVISION_AND_REPUTATION), v1::OUTCOME_REVIEW);
  EXPECT_EQ(old.Findings(v1::CONDITION_SUPERVISION_AND_REPUTATION).size(), 1u);
}

TEST(Condition6, WithoutTheListsBothConditionsAreUnknown) {
  EvaluationCase bare;
  bare.catalogue = DeployedCatalogue([](v1::Catalogue& catalogue) {
    for (int i = 0; i < catalogue.sources_size(); ++i) {
      if (catalogue.sources(i).kind() == v1::SOURCE_KIND_LISTS)
        catalogue.mutable_sources()->DeleteSubrange(i, 1);
    }
  });
  EXPECT_EQ(bare.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(bare.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_NOT_CONFIGURED));
  EXPECT_EQ(bare.OutcomeOf(v1::CONDITION_SUPERVISION_AND_REPUTATION), v1::OUTCOME_UNKNOWN);
  EXPECT_EQ(bare.OutcomeOf(v1::CONDITION_OTHER_LEGAL), v1::OUTCOME_UNKNOWN);
}

TEST(Condition6, ListsKeptElsewhereAreNotTakenForEmpty) {
  // 中国自动化学会 is registered with the Ministry, whose lists are not kept here.
  EvaluationCase national;
  national.code = "51100000500002862F";
  national.standing.set_code(national.code);
  national.standing.set_source("registry-national");
  national.standing.set_type(v1::ORGANIZATION_TYPE_SOCIAL_GROUP);
  EXPECT_EQ(national.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(national.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_NOT_CONFIGURED));
  EXPECT_EQ(national.OutcomeOf(v1::CONDITION_REGISTRATION), v1::OUTCOME_PASS);
  EXPECT_THAT(national.Findings(v1::CONDITION_OTHER_LEGAL).at(0).message_zh(), HasSubstr("严重违法失信名单"));
}

TEST(Condition7, AnExternalListThatNoSourceDeliversIsUnknown) {
  EvaluationCase bare;
  bare.catalogue = DeployedCatalogue([](v1::Catalogue& catalogue) {
    for (int i = 0; i < catalogue.sources_size(); ++i) {
      if (catalogue.sources(i).id() == "court-defaulters") catalogue.mutable_sources()->DeleteSubrange(i, 1);
    }
  });
  EXPECT_EQ(bare.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(bare.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_NOT_CONFIGURED));
  EXPECT_THAT(bare.Findings(v1::CONDITION_OTHER_LEGAL).at(0).message_zh(), HasSubstr("失信被执行人"));
}

}  // namespace
}  // namespace chengxin::domain
