// A repair is revoked for false proof or a broken commitment: rule 37.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/item_standing.h"
#include "domain/record_effects.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/application_desk.h"

namespace chengxin {
namespace {

using testing::ElementsAre;

constexpr v1::ApplicationKind kRepair = v1::APPLICATION_KIND_REPAIR;
constexpr int64_t kLargeFine = 200'000'000;  // 2,000,000 yuan: a 重大违法记录 (rule 48)

// A severe entry of 29 February 2024, repaired on 2 March 2026.
class Rule37Revocation : public testing::Test {
 protected:
  Rule37Revocation() {
    bureau_.SetDay("2024-02-29");
    code_ = bureau_.Register(1);
    entry_ = List(bureau_, code_, kBorderFine, "2024-02-29", "SER-04");
    bureau_.SetDay("2026-03-02");
    granted_ = Granted(bureau_, kRepair, entry_);
  }

  Bureau bureau_;
  std::string code_;
  std::string entry_;
  v1::Application granted_;
};

TEST_F(Rule37Revocation, TheEntryIsBackAndItsDisplayStartsAnew) {
  const v1::Listing repaired = ListingNamed(bureau_, code_, entry_);
  bureau_.SetDay("2028-02-29");
  ASSERT_FALSE(HoldsNow(bureau_, code_, "SER-04"));
  const absl::Time at = bureau_.now();
  const auto revoked = bureau_.Try(Bureau::Wuhua(), Revocation(bureau_, granted_));
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  ASSERT_EQ(revoked->events.size(), 2u);
  const v1::Application& application = ApplicationOf(revoked);
  EXPECT_EQ(application.state(), v1::APPLICATION_STATE_REVOKED);
  EXPECT_EQ(application.revocation_reasons(), "提交的整改报告系伪造");
  EXPECT_EQ(application.revocation_notice().number(), "五民撤修〔2026〕1号");
  EXPECT_EQ(application.revocation_notice().service().effective_on(), "2028-02-29");
  EXPECT_EQ(revoked->events[1].listing().transition(), v1::LISTING_TRANSITION_RESTORED);
  const v1::Listing& listing = revoked->events[1].listing().listing();
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_LISTED);
  EXPECT_FALSE(listing.has_ended());
  EXPECT_EQ(listing.end_reason(), v1::LISTING_END_REASON_UNSPECIFIED);
  EXPECT_EQ(listing.ended_by(), "");
  EXPECT_EQ(listing.first_listed_on(), "2024-02-29");
  EXPECT_TRUE(listing.duty_outstanding());
  // Three years from a leap day, the last day included.
  EXPECT_EQ(domain::TimeOf(listing.display_until()), domain::EndOfDay(domain::CivilDay(2031, 2, 28)));
  EXPECT_EQ(listing.repair().application(), granted_.name());
  EXPECT_EQ(domain::TimeOf(listing.repair().since()), domain::TimeOf(repaired.repair().since()));
  EXPECT_EQ(domain::TimeOf(listing.repair().revoked()), at);
  EXPECT_EQ(listing.repair().revocation_notice(), "五民撤修〔2026〕1号");
  EXPECT_EQ(listing.repair().revocation_evidence_size(), 1);
  // It bars again; while the repair stood it did not.
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-04"));
  EXPECT_FALSE(Holds(bureau_, code_, "SER-04", InstantOn("2027-01-01")));
  EXPECT_TRUE(Holds(bureau_, code_, "SER-04", InstantOn("2025-01-01")));
}

TEST_F(Rule37Revocation, ARestoredEntryIsRepairedAgainOnlyWithVerifiedPerformance) {
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Revocation(bureau_, granted_)).ok());
  const v1::Application accepted = Accepted(bureau_, kRepair, entry_);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Answer(bureau_, accepted, true))), "DUTY_OUTSTANDING");
  EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), Answer(bureau_, accepted, true, "2026-03-02")).ok());
}

