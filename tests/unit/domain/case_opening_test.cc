// Cases come in: who opens them, with whom they lie, what becomes of them before anything is decided.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/case_workflow.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/case_office.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

// An award of the unit to the organization, as it would stand after CreateAward.
void FoldAward(CaseOffice& office, const std::string& purchaser, const std::string& code) {
  log::v1::Event event;
  v1::Award& award = *event.mutable_award();
  award.set_name("awards/900-1");
  award.set_purchaser(purchaser);
  award.set_contract("WH-2026-017");
  award.add_contractor_codes(code);
  award.set_state(v1::AWARD_STATE_ACTIVE);
  office.bureau().Fold(event);
}

TEST(Rule14, APurchaserReportsOnItsOwnContract) {
  CaseOffice office;
  v1::OpenCaseRequest request = office.Report();
  FoldAward(office, "purchasers/wuhua-edu", office.code());
  request.mutable_case_()->set_award("awards/900-1");
  const v1::Case report = office.Case(office.Open(CaseOffice::Purchaser(), request));
  EXPECT_EQ(report.origin(), v1::CASE_ORIGIN_PURCHASER_REPORT);
  EXPECT_EQ(report.reporter(), "purchasers/wuhua-edu");
  EXPECT_EQ(report.contract(), "WH-2026-017");
  EXPECT_EQ(report.award(), "awards/900-1");
  EXPECT_EQ(report.organization(), "organizations/" + office.code());
  EXPECT_FALSE(report.organization_display_name().empty());
  EXPECT_EQ(report.received_on(), "2026-09-01");
  ASSERT_EQ(report.moves_size(), 1);
  EXPECT_EQ(report.moves(0).verb(), v1::CASE_VERB_OPEN);
  EXPECT_EQ(report.moves(0).by(), "purchasers/wuhua-edu");
  EXPECT_EQ(report.moves(0).role(), v1::ROLE_PURCHASER);
  EXPECT_EQ(report.etag(), "r" + std::to_string(report.revision()));
  EXPECT_EQ(report.catalogue_version(), office.bureau().view().catalogue()->version());
}

TEST(Rule14, AnAwardOfAnotherUnitOrOnAnotherOrganizationIsNotItsOwnContract) {
  for (const bool other_unit : {true, false}) {
    CaseOffice office;
    const std::string other = office.bureau().Register(2);
    FoldAward(office, other_unit ? "purchasers/panlong-edu" : "purchasers/wuhua-edu",
              other_unit ? office.code() : other);
    v1::OpenCaseRequest request = office.Report();
    request.mutable_case_()->set_award("awards/900-1");
    EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(), request)), "NOT_OWN_CONTRACT");
  }
  CaseOffice office;
  v1::OpenCaseRequest request = office.Report();
  request.mutable_case_()->set_award("awards/901-1");
  EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(), request)), "NOT_OWN_CONTRACT");
  FoldAward(office, "purchasers/wuhua-edu", office.code());
  request = office.Report();
  request.mutable_case_()->set_award("awards/900-1");
  request.mutable_case_()->set_contract("WH-2026-018");
  EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(), request)), "NOT_OWN_CONTRACT");
}

TEST(Rule14, AReportNeedsAUnitFactsDateEvidenceAndContract) {
  CaseOffice office;
  EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(""), office.Report())), "NOT_OWN_CONTRACT");
  v1::OpenCaseRequest empty;
  empty.set_organization_code(office.code());
  empty.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
  empty.set_request_id("empty");
  empty.mutable_case_();
  EXPECT_THAT(FieldsOf(office.bureau().Do(CaseOffice::Purchaser(), empty).status()),
              UnorderedElementsAre("case.conduct", "case.conduct_on", "case.facts", "case.evidence",
                                   "case.contract"));
}

