// Credit repair (信用修复): rules 34, 35.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/display_class.h"
#include "domain/item_standing.h"
#include "domain/merits.h"
#include "domain/timestamps.h"
#include "tests/support/catalogue_files.h"
#include "tests/unit/domain/application_desk.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr v1::ApplicationKind kRepair = v1::APPLICATION_KIND_REPAIR;
constexpr int64_t kLargeFine = 200'000'000;  // 2,000,000 yuan: a 重大违法记录 (rule 48)

// Activates the deployed catalogue with the three classes of display of 国办发〔2025〕22号.
void ActivateDisplayClasses(Bureau& bureau) {
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.mutable_catalogue()->set_version("with-display-classes");
  request.mutable_catalogue()->clear_display_classes();
  const auto add = [&](const char* id, const char* maximum, const char* minimum) -> v1::DisplayClass& {
    v1::DisplayClass& row = *request.mutable_catalogue()->add_display_classes();
    row.set_id(id);
    row.set_zh(id);
    row.set_maximum_display(maximum);
    row.set_minimum_period(minimum);
    row.mutable_legal_basis()->set_zh("国办发〔2025〕22号");
    row.mutable_legal_basis()->set_en("G22");
    row.mutable_legal_basis()->set_mark("S");
    return row;
  };
  add("minor", "P3M", "").add_kinds(v1::PENALTY_KIND_WARNING);
  v1::DisplayClass& general = add("general", "P1Y", "P3M");
  general.add_kinds(v1::PENALTY_KIND_FINE);
  general.set_fine_below_fen(kBorderFine);
  v1::DisplayClass& severe = add("severe", "P3Y", "P1Y");
  severe.add_kinds(v1::PENALTY_KIND_FINE);
  severe.set_fine_at_least_fen(kBorderFine);
  request.set_request_id(bureau.NextRequestId());
  const auto activated = bureau.Try(Bureau::Admin(), request);
  ASSERT_TRUE(activated.ok()) << activated.status();
}

// Files a penalty on the day it was decided and answers the record's name.
std::string FilePenalty(Bureau& bureau, std::string_view code, int64_t fine_fen, std::string_view day) {
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, fine_fen, day));
  EXPECT_TRUE(filed.ok()) << filed.status();
  return filed.ok() ? filed->events.at(0).record().name() : "";
}

std::string FileInspection(Bureau& bureau, std::string_view code, int year, bool good) {
  v1::CreditRecord record;
  record.set_formed_on(std::to_string(year + 1) + "-05-20");
  v1::AnnualInspection& inspection = *record.mutable_annual_inspection();
  inspection.set_year(year);
  inspection.set_conclusion(good ? v1::ANNUAL_CONCLUSION_QUALIFIED : v1::ANNUAL_CONCLUSION_UNQUALIFIED);
  inspection.set_concluded_on(record.formed_on());
  if (!good) inspection.set_basis("《民办非企业单位年度检查办法》");
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Filing(code, record));
  EXPECT_TRUE(filed.ok()) << filed.status();
  return filed.ok() ? filed->events.at(0).record().name() : "";
}

TEST(Rule34, ARepairNeedsTheSignedCommitmentAndProof) {
  Bureau bureau;
  bureau.SetDay("2024-02-29");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-02-29", "SER-04");
  bureau.SetDay("2026-03-01");
  v1::FileApplicationRequest request = ApplicationFor(bureau, kRepair, entry);
  request.mutable_application()->clear_commitment();
  const auto uncommitted = bureau.Do(Bureau::Own(code), request);
  EXPECT_EQ(ReasonOf(uncommitted), "COMMITMENT_REQUIRED");
  EXPECT_THAT(MetadataOf(uncommitted, "article"), HasSubstr("信用修复管理办法"));
  request = ApplicationFor(bureau, kRepair, entry);
  request.mutable_application()->clear_proofs();
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Own(code), request).status()), ElementsAre("application.proofs"));
  request = ApplicationFor(bureau, kRepair, entry);
  request.mutable_application()->mutable_commitment()->clear_title();
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Own(code), request).status()),
              ElementsAre("application.commitment.title"));
}

