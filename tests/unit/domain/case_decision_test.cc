// What a case is decided to: a listing, a record, nothing; by whom, with what it must say, and what it does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "domain/case_deadlines.h"
#include "domain/case_file.h"
#include "domain/case_opening.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/case_office.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// A case of the authority whose statement period ended yesterday; it is 2026-09-16.
struct Heard {
  explicit Heard(std::string_view ground) {
    name = office.OpenOwn(ground);
    office.Serve(name, ground, "2026-09-01");
    office.SetDay("2026-09-16");
  }
  v1::DecideCaseRequest List(std::string_view ground) { return office.List(name, ground, "2026-09-16"); }
  v1::Case Case() const { return office.Case(name); }

  CaseOffice office;
  std::string name;
};

TEST(Rule23, ADecisionCarriesNumberGroundFactsBasisDateAndRemedies) {
  Heard heard("ABN-06");
  const auto decided = heard.office.Try(heard.List("ABN-06"));
  ASSERT_TRUE(decided.ok()) << decided.status();
  const v1::CaseDecision decision = heard.Case().decision();
  EXPECT_EQ(heard.Case().state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(heard.Case().deciding_officer(), "经办人甲");
  EXPECT_THAT(decision.remedies(), HasSubstr("60日"));
  // Sixty days from 09-16 end on 11-15, a Sunday; six months end in a year that is not loaded.
  EXPECT_EQ(decision.review_until(), "2026-11-16");
  EXPECT_EQ(decision.litigation_until(), "2027-03-16");
  EXPECT_EQ(decision.effective_on(), "2026-09-16");
  EXPECT_EQ(decision.service().effective_on(), "2026-09-16");
  ASSERT_EQ(heard.office.bureau().Listings(heard.office.code()).size(), 1u);
  const v1::Listing listing = heard.office.bureau().Listings(heard.office.code())[0];
  EXPECT_EQ(listing.list(), v1::LIST_KIND_ABNORMAL);
  EXPECT_EQ(listing.first_listed_on(), "2026-09-16");
  EXPECT_EQ(listing.escalation_on(), "2028-09-16");
  EXPECT_EQ(heard.Case().result_listing(), listing.name());
  const v1::ListingGround& ground = listing.grounds(0);
  EXPECT_EQ(ground.case_(), heard.name);
  EXPECT_EQ(ground.decision().number(), decision.number());
  EXPECT_EQ(ground.decision().authority(), "authorities/km-wuhua");
  EXPECT_EQ(ground.conduct_on(), "2026-08-15");
  EXPECT_TRUE(ground.decision().repair_notice_served());
}

// 民法典 art 202: a period of months ends on the last day of a month that is too short.
TEST(Rule23, TheTimeToSueEndsWithTheMonth) {
  CaseOffice office;
  office.SetDay("2025-08-12");
  v1::OpenCaseRequest own = office.Own("ABN-06");
  own.mutable_case_()->set_conduct_on("2025-08-01");
  const std::string name = office.Open(Bureau::WuhuaIntake(), own);
  office.Serve(name, "ABN-06", "2025-08-12");
  office.SetDay("2025-08-31");
  ASSERT_TRUE(office.Try(office.List(name, "ABN-06", "2025-08-31")).ok());
  // 2026-02-28 is a Saturday that is worked.
  EXPECT_EQ(office.Case(name).decision().litigation_until(), "2026-02-28");
}

TEST(Rule23, TheRepairNoticeIsServedTogetherWithTheDecision) {
  Heard heard("ABN-06");
  v1::DecideCaseRequest request = heard.List("ABN-06");
  request.mutable_decision()->set_repair_notice_served(false);
  EXPECT_THAT(FieldsOf(heard.office.Do(request).status()), ElementsAre("decision.repair_notice_served"));
}

TEST(Rule23, EveryWrongFieldOfADecisionIsNamed) {
  Heard heard("ABN-06");
  auto request = heard.office.Move<v1::DecideCaseRequest>(heard.name);
  request.mutable_decision();
  EXPECT_THAT(
      FieldsOf(heard.office.Do(request).status()),
      UnorderedElementsAre("deciding_officer", "decision.finding", "decision.number", "decision.decided_on",
                           "decision.facts", "decision.basis", "decision.service"));
  request = heard.office.Decide(heard.name, v1::CASE_FINDING_NO_MEASURE, "2026-09-16");
  v1::CaseDecision& decision = *request.mutable_decision();
  decision.set_ground("ABN-06");
  decision.set_effective_on("2026-09-16");
  decision.set_cited_law("某法");
  decision.set_duty_outstanding(true);
  decision.set_considered_until("2027-09-16");
  *decision.mutable_certificate() = CaseOffice::Evidence("证明");
  decision.mutable_service()->set_served_on("2026-09-15");
  EXPECT_THAT(FieldsOf(heard.office.Do(request).status()),
              UnorderedElementsAre("decision.ground", "decision.effective_on", "decision.cited_law",
                                   "decision.duty_outstanding", "decision.considered_until",
                                   "decision.certificate", "decision.service.served_on"));
  request = heard.List("ABN-06");
  request.mutable_decision()->set_effective_on("2026-09-15");
  EXPECT_THAT(FieldsOf(heard.office.Do(request).status()), ElementsAre("decision.effective_on"));
}

TEST(Rule19, AnUnknownGroundIsRefused) {
  Heard heard("ABN-06");
  const auto refused = heard.office.Do(heard.List("SER-09"));
  EXPECT_EQ(ReasonOf(refused), "UNKNOWN_GROUND");
  EXPECT_EQ(MetadataOf(refused, "ground"), "SER-09");
}

TEST(Rule19, TheResidualGroundNeedsACitedLaw) {
  Heard heard("ABN-07");
  EXPECT_EQ(ReasonOf(heard.office.Do(heard.List("ABN-07"))), "RESIDUAL_GROUND_WITHOUT_LAW");
  v1::DecideCaseRequest request = heard.List("ABN-07");
  request.mutable_decision()->set_cited_law("《慈善法》第一百一十一条");
  const auto listed = heard.office.Try(request);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_THAT(heard.office.bureau().Listings(heard.office.code())[0].grounds(0).legal_basis(),
              HasSubstr("慈善法"));
}

TEST(CaseDecisions, ADutyStandsOnTheEntry) {
  Heard heard("ABN-03");
  v1::DecideCaseRequest request = heard.List("ABN-03");
  request.mutable_decision()->set_duty_outstanding(true);
  ASSERT_TRUE(heard.office.Try(request).ok());
  EXPECT_TRUE(heard.office.bureau().Listings(heard.office.code())[0].duty_outstanding());
}

TEST(CaseDecisions, ACancelledOrganizationIsNotListed) {
  Heard heard("ABN-06");
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  row.set_status_since("2026-09-10");
  ASSERT_TRUE(heard.office.bureau().Try(Bureau::Sync(), heard.office.bureau().Batch({row})).ok());
  EXPECT_EQ(ReasonOf(heard.office.Do(heard.List("ABN-06"))), "ORGANIZATION_ENDED");
}

TEST(CaseDecisions, NoDecisionLiesBeforeTheReportOrTheConduct) {
  CaseOffice office;
  std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  auto refused = office.Do(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-08-31"));
  EXPECT_EQ(ReasonOf(refused), "DECISION_DATE");
  EXPECT_EQ(MetadataOf(refused, "earliest"), "2026-09-01");
  name = office.OpenOwn("ABN-06");
  refused = office.Do(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-08-14"));
  EXPECT_EQ(MetadataOf(refused, "earliest"), "2026-08-15");
}

TEST(CaseDecisions, OfTwoOfficersDecidingAtOnceOneWins) {
  Heard heard("ABN-06");
  const v1::DecideCaseRequest first = heard.List("ABN-06");
  const v1::DecideCaseRequest second =
      heard.office.Decide(heard.name, v1::CASE_FINDING_NOT_SUBSTANTIATED, "2026-09-16");
  heard.office.Must(first);
  const auto late = heard.office.Try(second);
  EXPECT_EQ(late.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(MetadataOf(late, "etag"), heard.Case().etag());
  EXPECT_EQ(heard.Case().decision().finding(), v1::CASE_FINDING_LISTED);
}

TEST(Rule46, WhatIsNotSubstantiatedLeavesNothingBehind) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  const std::string before = office.bureau().view().StandingOf(office.code()).SerializeAsString();
  office.Must(office.Decide(name, v1::CASE_FINDING_NOT_SUBSTANTIATED, "2026-09-01"));
  EXPECT_EQ(office.bureau().view().StandingOf(office.code()).SerializeAsString(), before);
  EXPECT_EQ(office.Case(name).decision().remedies(), "");
  EXPECT_EQ(office.Case(name).result_record(), "");
}

// KM-03: dishonest conduct that is no ground of Order 60.
TEST(Substantiated, MakesARecordAfterTheHearing) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  v1::DecideCaseRequest early = office.Decide(name, v1::CASE_FINDING_SUBSTANTIATED, "2026-09-01");
  EXPECT_THAT(FieldsOf(office.Do(early).status()), ElementsAre("decision.considered_until"));
  early.mutable_decision()->set_considered_until("2026-08-31");
  EXPECT_THAT(FieldsOf(office.Do(early).status()), ElementsAre("decision.considered_until"));
  early.mutable_decision()->set_considered_until("2027-09-16");
  EXPECT_EQ(ReasonOf(office.Do(early)), "NOTICE_REQUIRED");
  office.Serve(name, "", "2026-09-01");
  office.SetDay("2026-09-16");
  v1::DecideCaseRequest decide = office.Decide(name, v1::CASE_FINDING_SUBSTANTIATED, "2026-09-16");
  decide.mutable_decision()->set_considered_until("2027-09-16");
  const auto decided = office.Try(decide);
  ASSERT_TRUE(decided.ok()) << decided.status();
  ASSERT_EQ(office.bureau().RecordsOf(office.code()).size(), 1u);
  const v1::CreditRecord record = office.bureau().RecordsOf(office.code())[0];
  EXPECT_EQ(office.Case(name).result_record(), record.name());
  EXPECT_EQ(record.substantiated_conduct().until(), "2027-09-16");
  ASSERT_EQ(record.effects_size(), 1);
  EXPECT_EQ(record.effects(0).ground(), "KM-03");
  EXPECT_THAT(office.Case(name).decision().remedies(), HasSubstr("60日"));
  EXPECT_THAT(office.bureau().Listings(office.code()), IsEmpty());
}

TEST(Substantiated, ADecisionNumberIsUsedOnce) {
  CaseOffice office;
  for (int i = 0; i < 2; ++i) {
    office.SetDay("2026-09-01");
    const std::string name = office.OpenOwn("ABN-06");
    office.Serve(name, "", "2026-09-01");
    office.SetDay("2026-09-16");
    v1::DecideCaseRequest decide = office.Decide(name, v1::CASE_FINDING_SUBSTANTIATED, "2026-09-16");
    decide.mutable_decision()->set_number("五民决〔2026〕1号");
    decide.mutable_decision()->set_considered_until("2027-09-16");
    EXPECT_EQ(ReasonOf(office.Do(decide)), i == 0 ? "" : "CONFLICTING_RECORD");
  }
}

TEST(Rule28, TheCertificateLetsTheAuthorityDeclineAnAbnormalListing) {
  CaseOffice office;
  const std::string name = office.OpenOwn("ABN-06");
  v1::DecideCaseRequest decide = office.Decide(name, v1::CASE_FINDING_NOT_RESPONSIBLE, "2026-09-01");
  EXPECT_THAT(FieldsOf(office.Do(decide).status()), ElementsAre("decision.certificate"));
  *decide.mutable_decision()->mutable_certificate() = CaseOffice::Evidence("业务主管单位证明");
  const auto decided = office.Try(decide);
  ASSERT_TRUE(decided.ok()) << decided.status();
  EXPECT_EQ(office.Case(name).decision().certificate().title(), "业务主管单位证明");
  EXPECT_THAT(office.bureau().Listings(office.code()), IsEmpty());
}

TEST(Rule28, NotASevereOneAndNotWithoutAGround) {
  CaseOffice office;
  for (const std::string_view ground : {"SER-06", ""}) {
    const std::string name = office.OpenOwn(ground);
    v1::DecideCaseRequest decide = office.Decide(name, v1::CASE_FINDING_NOT_RESPONSIBLE, "2026-09-01");
    *decide.mutable_decision()->mutable_certificate() = CaseOffice::Evidence("业务主管单位证明");
    const auto refused = office.Do(decide);
    EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH") << ground;
    EXPECT_THAT(MetadataOf(refused, "article"), HasSubstr("第十二条"));
  }
}

// Penalty grounds: heard on the penalty already.

TEST(Rule20, APenaltysCaseIsListedWithoutAnotherNotice) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20")).ok());
  const std::string name = office.Cases().at(0).name();
  const auto listed = office.Try(office.List(name, "SER-04", "2026-09-01"));
  ASSERT_TRUE(listed.ok()) << listed.status();
  const v1::Listing listing = office.bureau().Listings(office.code()).at(0);
  const v1::CreditRecord record = office.bureau().RecordsOf(office.code()).at(0);
  EXPECT_EQ(listing.list(), v1::LIST_KIND_SEVERE);
  EXPECT_EQ(listing.grounds(0).record(), record.name());
  EXPECT_EQ(listing.grounds(0).case_(), name);
  EXPECT_FALSE(record.has_proposal());
  EXPECT_EQ(record.listing(), listing.name());
  EXPECT_EQ(record.deciding_officer(), "经办人甲");
}

TEST(Rule24, TheGroundOfAPenaltysCaseIsTheOneItMeets) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kSmallFine, "2026-08-20")).ok());
  const std::string name = office.Cases().at(0).name();
  const auto refused = office.Do(office.List(name, "SER-04", "2026-09-01"));
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "ABN-05");
  // A ground that no penalty meets needs its notice here too.
  EXPECT_EQ(ReasonOf(office.Do(office.List(name, "ABN-03", "2026-09-01"))), "NOTICE_REQUIRED");
  const auto before = office.Do(office.List(name, "ABN-05", "2026-08-20"));
  EXPECT_EQ(ReasonOf(before), "");
}

