// What is recorded, by when (rule 7), on which basis (rule 9), and by whom.
#include "domain/capture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/passing_time.h"

namespace chengxin {
namespace {

using testing::ElementsAre;

class Capture : public testing::Test {
 protected:
  v1::CreditRecord FiledOn(std::string_view day, std::string_view formed_on) {
    bureau_.SetDay(day);
    const auto filed = bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, 0, formed_on));
    EXPECT_TRUE(filed.ok()) << filed.status();
    return *bureau_.RecordsOf(code_).rbegin();
  }
  std::vector<std::string> Wrong(const v1::CreditRecord& record) {
    return FieldsOf(bureau_.Do(Bureau::Wuhua(), bureau_.Filing(code_, record)).status());
  }
  static v1::CreditRecord Formed() {
    v1::CreditRecord record;
    record.set_formed_on("2026-11-20");
    return record;
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
};

using Rule7Capture = Capture;

TEST_F(Rule7Capture, TheFifthWorkingDayIsInTimeAndTheNextIsLate) {
  // Formed on a Thursday: Friday is the first.
  const v1::CreditRecord in_time = FiledOn("2026-11-26", "2026-11-19");
  EXPECT_EQ(in_time.capture_due_on(), "2026-11-26");
  EXPECT_FALSE(in_time.captured_late());
  const v1::CreditRecord late = FiledOn("2026-11-27", "2026-11-19");
  EXPECT_TRUE(late.captured_late());
}

TEST_F(Rule7Capture, HolidaysAndExchangedWorkingDaysCountAsTheyAre) {
  // National Day 2026: off through the 7th; the 10th, a Saturday, is worked.
  EXPECT_EQ(FiledOn("2026-10-08", "2026-09-30").capture_due_on(), "2026-10-13");
}

TEST_F(Rule7Capture, TheDayIsShanghais) {
  bureau_.SetNow(StartOf("2026-11-27") - absl::Nanoseconds(10));
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, 0, "2026-11-19")).ok());
  EXPECT_FALSE(bureau_.RecordsOf(code_).rbegin()->captured_late());
  bureau_.SetNow(StartOf("2026-11-27"));
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, 0, "2026-11-19")).ok());
  EXPECT_TRUE(bureau_.RecordsOf(code_).rbegin()->captured_late());
}

// Rule 64: without the calendar there is no day, and nobody is told to be late by a guess.
TEST_F(Rule7Capture, WithoutTheCalendarTheDayWaits) {
  const v1::CreditRecord record = FiledOn("2027-01-20", "2026-12-30");
  EXPECT_EQ(record.capture_due_on(), "");
  EXPECT_FALSE(record.captured_late());
}

using Rule9Basis = Capture;

TEST_F(Rule9Basis, AFailedOrMissingAnnualReportNamesItsBasisAndAGoodOneNeedNot) {
  v1::CreditRecord record = Formed();
  v1::AnnualInspection& inspection = *record.mutable_annual_inspection();
  inspection.set_year(2025);
  inspection.set_concluded_on("2026-06-30");
  for (const v1::AnnualConclusion adverse :
       {v1::ANNUAL_CONCLUSION_UNQUALIFIED, v1::ANNUAL_CONCLUSION_NOT_FILED}) {
    inspection.set_conclusion(adverse);
    EXPECT_THAT(Wrong(record), ElementsAre("record.annual_inspection.basis"));
  }
  inspection.set_conclusion(v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED);
  EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, record)).ok());
}

TEST_F(Rule9Basis, ARevokedQualificationNamesItsBasis) {
  v1::CreditRecord record = Formed();
  v1::Qualification& qualification = *record.mutable_qualification();
  qualification.set_kind("社会工作服务机构资质");
  qualification.set_certificate_number("证1");
  qualification.set_valid_from("2025-01-01");
  qualification.set_revoked_on("2026-11-01");
  EXPECT_THAT(Wrong(record), ElementsAre("record.qualification.basis"));
  qualification.set_basis("《行政许可法》第六十九条");
  EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, record)).ok());
}

