// Entries are removed on application, or end with the organization: rules 30 to 33.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/listing_clocks.h"
#include "domain/listing_removal.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/application_desk.h"

namespace chengxin {
namespace {

using testing::HasSubstr;

constexpr v1::ApplicationKind kRemoval = v1::APPLICATION_KIND_REMOVAL;

log::v1::Event EventOf(v1::Listing listing) {
  log::v1::Event event;
  event.mutable_listing()->set_transition(v1::LISTING_TRANSITION_ANNOTATED);
  *event.mutable_listing()->mutable_listing() = std::move(listing);
  return event;
}

TEST(Rule30, AVerifiedPerformanceEndsTheAbnormalEntry) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string entry = PutAbnormal(bureau, code, "ABN-01", "2026-06-30").name();
  ASSERT_TRUE(HoldsNow(bureau, code, "ABN-01"));
  bureau.SetDay("2026-11-19");
  const v1::Application accepted = Accepted(bureau, kRemoval, entry);
  bureau.SetDay("2026-11-24");
  const absl::Time at = bureau.now();
  const auto granted = bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, true, "2026-11-20"));
  ASSERT_TRUE(granted.ok()) << granted.status();
  ASSERT_EQ(granted->events.size(), 2u);
  EXPECT_EQ(ApplicationOf(granted).state(), v1::APPLICATION_STATE_GRANTED);
  EXPECT_EQ(ApplicationOf(granted).verified_on(), "2026-11-20");
  EXPECT_EQ(granted->events[1].listing().transition(), v1::LISTING_TRANSITION_ENDED);
  const v1::Listing& listing = granted->events[1].listing().listing();
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_ENDED);
  EXPECT_EQ(listing.end_reason(), v1::LISTING_END_REASON_REMOVED);
  EXPECT_EQ(listing.ended_by(), accepted.name());
  EXPECT_EQ(domain::TimeOf(listing.ended()), at);
  EXPECT_FALSE(listing.duty_outstanding());
  EXPECT_FALSE(listing.has_repair());
  EXPECT_EQ(listing.etag(), ApplicationOf(granted).etag());
  // The bar is gone from then on, and was there before.
  EXPECT_FALSE(HoldsNow(bureau, code, "ABN-01"));
  EXPECT_TRUE(Holds(bureau, code, "ABN-01", InstantOn("2026-11-23")));
}

TEST(Rule30, WithoutVerificationTheDutyIsOutstanding) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  for (const std::string_view ground : {"ABN-01", "ABN-02", "ABN-03", "ABN-04", "ABN-06"}) {
    v1::Listing entry = PutAbnormal(bureau, code, ground, "2026-06-30");
    // The ground itself asks for it, though the decision did not say so.
    entry.set_duty_outstanding(false);
    bureau.Fold(EventOf(entry));
    const v1::Application accepted = Accepted(bureau, kRemoval, entry.name());
    const auto refused = bureau.Do(Bureau::Wuhua(), Answer(bureau, accepted, true));
    EXPECT_EQ(ReasonOf(refused), "DUTY_OUTSTANDING") << ground;
    EXPECT_THAT(MetadataOf(refused, "article"), HasSubstr("第十一条"));
    EXPECT_EQ(ListingNamed(bureau, code, entry.name()).state(), v1::LISTING_STATE_LISTED);
    ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, false)).ok());
  }
}

TEST(Rule30, NothingIsVerifiedBeforeItWasAppliedForOrInTheFuture) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string entry = PutAbnormal(bureau, code, "ABN-01", "2026-06-30").name();
  bureau.SetDay("2026-11-19");
  const v1::Application accepted = Accepted(bureau, kRemoval, entry);
  bureau.SetDay("2026-11-24");
  for (const std::string_view day : {"2026-06-29", "2026-06-30", "2026-11-18", "2026-11-25"}) {
    const auto refused = bureau.Do(Bureau::Wuhua(), Answer(bureau, accepted, true, day));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << day;
    EXPECT_THAT(FieldsOf(refused.status()), testing::ElementsAre("verified_on")) << day;
  }
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, true, "2026-11-19")).ok());
}

