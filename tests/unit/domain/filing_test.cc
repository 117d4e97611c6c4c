// An officer files a record: who may, what it must hold, and what a second filing does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bureau.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

v1::CreditRecord Formed() {
  v1::CreditRecord record;
  record.set_formed_on("2026-11-20");
  return record;
}

TEST(Rule18, OnlyTheRegisteringAuthorityRecords) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto refused =
      bureau.Do(Bureau::Panlong(), bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  EXPECT_EQ(ReasonOf(refused), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(MetadataOf(refused, "registration_authority"), "authorities/km-wuhua");
  EXPECT_THAT(bureau.RecordsOf(code), IsEmpty());
}

TEST(Rule18, NoOtherRoleRecords) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  for (const v1::Role role :
       {v1::ROLE_UNSPECIFIED, v1::ROLE_PUBLIC, v1::ROLE_ORGANIZATION, v1::ROLE_PURCHASER, v1::ROLE_AGENCY,
        v1::ROLE_FINANCE, v1::ROLE_AUDIT, v1::ROLE_SYNC, v1::ROLE_ADMIN}) {
    v1::Principal principal = Bureau::Wuhua();
    principal.set_role(role);
    EXPECT_EQ(ReasonOf(bureau.Do(principal, bureau.Penalty(code, kBorderFine, "2026-11-20"))),
              "ROLE_NOT_ALLOWED")
        << v1::Role_Name(role);
  }
}

TEST(Filing, AnOrganizationThatIsNotInTheRegistryCopyCannotBeRecordedOn) {
  Bureau bureau;
  const std::string code = Bureau::CodeOf(7).ToString();
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20"))),
            "ORGANIZATION_NOT_FOUND");
}

TEST(Rule5, ACodeThatNoRegistryConfirmedIsNamedWithTheCheckThatFailed) {
  Bureau bureau;
  std::string code = Bureau::CodeOf(7).ToString();
  code[17] = code[17] == '1' ? '2' : '1';
  const auto refused = bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20"));
  EXPECT_EQ(ReasonOf(refused), "CHECK_DIGIT_UNCONFIRMED");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("organization_code"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("GB 32100"));
}

TEST(Filing, BeforeACatalogueNothingIsDecided) {
  Bureau bureau(Bureau::Empty{});
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(),
                               bureau.Penalty(Bureau::CodeOf(1).ToString(), kBorderFine, "2026-11-20"))),
            "NO_CATALOGUE");
}

TEST(Filing, ADecisionMadeOnAnOlderStateIsToBeMadeAgain) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string seen = (*bureau.view().FindOrganization(code))->etag();
  v1::Organization renamed = Bureau::OrganizationOf(1);
  renamed.set_display_name("五华区更名后的社会工作服务中心（样例）");
  ASSERT_TRUE(bureau.Try(Bureau::Sync(), bureau.Batch({renamed})).ok());
  v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04");
  request.set_organization_etag(seen);
  const auto refused = bureau.Do(Bureau::Wuhua(), request);
  EXPECT_EQ(ReasonOf(refused), "STALE_ETAG");
  request.set_organization_etag(MetadataOf(refused, "etag"));
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), request).ok());
}

TEST(Filing, WhatThePlatformSaysOfARecordIsNotTheCallers) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, 0, "2026-11-20");
  request.mutable_record()->set_name("organizations/x/records/1-1");
  request.mutable_record()->set_source("sources/credit-records");
  request.mutable_record()->set_category(v1::RECORD_CATEGORY_BASIC);
  request.mutable_record()->set_recorded_by("somebody");
  request.mutable_record()->add_effects()->set_ground("GP-04");
  request.mutable_record()->set_listing("listings/x");
  request.mutable_record()->set_internal_note("内部备注");
  const auto filed = bureau.Try(Bureau::Wuhua(), request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  const v1::CreditRecord& record = filed->events.at(0).record();
  EXPECT_EQ(record.name(), "organizations/" + code + "/records/" + std::to_string(bureau.revision()) + "-1");
  EXPECT_EQ(record.source(), "");
  EXPECT_EQ(record.category(), v1::RECORD_CATEGORY_PENALTY);
  EXPECT_EQ(record.recorded_by(), "authorities/km-wuhua");
  EXPECT_EQ(record.effects_size(), 0);
  EXPECT_EQ(record.listing(), "");
  EXPECT_EQ(record.revision(), bureau.revision());
  EXPECT_FALSE(record.etag().empty());
  EXPECT_TRUE(record.has_create_time());
  EXPECT_EQ(record.internal_note(), "内部备注");
}

