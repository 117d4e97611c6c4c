// CaseService over real gRPC: notice, statement, decision, transfer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DecisionContract : public LawContract {
 protected:
  DecisionContract() { world_.Register(1); }

  // Decides as 五华区 on the case as last seen.
  Answer<v1::DecideCaseResponse> Decide(const v1::Case& found, const v1::DecideCaseRequest& request) {
    return Move(kWuhua, &Cases::DecideCase, found, request);
  }
  v1::Case Noticed(std::string_view ground) { return ServeNotice(Accept(Report(1)), ground); }
};

TEST_F(DecisionContract, Rule18OnlyTheAuthorityTheCaseLiesWithActs) {
  const v1::Case accepted = Accept(Report(1));
  v1::ServeNoticeRequest request;
  *request.mutable_notice() = NoticeOn("ABN-06");
  for (const std::string_view who : {kPanlong, kKunming})
    EXPECT_EQ(Move(who, &Cases::ServeNotice, accepted, request).status.error_code(),
              grpc::StatusCode::NOT_FOUND)
        << who;
  EXPECT_EQ(Move(kCulture, &Cases::ServeNotice, accepted, request).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(DecisionContract, Rule19AGroundThatIsNoneOfTheFifteenIsRefused) {
  v1::ServeNoticeRequest request;
  *request.mutable_notice() = NoticeOn("ABN-99");
  const auto refused = Move(kWuhua, &Cases::ServeNotice, Accept(Report(1)), request);
  ExpectRefused(refused, "UNKNOWN_GROUND");
  EXPECT_EQ(MetadataOf(refused.status, "ground"), "ABN-99");
}

TEST_F(DecisionContract, Rule19TheResidualGroundNeedsACitedLaw) {
  const v1::Case ready = ReadyToDecide(1, "ABN-07");
  v1::DecideCaseRequest request = DecisionOn(v1::CASE_FINDING_LISTED, "ABN-07");
  ExpectRefused(Decide(ready, request), "RESIDUAL_GROUND_WITHOUT_LAW");
  request.mutable_decision()->set_cited_law("《慈善法》第一百一十条");
  EXPECT_EQ(Expect(Decide(ready, request)).listing().grounds(0).decision().cited_law(),
            "《慈善法》第一百一十条");
}

TEST_F(DecisionContract, Rule20NoListingWithoutNotice) {
  ExpectRefused(Decide(Accept(Report(1)), DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06")), "NOTICE_REQUIRED");
}

TEST_F(DecisionContract, Rule20TheStatementPeriodIsTenWorkingDaysToTheEndOfTheLast) {
  const v1::Case noticed = Noticed("ABN-06");
  EXPECT_EQ(noticed.notice().statement_until(), "2026-12-08");
  GoToEndOf(domain::CivilDay(2026, 12, 8));
  const auto early = Decide(noticed, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"));
  ExpectRefused(early, "STATEMENT_PERIOD_RUNS");
  EXPECT_EQ(MetadataOf(early.status, "statement_until"), "2026-12-08");
  GoToStartOf(domain::CivilDay(2026, 12, 9));
  const auto decided = Decide(noticed, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"));
  EXPECT_EQ(Expect(decided).case_().state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(decided.response.listing().list(), v1::LIST_KIND_ABNORMAL);
  EXPECT_THAT(WherePublic(decided.response.listing()),
              ElementsAre("GetListing", "ListListings", "DownloadListings", "GetCreditReport"));
}

TEST_F(DecisionContract, Rule20AWaiverInWritingEndsThePeriod) {
  const v1::Case noticed = Noticed("ABN-06");
  v1::RecordStatementRequest spoken;
  spoken.mutable_statement()->set_received_on(Today());
  spoken.mutable_statement()->set_waived(true);
  EXPECT_THAT(FieldsOf(Move(kWuhua, &Cases::RecordStatement, noticed, spoken).status),
              ElementsAre("statement.evidence"));
  const v1::Case waived = Waive(noticed);
  EXPECT_EQ(Expect(Decide(waived, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"))).listing().state(),
            v1::LISTING_STATE_LISTED);
}

TEST_F(DecisionContract, Rule20TheGroundDecidedIsTheOneNoticed) {
  const auto other = Decide(ReadyToDecide(1, "ABN-06"), DecisionOn(v1::CASE_FINDING_LISTED, "ABN-02"));
  ExpectRefused(other, "GROUND_NOT_NOTICED");
  EXPECT_EQ(MetadataOf(other.status, "noticed"), "ABN-06");
}

TEST_F(DecisionContract, Rule21AStatementReceivedInTimeIsAnsweredInTheDecision) {
  const v1::Case noticed = Noticed("ABN-06");
  v1::RecordStatementRequest statement;
  statement.mutable_statement()->set_received_on(Today());
  statement.mutable_statement()->set_text("因疫情延误，已补足服务");
  const v1::Case stated = Expect(Move(kWuhua, &Cases::RecordStatement, noticed, statement)).case_();
  EXPECT_TRUE(stated.statement().in_time());
  GoTo(domain::CivilDay(2026, 12, 9));
  v1::DecideCaseRequest request = DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06");
  ExpectRefused(Decide(stated, request), "STATEMENT_NOT_ANSWERED");
  request.mutable_decision()->set_statement_answer("补足的服务不能免除此前的违约");
  EXPECT_TRUE(Decide(stated, request).ok());
}

TEST_F(DecisionContract, Rule21WhatIsStatedAfterTheWaiverIsConsideredToo) {
  const v1::Case noticed = Noticed("ABN-06");
  v1::RecordStatementRequest waiver;
  waiver.mutable_statement()->set_received_on(Today());
  waiver.mutable_statement()->set_waived(true);
  *waiver.mutable_statement()->add_evidence() = Proof("放弃陈述申辩声明");
  const v1::Case waived = Expect(Move(kWuhua, &Cases::RecordStatement, noticed, waiver)).case_();
  EXPECT_THAT(waived.open_moves(), testing::Contains(v1::CASE_VERB_RECORD_STATEMENT));
  v1::RecordStatementRequest statement;
  statement.mutable_statement()->set_received_on(Today());
  statement.mutable_statement()->set_text("已找到签收记录，要求重新核实");
  const v1::Case stated = Expect(Move(kWuhua, &Cases::RecordStatement, waived, statement)).case_();
  EXPECT_TRUE(stated.statement().waived());
  ASSERT_EQ(stated.further_statements_size(), 1);
  EXPECT_TRUE(stated.further_statements(0).in_time());
  v1::DecideCaseRequest request = DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06");
  ExpectRefused(Decide(stated, request), "STATEMENT_NOT_ANSWERED");
  request.mutable_decision()->set_statement_answer("签收记录与专用信函无关");
  ExpectRefused(Decide(stated, request), "STATEMENT_PERIOD_RUNS");
  GoTo(domain::CivilDay(2026, 12, 9));
  request = DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06");
  request.mutable_decision()->set_statement_answer("签收记录与专用信函无关");
  const auto decided = Decide(stated, request);
  ASSERT_TRUE(decided.ok()) << decided.status.error_message();
  EXPECT_EQ(decided.response.case_().further_statements_size(), 1);
}

TEST_F(DecisionContract, Rule22ServiceHasAMethodADayAndAProof) {
  const v1::Case accepted = Accept(Report(1));
  v1::ServeNoticeRequest request;
  *request.mutable_notice() = NoticeOn("ABN-06");
  request.mutable_notice()->clear_service();
  EXPECT_THAT(FieldsOf(Move(kWuhua, &Cases::ServeNotice, accepted, request).status),
              ElementsAre("notice.service"));
  request.mutable_notice()->mutable_service()->set_served_on("2026-11-25");
  EXPECT_THAT(FieldsOf(Move(kWuhua, &Cases::ServeNotice, accepted, request).status),
              testing::UnorderedElementsAre("notice.service.method", "notice.service.served_on",
                                            "notice.service.proof"));
}

TEST_F(DecisionContract, Rule22AnAnnouncementServesOnlyAfterItsFullPeriod) {
  const v1::Case accepted = Accept(Report(1));
  v1::ServeNoticeRequest request;
  *request.mutable_notice() = NoticeOn("ABN-06");
  request.mutable_notice()->mutable_service()->set_method(v1::SERVICE_METHOD_ANNOUNCEMENT);
  const v1::Case noticed = Expect(Move(kWuhua, &Cases::ServeNotice, accepted, request)).case_();
  EXPECT_EQ(noticed.notice().service().effective_on(), "2026-12-25") << "the day after thirty days";
  GoTo(domain::CivilDay(2026, 12, 24));
  const auto early = Decide(noticed, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"));
  ExpectRefused(early, "ANNOUNCEMENT_RUNS");
  EXPECT_EQ(MetadataOf(early.status, "effective_on"), "2026-12-25");
  // Rule 64: the ten working days from then on run into a year whose calendar is not loaded, and wait.
  GoTo(domain::CivilDay(2027, 3, 1));
  const auto waits = Decide(noticed, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"));
  ExpectRefused(waits, "CALENDAR_NOT_LOADED");
  EXPECT_EQ(MetadataOf(waits.status, "year"), "2027");
}

TEST_F(DecisionContract, Rule23TheDecisionCarriesNumberGroundBasisDayAndRemedies) {
  const v1::Case ready = ReadyToDecide(1, "ABN-06");
  v1::DecideCaseRequest bare = DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06");
  bare.mutable_decision()->clear_number();
  bare.mutable_decision()->clear_basis();
  bare.mutable_decision()->set_repair_notice_served(false);
  EXPECT_THAT(
      FieldsOf(Decide(ready, bare).status),
      testing::UnorderedElementsAre("decision.number", "decision.basis", "decision.repair_notice_served"));
  const auto decided = Decide(ready, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"));
  const v1::CaseDecision& decision = Expect(decided).case_().decision();
  EXPECT_NE(decision.remedies(), "");
  EXPECT_EQ(decision.review_until(), "2027-01-23") << "sixty days; provisional: 2027 is not loaded";
  EXPECT_EQ(decision.litigation_until(), "2027-05-24") << "six months";
  const v1::ListingGround& ground = decided.response.listing().grounds(0);
  EXPECT_EQ(ground.decision().number(), decision.number());
  EXPECT_EQ(ground.case_(), decided.response.case_().name());
}

TEST_F(DecisionContract, Rule62TheDecidingOfficerIsForTheAuthorityAlone) {
  const auto decided = Decide(ReadyToDecide(1, "ABN-06"), DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"));
  const v1::Case& found = Expect(decided).case_();
  EXPECT_EQ(found.deciding_officer(), "经办人乙");
  EXPECT_EQ(GetCase(kCulture, found.name()).deciding_officer(), "");
  EXPECT_EQ(GetCase(kKunming, found.name()).deciding_officer(), "");
}

TEST_F(DecisionContract, Rule16TheReporterSeesTheOutcome) {
  const auto decided = Decide(ReadyToDecide(1, ""), DecisionOn(v1::CASE_FINDING_NOT_SUBSTANTIATED));
  const v1::Case seen = GetCase(kCulture, Expect(decided).case_().name());
  EXPECT_EQ(seen.state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(seen.decision().finding(), v1::CASE_FINDING_NOT_SUBSTANTIATED);
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
}

TEST_F(DecisionContract, ASubstantiatedReportWithoutGroundIsARecordToBeConsidered) {
  const auto decided = Decide(ReadyToDecide(1, ""), DecisionOn(v1::CASE_FINDING_SUBSTANTIATED));
  const v1::DecideCaseResponse& response = Expect(decided);
  EXPECT_FALSE(response.has_listing());
  EXPECT_TRUE(response.record().has_substantiated_conduct());
  EXPECT_EQ(response.case_().result_record(), response.record().name());
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_REVIEW) << "KM-03";
}

TEST_F(DecisionContract, Rule28TheSupervisingUnitsCertificateLetsTheAuthorityDecline) {
  const v1::Case ready = ReadyToDecide(1, "ABN-06");
  v1::DecideCaseRequest request = DecisionOn(v1::CASE_FINDING_NOT_RESPONSIBLE);
  EXPECT_THAT(FieldsOf(Decide(ready, request).status), ElementsAre("decision.certificate"));
  *request.mutable_decision()->mutable_certificate() = Proof("业务主管单位无直接责任证明");
  const auto decided = Decide(ready, request);
  EXPECT_FALSE(Expect(decided).has_listing());
  EXPECT_EQ(decided.response.case_().decision().certificate().title(), "业务主管单位无直接责任证明");
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
}

TEST_F(DecisionContract, OfTwoOfficersDecidingAtOnceOneWinsAndTheOtherIsToldTheEtag) {
  const v1::Case ready = ReadyToDecide(1, "ABN-06");
  const v1::DecideCaseRequest lists = DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06");
  const v1::DecideCaseRequest drops = DecisionOn(v1::CASE_FINDING_NO_MEASURE);
  Answer<v1::DecideCaseResponse> first, second;
  v1::DecideCaseRequest one = lists, other = drops;
  for (v1::DecideCaseRequest* request : {&one, &other}) {
    request->set_name(ready.name());
    request->set_etag(ready.etag());
    request->set_request_id(world_.NextRequestId());
  }
  std::thread officer([&] { first = Ask(kWuhua, &Cases::DecideCase, one); });
  second = Ask(kWuhua, &Cases::DecideCase, other);
  officer.join();
  ASSERT_NE(first.ok(), second.ok()) << "exactly one decides";
  const grpc::Status& lost = first.ok() ? second.status : first.status;
  EXPECT_EQ(lost.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(lost), "STALE_ETAG");
  EXPECT_EQ(MetadataOf(lost, "etag"), GetCase(kWuhua, ready.name()).etag());
}

TEST_F(DecisionContract, ACaseIsTransferredToTheCompetentOrgan) {
  const v1::Case accepted = Accept(Report(1));
  v1::TransferCaseRequest request;
  EXPECT_THAT(FieldsOf(Move(kWuhua, &Cases::TransferCase, accepted, request).status),
              ElementsAre("transfer"));
  v1::CaseTransfer& transfer = *request.mutable_transfer();
  transfer.set_organ("昆明市五华区财政局");
  transfer.set_number("五民移〔2026〕1号");
  transfer.set_transferred_on(Today());
  transfer.set_reasons("涉嫌套取财政资金");
  EXPECT_EQ(Expect(Move(kWuhua, &Cases::TransferCase, accepted, request)).case_().state(),
            v1::CASE_STATE_TRANSFERRED);
  EXPECT_EQ(GetCase(kCulture, accepted.name()).transfer().organ(), "昆明市五华区财政局");
}

TEST_F(DecisionContract, NothingIsOpenOnceDecided) {
  const v1::Case decided =
      Expect(Decide(ReadyToDecide(1, ""), DecisionOn(v1::CASE_FINDING_NO_MEASURE))).case_();
  const auto again = Decide(decided, DecisionOn(v1::CASE_FINDING_NO_MEASURE));
  ExpectRefused(again, "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(again.status, "open_moves"), "");
  EXPECT_THAT(GetCase(kWuhua, decided.name()).open_moves(), IsEmpty());
  EXPECT_THAT(GetCase(kWuhua, decided.name()).deadlines(), IsEmpty());
}

TEST_F(DecisionContract, Rule20APenaltyWithoutADecisionOpensACaseWithTheGroundProposed) {
  const auto filed =
      Ask(kWuhua, &Records::CreateRecord, world_.PenaltyRequest(World::CodeOf(1), kFiftyThousandYuan, ""));
  EXPECT_FALSE(Expect(filed).has_listing()) << "software proposes and does not list";
  const v1::Case opened = GetCase(kWuhua, filed.response.record().case_());
  EXPECT_EQ(opened.origin(), v1::CASE_ORIGIN_PENALTY);
  EXPECT_EQ(opened.proposed_ground(), "SER-04");
  const auto decided =
      Decide(Waive(ServeNotice(opened, "SER-04")), DecisionOn(v1::CASE_FINDING_LISTED, "SER-04"));
  EXPECT_EQ(Expect(decided).listing().list(), v1::LIST_KIND_SEVERE);
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_INELIGIBLE);
}

// Two years on the abnormal list, in years whose calendar is loaded.
class EscalationContract : public LawContract {
 protected:
  EscalationContract() : LawContract(domain::CivilDay(2021, 3, 1)) { world_.Register(1); }

  v1::Case EscalationCase() {
    v1::ListCasesRequest request;
    const auto listed = Ask(kWuhua, &Cases::ListCases, request);
    for (const v1::Case& found : Expect(listed).cases())
      if (found.origin() == v1::CASE_ORIGIN_ESCALATION) return found;
    return {};
  }
};

TEST_F(EscalationContract, Rule26ACaseOpensAheadAndTheMoveIsDecidedNotBeforeTwoYears) {
  const v1::Listing abnormal = Expect(Move(kWuhua, &Cases::DecideCase, ReadyToDecide(1, "ABN-06"),
                                           DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06")))
                                   .listing();
  EXPECT_EQ(abnormal.escalation_on(), "2023-03-01");
  GoTo(domain::CivilDay(2022, 12, 1));
  LetDuesHappen();
  EXPECT_EQ(EscalationCase().name(), "") << "not so early";
  GoTo(domain::CivilDay(2023, 1, 10));
  EXPECT_GT(LetDuesHappen(), 0);
  const v1::Case opened = EscalationCase();
  EXPECT_EQ(opened.proposed_ground(), "SER-01");
  EXPECT_EQ(opened.listing(), abnormal.name());
  const v1::Case ready = Waive(ServeNotice(opened, "SER-01"));
  const auto early = Move(kWuhua, &Cases::DecideCase, ready, DecisionOn(v1::CASE_FINDING_LISTED, "SER-01"));
  ExpectRefused(early, "ESCALATION_EARLY");
  EXPECT_EQ(MetadataOf(early.status, "escalation_on"), "2023-03-01");

  GoTo(domain::CivilDay(2023, 3, 2));
  LetDuesHappen();
  const auto decided = Move(kWuhua, &Cases::DecideCase, GetCase(kWuhua, opened.name()),
                            DecisionOn(v1::CASE_FINDING_LISTED, "SER-01"));
  EXPECT_EQ(Expect(decided).listing().list(), v1::LIST_KIND_SEVERE);
  EXPECT_TRUE(decided.response.listing().escalated());
  EXPECT_EQ(decided.response.moved_listing().name(), abnormal.name());
  EXPECT_EQ(decided.response.moved_listing().moved_to(), decided.response.listing().name());
  EXPECT_THAT(WherePublic(abnormal), IsEmpty());
  EXPECT_EQ(GetListing(kWuhua, abnormal.name()).end_reason(), v1::LISTING_END_REASON_MOVED_TO_SEVERE);
}

TEST_F(EscalationContract, Rule27ANewGroundKeepsTheFirstListedDayAndRestartsThePeriod) {
  const v1::Listing first = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  GoTo(domain::CivilDay(2021, 9, 1));
  const v1::Listing second = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  EXPECT_EQ(second.name(), first.name());
  EXPECT_EQ(second.first_listed_on(), "2021-03-01");
  EXPECT_EQ(second.period_start(), "2021-09-01");
  EXPECT_EQ(second.minimum_period_end(), "2023-09-01");
}

TEST_F(EscalationContract, Rule29TheRulesOfTheDayOfTheConductAreApplied) {
  v1::OpenCaseRequest request = ReportOn(1);
  // This type of conduct was made one on 2021-12-06.
  request.mutable_case_()->set_conduct("misused-funds");
  ExpectRefused(Ask(kCulture, &Cases::OpenCase, request), "UNKNOWN_CONDUCT_TYPE");
  GoTo(domain::CivilDay(2022, 1, 10));
  request.set_request_id(world_.NextRequestId());
  ExpectRefused(Ask(kCulture, &Cases::OpenCase, request), "UNKNOWN_CONDUCT_TYPE");
  request.set_request_id(world_.NextRequestId());
  request.mutable_case_()->set_conduct_on("2021-12-06");
  EXPECT_TRUE(Ask(kCulture, &Cases::OpenCase, request).ok());
}

}  // namespace
}  // namespace chengxin