TEST(Rule14, EveryWrongFieldOfAReportIsNamed) {
  CaseOffice office;
  v1::OpenCaseRequest request = office.Report();
  v1::Case& report = *request.mutable_case_();
  report.set_conduct_on("2026-09-02");  // tomorrow
  report.mutable_evidence(0)->set_sha256(std::string(64, 'A'));
  *report.add_evidence() = CaseOffice::Evidence("");
  report.set_award("awards/1");
  report.set_internal_note("内部意见");
  report.set_complainant("王某");
  report.set_record("organizations/x/records/1-1");
  EXPECT_THAT(FieldsOf(office.bureau().Do(CaseOffice::Purchaser(), request).status()),
              UnorderedElementsAre("case.conduct_on", "case.evidence[0].sha256", "case.evidence[1].title",
                                   "case.award", "case.internal_note", "case.complainant", "case.record",
                                   "case.record"));
  request = office.Report();
  for (int i = 0; i < 20; ++i) *request.mutable_case_()->add_evidence() = CaseOffice::Evidence("照片");
  EXPECT_THAT(FieldsOf(office.bureau().Do(CaseOffice::Purchaser(), request).status()),
              ElementsAre("case.evidence"));
  request = office.Report();
  request.set_origin(v1::CASE_ORIGIN_PENALTY);  // the platform's
  EXPECT_THAT(FieldsOf(office.bureau().Do(CaseOffice::Purchaser(), request).status()), ElementsAre("origin"));
}

TEST(Rule15, AReportLiesWithTheRegisteringAuthorityAndIsNoListing) {
  CaseOffice office;
  const v1::Case report = office.Case(office.Open(CaseOffice::Purchaser(), office.Report()));
  EXPECT_EQ(report.authority(), "authorities/km-wuhua");
  EXPECT_EQ(report.state(), v1::CASE_STATE_RECEIVED);
  EXPECT_THAT(office.bureau().Listings(office.code()), IsEmpty());
  EXPECT_THAT(office.bureau().RecordsOf(office.code()), IsEmpty());
}

// Rule 46: nothing that verdicts are evaluated from changes.
TEST(Rule46, AnOpenCaseLeavesTheStandingAsItWas) {
  CaseOffice office;
  const std::string before = office.bureau().view().StandingOf(office.code()).SerializeAsString();
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  office.Serve(name, "ABN-06", "2026-09-01");
  EXPECT_EQ(office.bureau().view().StandingOf(office.code()).SerializeAsString(), before);
}

TEST(OpenCase, EachRoleOpensItsOwnKindAlone) {
  CaseOffice office;
  EXPECT_EQ(ReasonOf(office.Do(office.Report())), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(), office.Complaint())), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Agency(), office.Own("ABN-06"))), "ROLE_NOT_ALLOWED");
  for (const v1::Principal& principal : {Bureau::Public(), Bureau::Admin(), Bureau::Sync()}) {
    EXPECT_EQ(ReasonOf(office.bureau().Do(principal, office.Report())), "ROLE_NOT_ALLOWED");
  }
}

TEST(OpenCase, AnOrganizationThatIsNotInTheCopyIsRefused) {
  CaseOffice office;
  v1::OpenCaseRequest request = office.Report();
  request.set_organization_code(Bureau::CodeOf(99).ToString());
  EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(), request)), "ORGANIZATION_NOT_FOUND");
}

TEST(OpenCase, AConductThatIsNoRowOfTheCatalogueIsRefused) {
  CaseOffice office;
  v1::OpenCaseRequest request = office.Report();
  request.mutable_case_()->set_conduct("rudeness");
  const auto refused = office.bureau().Do(CaseOffice::Purchaser(), request);
  EXPECT_EQ(ReasonOf(refused), "UNKNOWN_CONDUCT_TYPE");
  EXPECT_EQ(MetadataOf(refused, "conduct"), "rudeness");
  // Nor one that was none on the day of the conduct.
  request.mutable_case_()->set_conduct("poor-service");
  request.mutable_case_()->set_conduct_on("2021-12-05");
  EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(), request)), "UNKNOWN_CONDUCT_TYPE");
}

TEST(OpenCase, TheTypeOfConductProposesItsGround) {
  CaseOffice office;
  v1::OpenCaseRequest request = office.Report();
  request.mutable_case_()->set_conduct("unreachable");
  EXPECT_EQ(office.Case(office.Open(CaseOffice::Purchaser(), request)).proposed_ground(), "ABN-06");
  EXPECT_EQ(office.Case(office.Open(CaseOffice::Purchaser(), office.Report())).proposed_ground(), "");
}