// ABN-05 without a duty waits for its six months; a removal on application is no way around them.
TEST(Rule30, ASmallFineIsNotRemovedBeforeSixMonths) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  bureau.SetDay("2026-08-31");
  const std::string entry = List(bureau, code, kSmallFine, "2026-08-31", "ABN-05");
  bureau.SetDay("2027-02-27");
  const auto early = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry));
  EXPECT_EQ(ReasonOf(early), "MINIMUM_PERIOD_RUNS");
  // There is no 31 February (民法典 art 202).
  EXPECT_EQ(MetadataOf(early, "minimum_period_end"), "2027-02-28");
  // Rule 64: the period ends with that day, not before it.
  bureau.SetDay("2027-02-28");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry))),
            "MINIMUM_PERIOD_RUNS");
  // Its calendar is not loaded, and nobody waits for one.
  bureau.SetDay("2027-03-01");
  EXPECT_EQ(Granted(bureau, kRemoval, entry).state(), v1::APPLICATION_STATE_GRANTED);
  EXPECT_FALSE(HoldsNow(bureau, code, "ABN-05"));
}

TEST(Rule30, TheDayOfExOfficioRemovalIsSixMonthsAfterTheStart) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  bureau.SetDay("2026-08-31");
  v1::Listing entry = ListingNamed(bureau, code, List(bureau, code, kSmallFine, "2026-08-31", "ABN-05"));
  const auto day_of = [&](v1::Listing listing) {
    domain::SetClocks(*bureau.view().catalogue(), bureau.now(), listing);
    return listing.ex_officio_removal_on();
  };
  EXPECT_EQ(day_of(entry), "2027-02-28");
  // A ground with a duty of its own beside it: only on application.
  v1::Listing with_duty = entry;
  *with_duty.add_grounds() = PutAbnormal(bureau, bureau.Register(2), "ABN-01", "2026-08-31").grounds(0);
  EXPECT_EQ(day_of(with_duty), "");
  // Once that ground is withdrawn, the other rule is back.
  domain::SetTimestamp(bureau.now(), *with_duty.mutable_grounds(1)->mutable_withdrawn());
  EXPECT_EQ(day_of(with_duty), "2027-02-28");
  entry.set_duty_outstanding(true);
  EXPECT_EQ(day_of(entry), "");
}

TEST(Rule31, ASevereEntryIsNotRemovedBeforeTwoYears) {
  Bureau bureau;
  bureau.SetDay("2024-02-29");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-02-29", "SER-04");
  bureau.SetDay("2026-02-27");
  const auto early = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry));
  EXPECT_EQ(ReasonOf(early), "MINIMUM_PERIOD_RUNS");
  // Two years from a leap day end with February.
  EXPECT_EQ(MetadataOf(early, "minimum_period_end"), "2026-02-28");
  EXPECT_THAT(MetadataOf(early, "article"), HasSubstr("第十五条"));
  // 民法典 201: all of the last day belongs to the period.
  bureau.SetDay("2026-02-28");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry))),
            "MINIMUM_PERIOD_RUNS");
  bureau.SetDay("2026-03-01");
  ASSERT_TRUE(HoldsNow(bureau, code, "SER-04"));
  Granted(bureau, kRemoval, entry);
  EXPECT_EQ(ListingNamed(bureau, code, entry).end_reason(), v1::LISTING_END_REASON_REMOVED);
  EXPECT_FALSE(HoldsNow(bureau, code, "SER-04"));
}

// 民法典 203: 15 November 2026 is a Sunday.
TEST(Rule64, APeriodThatEndsOnADayOffRunsToTheEndOfTheNextWorkingDay) {
  Bureau bureau;
  bureau.SetDay("2024-11-15");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-11-15", "SER-04");
  bureau.SetDay("2026-11-16");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry))),
            "MINIMUM_PERIOD_RUNS");
  bureau.SetDay("2026-11-17");
  EXPECT_TRUE(bureau.Try(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry)).ok());
}