TEST(Rule34, ARepairOfAnEntryWaitsForItsMinimumPeriod) {
  Bureau bureau;
  bureau.SetDay("2024-02-29");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-02-29", "SER-04");
  bureau.SetDay("2026-02-28");
  const auto early = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRepair, entry));
  EXPECT_EQ(ReasonOf(early), "MINIMUM_PERIOD_RUNS");
  EXPECT_EQ(MetadataOf(early, "minimum_period_end"), "2026-02-28");
  bureau.SetDay("2026-03-01");
  EXPECT_TRUE(bureau.Try(Bureau::Own(code), ApplicationFor(bureau, kRepair, entry)).ok());
}

TEST(Rule34, ARepairOfARecordWaitsForTheMinimumOfItsClass) {
  Bureau bureau;
  ActivateDisplayClasses(bureau);
  bureau.SetDay("2026-08-31");
  const std::string code = bureau.Register(1);
  const std::string small = FilePenalty(bureau, code, kSmallFine, "2026-08-31");
  const std::string warning = FilePenalty(bureau, code, 0, "2026-08-31");
  // The class of warnings sets none.
  EXPECT_TRUE(bureau.Try(Bureau::Own(code), ApplicationFor(bureau, kRepair, warning)).ok());
  bureau.SetDay("2026-11-30");
  const auto early = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRepair, small));
  EXPECT_EQ(ReasonOf(early), "MINIMUM_PERIOD_RUNS");
  // There is no 31 November.
  EXPECT_EQ(MetadataOf(early, "minimum_period_end"), "2026-11-30");
  EXPECT_THAT(MetadataOf(early, "article"), HasSubstr("22号"));
  bureau.SetDay("2026-12-01");
  EXPECT_TRUE(bureau.Try(Bureau::Own(code), ApplicationFor(bureau, kRepair, small)).ok());
}

TEST(Rule34, OfSeveralClassesTheSeverestCounts) {
  Bureau bureau;
  ActivateDisplayClasses(bureau);
  const domain::CompiledCatalogue& catalogue = *bureau.view().catalogue();
  v1::CreditRecord record = bureau.Penalty(bureau.Register(1), kBorderFine, "2024-02-29").record();
  record.mutable_penalty()->add_kinds(v1::PENALTY_KIND_WARNING);
  ASSERT_NE(domain::DisplayClassOf(record, catalogue), nullptr);
  EXPECT_EQ(domain::DisplayClassOf(record, catalogue)->id(), "severe");
  EXPECT_EQ(domain::MinimumPeriodEnd(record, catalogue), domain::CivilDay(2025, 2, 28));
  record.mutable_penalty()->set_fine_fen(kSmallFine);
  EXPECT_EQ(domain::DisplayClassOf(record, catalogue)->id(), "general");
  record.mutable_penalty()->clear_kinds();
  record.mutable_penalty()->add_kinds(v1::PENALTY_KIND_CONFISCATION);
  EXPECT_EQ(domain::DisplayClassOf(record, catalogue), nullptr);
  EXPECT_EQ(domain::DisplayClassOf(v1::CreditRecord(), catalogue), nullptr);
}

TEST(Rule34, WhatAnotherKeepsIsRepairedThere) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreditRecord record;
  record.set_formed_on("2026-11-20");
  v1::ExternalListing& listing = *record.mutable_external_listing();
  listing.set_ground("GP-01");
  listing.set_entry_number("（2026）云0102执1号");
  listing.set_listed_on("2026-11-20");
  listing.set_basis("最高人民法院关于公布失信被执行人名单信息的若干规定");
  listing.set_organ("昆明市五华区人民法院");
  ASSERT_TRUE(bureau
                  .Try(Bureau::Sync("sources/court-defaulters"),
                       bureau.Records("sources/court-defaulters", code, {record}))
                  .ok());
  ASSERT_EQ(bureau.RecordsOf(code).size(), 1u);
  const std::string name = bureau.RecordsOf(code)[0].name();
  const auto refused = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRepair, name));
  EXPECT_EQ(ReasonOf(refused), "SOURCE_ONLY");
  EXPECT_TRUE(HoldsNow(bureau, code, "GP-01"));
  // An objection may be raised to anything.
  EXPECT_TRUE(
      bureau.Try(Bureau::Own(code), ApplicationFor(bureau, v1::APPLICATION_KIND_OBJECTION, name)).ok());
}