TEST(Rule24, AGroundOfPenaltiesNeedsAPenaltyNoticeOrNot) {
  Heard heard("SER-04");
  const auto refused = heard.office.Do(heard.List("SER-04"));
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "");
}

TEST(Rule25, TheSecondSmallFineMovesTheEntryByTheCasesDecision) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kSmallFine, "2026-03-10", "ABN-05")).ok());
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), 0, "2026-08-20")).ok());
  const std::string name = office.Cases().at(0).name();
  EXPECT_EQ(office.Case(name).proposed_ground(), "SER-05");
  ASSERT_TRUE(office.Try(office.List(name, "SER-05", "2026-09-01")).ok());
  const auto listings = office.bureau().Listings(office.code());
  ASSERT_EQ(listings.size(), 2u);
  EXPECT_EQ(listings[0].end_reason(), v1::LISTING_END_REASON_MOVED_TO_SEVERE);
  EXPECT_EQ(listings[0].moved_to(), listings[1].name());
  EXPECT_EQ(listings[0].ended_by(), name);
  EXPECT_FALSE(listings[1].escalated());
}

TEST(CaseDecisions, AnotherCaseOnThePenaltyDecidesItsOwnToo) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20")).ok());
  const std::string opened = office.Cases().at(0).name();
  v1::OpenCaseRequest own = office.Own("SER-04");
  own.mutable_case_()->set_record(office.bureau().RecordsOf(office.code()).at(0).name());
  const std::string name = office.Open(Bureau::WuhuaIntake(), own);
  ASSERT_TRUE(office.Try(office.List(name, "SER-04", "2026-09-01")).ok());
  EXPECT_EQ(office.Case(opened).state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(office.Case(opened).result_listing(), office.Case(name).result_listing());
  // And no third listing rests on it.
  own.set_request_id("third");
  const std::string third = office.Open(Bureau::WuhuaIntake(), own);
  EXPECT_EQ(ReasonOf(office.Do(office.List(third, "SER-04", "2026-09-01"))), "CONFLICTING_RECORD");
}