TEST(Rule31, ANewGroundWhileTheApplicationIsOpenStartsTheTwoYearsAnew) {
  Bureau bureau;
  bureau.SetDay("2024-11-20");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-11-20", "SER-04");
  bureau.SetDay("2026-11-21");
  const v1::Application accepted = Accepted(bureau, kRemoval, entry);
  bureau.SetDay("2026-11-24");
  ASSERT_EQ(List(bureau, code, kBorderFine + 1, "2026-11-24", "SER-04"), entry);
  const auto refused = bureau.Do(Bureau::Wuhua(), Answer(bureau, accepted, true, "2026-11-24"));
  EXPECT_EQ(ReasonOf(refused), "MINIMUM_PERIOD_RUNS");
  EXPECT_EQ(MetadataOf(refused, "minimum_period_end"), "2028-11-24");
  EXPECT_TRUE(HoldsNow(bureau, code, "SER-04"));
}

// A new ground of the other list counts too.
TEST(Rule31, AnAbnormalGroundInTheTimeStartsTheTwoYearsAnew) {
  Bureau bureau;
  bureau.SetDay("2024-11-20");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-11-20", "SER-04");
  bureau.SetDay("2026-11-19");
  List(bureau, code, kSmallFine, "2026-11-19", "ABN-05");
  bureau.SetDay("2026-11-21");
  const auto refused = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry));
  EXPECT_EQ(ReasonOf(refused), "MINIMUM_PERIOD_RUNS");
  EXPECT_EQ(MetadataOf(refused, "minimum_period_end"), "2028-11-19");
}

TEST(Rule31, WhatHasEndedIsNotRemovedAgain) {
  Bureau bureau;
  bureau.SetDay("2024-02-29");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-02-29", "SER-04");
  bureau.SetDay("2026-03-02");
  // A repair is open as well when the removal is granted.
  const v1::Application repair = Accepted(bureau, v1::APPLICATION_KIND_REPAIR, entry);
  Granted(bureau, kRemoval, entry);
  const auto again = bureau.Do(Bureau::Own(code), ApplicationFor(bureau, kRemoval, entry));
  EXPECT_EQ(ReasonOf(again), "ITEM_ENDED");
  EXPECT_EQ(MetadataOf(again, "end_reason"), "LISTING_END_REASON_REMOVED");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), Answer(bureau, repair, true, "2026-03-02"))), "ITEM_ENDED");
  // It can still be answered with no.
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), Answer(bureau, repair, false)).ok());
}

TEST(Rule32, AnEscalatedEntryAlsoNeedsTheOriginalDutyPerformed) {
  Bureau bureau;
  bureau.SetDay("2024-02-29");
  const std::string code = bureau.Register(1);
  v1::Listing entry = ListingNamed(bureau, code, List(bureau, code, kBorderFine, "2024-02-29", "SER-04"));
  entry.set_escalated(true);
  bureau.Fold(EventOf(entry));
  bureau.SetDay("2026-03-01");
  const v1::Application accepted = Accepted(bureau, kRemoval, entry.name());
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), Answer(bureau, accepted, true))), "DUTY_OUTSTANDING");
  // The duty is older than the entry, and so may its performance be.
  const auto granted = bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, true, "2023-12-01"));
  EXPECT_TRUE(granted.ok()) << granted.status();
  EXPECT_FALSE(HoldsNow(bureau, code, "SER-04"));
}

TEST(Rule32, WithoutADutyTheVerificationIsStillAField) {
  Bureau bureau;
  bureau.SetDay("2024-02-29");
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2024-02-29", "SER-04");
  bureau.SetDay("2026-03-01");
  const v1::Application accepted = Accepted(bureau, kRemoval, entry);
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Wuhua(), Answer(bureau, accepted, true)).status()),
              testing::ElementsAre("verified_on"));
}

class Rule33Deregistration : public testing::Test {
 protected:
  Rule33Deregistration() {
    v1::CreateRecordRequest revoked = bureau_.Penalty(code_, 0, "2026-11-20", "SER-07");
    revoked.mutable_record()->mutable_penalty()->set_kinds(0, v1::PENALTY_KIND_REVOCATION);
    const auto listed = bureau_.Try(Bureau::Wuhua(), revoked);
    EXPECT_TRUE(listed.ok()) << listed.status();
    entry_ = listed->events.at(1).listing().listing().name();
  }

