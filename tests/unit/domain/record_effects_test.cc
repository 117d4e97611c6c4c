// What records mean for decisions, and imports of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/civil_day.h"
#include "domain/timestamps.h"
#include "tests/support/bureau.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Effects as "ground from..until", days in Shanghai; without end "ground from..".
std::vector<std::string> EffectsOf(const v1::CreditRecord& record) {
  std::vector<std::string> effects;
  for (const v1::Effect& effect : record.effects()) {
    const auto day = [](const google::protobuf::Timestamp& stamp) {
      return domain::DayOf(domain::TimeOf(stamp)).ToString();
    };
    effects.push_back(effect.ground() + " " + day(effect.from()) + ".." +
                      (effect.has_until() ? day(effect.until()) : ""));
  }
  return effects;
}

v1::CreditRecord Formed() {
  v1::CreditRecord record;
  record.set_formed_on("2026-11-20");
  return record;
}

class Effects : public testing::Test {
 protected:
  v1::CreditRecord File(const v1::CreditRecord& record) {
    const auto filed =
        record.has_external_listing()
            ? bureau_.Try(Bureau::Sync(KeeperOf(record)), bureau_.Records(KeeperOf(record), code_, {record}))
            : bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, record));
    EXPECT_TRUE(filed.ok()) << filed.status();
    return filed.ok() && !filed->events.empty() ? filed->events[0].record() : v1::CreditRecord();
  }
  // The source that delivers the entry's list.
  static std::string_view KeeperOf(const v1::CreditRecord& record) {
    return record.external_listing().ground() == "GP-01" ? "sources/court-defaulters"
                                                         : "sources/procurement-violations";
  }
  std::vector<std::string> EffectsOfPenalty(int64_t fine_fen, std::string_view decided_on,
                                            int64_t sector_figure = 0) {
    v1::CreateRecordRequest request = bureau_.Penalty(code_, fine_fen, decided_on);
    request.mutable_record()->mutable_penalty()->set_sector_large_fine_fen(sector_figure);
    const auto filed = bureau_.Try(Bureau::Wuhua(), request);
    EXPECT_TRUE(filed.ok()) << filed.status();
    return EffectsOf(filed->events.at(0).record());
  }
  // The effects of all records of the organization as they are now.
  std::vector<std::string> All() {
    std::vector<std::string> all;
    for (const v1::CreditRecord& record : bureau_.RecordsOf(code_)) {
      for (const std::string& effect : EffectsOf(record)) all.push_back(effect);
    }
    return all;
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
};

using Rule48Facts = Effects;

TEST_F(Rule48Facts, AFineOfTwoMillionYuanIsAMajorViolationForThreeYears) {
  EXPECT_THAT(EffectsOfPenalty(200'000'000, "2026-11-20"), ElementsAre("GP-04 2026-11-20..2029-11-21"));
  EXPECT_THAT(EffectsOfPenalty(199'999'999, "2026-11-20"), IsEmpty());
}

TEST_F(Rule48Facts, TheGeneralFigureHoldsFromItsDayOn) {
  EXPECT_THAT(EffectsOfPenalty(200'000'000, "2022-02-08"), ElementsAre("GP-04 2022-02-08..2025-02-09"));
  EXPECT_THAT(EffectsOfPenalty(200'000'000, "2022-02-07"), IsEmpty());
  EXPECT_THAT(EffectsOfPenalty(200'000'000, "2022-02-06", 100'000'000),
              ElementsAre("GP-04 2022-02-06..2025-02-07"));
}

TEST_F(Rule48Facts, OnlyAHigherFigureOfTheSectorPrevails) {
  EXPECT_THAT(EffectsOfPenalty(299'999'999, "2026-11-20", 300'000'000), IsEmpty());
  EXPECT_THAT(EffectsOfPenalty(300'000'000, "2026-11-19", 300'000'000),
              ElementsAre("GP-04 2026-11-19..2029-11-20"));
  EXPECT_THAT(EffectsOfPenalty(150'000'000, "2026-11-18", 100'000'000), IsEmpty());
}

using Rule47Facts = Effects;

TEST_F(Rule47Facts, ThreeYearsFromALeapDayEndWithFebruary) {
  EXPECT_THAT(EffectsOfPenalty(200'000'000, "2024-02-29"), ElementsAre("GP-04 2024-02-29..2027-03-01"));
}