TEST_F(Rule37Revocation, EveryRepairOfTheEntryIsKeptAndLeavesItsGap) {
  const auto repaired_and_revoked = [&](std::string_view repaired_on, std::string_view revoked_on) {
    bureau_.SetDay(repaired_on);
    const v1::Application granted = Granted(bureau_, kRepair, entry_);
    bureau_.SetDay(revoked_on);
    EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), Revocation(bureau_, granted)).ok());
    return granted.name();
  };
  bureau_.SetDay("2026-04-01");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Revocation(bureau_, granted_)).ok());
  const v1::RepairMark first = ListingNamed(bureau_, code_, entry_).repair();
  const std::string second = repaired_and_revoked("2026-06-01", "2026-07-01");
  v1::RepairMark mark = ListingNamed(bureau_, code_, entry_).repair();
  EXPECT_EQ(mark.application(), second);
  ASSERT_EQ(mark.earlier_size(), 1);
  EXPECT_EQ(mark.earlier(0).SerializeAsString(), first.SerializeAsString());
  const std::string third = repaired_and_revoked("2026-09-01", "2026-10-01");
  bureau_.SetDay("2026-11-02");
  const std::string fourth = Granted(bureau_, kRepair, entry_).name();
  mark = ListingNamed(bureau_, code_, entry_).repair();
  EXPECT_EQ(mark.application(), fourth);
  EXPECT_FALSE(mark.has_revoked());
  ASSERT_EQ(mark.earlier_size(), 3);
  EXPECT_EQ(mark.earlier(0).application(), granted_.name());
  EXPECT_EQ(mark.earlier(1).application(), second);
  EXPECT_EQ(mark.earlier(2).application(), third);
  for (const v1::RepairMark& earlier : mark.earlier()) {
    EXPECT_TRUE(earlier.has_revoked());
    EXPECT_EQ(earlier.revocation_notice(), "五民撤修〔2026〕1号");
    EXPECT_EQ(earlier.earlier_size(), 0);
  }
  // What is said of the past stays so: it barred between the repairs, and not while one stood.
  const auto barred = [&](std::string_view day) { return Holds(bureau_, code_, "SER-04", InstantOn(day)); };
  EXPECT_TRUE(barred("2025-01-01"));
  for (const std::string_view day : {"2026-03-15", "2026-06-15", "2026-09-15", "2026-11-03"}) {
    EXPECT_FALSE(barred(day)) << day;
  }
  for (const std::string_view day : {"2026-05-15", "2026-08-15", "2026-10-15"})
    EXPECT_TRUE(barred(day)) << day;
}

TEST_F(Rule37Revocation, OnlyOnceAndOnlyByTheRegisteringAuthority) {
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Panlong(), Revocation(bureau_, granted_))),
            "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Own(code_), Revocation(bureau_, granted_))), "ROLE_NOT_ALLOWED");
  const auto revoked = bureau_.Try(Bureau::Wuhua(), Revocation(bureau_, granted_));
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Revocation(bureau_, granted_))), "STALE_ETAG");
  const auto twice = bureau_.Do(Bureau::Wuhua(), Revocation(bureau_, ApplicationOf(revoked)));
  EXPECT_EQ(ReasonOf(twice), "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(twice, "state"), "APPLICATION_STATE_REVOKED");
}

TEST(Rule37Removal, ARemovalIsNotRevoked) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string entry = PutAbnormal(bureau, code, "ABN-01", "2026-06-30").name();
  const v1::Application granted = Granted(bureau, v1::APPLICATION_KIND_REMOVAL, entry);
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), Revocation(bureau, granted))), "MOVE_NOT_OPEN");
}

TEST_F(Rule37Revocation, ItNeedsEvidenceAndAFreshNotice) {
  v1::RevokeRepairRequest request = Revocation(bureau_, granted_);
  request.clear_evidence();
  request.clear_reasons();
  request.mutable_notice()->set_ground("SER-04");
  request.mutable_notice()->mutable_service()->clear_proof();
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()),
              ElementsAre("reasons", "evidence", "notice.service.proof", "notice.ground"));
  request = Revocation(bureau_, granted_);
  request.clear_notice();
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()), ElementsAre("notice"));
}