// Rule 26: two years on the abnormal list.

// An office whose organization is on the abnormal list since 2024-09-10, with the platform's case on two
// years.
struct Escalation {
  Escalation() {
    office.SetDay("2024-09-10");
    v1::OpenCaseRequest own = office.Own("ABN-06");
    own.mutable_case_()->set_conduct_on("2024-08-01");
    const std::string first = office.Open(Bureau::WuhuaIntake(), own);
    office.Serve(first, "ABN-06", "2024-09-10");
    office.Must(office.Waiver(first, "2024-09-10"));
    v1::DecideCaseRequest list = office.List(first, "ABN-06", "2024-09-10");
    list.mutable_decision()->set_duty_outstanding(true);
    office.Must(list);
    abnormal = office.bureau().Listings(office.code()).at(0).name();
    office.SetDay("2026-07-13");
    const auto organization = office.bureau().view().FindOrganization(office.code());
    v1::Case opened = domain::OpenByPlatform({.origin = v1::CASE_ORIGIN_ESCALATION,
                                              .proposed_ground = "SER-01",
                                              .record = "",
                                              .listing = abnormal,
                                              .conduct_on = "",
                                              .facts = "将满2年"},
                                             **organization, *office.bureau().view().catalogue(), 800,
                                             office.bureau().now(), 1);
    name = opened.name();
    office.bureau().Fold(domain::EventOf(opened));
  }
  CaseOffice office;
  std::string abnormal;
  std::string name;
};