TEST(Rule7, TheDayOfFormationIsOnRecordAndNotInTheFuture) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, 0, "2026-11-20");
  request.mutable_record()->clear_formed_on();
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), request).status()), ElementsAre("record.formed_on"));
  request.mutable_record()->set_formed_on("2026-11-25");
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), request).status()), ElementsAre("record.formed_on"));
  request.mutable_record()->set_formed_on("2026-11-24");
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), request).ok());
}

TEST(Rule8, TheCategoryFollowsFromTheContent) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreditRecord annual = Formed();
  annual.mutable_annual_inspection()->set_year(2025);
  annual.mutable_annual_inspection()->set_conclusion(v1::ANNUAL_CONCLUSION_QUALIFIED);
  annual.mutable_annual_inspection()->set_concluded_on("2026-06-30");
  v1::CreditRecord inspection = Formed();
  inspection.mutable_inspection()->set_subject(v1::INSPECTION_SUBJECT_FINANCE);
  inspection.mutable_inspection()->set_concluded_on("2026-06-30");
  inspection.mutable_inspection()->set_organ("昆明市五华区民政局");
  v1::CreditRecord evaluation = Formed();
  evaluation.mutable_performance_evaluation()->set_project("KM-2026-001");
  evaluation.mutable_performance_evaluation()->set_purchaser("purchasers/km-culture");
  evaluation.mutable_performance_evaluation()->set_passed(true);
  evaluation.mutable_performance_evaluation()->set_evaluated_on("2026-06-30");
  const std::pair<v1::CreditRecord, v1::RecordCategory> cases[] = {
      {annual, v1::RECORD_CATEGORY_ANNUAL_REPORT},
      {inspection, v1::RECORD_CATEGORY_INSPECTION},
      {evaluation, v1::RECORD_CATEGORY_OTHER},
  };
  for (const auto& [record, category] : cases) {
    const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Filing(code, record));
    ASSERT_TRUE(filed.ok()) << filed.status();
    EXPECT_EQ(filed->events[0].record().category(), category);
  }
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), bureau.Filing(code, Formed())).status()),
              ElementsAre("record.content"));
}

TEST(Rule9, EveryAdverseItemNamesItsLegalBasis) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreditRecord inspection = Formed();
  inspection.mutable_inspection()->set_subject(v1::INSPECTION_SUBJECT_GOVERNANCE);
  inspection.mutable_inspection()->set_problems_found(true);
  inspection.mutable_inspection()->set_concluded_on("2026-06-30");
  inspection.mutable_inspection()->set_finding("理事会未按章程换届");
  inspection.mutable_inspection()->set_organ("昆明市五华区民政局");
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), bureau.Filing(code, inspection)).status()),
              ElementsAre("record.inspection.basis"));

  v1::CreditRecord standing = Formed();
  standing.mutable_tax_standing()->set_as_of("2026-10-31");
  standing.mutable_tax_standing()->set_organ("国家税务总局昆明市税务局");
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), bureau.Filing(code, standing)).status()),
              ElementsAre("record.tax_standing.basis"));
  standing.mutable_tax_standing()->set_good(true);
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Filing(code, standing)).ok());

  v1::CreditRecord evaluation = Formed();
  evaluation.mutable_performance_evaluation()->set_project("KM-2026-001");
  evaluation.mutable_performance_evaluation()->set_purchaser("purchasers/km-culture");
  evaluation.mutable_performance_evaluation()->set_evaluated_on("2026-06-30");
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), bureau.Filing(code, evaluation)).status()),
              ElementsAre("record.performance_evaluation.basis"));
}

TEST(Rule9, AnExternalListMustBeOneOfTheCatalogues) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreditRecord entry = Formed();
  v1::ExternalListing& listing = *entry.mutable_external_listing();
  listing.set_entry_number("（2026）云0102执1号");
  listing.set_listed_on("2026-11-01");
  listing.set_basis("有履行能力而拒不履行");
  listing.set_organ("昆明市五华区人民法院");
  for (const std::string_view ground : {"GP-99", "SER-06", "KM-02"}) {
    listing.set_ground(std::string(ground));
    const auto imported = bureau.Try(Bureau::Sync("sources/court-defaulters"),
                                     bureau.Records("sources/court-defaulters", code, {entry}));
    ASSERT_TRUE(imported.ok()) << imported.status();
    EXPECT_EQ(imported->tally->rejections(0).field(), "record.external_listing.ground");
  }
}

TEST(Rule10, APenaltyHoldsKindResultFactsBasisDateAndOrgan) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreditRecord record = Formed();
  record.mutable_penalty();
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), bureau.Filing(code, record)).status()),
              UnorderedElementsAre("record.penalty.kinds", "record.penalty.decision_number",
                                   "record.penalty.decided_on", "record.penalty.facts",
                                   "record.penalty.basis", "record.penalty.organ", "record.penalty.result"));
}