TEST_F(Rule47Facts, ClosureAndRevocationAreMajorViolations) {
  for (const v1::PenaltyKind kind : {v1::PENALTY_KIND_ORDERED_CLOSURE, v1::PENALTY_KIND_REVOCATION}) {
    v1::CreateRecordRequest request = bureau_.Penalty(code_, 0, "2026-11-20");
    request.mutable_record()->mutable_penalty()->set_kinds(0, kind);
    const auto filed = bureau_.Try(Bureau::Wuhua(), request);
    ASSERT_TRUE(filed.ok()) << filed.status();
    EXPECT_THAT(EffectsOf(filed->events[0].record()), ElementsAre("GP-04 2026-11-20..2029-11-21"));
  }
}

TEST_F(Rule47Facts, ABanHoldsThroughItsLastDay) {
  v1::CreditRecord record = Formed();
  v1::ExternalListing& ban = *record.mutable_external_listing();
  ban.set_ground("GP-05");
  ban.set_entry_number("昆财采〔2026〕1号");
  ban.set_listed_on("2025-11-20");
  ban.set_until("2026-11-19");
  ban.set_basis("提供虚假材料谋取中标");
  ban.set_organ("昆明市财政局");
  EXPECT_THAT(EffectsOf(File(record)), ElementsAre("GP-05 2025-11-20..2026-11-20"));
}

TEST_F(Rule47Facts, AnEntryHoldsUntilItsKeeperRemovesIt) {
  v1::CreditRecord record = Formed();
  v1::ExternalListing& entry = *record.mutable_external_listing();
  entry.set_ground("GP-01");
  entry.set_entry_number("（2026）云0102执1号");
  entry.set_listed_on("2026-03-01");
  entry.set_basis("有履行能力而拒不履行");
  entry.set_organ("昆明市五华区人民法院");
  const v1::CreditRecord listed = File(record);
  EXPECT_THAT(EffectsOf(listed), ElementsAre("GP-01 2026-03-01.."));
  // The keeper adds the removal: the same record in a later state, not a second one and no correction.
  entry.set_removed_on("2026-11-10");
  const v1::CreditRecord removed = File(record);
  EXPECT_EQ(removed.name(), listed.name());
  EXPECT_THAT(EffectsOf(removed), ElementsAre("GP-01 2026-03-01..2026-11-10"));
  // A day that was stated is not overwritten.
  entry.set_removed_on("2026-11-11");
  const auto again = bureau_.Try(Bureau::Sync("sources/court-defaulters"),
                                 bureau_.Records("sources/court-defaulters", code_, {record}));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->tally->outcomes(), ElementsAre(v1::IMPORT_OUTCOME_REJECTED));
}

TEST_F(Rule47Facts, APlannedEndDoesNotEndAnEntryOfTheCourtsList) {
  v1::CreditRecord record = Formed();
  v1::ExternalListing& entry = *record.mutable_external_listing();
  entry.set_ground("GP-01");
  entry.set_entry_number("（2026）云0102执2号");
  entry.set_listed_on("2025-03-01");
  entry.set_until("2026-03-01");
  entry.set_basis("有履行能力而拒不履行");
  entry.set_organ("昆明市五华区人民法院");
  const v1::CreditRecord first = File(record);
  EXPECT_THAT(EffectsOf(first), ElementsAre("GP-01 2025-03-01.."));
  entry.set_removed_on("2025-06-01");
  EXPECT_THAT(EffectsOf(File(record)), ElementsAre("GP-01 2025-03-01..2025-06-01"));
  // Listed again under the same number: another entry, not a correction of the first.
  entry.clear_removed_on();
  entry.set_listed_on("2025-09-01");
  const v1::CreditRecord again = File(record);
  EXPECT_NE(again.name(), first.name());
  EXPECT_THAT(EffectsOf(again), ElementsAre("GP-01 2025-09-01.."));
}

TEST_F(Effects, AnInspectionWeighsUntilItIsRectified) {
  const std::pair<v1::InspectionSubject, std::string_view> subjects[] = {
      {v1::INSPECTION_SUBJECT_GOVERNANCE, "INS-02"},
      {v1::INSPECTION_SUBJECT_FINANCE, "FIN-01"},
      {v1::INSPECTION_SUBJECT_ACTIVITY, "ACT-01"},
  };
  for (const auto& [subject, ground] : subjects) {
    v1::CreditRecord record = Formed();
    v1::Inspection& inspection = *record.mutable_inspection();
    inspection.set_subject(subject);
    inspection.set_problems_found(true);
    inspection.set_concluded_on("2026-06-30");
    inspection.set_finding("发现问题");
    inspection.set_basis("《社会组织信用信息管理办法》第七条");
    inspection.set_organ("昆明市五华区民政局");
    EXPECT_THAT(EffectsOf(File(record)), ElementsAre(std::string(ground) + " 2026-06-30.."));
    inspection.set_rectified_on("2026-09-01");
    EXPECT_THAT(EffectsOf(File(record)), ElementsAre(std::string(ground) + " 2026-06-30..2026-09-01"));
  }
}