TEST(Rule26, TheMoveTakesEffectByDecisionNotBeforeTwoYears) {
  Escalation escalation;
  CaseOffice& office = escalation.office;
  EXPECT_EQ(ReasonOf(office.Do(office.List(escalation.name, "SER-01", "2026-07-13"))), "NOTICE_REQUIRED");
  EXPECT_EQ(ReasonOf(office.Do(office.Notice(escalation.name, "SER-08", "2026-07-13"))), "GROUND_MISMATCH");
  office.Serve(escalation.name, "SER-01", "2026-07-13");
  office.SetDay("2026-09-09");
  const auto early = office.Do(office.List(escalation.name, "SER-01", "2026-09-09"));
  EXPECT_EQ(ReasonOf(early), "ESCALATION_EARLY");
  EXPECT_EQ(MetadataOf(early, "escalation_on"), "2026-09-10");
  // Rule 64: the two years are full only once their last day is over.
  office.SetDay("2026-09-10");
  EXPECT_EQ(ReasonOf(office.Do(office.List(escalation.name, "SER-01", "2026-09-10"))), "ESCALATION_EARLY");
  office.SetDay("2026-09-11");
  const auto moved = office.Try(office.List(escalation.name, "SER-01", "2026-09-11"));
  ASSERT_TRUE(moved.ok()) << moved.status();
  const auto listings = office.bureau().Listings(office.code());
  ASSERT_EQ(listings.size(), 2u);
  EXPECT_EQ(listings[0].end_reason(), v1::LISTING_END_REASON_MOVED_TO_SEVERE);
  EXPECT_EQ(listings[0].ended_by(), escalation.name);
  EXPECT_TRUE(listings[1].escalated());
  // Rule 32: the duty goes with it.
  EXPECT_TRUE(listings[1].duty_outstanding());
  EXPECT_EQ(listings[1].grounds(0).ground(), "SER-01");
}