TEST(Rule35, ARepairedEntryEndsAsRepaired) {
  Bureau bureau;
  bureau.SetDay("2024-02-29");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-02-29", "SER-04");
  bureau.SetDay("2026-03-02");
  const v1::Application granted = Granted(bureau, kRepair, entry);
  EXPECT_EQ(granted.state(), v1::APPLICATION_STATE_GRANTED);
  EXPECT_EQ(granted.verified_on(), "2026-03-02");
  const v1::Listing listing = ListingNamed(bureau, code, entry);
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_ENDED);
  EXPECT_EQ(listing.end_reason(), v1::LISTING_END_REASON_REPAIRED);
  EXPECT_EQ(listing.ended_by(), granted.name());
  EXPECT_EQ(listing.repair().application(), granted.name());
  EXPECT_EQ(domain::TimeOf(listing.repair().since()), domain::TimeOf(listing.ended()));
  EXPECT_TRUE(domain::RepairStands(listing.repair()));
  EXPECT_FALSE(HoldsNow(bureau, code, "SER-04"));
  EXPECT_TRUE(Holds(bureau, code, "SER-04", InstantOn("2026-03-01")));
}

TEST(Rule35, ARepairedRecordSupportsNothingFromThenOn) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string name = FilePenalty(bureau, code, kLargeFine, "2025-11-20");
  ASSERT_TRUE(HoldsNow(bureau, code, "GP-04"));
  const v1::Application accepted = Accepted(bureau, kRepair, name);
  const absl::Time at = bureau.now();
  const auto granted = bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, true, "2026-11-24"));
  ASSERT_TRUE(granted.ok()) << granted.status();
  ASSERT_EQ(granted->events.size(), 2u);
  const v1::CreditRecord& record = granted->events[1].record();
  EXPECT_EQ(record.name(), name);
  EXPECT_EQ(record.repair().application(), accepted.name());
  EXPECT_EQ(domain::TimeOf(record.repair().since()), at);
  EXPECT_TRUE(domain::SupportsNothing(record));
  EXPECT_EQ(record.etag(), ApplicationOf(granted).etag());
  EXPECT_FALSE(HoldsNow(bureau, code, "GP-04"));
  // What was answered before stays true of then.
  EXPECT_TRUE(Holds(bureau, code, "GP-04", at - absl::Seconds(1)));
  const auto again = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRepair, name));
  EXPECT_EQ(ReasonOf(again), "ITEM_ENDED");
}

// A repaired penalty does not count toward two within three years (rule 25).
TEST(Rule35, ARepairedPenaltyCountsForNoGround) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string first = FilePenalty(bureau, code, kSmallFine, "2025-03-10");
  const auto counted = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, 0, "2026-11-20"));
  ASSERT_TRUE(counted.ok()) << counted.status();
  ASSERT_EQ(counted->events[0].record().proposal().ground(), "SER-05");
  Granted(bureau, kRepair, first);
  Granted(bureau, kRepair, counted->events[0].record().name());
  const auto alone = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, 0, "2026-11-21"));
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_EQ(alone->events[0].record().proposal().ground(), "ABN-05");
}

TEST(Rule35, NothingIsListedOnARepairedPenalty) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest decided = bureau.Penalty(code, kBorderFine, "2025-11-20", "SER-04");
  v1::CreateRecordRequest alone = decided;
  alone.clear_listing_decision();
  alone.mutable_record()->clear_deciding_officer();
  alone.set_request_id(bureau.NextRequestId());
  const auto filed = bureau.Try(Bureau::Wuhua(), alone);
  ASSERT_TRUE(filed.ok()) << filed.status();
  Granted(bureau, kRepair, filed->events[0].record().name());
  const auto refused = bureau.Do(Bureau::Wuhua(), decided);
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "");
  EXPECT_THAT(bureau.Listings(code), IsEmpty());
}

// What a repaired record took the place of counts again; what is delivered again stays repaired.
TEST(Rule35, ARepairedRecordTakesNoOthersPlace) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  FileInspection(bureau, code, 2023, /*good=*/false);
  const std::string good = FileInspection(bureau, code, 2024, /*good=*/true);
  ASSERT_FALSE(HoldsNow(bureau, code, "INS-01"));
  ASSERT_TRUE(Holds(bureau, code, "INS-01", InstantOn("2024-12-01")));
  const absl::Time before = bureau.now();
  const auto accepted = Accepted(bureau, kRepair, good);
  const auto granted = bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, true, "2026-11-24"));
  ASSERT_TRUE(granted.ok()) << granted.status();
  EXPECT_EQ(granted->events.size(), 3u);  // the application, the record, and the one that counts again
  EXPECT_TRUE(HoldsNow(bureau, code, "INS-01"));
  // In between it did not.
  EXPECT_FALSE(Holds(bureau, code, "INS-01", before));
  EXPECT_TRUE(Holds(bureau, code, "INS-01", InstantOn("2024-12-01")));
  // A later one takes its place once more.
  FileInspection(bureau, code, 2025, /*good=*/true);
  EXPECT_FALSE(HoldsNow(bureau, code, "INS-01"));
}