TEST(Rule19, AProposedGroundMustBeOneOfTheTwoLists) {
  CaseOffice office;
  for (const std::string_view ground : {"SER-09", "GP-01", "KM-03", "不诚信"}) {
    const auto refused = office.Do(office.Own(ground));
    EXPECT_EQ(ReasonOf(refused), "UNKNOWN_GROUND") << ground;
    EXPECT_EQ(MetadataOf(refused, "ground"), ground);
  }
}

TEST(OpenCase, OnlyTheRegisteringAuthorityOpensItsOwn) {
  CaseOffice office;
  EXPECT_EQ(ReasonOf(office.bureau().Do(Bureau::Panlong(), office.Own("ABN-06"))),
            "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(office.Case(office.OpenOwn("ABN-06")).state(), v1::CASE_STATE_ACCEPTED);
}

TEST(OpenCase, TheRecordMustBeOneOfTheOrganization) {
  CaseOffice office;
  const std::string other = office.bureau().Register(2);
  ASSERT_TRUE(office.Try(office.bureau().Penalty(other, kSmallFine, "2026-08-01")).ok());
  v1::OpenCaseRequest request = office.Own("ABN-05");
  request.mutable_case_()->set_record(office.bureau().RecordsOf(other).at(0).name());
  EXPECT_THAT(FieldsOf(office.Do(request).status()), ElementsAre("case.record"));
}

TEST(OpenCase, TheDayIsShanghais) {
  CaseOffice office;
  // 00:30 on the 2nd in Shanghai is still the 1st in UTC.
  office.bureau().SetNow(domain::StartOfDay(domain::CivilDay(2026, 9, 2)) + absl::Minutes(30));
  v1::OpenCaseRequest request = office.Report();
  request.mutable_case_()->set_conduct_on("2026-09-02");
  EXPECT_EQ(office.Case(office.Open(CaseOffice::Purchaser(), request)).received_on(), "2026-09-02");
  request = office.Report();
  request.mutable_case_()->set_conduct_on("2026-09-03");
  EXPECT_THAT(FieldsOf(office.bureau().Do(CaseOffice::Purchaser(), request).status()),
              ElementsAre("case.conduct_on"));
}

TEST(Rule16, AReportIsReturnedHandedInAgainAndAccepted) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Return(name));
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_RETURNED);
  EXPECT_EQ(office.Case(name).moves(1).reason(), "缺少验收报告");
  const auto again = office.bureau().Try(CaseOffice::Purchaser(), office.Resubmit(name));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_RECEIVED);
  EXPECT_THAT(office.Case(name).facts(), HasSubstr("验收报告"));
  EXPECT_EQ(office.Case(name).reporter(), "purchasers/wuhua-edu");
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_EQ(office.Case(name).moves_size(), 4);
}

TEST(Rule16, WhatIsHandedInAgainNeedsEvidenceAndContractToo) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Return(name));
  v1::ResubmitCaseRequest again = office.Resubmit(name);
  again.mutable_case_()->clear_evidence();
  again.mutable_case_()->clear_contract();
  EXPECT_THAT(FieldsOf(office.bureau().Do(CaseOffice::Purchaser(), again).status()),
              UnorderedElementsAre("case.evidence", "case.contract"));
}

TEST(Rule16, AReportIsDismissedWithReasonsThatTheReporterSees) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  v1::DismissCaseRequest without = office.Dismiss(name);
  without.clear_reason();
  EXPECT_THAT(FieldsOf(office.Do(without).status()), ElementsAre("reason"));
  office.Must(office.Dismiss(name));
  const v1::Case dismissed = office.Case(name);
  EXPECT_EQ(dismissed.state(), v1::CASE_STATE_DISMISSED);
  EXPECT_THAT(dismissed.moves(1).reason(), HasSubstr("合同纠纷"));
}