TEST(Rule26, NoOtherCaseGoesRoundTheTwoYears) {
  Escalation escalation;
  CaseOffice& office = escalation.office;
  const std::string own = [&] {
    v1::OpenCaseRequest request = office.Own("SER-01");
    request.mutable_case_()->set_conduct_on("2026-07-01");
    return office.Open(Bureau::WuhuaIntake(), request);
  }();
  office.Serve(own, "SER-01", "2026-07-13");
  office.Must(office.Waiver(own, "2026-07-13"));
  EXPECT_EQ(ReasonOf(office.Do(office.List(own, "SER-01", "2026-07-13"))), "ESCALATION_EARLY");
}

TEST(Rule26, AnEntryThatIsNoLongerThereDoesNotMove) {
  CaseOffice office;
  const std::string name = office.OpenOwn("SER-01");
  office.Serve(name, "SER-01", "2026-09-01");
  office.Must(office.Waiver(name, "2026-09-01"));
  EXPECT_EQ(ReasonOf(office.Do(office.List(name, "SER-01", "2026-09-01"))), "ITEM_ENDED");
}

TEST(Rule26, TheAuthorityMayFindNoMeasure) {
  Escalation escalation;
  EXPECT_EQ(FieldsOf(escalation.office
                         .Do(escalation.office.Decide(escalation.name, v1::CASE_FINDING_SUBSTANTIATED,
                                                      "2026-07-13"))
                         .status()),
            std::vector<std::string>{"decision.considered_until"});
  EXPECT_TRUE(escalation.office
                  .Try(escalation.office.Decide(escalation.name, v1::CASE_FINDING_NO_MEASURE, "2026-07-13"))
                  .ok());
  EXPECT_EQ(escalation.office.bureau().Listings(escalation.office.code()).size(), 1u);
}