TEST(Rule11, AFineIsWholeFenAndStandsExactlyWhereAFineIsImposed) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto fields = [&](const std::vector<v1::PenaltyKind>& kinds, int64_t fine, int64_t confiscated) {
    v1::CreateRecordRequest request = bureau.Penalty(code, 0, "2026-11-20");
    v1::Penalty& penalty = *request.mutable_record()->mutable_penalty();
    penalty.clear_kinds();
    for (const v1::PenaltyKind kind : kinds) penalty.add_kinds(kind);
    penalty.set_fine_fen(fine);
    penalty.set_confiscation_fen(confiscated);
    return FieldsOf(domain::Validate(request, bureau.now()));
  };
  EXPECT_THAT(fields({v1::PENALTY_KIND_FINE}, 1, 0), IsEmpty());
  EXPECT_THAT(fields({v1::PENALTY_KIND_FINE}, 0, 0), ElementsAre("record.penalty.fine_fen"));
  EXPECT_THAT(fields({v1::PENALTY_KIND_FINE}, -1, 0), ElementsAre("record.penalty.fine_fen"));
  EXPECT_THAT(fields({v1::PENALTY_KIND_WARNING}, 1, 0), ElementsAre("record.penalty.fine_fen"));
  EXPECT_THAT(fields({v1::PENALTY_KIND_WARNING}, 0, 1), ElementsAre("record.penalty.confiscation_fen"));
  EXPECT_THAT(fields({v1::PENALTY_KIND_CONFISCATION}, 0, 1), IsEmpty());
  EXPECT_THAT(fields({v1::PENALTY_KIND_WARNING, v1::PENALTY_KIND_WARNING}, 0, 0),
              ElementsAre("record.penalty.kinds"));
  EXPECT_THAT(fields({static_cast<v1::PenaltyKind>(99)}, 0, 0), ElementsAre("record.penalty.kinds"));
}

TEST(Rule12, TheSameFilingAgainIsAnsweredWithWhatIsThere) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2025-03-10", "ABN-05")).ok());
  v1::CreateRecordRequest request = bureau.Penalty(code, kSmallFine, "2026-11-20", "SER-05");
  const auto first = bureau.Try(Bureau::Wuhua(), request);
  ASSERT_TRUE(first.ok()) << first.status();
  const uint64_t revision = bureau.revision();
  request.set_request_id(bureau.NextRequestId());
  const auto again = bureau.Try(Bureau::Wuhua(), request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->events, IsEmpty());
  EXPECT_EQ(bureau.revision(), revision);
  // The record, the listing it led to and the entry that was moved.
  ASSERT_EQ(again->existing.size(), first->events.size());
  for (size_t i = 0; i < first->events.size(); ++i) {
    EXPECT_EQ(again->existing[i].ShortDebugString(), first->events[i].ShortDebugString());
  }
}

TEST(Rule12, TheSameDecisionFromAnotherSourceIsTheSameRecordAndIsNotCountedTwice) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const v1::CreateRecordRequest filed = bureau.Penalty(code, kSmallFine, "2026-11-20", "ABN-05");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), filed).ok());
  v1::CreditRecord delivered = filed.record();
  delivered.clear_deciding_officer();
  delivered.set_source_key("xzcf-7");
  delivered.mutable_penalty()->set_facts("同一处罚，另一系统的表述");
  delivered.mutable_penalty()->set_decision_number(" 五民罚（2026）1号 ");
  const auto imported = bureau.Try(Bureau::Sync("sources/credit-records"),
                                   bureau.Records("sources/credit-records", code, {delivered}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(imported->tally->outcomes(), ElementsAre(v1::IMPORT_OUTCOME_UNCHANGED));
  EXPECT_EQ(bureau.RecordsOf(code).size(), 1u);
  EXPECT_EQ(bureau.Listings(code).size(), 1u);
}

TEST(Rule12, TheSameDecisionWithAnotherAmountConflicts) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const v1::CreateRecordRequest filed = bureau.Penalty(code, kSmallFine, "2026-11-20");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), filed).ok());
  v1::CreditRecord delivered = filed.record();
  delivered.mutable_penalty()->set_fine_fen(kBorderFine);
  const auto imported = bureau.Try(Bureau::Sync("sources/credit-records"),
                                   bureau.Records("sources/credit-records", code, {delivered}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(imported->tally->outcomes(), ElementsAre(v1::IMPORT_OUTCOME_REJECTED));
  EXPECT_EQ(bureau.RecordsOf(code).at(0).penalty().fine_fen(), kSmallFine);
}

TEST(Rule13, NothingIsOverwrittenByFilingAgain) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, kSmallFine, "2026-11-20");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), request).ok());
  request.set_request_id(bureau.NextRequestId());
  request.mutable_record()->mutable_penalty()->set_facts("改写的事由");
  const auto refused = bureau.Do(Bureau::Wuhua(), request);
  EXPECT_EQ(ReasonOf(refused), "CONFLICTING_RECORD");
  EXPECT_EQ(MetadataOf(refused, "record"), bureau.RecordsOf(code).at(0).name());
  EXPECT_EQ(bureau.RecordsOf(code).at(0).penalty().facts(), "超出章程规定的业务范围进行活动");
}