v1::CreditRecord AnnualInspection(int year, v1::AnnualConclusion conclusion, std::string_view concluded_on) {
  v1::CreditRecord record = Formed();
  record.mutable_annual_inspection()->set_year(year);
  record.mutable_annual_inspection()->set_conclusion(conclusion);
  record.mutable_annual_inspection()->set_concluded_on(std::string(concluded_on));
  record.mutable_annual_inspection()->set_basis("《民办非企业单位登记管理暂行条例》第二十三条");
  return record;
}

TEST_F(Effects, TheLatestAnnualInspectionCounts) {
  File(AnnualInspection(2024, v1::ANNUAL_CONCLUSION_UNQUALIFIED, "2025-06-30"));
  EXPECT_THAT(All(), ElementsAre("INS-01 2025-06-30.."));
  File(AnnualInspection(2025, v1::ANNUAL_CONCLUSION_QUALIFIED, "2026-06-30"));
  EXPECT_THAT(All(), ElementsAre("INS-01 2025-06-30..2026-06-30"));
  // One that is entered late weighs up to the next one that is there.
  File(AnnualInspection(2023, v1::ANNUAL_CONCLUSION_NOT_FILED, "2024-07-01"));
  EXPECT_THAT(All(), ElementsAre("INS-01 2025-06-30..2026-06-30", "INS-01 2024-07-01..2025-06-30"));
}

TEST_F(Effects, TaxStandingWeighsUntilTheSameOrganSaysOtherwise) {
  v1::CreditRecord record = Formed();
  v1::TaxStanding& standing = *record.mutable_tax_standing();
  standing.set_as_of("2026-03-31");
  standing.set_organ("国家税务总局昆明市税务局");
  standing.set_basis("《税收征收管理法》第三十二条");
  EXPECT_THAT(EffectsOf(File(record)), ElementsAre("TAX-01 2026-03-31.."));
  standing.set_as_of("2026-06-30");
  standing.set_established_by_competent_organ(true);
  EXPECT_THAT(EffectsOf(File(record)), ElementsAre("TAX-02 2026-06-30.."));
  EXPECT_THAT(All(), ElementsAre("TAX-01 2026-03-31..2026-06-30", "TAX-02 2026-06-30.."));
  // Another organ speaks for itself.
  standing.set_organ("昆明市医疗保障局");
  standing.set_good(true);
  standing.set_established_by_competent_organ(false);
  standing.set_as_of("2026-09-30");
  File(record);
  EXPECT_THAT(All(), ElementsAre("TAX-01 2026-03-31..2026-06-30", "TAX-02 2026-06-30.."));
}

v1::CreditRecord Certificate(std::string_view number, std::string_view from, std::string_view until) {
  v1::CreditRecord record = Formed();
  v1::Qualification& qualification = *record.mutable_qualification();
  qualification.set_kind("社会工作服务机构资质");
  qualification.set_certificate_number(std::string(number));
  qualification.set_valid_from(std::string(from));
  qualification.set_valid_until(std::string(until));
  return record;
}

TEST_F(Effects, ACertificateLapsesTheDayAfterItsLastUnlessAnotherHolds) {
  File(Certificate("证1", "2023-01-01", "2025-12-31"));
  EXPECT_THAT(All(), ElementsAre("QUA-01 2026-01-01.."));
  EXPECT_EQ(bureau_.RecordsOf(code_)[0].effects(0).subject(), "社会工作服务机构资质");
  v1::CreditRecord renewed = Certificate("证2", "2026-03-01", "2028-12-31");
  File(renewed);
  EXPECT_THAT(All(), ElementsAre("QUA-01 2026-01-01..2026-03-01", "QUA-01 2029-01-01.."));
  renewed.mutable_qualification()->set_revoked_on("2026-11-01");
  renewed.mutable_qualification()->set_basis("《行政许可法》第六十九条");
  File(renewed);
  EXPECT_THAT(All(), ElementsAre("QUA-01 2026-01-01..2026-03-01", "QUA-01 2026-11-01.."));
}