// Rule 39: what an entry rested on was withdrawn.

// Withdraws a record as WithdrawRecord leaves it, and opens the platform's case on the listing.
std::string Withdraw(CaseOffice& office, const std::string& record_name, const std::string& listing) {
  for (v1::CreditRecord record : office.bureau().RecordsOf(office.code())) {
    if (record.name() != record_name) continue;
    record.mutable_withdrawal()->set_decided_on("2026-08-31");
    log::v1::Event event;
    *event.mutable_record() = record;
    office.bureau().Fold(event);
  }
  const auto organization = office.bureau().view().FindOrganization(office.code());
  v1::Case opened = domain::OpenByPlatform({.origin = v1::CASE_ORIGIN_REDECISION,
                                            .proposed_ground = "",
                                            .record = record_name,
                                            .listing = listing,
                                            .conduct_on = "",
                                            .facts = "处罚决定已撤销"},
                                           **organization, *office.bureau().view().catalogue(), 800,
                                           office.bureau().now(), 1);
  office.bureau().Fold(domain::EventOf(opened));
  return opened.name();
}

TEST(Rule39, TheGroundFallsAndWithTheLastTheEntryEnds) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20", "SER-04")).ok());
  const std::string record = office.bureau().RecordsOf(office.code())[0].name();
  const std::string name = Withdraw(office, record, office.bureau().Listings(office.code())[0].name());
  const auto kept = office.Do(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01"));
  EXPECT_EQ(ReasonOf(kept), "GROUND_MISMATCH");
  office.Must(office.Decide(name, v1::CASE_FINDING_NOT_SUBSTANTIATED, "2026-09-01"));
  const v1::Listing ended = office.bureau().Listings(office.code())[0];
  EXPECT_EQ(ended.state(), v1::LISTING_STATE_ENDED);
  EXPECT_EQ(ended.end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
  EXPECT_EQ(ended.ended_by(), name);
  EXPECT_TRUE(ended.grounds(0).has_withdrawn());
  EXPECT_EQ(office.Case(name).result_listing(), ended.name());
}

TEST(Rule39, OtherGroundsOfTheEntryStand) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-03-10", "SER-04")).ok());
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20", "SER-04")).ok());
  const v1::Listing before = office.bureau().Listings(office.code())[0];
  EXPECT_EQ(before.period_start(), "2026-08-20");
  const std::string name = Withdraw(office, before.grounds(1).record(), before.name());
  office.Must(office.Decide(name, v1::CASE_FINDING_NOT_SUBSTANTIATED, "2026-09-01"));
  const v1::Listing after = office.bureau().Listings(office.code())[0];
  EXPECT_EQ(after.state(), v1::LISTING_STATE_LISTED);
  EXPECT_FALSE(after.grounds(0).has_withdrawn());
  EXPECT_TRUE(after.grounds(1).has_withdrawn());
  // The period no longer counts from the ground that fell (rule 27).
  EXPECT_EQ(after.period_start(), "2026-03-10");
  EXPECT_EQ(after.minimum_period_end(), "2028-03-10");
}

TEST(Rule39, AGroundThatOtherPenaltiesSupportIsKeptOnThem) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kSmallFine, "2026-03-10", "ABN-05")).ok());
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), 0, "2026-05-10")).ok());
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), 0, "2026-08-20", "SER-05")).ok());
  const v1::Listing severe = office.bureau().Listings(office.code())[1];
  const std::string withdrawn = severe.grounds(0).record();
  const std::string name = Withdraw(office, withdrawn, severe.name());
  const auto kept = office.Try(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01"));
  ASSERT_TRUE(kept.ok()) << kept.status();
  const v1::ListingGround ground = office.bureau().Listings(office.code())[1].grounds(0);
  EXPECT_NE(ground.record(), withdrawn);
  EXPECT_FALSE(ground.has_withdrawn());
  EXPECT_EQ(ground.further_records_size(), 1);
}