// Rule 22: an announcement serves only once its period is over.
TEST_F(Rule37Revocation, AnAnnouncedNoticeWaitsForItsPeriod) {
  v1::RevokeRepairRequest request = Revocation(bureau_, granted_);
  request.mutable_notice()->mutable_service()->set_method(v1::SERVICE_METHOD_ANNOUNCEMENT);
  bureau_.SetDay("2026-04-01");
  const auto early = bureau_.Do(Bureau::Wuhua(), request);
  EXPECT_EQ(ReasonOf(early), "ANNOUNCEMENT_RUNS");
  // Thirty days after 2 March end on 1 April.
  EXPECT_EQ(MetadataOf(early, "effective_on"), "2026-04-02");
  bureau_.SetDay("2026-04-02");
  const auto revoked = bureau_.Try(Bureau::Wuhua(), request);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_EQ(ApplicationOf(revoked).revocation_notice().service().effective_on(), "2026-04-02");
}

TEST_F(Rule37Revocation, ADeregisteredOrganizationIsNotListedAgain) {
  v1::Organization cancelled = Bureau::OrganizationOf(1);
  cancelled.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  cancelled.set_status_since("2026-03-01");
  ASSERT_TRUE(bureau_.Try(Bureau::Sync(), bureau_.Batch({cancelled})).ok());
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Revocation(bureau_, granted_))), "ORGANIZATION_ENDED");
}

// Where every ground was withdrawn meanwhile there is nothing to restore (rule 39).
TEST_F(Rule37Revocation, AnEntryWithoutAGroundDoesNotComeBack) {
  log::v1::Event event;
  v1::Listing& listing = *event.mutable_listing()->mutable_listing();
  listing = ListingNamed(bureau_, code_, entry_);
  domain::SetTimestamp(bureau_.now(), *listing.mutable_grounds(0)->mutable_withdrawn());
  bureau_.Fold(event);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Revocation(bureau_, granted_))), "ITEM_ENDED");
}

// What is on the list again was not on it meanwhile: display counts from the return, whatever changes later.
TEST_F(Rule37Revocation, ALaterAnnotationKeepsTheDisplayThatBeganAnew) {
  bureau_.SetDay("2026-11-20");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Revocation(bureau_, granted_)).ok());
  // Late: it took effect before the ground that came back.
  ASSERT_EQ(List(bureau_, code_, kBorderFine + 1, "2024-02-20", "SER-04"), entry_);
  EXPECT_EQ(domain::TimeOf(ListingNamed(bureau_, code_, entry_).display_until()),
            domain::EndOfDay(domain::CivilDay(2029, 11, 20)));
}

// Rule 26: the two years on the abnormal list do not run while a repair stands.
TEST(Rule37Abnormal, TheTwoYearsBeginAnewWithTheReturn) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string entry = PutAbnormal(bureau, code, "ABN-01", "2025-06-30").name();
  const v1::Application granted = Granted(bureau, kRepair, entry);
  bureau.SetDay("2027-06-01");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), Revocation(bureau, granted)).ok());
  EXPECT_EQ(ListingNamed(bureau, code, entry).escalation_on(), "2029-06-01");
}

// Rule 27: there is one entry in force on a list.
TEST_F(Rule37Revocation, WhereALaterEntryIsInForceTheGroundsGoThere) {
  const std::string later = List(bureau_, code_, kBorderFine + 1, "2026-03-02", "SER-04");
  ASSERT_NE(later, entry_);
  bureau_.SetDay("2026-11-20");
  const auto revoked = bureau_.Try(Bureau::Wuhua(), Revocation(bureau_, granted_));
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  const v1::Listing old = ListingNamed(bureau_, code_, entry_);
  EXPECT_EQ(old.state(), v1::LISTING_STATE_ENDED);
  EXPECT_TRUE(old.repair().has_revoked());
  EXPECT_EQ(old.moved_to(), later);
  const v1::Listing joined = ListingNamed(bureau_, code_, later);
  EXPECT_EQ(joined.state(), v1::LISTING_STATE_LISTED);
  ASSERT_EQ(joined.grounds_size(), 2);
  EXPECT_EQ(joined.grounds(1).record(), old.grounds(0).record());
  EXPECT_TRUE(joined.duty_outstanding());
  EXPECT_EQ(joined.first_listed_on(), "2026-03-02");
  EXPECT_EQ(joined.period_start(), "2026-03-02");
  EXPECT_EQ(domain::TimeOf(joined.display_until()), domain::EndOfDay(domain::CivilDay(2029, 11, 20)));
}