// Of three statements the latest counts; that the middle one is repaired changes none of the others.
TEST(Rule35, OnlyWhatChangesIsWritten) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  FileInspection(bureau, code, 2022, /*good=*/false);
  const std::string middle = FileInspection(bureau, code, 2023, /*good=*/true);
  FileInspection(bureau, code, 2024, /*good=*/false);
  const v1::Application accepted = Accepted(bureau, kRepair, middle);
  const auto granted = bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, true, "2026-11-24"));
  ASSERT_TRUE(granted.ok()) << granted.status();
  EXPECT_EQ(granted->events.size(), 2u);
  EXPECT_TRUE(HoldsNow(bureau, code, "INS-01"));
}

// A source that says once more how an item ended does not bring its meaning back.
TEST(Rule35, ALaterDeliveryLeavesItRepaired) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreditRecord record;
  record.set_formed_on("2026-11-20");
  v1::Inspection& inspection = *record.mutable_inspection();
  inspection.set_subject(v1::INSPECTION_SUBJECT_GOVERNANCE);
  inspection.set_problems_found(true);
  inspection.set_concluded_on("2026-11-20");
  inspection.set_finding("未按章程换届");
  inspection.set_basis("《民办非企业单位登记管理暂行条例》");
  inspection.set_organ("昆明市五华区民政局");
  ASSERT_TRUE(bureau
                  .Try(Bureau::Sync("sources/credit-records"),
                       bureau.Records("sources/credit-records", code, {record}))
                  .ok());
  ASSERT_TRUE(HoldsNow(bureau, code, "INS-02"));
  Granted(bureau, kRepair, bureau.RecordsOf(code).at(0).name());
  ASSERT_FALSE(HoldsNow(bureau, code, "INS-02"));
  const v1::CreditRecord before = bureau.RecordsOf(code).at(0);
  bureau.SetDay("2026-11-26");
  inspection.set_rectified_on("2026-11-26");
  const auto again = bureau.Try(Bureau::Sync("sources/credit-records"),
                                bureau.Records("sources/credit-records", code, {record}));
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_THAT(again->tally->outcomes(), ElementsAre(v1::IMPORT_OUTCOME_UPDATED));
  const v1::CreditRecord after = bureau.RecordsOf(code).at(0);
  EXPECT_EQ(after.inspection().rectified_on(), "2026-11-26");
  EXPECT_EQ(after.repair().SerializeAsString(), before.repair().SerializeAsString());
  ASSERT_EQ(after.effects_size(), 1);
  EXPECT_EQ(after.effects(0).until().seconds(), before.repair().since().seconds());
  EXPECT_FALSE(HoldsNow(bureau, code, "INS-02"));
}

TEST(Rule35, AnUnaffectedStatementStaysAsItWasRecorded) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string bad = FileInspection(bureau, code, 2024, /*good=*/false);
  const std::string fine = FilePenalty(bureau, code, kLargeFine, "2025-11-20");
  const std::string before = RecordNamed(bureau, code, bad).SerializeAsString();
  Granted(bureau, kRepair, fine);
  EXPECT_EQ(RecordNamed(bureau, code, bad).SerializeAsString(), before);
  EXPECT_TRUE(HoldsNow(bureau, code, "INS-01"));
}

TEST(Rule35, WhatIsRepairedIsNotShownInItsFavourEither) {
  v1::CreditRecord record;
  record.set_name("organizations/x/records/1-1");
  record.mutable_honour()->set_title("先进社会组织");
  record.mutable_honour()->set_organ("云南省民政厅");
  record.mutable_honour()->set_conferred_on("2025-01-01");
  const absl::Time now = InstantOn("2026-11-24");
  EXPECT_EQ(domain::MeritsOf({record}, now).size(), 1u);
  record.mutable_withdrawal()->set_reason("撤销");
  EXPECT_THAT(domain::MeritsOf({record}, now), IsEmpty());
}

}  // namespace
}  // namespace chengxin