// Rule 27: the other list's period counts from a ground that fell no more.
TEST(Rule39, TheOtherListsPeriodIsSetBackWithTheGroundThatBeganIt) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-03-10", "SER-04")).ok());
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kSmallFine, "2026-08-20", "ABN-05")).ok());
  const v1::Listing abnormal = office.bureau().Listings(office.code())[0];
  ASSERT_EQ(abnormal.list(), v1::LIST_KIND_ABNORMAL);
  ASSERT_EQ(office.bureau().Listings(office.code())[1].period_start(), "2026-08-20");
  const std::string name = Withdraw(office, abnormal.grounds(0).record(), abnormal.name());
  const auto fell = office.Try(office.Decide(name, v1::CASE_FINDING_NOT_SUBSTANTIATED, "2026-09-01"));
  ASSERT_TRUE(fell.ok()) << fell.status();
  EXPECT_EQ(fell->events.at(1).listing().transition(), v1::LISTING_TRANSITION_PERIOD_RESTARTED);
  const v1::Listing severe = office.bureau().Listings(office.code())[1];
  EXPECT_EQ(severe.period_start(), "2026-03-10");
  EXPECT_EQ(severe.minimum_period_end(), "2028-03-10");
}

// What was corrected still supports what it says now.
TEST(Rule39, ACorrectedPenaltyThatStillMeetsTheGroundKeepsIt) {
  for (const int64_t fine : {int64_t{6'000'000}, kSmallFine}) {
    CaseOffice office;
    ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20", "SER-04")).ok());
    v1::CreditRecord record = office.bureau().RecordsOf(office.code())[0];
    const std::string name =
        Withdraw(office, record.name(), office.bureau().Listings(office.code())[0].name());
    record.mutable_penalty()->set_fine_fen(fine);
    log::v1::Event corrected;
    *corrected.mutable_record() = record;
    office.bureau().Fold(corrected);
    const auto kept = office.Do(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01"));
    EXPECT_EQ(ReasonOf(kept), fine == kSmallFine ? "GROUND_MISMATCH" : "");
  }
}

// Rule 26: what is being decided again does not move meanwhile.
TEST(Rule39, AnEntryThatIsDecidedAgainIsNotMoved) {
  Escalation escalation;
  CaseOffice& office = escalation.office;
  office.Serve(escalation.name, "SER-01", "2026-07-13");
  office.SetDay("2026-09-11");
  const auto organization = office.bureau().view().FindOrganization(office.code());
  v1::Case again = domain::OpenByPlatform({.origin = v1::CASE_ORIGIN_REDECISION,
                                           .proposed_ground = "",
                                           .record = "",
                                           .listing = escalation.abnormal,
                                           .conduct_on = "",
                                           .facts = "记录已撤回"},
                                          **organization, *office.bureau().view().catalogue(), 801,
                                          office.bureau().now(), 1);
  office.bureau().Fold(domain::EventOf(again));
  const auto refused = office.Do(office.List(escalation.name, "SER-01", "2026-09-11"));
  EXPECT_EQ(ReasonOf(refused), "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(refused, "case"), again.name());
  again.set_state(v1::CASE_STATE_DECIDED);
  office.bureau().Fold(domain::EventOf(again));
  EXPECT_TRUE(office.Try(office.List(escalation.name, "SER-01", "2026-09-11")).ok());
}

TEST(Rule39, ACaseToDecideAgainCannotListAndIsDueInThreeWorkingDays) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20", "SER-04")).ok());
  const std::string record = office.bureau().RecordsOf(office.code())[0].name();
  const std::string name = Withdraw(office, record, office.bureau().Listings(office.code())[0].name());
  EXPECT_THAT(FieldsOf(office.Do(office.List(name, "SER-04", "2026-09-01")).status()),
              ElementsAre("decision.finding"));
  const auto deadlines =
      domain::DeadlinesOf(office.Case(name), *office.bureau().view().catalogue(), {2026, 9, 1});
  ASSERT_EQ(deadlines.size(), 1u);
  EXPECT_EQ(deadlines[0].kind(), v1::DEADLINE_KIND_REDECISION);
  EXPECT_EQ(deadlines[0].due_on(), "2026-09-04");
  EXPECT_EQ(deadlines[0].authority(), "authorities/km-wuhua");
}

}  // namespace
}  // namespace chengxin