// Rule 17: what lies with another authority than the registering one is forwarded, and not dismissed there.
TEST(Rule17, AnAuthorityDoesNotDismissAComplaintAboutAnothersOrganization) {
  CaseOffice office;
  const std::string name = office.Open(Bureau::Panlong(), office.Complaint());
  const auto refused = office.bureau().Do(Bureau::Panlong(), office.Dismiss(name));
  EXPECT_EQ(ReasonOf(refused), "REGISTERED_ELSEWHERE");
  EXPECT_EQ(MetadataOf(refused, "registration_authority"), "authorities/km-wuhua");
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_RECEIVED);
}

TEST(Rule16, AComplaintIsReturnedAndHandedInAgainByTheAuthority) {
  CaseOffice office;
  const std::string name = office.Open(Bureau::WuhuaIntake(), office.Complaint());
  EXPECT_EQ(office.Case(name).complainant(), "王某");
  office.Must(office.Return(name));
  v1::ResubmitCaseRequest again = office.Resubmit(name);
  again.mutable_case_()->clear_contract();
  office.Must(again);
  EXPECT_EQ(office.Case(name).complainant(), "王某");
}

// Rule 46: a case is its reporter's and its authority's alone; for others it is not there.
TEST(Rule46, AnotherUnitsReporterAndAnotherAuthorityDoNotFindTheCase) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Return(name));
  EXPECT_EQ(office.bureau()
                .Do(CaseOffice::Purchaser("purchasers/panlong-edu"), office.Resubmit(name))
                .status()
                .code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(office.bureau().Do(Bureau::Panlong(), office.Dismiss(name)).status().code(),
            absl::StatusCode::kNotFound);
  v1::DismissCaseRequest nowhere = office.Dismiss(name);
  nowhere.set_name("cases/999-1");
  EXPECT_EQ(office.Do(nowhere).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_RETURNED);
}

TEST(CaseMoves, AMoveThatIsNotOpenNamesThoseThatAre) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  const auto refused = office.Do(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01"));
  EXPECT_EQ(ReasonOf(refused), "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(refused, "state"), "CASE_STATE_RECEIVED");
  EXPECT_EQ(MetadataOf(refused, "open_moves"),
            "CASE_VERB_ACCEPT,CASE_VERB_RETURN,CASE_VERB_DISMISS,CASE_VERB_FORWARD");
  EXPECT_THAT(MetadataOf(refused, "article"), HasSubstr("第十条"));
  EXPECT_THAT(refused->refusal->message, HasSubstr("待受理"));
  office.Must(office.Dismiss(name));
  const auto ended = office.Do(office.Move<v1::AcceptCaseRequest>(name));
  EXPECT_EQ(ReasonOf(ended), "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(ended, "open_moves"), "");
}

TEST(CaseMoves, OfTwoOfficersAtOnceOneWinsAndTheOtherGetsTheCurrentEtag) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  const auto first = office.Move<v1::AcceptCaseRequest>(name);
  const v1::DismissCaseRequest second = office.Dismiss(name);
  office.Must(first);
  const auto late = office.Try(second);
  EXPECT_EQ(late.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(late), "STALE_ETAG");
  EXPECT_EQ(MetadataOf(late, "etag"), office.Case(name).etag());
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_ACCEPTED);
}

TEST(CaseMoves, AReporterMakesNoMoveOfTheAuthority) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  for (const domain::Command& command :
       {domain::Command(office.Move<v1::AcceptCaseRequest>(name)), domain::Command(office.Return(name)),
        domain::Command(office.Dismiss(name)),
        domain::Command(office.Forward(name, "authorities/km-panlong")),
        domain::Command(office.Notice(name, "ABN-06", "2026-09-01")),
        domain::Command(office.Statement(name, "2026-09-01")),
        domain::Command(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01")),
        domain::Command(office.Transfer(name))}) {
    EXPECT_EQ(ReasonOf(office.bureau().Do(CaseOffice::Purchaser(), command)), "ROLE_NOT_ALLOWED")
        << domain::KindOf(command);
  }
}