// Rules 8, 9, 12.
TEST_F(Rule9Basis, AContractNotPerformedNamesFactsAndBasis) {
  v1::CreditRecord record = Formed();
  v1::ContractPerformance& contract = *record.mutable_contract_performance();
  contract.set_project("KM-2026-001");
  contract.set_purchaser("purchasers/km-culture");
  contract.set_contract("合〔2026〕1号");
  contract.set_stated_on("2026-11-20");
  EXPECT_THAT(Wrong(record),
              ElementsAre("record.contract_performance.facts", "record.contract_performance.basis"));
  contract.set_facts("擅自中止服务");
  contract.set_basis("《实施办法》六");
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, record)).ok());
  }
  ASSERT_EQ(bureau_.RecordsOf(code_).size(), 1u);
  EXPECT_EQ(bureau_.RecordsOf(code_)[0].category(), v1::RECORD_CATEGORY_OTHER);
}

TEST_F(Capture, EntriesOfListsKeptElsewhereAreTheirSourcesToDeliver) {
  for (const std::string_view ground : {"GP-01", "GP-02", "GP-03", "GP-05"}) {
    v1::CreditRecord record = Formed();
    v1::ExternalListing& entry = *record.mutable_external_listing();
    entry.set_ground(std::string(ground));
    entry.set_entry_number("昆财采〔2026〕1号");
    entry.set_listed_on("2026-11-01");
    entry.set_until("2027-10-31");
    entry.set_basis("提供虚假材料谋取中标");
    entry.set_organ("昆明市财政局");
    EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), bureau_.Filing(code_, record))), "SOURCE_ONLY") << ground;
  }
  // A judgment is a fact of GP-04 that no list delivers.
  v1::CreditRecord judgment = Formed();
  v1::MajorViolation& violation = *judgment.mutable_major_violation();
  violation.set_decision_number("（2026）云0102刑初1号");
  violation.set_decided_on("2026-11-01");
  violation.set_facts("单位行贿");
  violation.set_basis("《刑法》第三百九十三条");
  violation.set_organ("昆明市五华区人民法院");
  EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, judgment)).ok());
}

TEST_F(Capture, ACertificateThatIsRevokedBeforeAnotherLapsedLetsItsLapseBeSeen) {
  const auto certificate = [&](std::string_view number, std::string_view from, std::string_view until) {
    v1::CreditRecord record = Formed();
    v1::Qualification& qualification = *record.mutable_qualification();
    qualification.set_kind("社会工作服务机构资质");
    qualification.set_certificate_number(std::string(number));
    qualification.set_valid_from(std::string(from));
    qualification.set_valid_until(std::string(until));
    return record;
  };
  const auto file = [&](const v1::CreditRecord& record) {
    const auto filed = bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, record));
    ASSERT_TRUE(filed.ok()) << filed.status();
  };
  file(certificate("证1", "2023-01-01", "2026-05-31"));
  v1::CreditRecord second = certificate("证2", "2026-01-01", "2028-12-31");
  file(second);
  // Covered: only the end of 2028 is ahead.
  EXPECT_EQ(bureau_.view().StandingOf(code_).facts_size(), 1);
  second.mutable_qualification()->set_revoked_on("2026-03-01");
  second.mutable_qualification()->set_basis("《行政许可法》第六十九条");
  file(second);
  const log::v1::Standing standing = bureau_.view().StandingOf(code_);
  ASSERT_EQ(standing.facts_size(), 1);
  EXPECT_EQ(standing.facts(0).ground(), "QUA-01");
  EXPECT_EQ(standing.facts(0).from_ns(), absl::ToUnixNanos(StartOf("2026-06-01")));
}

TEST_F(Capture, WhatIsThePlatformsToSayIsNotTakenFromAFiling) {
  v1::CreateRecordRequest request = bureau_.Penalty(code_, 200'000'000, "2026-11-20");
  v1::CreditRecord& record = *request.mutable_record();
  record.mutable_withdrawal()->set_reason("不实");
  record.mutable_repair()->mutable_since();
  record.mutable_correction()->set_reason("不实");
  record.add_objections();
  record.add_reviews();
  record.set_superseded("x");
  record.mutable_display_until();
  record.set_captured_late(true);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  const v1::CreditRecord stored = bureau_.RecordsOf(code_)[0];
  EXPECT_FALSE(stored.has_withdrawal() || stored.has_repair() || stored.has_correction());
  EXPECT_EQ(stored.objections_size() + stored.reviews_size(), 0);
  EXPECT_EQ(stored.superseded(), "");
  EXPECT_EQ(stored.effects_size(), 1);
  EXPECT_FALSE(stored.captured_late());
}

}  // namespace
}  // namespace chengxin