  absl::StatusOr<domain::Decision> Import(v1::RegistrationStatus status, std::string_view since) {
    v1::Organization organization = Bureau::OrganizationOf(1);
    organization.set_status(status);
    organization.set_status_since(std::string(since));
    return bureau_.Try(Bureau::Sync(), bureau_.Batch({organization}));
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
  std::string entry_;
};

TEST_F(Rule33Deregistration, ARevokedOrganizationIsNotRemovedBeforeItIsDeregistered) {
  ASSERT_TRUE(Import(v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED, "2026-11-20").ok());
  // There is no minimum period, and no length of time helps.
  bureau_.SetDay("2031-11-20");
  const v1::Application accepted = Accepted(bureau_, kRemoval, entry_);
  const auto refused = bureau_.Do(Bureau::Wuhua(), Answer(bureau_, accepted, true, "2031-11-20"));
  EXPECT_EQ(ReasonOf(refused), "NOT_DEREGISTERED");
  EXPECT_EQ(MetadataOf(refused, "status"), "REGISTRATION_STATUS_CERTIFICATE_REVOKED");
  EXPECT_THAT(MetadataOf(refused, "article"), HasSubstr("第十七条"));
  // A repair is no way around it.
  const v1::Application repair = Accepted(bureau_, v1::APPLICATION_KIND_REPAIR, entry_);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Answer(bureau_, repair, true, "2031-11-20"))),
            "NOT_DEREGISTERED");
}

TEST_F(Rule33Deregistration, DeregistrationEndsTheEntryInTheSameChange) {
  const auto imported = Import(v1::REGISTRATION_STATUS_CANCELLED, "2026-11-23");
  ASSERT_TRUE(imported.ok()) << imported.status();
  ASSERT_EQ(imported->events.size(), 2u);
  EXPECT_TRUE(imported->events[0].has_organization());
  EXPECT_EQ(imported->events[1].listing().transition(), v1::LISTING_TRANSITION_ENDED);
  const v1::Listing& listing = imported->events[1].listing().listing();
  EXPECT_EQ(listing.name(), entry_);
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_ENDED);
  EXPECT_EQ(listing.end_reason(), v1::LISTING_END_REASON_REMOVED);
  EXPECT_EQ(listing.ended_by(), "");
  EXPECT_EQ(listing.revision(), imported->events[0].organization().revision());
  EXPECT_EQ(imported->tally->outcomes_size(), 1);
  EXPECT_FALSE(HoldsNow(bureau_, code_, "SER-07"));
  // Once is enough.
  const auto again = Import(v1::REGISTRATION_STATUS_CANCELLED, "2026-11-22");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->events.size(), 1u);
}

TEST_F(Rule33Deregistration, RevocationAloneEndsNothing) {
  const auto imported = Import(v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED, "2026-11-20");
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->events.size(), 1u);
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-07"));
}

TEST_F(Rule33Deregistration, TheLastRowOfABatchSaysWhatItIs) {
  v1::Organization cancelled = Bureau::OrganizationOf(1);
  cancelled.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  cancelled.set_status_since("2026-11-23");
  v1::Organization corrected = Bureau::OrganizationOf(1);
  corrected.set_status(v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED);
  corrected.set_status_since("2026-11-20");
  const auto imported = bureau_.Try(Bureau::Sync(), bureau_.Batch({cancelled, corrected}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->events.size(), 1u);
  EXPECT_EQ(ListingNamed(bureau_, code_, entry_).state(), v1::LISTING_STATE_LISTED);
}

TEST(Rule33OtherGrounds, DeregistrationLeavesThemAsTheyAre) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const std::string entry = List(bureau, code, kBorderFine, "2026-11-20", "SER-04");
  v1::Organization cancelled = Bureau::OrganizationOf(1);
  cancelled.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  cancelled.set_status_since("2026-11-23");
  const auto imported = bureau.Try(Bureau::Sync(), bureau.Batch({cancelled}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->events.size(), 1u);
  EXPECT_EQ(ListingNamed(bureau, code, entry).state(), v1::LISTING_STATE_LISTED);
}

}  // namespace
}  // namespace chengxin