TEST(CaseMoves, EveryMoveNeedsNameEtagAndRequestId) {
  CaseOffice office;
  EXPECT_THAT(FieldsOf(office.Do(v1::AcceptCaseRequest()).status()),
              UnorderedElementsAre("name", "etag", "request_id"));
  EXPECT_THAT(FieldsOf(office.Do(v1::ForwardCaseRequest()).status()),
              UnorderedElementsAre("name", "etag", "request_id", "to_authority", "reason"));
  EXPECT_THAT(FieldsOf(office.Do(v1::ServeNoticeRequest()).status()),
              UnorderedElementsAre("name", "etag", "request_id", "notice"));
  EXPECT_THAT(FieldsOf(office.Do(v1::DecideCaseRequest()).status()),
              UnorderedElementsAre("name", "etag", "request_id", "deciding_officer", "decision"));
  v1::TransferCaseRequest transfer;
  transfer.mutable_transfer();
  EXPECT_THAT(FieldsOf(office.Do(transfer).status()),
              UnorderedElementsAre("name", "etag", "request_id", "transfer.organ", "transfer.number",
                                   "transfer.transferred_on", "transfer.reasons"));
}

TEST(Rule17, AComplaintAboutAnOrganizationRegisteredElsewhereIsForwardedNotDecided) {
  CaseOffice office;
  const std::string name = office.Open(Bureau::Panlong(), office.Complaint());
  EXPECT_EQ(office.Case(name).authority(), "authorities/km-panlong");
  ASSERT_TRUE(office.bureau().Try(Bureau::Panlong(), office.Move<v1::AcceptCaseRequest>(name)).ok());
  for (const domain::Command& command :
       {domain::Command(office.Notice(name, "ABN-06", "2026-09-01")),
        domain::Command(office.Decide(name, v1::CASE_FINDING_NO_MEASURE, "2026-09-01")),
        domain::Command(office.Transfer(name))}) {
    const auto refused = office.bureau().Do(Bureau::Panlong(), command);
    EXPECT_EQ(ReasonOf(refused), "REGISTERED_ELSEWHERE") << domain::KindOf(command);
    EXPECT_EQ(MetadataOf(refused, "registration_authority"), "authorities/km-wuhua");
  }
  EXPECT_THAT(
      FieldsOf(office.bureau().Do(Bureau::Panlong(), office.Forward(name, "authorities/km")).status()),
      ElementsAre("to_authority"));
  const auto forwarded = office.bureau().Try(Bureau::Panlong(), office.Forward(name, "authorities/km-wuhua"));
  ASSERT_TRUE(forwarded.ok()) << forwarded.status();
  const v1::Case there = office.Case(name);
  EXPECT_EQ(there.authority(), "authorities/km-wuhua");
  EXPECT_EQ(there.state(), v1::CASE_STATE_RECEIVED);
  EXPECT_EQ(there.moves(2).to_authority(), "authorities/km-wuhua");
  // It is no longer theirs.
  EXPECT_EQ(office.bureau().Do(Bureau::Panlong(), office.Dismiss(name)).status().code(),
            absl::StatusCode::kNotFound);
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
}

TEST(Rule17, TheRegisteringAuthorityHasNowhereToForward) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  EXPECT_THAT(FieldsOf(office.Do(office.Forward(name, "authorities/km-panlong")).status()),
              ElementsAre("to_authority"));
}

TEST(Rule17, TheNoticeOfAnotherAuthorityIsLeftBehind) {
  CaseOffice office;
  const std::string name = office.OpenOwn("ABN-06");
  office.Serve(name, "ABN-06", "2026-09-01");
  // The organization moves to another authority in the midst of it.
  v1::Organization moved = Bureau::OrganizationOf(1);
  moved.set_registration_authority("authorities/km-panlong");
  ASSERT_TRUE(office.bureau().Try(Bureau::Sync(), office.bureau().Batch({moved})).ok());
  office.SetDay("2026-09-16");
  // The case went over with it, and is another's now.
  EXPECT_EQ(office.Do(office.List(name, "ABN-06", "2026-09-16")).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(office.Case(name).authority(), "authorities/km-panlong");
  EXPECT_EQ(office.Case(name).moves().rbegin()->verb(), v1::CASE_VERB_FORWARD);
  EXPECT_FALSE(office.Case(name).has_notice());
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_RECEIVED);
}