TEST_F(Effects, AFailedEvaluationWeighsUntilTheSamePurchasersNext) {
  v1::CreditRecord record = Formed();
  v1::PerformanceEvaluation& evaluation = *record.mutable_performance_evaluation();
  evaluation.set_project("KM-2026-001");
  evaluation.set_purchaser("purchasers/km-culture");
  evaluation.set_evaluated_on("2026-01-31");
  evaluation.set_basis("《实施办法》六");
  EXPECT_THAT(EffectsOf(File(record)), ElementsAre("KM-02 2026-01-31.."));
  evaluation.set_project("KM-2026-002");
  evaluation.set_evaluated_on("2026-10-31");
  evaluation.set_passed(true);
  File(record);
  EXPECT_THAT(All(), ElementsAre("KM-02 2026-01-31..2026-10-31"));
}

TEST_F(Effects, SubstantiatedConductWeighsThroughItsLastDay) {
  v1::CreditRecord record = Formed();
  v1::SubstantiatedConduct& conduct = *record.mutable_substantiated_conduct();
  conduct.set_decision_number("五民认〔2026〕1号");
  conduct.set_decided_on("2026-11-01");
  conduct.set_facts("擅自转包");
  conduct.set_basis("《实施办法》七");
  conduct.set_until("2027-10-31");
  EXPECT_THAT(EffectsOf(File(record)), ElementsAre("KM-03 2026-11-01..2027-11-01"));
}

TEST_F(Effects, WhatOnlySpeaksInFavourHasNone) {
  v1::CreditRecord level = Formed();
  level.mutable_assessment_level()->set_level(4);
  level.mutable_assessment_level()->set_valid_from("2025-01-01");
  level.mutable_assessment_level()->set_valid_until("2029-12-31");
  level.mutable_assessment_level()->set_organ("昆明市民政局");
  EXPECT_THAT(EffectsOf(File(level)), IsEmpty());
}

TEST_F(Effects, FactsReachTheStandingThatChecksAreAnsweredFrom) {
  EffectsOfPenalty(200'000'000, "2026-11-20");
  const log::v1::Standing standing = bureau_.view().StandingOf(code_);
  ASSERT_EQ(standing.facts_size(), 1);
  EXPECT_EQ(standing.facts(0).ground(), "GP-04");
  EXPECT_EQ(standing.facts(0).reference(), bureau_.RecordsOf(code_)[0].name());
}

class RecordImport : public Effects {
 protected:
  std::string Imported(std::string_view source, const v1::CreditRecord& record) {
    return Imported(source, record, Bureau::Sync(source));
  }
  std::string Imported(std::string_view source, const v1::CreditRecord& record,
                       const v1::Principal& principal) {
    const auto decision = bureau_.Try(principal, bureau_.Records(source, code_, {record}));
    if (!decision.ok()) return ReasonOf(decision);
    if (decision->tally->outcomes(0) == v1::IMPORT_OUTCOME_REJECTED)
      return decision->tally->rejections(0).field();
    return v1::ImportOutcome_Name(decision->tally->outcomes(0));
  }
  v1::CreditRecord CourtEntry() {
    v1::CreditRecord record = Formed();
    v1::ExternalListing& entry = *record.mutable_external_listing();
    entry.set_ground("GP-01");
    entry.set_entry_number("（2026）云0102执1号");
    entry.set_listed_on("2026-03-01");
    entry.set_basis("有履行能力而拒不履行");
    entry.set_organ("昆明市五华区人民法院");
    return record;
  }
};

TEST_F(RecordImport, ASourceDeliversWhatItKeeps) {
  EXPECT_EQ(Imported("sources/court-defaulters", CourtEntry()), "IMPORT_OUTCOME_CREATED");
  EXPECT_EQ(Imported("sources/tax-violations", CourtEntry()), "record.external_listing.ground");
  EXPECT_EQ(Imported("sources/credit-records", CourtEntry()), "record.external_listing.ground");
  EXPECT_EQ(Imported("sources/court-defaulters",
                     AnnualInspection(2025, v1::ANNUAL_CONCLUSION_QUALIFIED, "2026-06-30")),
            "record.content");
  EXPECT_EQ(Imported("sources/registry-kunming", CourtEntry()), "UNKNOWN_SOURCE");
  EXPECT_EQ(Imported("sources/elsewhere", CourtEntry()), "UNKNOWN_SOURCE");
}