TEST(Rule37Records, TheRecordMeansAgainWhatItMeant) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kLargeFine, "2025-11-20"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const std::string name = filed->events[0].record().name();
  const v1::Application granted = Granted(bureau, kRepair, name);
  bureau.SetDay("2027-06-30");
  ASSERT_FALSE(HoldsNow(bureau, code, "GP-04"));
  const auto revoked = bureau.Try(Bureau::Wuhua(), Revocation(bureau, granted));
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  ASSERT_EQ(revoked->events.size(), 2u);
  const v1::CreditRecord& record = revoked->events[1].record();
  EXPECT_FALSE(domain::SupportsNothing(record));
  EXPECT_EQ(record.repair().revocation_notice(), "五民撤修〔2026〕1号");
  EXPECT_TRUE(HoldsNow(bureau, code, "GP-04"));
  EXPECT_FALSE(Holds(bureau, code, "GP-04", InstantOn("2027-01-01")));
  EXPECT_TRUE(Holds(bureau, code, "GP-04", InstantOn("2026-11-23")));
  // The three years run from the decision all the same.
  EXPECT_TRUE(Holds(bureau, code, "GP-04", InstantOn("2028-11-20")));
  EXPECT_FALSE(Holds(bureau, code, "GP-04", InstantOn("2028-11-21")));
}

TEST(Rule37Records, EveryRepairOfARecordIsKeptAndLeavesItsGap) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kLargeFine, "2025-11-20"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const std::string name = filed->events[0].record().name();
  const v1::Application first = Granted(bureau, kRepair, name);
  bureau.SetDay("2027-01-04");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), Revocation(bureau, first)).ok());
  bureau.SetDay("2027-03-01");
  const v1::Application second = Granted(bureau, kRepair, name);
  bureau.SetDay("2027-05-06");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), Revocation(bureau, second)).ok());
  const v1::RepairMark mark = RecordNamed(bureau, code, name).repair();
  EXPECT_EQ(mark.application(), second.name());
  ASSERT_EQ(mark.earlier_size(), 1);
  EXPECT_EQ(mark.earlier(0).application(), first.name());
  EXPECT_TRUE(mark.earlier(0).has_revoked());
  const auto holds = [&](std::string_view day) { return Holds(bureau, code, "GP-04", InstantOn(day)); };
  for (const std::string_view day : {"2026-11-23", "2027-02-01", "2027-06-01"})
    EXPECT_TRUE(holds(day)) << day;
  for (const std::string_view day : {"2026-12-01", "2027-04-01"}) EXPECT_FALSE(holds(day)) << day;
  // Each gap stands in the effects by themselves too, as a correction takes them anew.
  const auto effects = domain::EffectsOf(RecordNamed(bureau, code, name), *bureau.view().catalogue());
  EXPECT_EQ(effects.size(), 3u);
}

TEST(Rule37Records, AWithdrawnRecordDoesNotComeBack) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kLargeFine, "2025-11-20"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  const std::string name = filed->events[0].record().name();
  const v1::Application granted = Granted(bureau, kRepair, name);
  log::v1::Event event;
  *event.mutable_record() = RecordNamed(bureau, code, name);
  event.mutable_record()->mutable_withdrawal()->set_reason("处罚决定被撤销");
  bureau.Fold(event);
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), Revocation(bureau, granted))), "ITEM_ENDED");
}

}  // namespace
}  // namespace chengxin