TEST(Transfer, ACaseGoesToTheCompetentOrganAndEnds) {
  CaseOffice office;
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  office.Must(office.Move<v1::AcceptCaseRequest>(name));
  v1::TransferCaseRequest future = office.Transfer(name);
  future.mutable_transfer()->set_transferred_on("2026-09-02");
  EXPECT_THAT(FieldsOf(office.Do(future).status()), ElementsAre("transfer.transferred_on"));
  office.Must(office.Transfer(name));
  EXPECT_EQ(office.Case(name).state(), v1::CASE_STATE_TRANSFERRED);
  EXPECT_EQ(office.Case(name).transfer().organ(), "昆明市五华区财政局");
}

TEST(Rule20, APenaltyWithoutItsDecisionOpensACaseWithTheGroundProposed) {
  CaseOffice office;
  const auto filed = office.Try(office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  ASSERT_EQ(office.Cases().size(), 1u);
  const v1::Case opened = office.Cases()[0];
  const v1::CreditRecord record = office.bureau().RecordsOf(office.code()).at(0);
  EXPECT_EQ(record.case_(), opened.name());
  EXPECT_EQ(opened.record(), record.name());
  EXPECT_EQ(opened.origin(), v1::CASE_ORIGIN_PENALTY);
  EXPECT_EQ(opened.proposed_ground(), "SER-04");
  EXPECT_EQ(opened.authority(), "authorities/km-wuhua");
  EXPECT_EQ(opened.state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_EQ(opened.conduct_on(), "2026-08-20");
  EXPECT_EQ(opened.moves(0).role(), v1::ROLE_UNSPECIFIED);
  EXPECT_EQ(opened.moves(0).by(), "");
  EXPECT_THAT(opened.facts(), HasSubstr("第十五条"));
  EXPECT_THAT(office.bureau().Listings(office.code()), IsEmpty());
}

TEST(Rule20, ImportedPenaltiesOpenACaseEachAndOnce) {
  CaseOffice office;
  const v1::CreditRecord first = office.bureau().Penalty(office.code(), kSmallFine, "2026-05-01").record();
  const v1::CreditRecord second = office.bureau().Penalty(office.code(), kSmallFine, "2026-06-01").record();
  for (int delivery = 0; delivery < 2; ++delivery) {
    ASSERT_TRUE(
        office.bureau()
            .Try(Bureau::Sync("sources/credit-records"),
                 office.bureau().Records("sources/credit-records", office.code(), {first, first, second}))
            .ok());
  }
  ASSERT_EQ(office.Cases().size(), 2u);
  EXPECT_EQ(office.Cases()[0].proposed_ground(), "ABN-05");
  EXPECT_EQ(office.Cases()[1].proposed_ground(), "SER-05");
  EXPECT_THAT(office.Cases()[0].name(), Not(office.Cases()[1].name()));
}

TEST(Rule20, APenaltyThatMeetsNoGroundOpensNone) {
  CaseOffice office;
  v1::CreateRecordRequest request = office.bureau().Penalty(office.code(), 0, "2026-08-20");
  request.mutable_record()->mutable_penalty()->set_kinds(0, v1::PENALTY_KIND_CONFISCATION);
  ASSERT_TRUE(office.Try(request).ok());
  EXPECT_THAT(office.Cases(), IsEmpty());
}

TEST(Rule20, FilingThePenaltyWithItsDecisionDecidesTheCaseItOpened) {
  CaseOffice office;
  const v1::CreateRecordRequest decided =
      office.bureau().Penalty(office.code(), kBorderFine, "2026-08-20", "SER-04");
  v1::CreateRecordRequest alone = decided;
  alone.clear_listing_decision();
  alone.mutable_record()->clear_deciding_officer();
  alone.set_request_id("alone");
  ASSERT_TRUE(office.Try(alone).ok());
  const std::string name = office.Cases().at(0).name();
  ASSERT_TRUE(office.Try(decided).ok());
  const v1::Case ended = office.Case(name);
  EXPECT_EQ(ended.state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(ended.decision().finding(), v1::CASE_FINDING_LISTED);
  EXPECT_EQ(ended.decision().ground(), "SER-04");
  EXPECT_EQ(ended.result_listing(), "listings/" + office.code() + "-S1");
  EXPECT_EQ(ended.deciding_officer(), "经办人甲");
}

}  // namespace
}  // namespace chengxin