TEST_F(RecordImport, TheSameKeyIsTakenOnceAndItsRemovalIsAnUpdate) {
  v1::CreditRecord entry = CourtEntry();
  entry.set_source_key("court-17");
  EXPECT_EQ(Imported("sources/court-defaulters", entry), "IMPORT_OUTCOME_CREATED");
  const uint64_t revision = bureau_.revision();
  EXPECT_EQ(Imported("sources/court-defaulters", entry), "IMPORT_OUTCOME_UNCHANGED");
  EXPECT_EQ(bureau_.revision(), revision);
  entry.mutable_external_listing()->set_removed_on("2026-11-10");
  EXPECT_EQ(Imported("sources/court-defaulters", entry), "IMPORT_OUTCOME_UPDATED");
  EXPECT_THAT(All(), ElementsAre("GP-01 2026-03-01..2026-11-10"));
  entry.mutable_external_listing()->set_basis("另一理由");
  EXPECT_EQ(Imported("sources/court-defaulters", entry), "record");
}

TEST_F(RecordImport, Rule61ASyncJobDeliversTheSourceItIsBoundToAndNoOther) {
  const v1::CreditRecord record = bureau_.Penalty(code_, kSmallFine, "2026-05-01").record();
  for (const std::string_view bound : {"sources/court-defaulters", "sources/registry-kunming", ""}) {
    EXPECT_EQ(Imported("sources/credit-records", record, Bureau::Sync(bound)), "UNKNOWN_SOURCE") << bound;
  }
  EXPECT_EQ(Imported("sources/credit-records", record), "IMPORT_OUTCOME_CREATED");
  const v1::ImportOrganizationsRequest register_rows = bureau_.Batch({Bureau::OrganizationOf(1)});
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Sync("sources/registry-national"), register_rows)), "UNKNOWN_SOURCE");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Sync("sources/registry-kunming"), register_rows)), "");
}

TEST_F(RecordImport, OneBatchSeesItsOwnRows) {
  const v1::CreditRecord first = bureau_.Penalty(code_, kSmallFine, "2026-05-01").record();
  const v1::CreditRecord second = bureau_.Penalty(code_, kSmallFine, "2026-06-01").record();
  const auto decision = bureau_.Try(Bureau::Sync("sources/credit-records"),
                                    bureau_.Records("sources/credit-records", code_, {first, first, second}));
  ASSERT_TRUE(decision.ok()) << decision.status();
  EXPECT_THAT(
      decision->tally->outcomes(),
      ElementsAre(v1::IMPORT_OUTCOME_CREATED, v1::IMPORT_OUTCOME_UNCHANGED, v1::IMPORT_OUTCOME_CREATED));
  // Rule 20: imported penalties propose; rule 25: the second of them the severe list. Nothing is listed.
  const auto records = bureau_.RecordsOf(code_);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].proposal().ground(), "ABN-05");
  EXPECT_EQ(records[1].proposal().ground(), "SER-05");
  EXPECT_EQ(records[0].recorded_by(), "sync-job");
  EXPECT_THAT(bureau_.Listings(code_), IsEmpty());
}

TEST_F(RecordImport, RowsAreRejectedByFieldAndTheBatchGoesOn) {
  v1::CreditRecord decided = bureau_.Penalty(code_, kSmallFine, "2026-05-01", "ABN-05").record();
  EXPECT_EQ(Imported("sources/credit-records", decided), "record.deciding_officer");
  v1::CreditRecord future = bureau_.Penalty(code_, kSmallFine, "2026-11-25").record();
  EXPECT_EQ(Imported("sources/credit-records", future), "record.penalty.decided_on");
  v1::ImportRecordsRequest request = bureau_.Records("sources/credit-records", Bureau::CodeOf(99).ToString(),
                                                     {bureau_.Penalty(code_, 0, "2026-05-01").record()});
  const auto unknown = bureau_.Try(Bureau::Sync("sources/credit-records"), request);
  ASSERT_TRUE(unknown.ok());
  EXPECT_EQ(unknown->tally->rejections(0).field(), "organization_code");
}

TEST_F(RecordImport, CivilAffairsDeliverOnTheirOwnOrganizationsAlone) {
  const v1::CreditRecord record = AnnualInspection(2025, v1::ANNUAL_CONCLUSION_QUALIFIED, "2026-06-30");
  EXPECT_EQ(Imported("sources/credit-records", record, Bureau::Panlong()), "organization_code");
  EXPECT_EQ(Imported("sources/credit-records", record, Bureau::Wuhua()), "IMPORT_OUTCOME_CREATED");
  EXPECT_EQ(Imported("sources/court-defaulters", CourtEntry(), Bureau::Wuhua()), "UNKNOWN_SOURCE");
  EXPECT_EQ(Imported("sources/credit-records", record, Bureau::Public()), "ROLE_NOT_ALLOWED");
}

}  // namespace
}  // namespace chengxin
