// Who decides a case: never its reporter, and two officers where the catalogue asks for them (双人决定).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "chengxin/v1/admin_service.pb.h"
#include "domain/case_workflow.h"
#include "tests/support/catalogue_files.h"
#include "tests/unit/domain/case_office.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(Rule18, WhoOpensACaseDoesNotDecideIt) {
  CaseOffice office;
  const std::string name = office.OpenOwn("ABN-06");
  EXPECT_EQ(office.Case(name).opener(), "intake-of-wuhua");
  const v1::DecideCaseRequest decide = office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01");
  const auto refused = office.bureau().Try(Bureau::WuhuaIntake(), decide);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(refused.status()), "REPORTER_DECIDES");
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_TRUE(office.Try(decide).ok()) << "a colleague does";
}

TEST(Rule18, WhoHandsAComplaintInAgainDoesNotDecideIt) {
  CaseOffice office;
  const std::string name = office.Open(Bureau::WuhuaIntake(), office.Complaint());
  office.Must(office.Return(name));
  v1::ResubmitCaseRequest again = office.Resubmit(name);
  again.mutable_case_()->clear_contract();
  office.Must(again);
  EXPECT_EQ(office.Case(name).opener(), Bureau::Wuhua().subject());
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  EXPECT_EQ(ReasonOf(office.Do(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01"))),
            "REPORTER_DECIDES");
}

TEST(Rule18, APurchasersReportIsItsOwnAndTheAuthorityDecidesIt) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  EXPECT_EQ(office.Case(name).opener(), CaseOffice::Purchaser().subject());
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  EXPECT_TRUE(office.Try(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01")).ok());
}

// Rule 20: the penalty that raised it may come from the officer who decides.
TEST(Rule18, WhatThePlatformOpenedWasReportedByNobody) {
  CaseOffice office;
  ASSERT_TRUE(office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-28")).ok());
  ASSERT_THAT(office.Cases(), SizeIs(1));
  const std::string name = office.Cases()[0].name();
  EXPECT_EQ(office.Case(name).opener(), "");
  EXPECT_TRUE(office.Try(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01")).ok());
}

// A case of the authority on ABN-06, heard; it is 2026-09-16 and decisions need two officers.
class TwoOfficers : public testing::Test {
 protected:
  TwoOfficers() {
    Switch(true);
    name_ = office_.OpenOwn("ABN-06");
    office_.Serve(name_, "ABN-06", "2026-09-01");
    office_.SetDay("2026-09-16");
  }

  void Switch(bool two) {
    v1::ActivateCatalogueRequest request;
    *request.mutable_catalogue() = LoadDeployedCatalogue();
    request.mutable_catalogue()->set_version(two ? "two-officers" : "one-officer");
    request.mutable_catalogue()->mutable_procedure()->set_decisions_need_two_officers(two);
    request.set_request_id(office_.bureau().NextRequestId());
    const auto activated = office_.bureau().Try(Bureau::Admin(), request);
    ASSERT_TRUE(activated.ok()) << activated.status();
  }
  v1::ConfirmDecisionRequest Confirmation() {
    auto request = office_.Move<v1::ConfirmDecisionRequest>(name_);
    request.set_confirming_officer("复核人乙");
    return request;
  }
  absl::StatusOr<domain::Decision> Confirm(const v1::Principal& officer = Bureau::WuhuaSecond()) {
    return office_.bureau().Do(officer, Confirmation());
  }
  void Propose() { office_.Must(office_.List(name_, "ABN-06", "2026-09-16")); }
  v1::Case Case() const { return office_.Case(name_); }

  CaseOffice office_;
  std::string name_;
};

TEST_F(TwoOfficers, AProposedDecisionHasNoEffect) {
  const std::string standing = office_.bureau().view().StandingOf(office_.code()).SerializeAsString();
  const auto proposed = office_.Try(office_.List(name_, "ABN-06", "2026-09-16"));
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  ASSERT_THAT(proposed->events, SizeIs(1)) << "the case alone";
  EXPECT_EQ(Case().state(), v1::CASE_STATE_NOTICE_SERVED);
  EXPECT_FALSE(Case().has_decision());
  EXPECT_EQ(Case().result_listing(), "");
  EXPECT_EQ(Case().proposed_decision().ground(), "ABN-06");
  EXPECT_THAT(Case().proposed_decision().remedies(), HasSubstr("60日")) << "as it will be stated";
  EXPECT_EQ(Case().proposer(), Bureau::Wuhua().subject());
  EXPECT_EQ(Case().deciding_officer(), "经办人甲");
  EXPECT_EQ(Case().moves().rbegin()->verb(), v1::CASE_VERB_DECIDE);
  EXPECT_EQ(Case().moves().rbegin()->state(), v1::CASE_STATE_NOTICE_SERVED);
  EXPECT_THAT(office_.bureau().Listings(office_.code()), IsEmpty());
  EXPECT_EQ(office_.bureau().view().StandingOf(office_.code()).SerializeAsString(), standing);
}

TEST_F(TwoOfficers, ASecondOfficerOfTheAuthorityConfirmsAndItIsDecided) {
  Propose();
  const auto confirmed = Confirm();
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  ASSERT_EQ(ReasonOf(confirmed), "");
  EXPECT_EQ(Case().state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(Case().decision().finding(), v1::CASE_FINDING_LISTED);
  EXPECT_FALSE(Case().has_proposed_decision());
  EXPECT_EQ(Case().proposer(), Bureau::Wuhua().subject());
  EXPECT_EQ(Case().deciding_officer(), "经办人甲");
  EXPECT_EQ(Case().confirming_officer(), "复核人乙");
  EXPECT_EQ(Case().moves().rbegin()->verb(), v1::CASE_VERB_CONFIRM);
  ASSERT_THAT(office_.bureau().Listings(office_.code()), SizeIs(1));
  const v1::Listing listing = office_.bureau().Listings(office_.code())[0];
  EXPECT_EQ(Case().result_listing(), listing.name());
  EXPECT_EQ(listing.grounds(0).decision().number(), Case().decision().number());
}

TEST_F(TwoOfficers, NeitherTheProposerNorTheReporterNorAnotherAuthorityConfirms) {
  Propose();
  const auto same = office_.Try(Confirmation());
  EXPECT_EQ(same.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(same.status()), "SECOND_OFFICER_NEEDED");
  EXPECT_EQ(ReasonOf(Confirm(Bureau::WuhuaIntake())), "REPORTER_DECIDES");
  EXPECT_EQ(Confirm(Bureau::Panlong()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(Confirm(CaseOffice::Purchaser())), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(Case().state(), v1::CASE_STATE_NOTICE_SERVED);
  v1::ConfirmDecisionRequest nobody = Confirmation();
  nobody.clear_confirming_officer();
  EXPECT_THAT(FieldsOf(office_.bureau().Do(Bureau::WuhuaSecond(), nobody).status()),
              testing::ElementsAre("confirming_officer"));
}

TEST_F(TwoOfficers, TheReporterProposesNothingEither) {
  EXPECT_EQ(ReasonOf(office_.bureau().Do(Bureau::WuhuaIntake(), office_.List(name_, "ABN-06", "2026-09-16"))),
            "REPORTER_DECIDES");
  EXPECT_FALSE(Case().has_proposed_decision());
}

TEST_F(TwoOfficers, WithoutAProposalThereIsNothingToConfirm) {
  const auto refused = Confirm();
  EXPECT_EQ(ReasonOf(refused), "MOVE_NOT_OPEN");
  EXPECT_THAT(domain::OpenMoves(Case(), v1::ROLE_CIVIL_AFFAIRS), Not(Contains(v1::CASE_VERB_CONFIRM)));
  Propose();
  EXPECT_THAT(domain::OpenMoves(Case(), v1::ROLE_CIVIL_AFFAIRS), Contains(v1::CASE_VERB_CONFIRM));
}

// What is confirmed is what was seen.
TEST_F(TwoOfficers, AnotherProposalTakesThePlaceOfTheFirst) {
  Propose();
  v1::ConfirmDecisionRequest stale = Confirmation();
  const auto other = office_.bureau().Do(
      Bureau::WuhuaSecond(), office_.Decide(name_, v1::CASE_FINDING_NOT_SUBSTANTIATED, "2026-09-16"));
  ASSERT_EQ(ReasonOf(other), "");
  EXPECT_EQ(Case().proposed_decision().finding(), v1::CASE_FINDING_NOT_SUBSTANTIATED);
  EXPECT_EQ(Case().proposer(), Bureau::WuhuaSecond().subject());
  EXPECT_EQ(ReasonOf(office_.Do(stale)), "STALE_ETAG");
  EXPECT_EQ(ReasonOf(Confirm()), "SECOND_OFFICER_NEEDED") << "now it is the second one's";
  EXPECT_EQ(ReasonOf(Confirm(Bureau::Wuhua())), "");
  EXPECT_EQ(Case().decision().finding(), v1::CASE_FINDING_NOT_SUBSTANTIATED);
  EXPECT_THAT(office_.bureau().Listings(office_.code()), IsEmpty());
}

TEST_F(TwoOfficers, AnyOtherMoveTakesTheProposalAway) {
  Propose();
  office_.Must(office_.Statement(name_, "2026-09-15"));
  EXPECT_FALSE(Case().has_proposed_decision());
  EXPECT_EQ(Case().proposer(), "");
  EXPECT_EQ(Case().deciding_officer(), "");
  EXPECT_EQ(ReasonOf(Confirm()), "MOVE_NOT_OPEN");
}

// Rule 20: the case goes over to the new registering authority, which hears and decides anew.
TEST_F(TwoOfficers, ACaseThatGoesOverToAnotherAuthorityLeavesTheProposalBehind) {
  Propose();
  v1::Organization moved = Bureau::OrganizationOf(1);
  moved.set_registration_authority("authorities/km-panlong");
  ASSERT_TRUE(office_.bureau().Try(Bureau::Sync(), office_.bureau().Batch({moved})).ok());
  ASSERT_EQ(Case().authority(), "authorities/km-panlong");
  EXPECT_FALSE(Case().has_proposed_decision());
  EXPECT_EQ(Case().deciding_officer(), "");
}

// A proposal is judged when it is made, and again when it is confirmed.
TEST_F(TwoOfficers, BothAreJudgedByTheStateOfTheirTime) {
  EXPECT_EQ(ReasonOf(office_.Do(office_.List(name_, "ABN-03", "2026-09-16"))), "GROUND_NOT_NOTICED");
  EXPECT_FALSE(Case().has_proposed_decision());
  const auto propose = [&](const std::string& name) {
    v1::DecideCaseRequest decide = office_.Decide(name, v1::CASE_FINDING_SUBSTANTIATED, "2026-09-16");
    decide.mutable_decision()->set_number("五民决〔2026〕1号");
    decide.mutable_decision()->set_considered_until("2027-09-16");
    office_.Must(decide);
  };
  propose(name_);
  const std::string first = name_;
  office_.SetDay("2026-09-01");
  name_ = office_.OpenOwn("ABN-06");
  office_.Serve(name_, "ABN-06", "2026-09-01");
  office_.SetDay("2026-09-16");
  propose(name_);
  EXPECT_EQ(ReasonOf(Confirm()), "");
  name_ = first;
  EXPECT_EQ(ReasonOf(Confirm()), "CONFLICTING_RECORD") << "the number is taken by now";
  EXPECT_TRUE(Case().has_proposed_decision());
}

TEST_F(TwoOfficers, WhatWaitsIsConfirmedAlsoWhenTheSwitchIsTurnedOff) {
  Propose();
  Switch(false);
  EXPECT_EQ(ReasonOf(office_.Do(Confirmation())), "SECOND_OFFICER_NEEDED");
  EXPECT_EQ(ReasonOf(Confirm()), "");
  EXPECT_EQ(Case().state(), v1::CASE_STATE_DECIDED);
}

TEST_F(TwoOfficers, WithTheSwitchOffOneOfficerDecidesAndNoProposalIsLeft) {
  Propose();
  Switch(false);
  office_.Must(office_.Decide(name_, v1::CASE_FINDING_NO_MEASURE, "2026-09-16"));
  EXPECT_EQ(Case().state(), v1::CASE_STATE_DECIDED);
  EXPECT_FALSE(Case().has_proposed_decision());
  EXPECT_EQ(Case().proposer(), "");
  EXPECT_EQ(Case().deciding_officer(), "经办人甲");
  EXPECT_EQ(Case().confirming_officer(), "");
}

// Rule 20: one act files a penalty and lists; it does not decide a case that waits for two.
TEST_F(TwoOfficers, TheCaseOnAPenaltyIsNotDecidedByFilingItAgain) {
  v1::CreateRecordRequest penalty =
      office_.bureau().Penalty(office_.code(), kBorderFine, "2026-09-10", "SER-04");
  v1::CreateRecordRequest alone = penalty;
  alone.set_request_id(office_.bureau().NextRequestId());
  alone.clear_listing_decision();
  alone.mutable_record()->clear_deciding_officer();
  ASSERT_TRUE(office_.Try(alone).ok());
  ASSERT_THAT(office_.Cases(), SizeIs(2));
  const auto refused = office_.Do(penalty);
  EXPECT_EQ(ReasonOf(refused), "SECOND_OFFICER_NEEDED");
  EXPECT_EQ(MetadataOf(refused, "case"), office_.Cases()[1].name());
  EXPECT_THAT(office_.bureau().Listings(office_.code()), IsEmpty());
  Switch(false);
  EXPECT_EQ(ReasonOf(office_.Do(penalty)), "");
  EXPECT_THAT(office_.bureau().Listings(office_.code()), SizeIs(1));
}

}  // namespace
}  // namespace chengxin