TEST(Rule13, ASecondListingDecisionOnOnePenaltyConflicts) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), request).ok());
  request.set_request_id(bureau.NextRequestId());
  request.mutable_listing_decision()->set_number("五民列〔2026〕99号");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), request)), "CONFLICTING_RECORD");
}

TEST(Filing, TheDecidingOfficerComesWithTheDecisionAndOnlyWithIt) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04");
  request.mutable_record()->clear_deciding_officer();
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())), ElementsAre("record.deciding_officer"));
  request.clear_listing_decision();
  EXPECT_TRUE(domain::Validate(request, bureau.now()).ok());
  request.mutable_record()->set_deciding_officer("经办人甲");
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())), ElementsAre("record.deciding_officer"));
}

TEST(Filing, ADecisionWithoutAPenaltyIsAWrongField) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", "ABN-01");
  request.mutable_record()->mutable_annual_inspection()->set_year(2025);
  request.mutable_record()->mutable_annual_inspection()->set_conclusion(v1::ANNUAL_CONCLUSION_NOT_FILED);
  request.mutable_record()->mutable_annual_inspection()->set_concluded_on("2026-07-01");
  request.mutable_record()->mutable_annual_inspection()->set_basis("《社会组织信用信息管理办法》第七条");
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())), ElementsAre("listing_decision"));
}

TEST(Validation, AllWrongFieldsAreSaidAtOnce) {
  Bureau bureau;
  v1::CreateRecordRequest request = bureau.Penalty("5253010200000000", kBorderFine, "2026-02-30", "SER-04");
  request.clear_request_id();
  request.mutable_record()->mutable_penalty()->set_facts(std::string("\xC3\x28", 2));
  request.mutable_listing_decision()->clear_number();
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())),
              UnorderedElementsAre("request_id", "organization_code", "record.penalty.decided_on",
                                   "record.penalty.facts", "record.formed_on", "listing_decision.number",
                                   "listing_decision.decided_on"));
}

TEST(Validation, LengthsAreCountedInCharacters) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto with_facts = [&](int characters) {
    std::string facts;
    for (int i = 0; i < characters; ++i) facts += "事";
    v1::CreateRecordRequest request = bureau.Penalty(code, 0, "2026-11-20");
    request.mutable_record()->mutable_penalty()->set_facts(facts);
    return FieldsOf(domain::Validate(request, bureau.now()));
  };
  EXPECT_THAT(with_facts(domain::kMaximumFactsLength), IsEmpty());
  EXPECT_THAT(with_facts(domain::kMaximumFactsLength + 1), ElementsAre("record.penalty.facts"));
}

TEST(Validation, RequestIdsHaveOneToAHundredCharacters) {
  Bureau bureau;
  v1::CreateRecordRequest request = bureau.Penalty(bureau.Register(1), 0, "2026-11-20");
  request.set_request_id(std::string(100, 'x'));
  EXPECT_TRUE(domain::Validate(request, bureau.now()).ok());
  request.set_request_id(std::string(101, 'x'));
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())), Contains("request_id"));
}

TEST(Validation, NeitherControlCharactersNorBrokenTextGoThrough) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  for (const std::string_view facts :
       {"\x1b[2J", "\xED\xA0\x80", "\xC0\xAF", "\xF5\x80\x80\x80", "\xE4\xBA"}) {
    v1::CreateRecordRequest request = bureau.Penalty(code, 0, "2026-11-20");
    request.mutable_record()->mutable_penalty()->set_facts(std::string(facts));
    EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())), ElementsAre("record.penalty.facts"));
  }
}

TEST(Validation, ABanHasAnEnd) {
  Bureau bureau;
  v1::CreditRecord record = Formed();
  v1::ExternalListing& ban = *record.mutable_external_listing();
  ban.set_ground("GP-05");
  ban.set_entry_number("昆财采〔2026〕1号");
  ban.set_listed_on("2026-11-01");
  ban.set_basis("提供虚假材料谋取中标");
  ban.set_organ("昆明市财政局");
  const v1::CreateRecordRequest request = bureau.Filing(bureau.Register(1), record);
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())),
              ElementsAre("record.external_listing.until"));
}

}  // namespace
}  // namespace chengxin
