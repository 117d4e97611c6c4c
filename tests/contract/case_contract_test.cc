// CaseService over real gRPC: how a case comes, who sees it, and how it goes from desk to desk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CaseContract : public LawContract {
 protected:
  CaseContract() { world_.Register(1); }

  v1::ListCasesResponse ListCases(std::string_view who, const v1::ListCasesRequest& request = {}) {
    return Expect(Ask(who, &Cases::ListCases, request));
  }
  static std::vector<std::string> NamesOf(const v1::ListCasesResponse& page) {
    std::vector<std::string> names;
    for (const v1::Case& found : page.cases()) names.push_back(found.name());
    return names;
  }
  // An organization registered with 盘龙区.
  std::string RegisterInPanlong(int number) {
    v1::Organization organization = World::OrganizationOf(number);
    const std::string code =
        domain::Uscc::WithChecks("52530103", StrCat("MJT0000", number)).value().ToString();
    organization.set_code(code);
    organization.set_registration_authority("authorities/km-panlong");
    EXPECT_TRUE(world_.Import({organization}).ok());
    return code;
  }
};

TEST_F(CaseContract, Rule14APurchaserReportsWithFactsDateEvidenceAndContract) {
  const v1::Case opened = Report(1);
  EXPECT_EQ(opened.reporter(), "purchasers/km-culture");
  EXPECT_EQ(opened.contract(), "KMWH-2026-031");
  EXPECT_EQ(opened.state(), v1::CASE_STATE_RECEIVED);
  EXPECT_EQ(opened.received_on(), kFirstDay);

  v1::OpenCaseRequest bare = ReportOn(1);
  bare.mutable_case_()->clear_facts();
  bare.mutable_case_()->clear_conduct_on();
  bare.mutable_case_()->clear_evidence();
  bare.mutable_case_()->clear_contract();
  const auto refused = Ask(kCulture, &Cases::OpenCase, bare);
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(refused.status), testing::UnorderedElementsAre("case.facts", "case.conduct_on",
                                                                      "case.evidence", "case.contract"));
}

TEST_F(CaseContract, Rule14WhatIsNoAwardOfTheReporterIsNotItsContract) {
  v1::OpenCaseRequest request = ReportOn(1);
  request.mutable_case_()->set_award("awards/1-1");
  ExpectRefused(Ask(kCulture, &Cases::OpenCase, request), "NOT_OWN_CONTRACT");
}

TEST_F(CaseContract, Rule14NobodyButPurchasersAndAuthoritiesReports) {
  for (const std::string_view who : {"public", "finance:km", "audit", "sync:registry-kunming", "admin"}) {
    const auto refused = Ask(who, &Cases::OpenCase, ReportOn(1));
    EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    EXPECT_EQ(ReasonOf(refused.status), "ROLE_NOT_ALLOWED") << who;
  }
  // An authority has complaints and cases of its own, no contract.
  EXPECT_EQ(Ask(kWuhua, &Cases::OpenCase, ReportOn(1)).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(CaseContract, ATypeOfConductThatIsNoRowOfTheCatalogueIsRefused) {
  v1::OpenCaseRequest request = ReportOn(1);
  request.mutable_case_()->set_conduct("bad-manners");
  const auto refused = Ask(kCulture, &Cases::OpenCase, request);
  ExpectRefused(refused, "UNKNOWN_CONDUCT_TYPE");
  EXPECT_EQ(MetadataOf(refused.status, "conduct"), "bad-manners");
}

TEST_F(CaseContract, Rule15AReportLiesWithTheRegisteringAuthorityAndIsNoListing) {
  const v1::Case opened = Report(1);
  EXPECT_EQ(opened.authority(), "authorities/km-wuhua");
  EXPECT_THAT(NamesOf(ListCases(kWuhua)), ElementsAre(opened.name()));
  EXPECT_EQ(ReportOf("public", 1).listings_size(), 0);
  EXPECT_EQ(ReportOf("public", 1).ShortDebugString().find("养老"), std::string::npos) << "not public";
}

TEST_F(CaseContract, Rule46AnOpenCaseColoursNoVerdict) {
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
  const v1::Case accepted = Accept(Report(1));
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
  ServeNotice(accepted, "ABN-06");
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
}

TEST_F(CaseContract, Rule46ACaseIsSeenByItsReporterAndItsAuthorityOnly) {
  const std::string name = Report(1).name();
  for (const std::string_view who : {kCulture, kWuhua, kKunming})
    EXPECT_EQ(CodeOfGetCase(who, name), grpc::StatusCode::OK) << who;
  // That it is there is nobody else's business.
  for (const std::string_view who : {kHealth, kPanlong})
    EXPECT_EQ(CodeOfGetCase(who, name), grpc::StatusCode::NOT_FOUND) << who;
  for (const std::string_view who : {"public", "finance:km", "audit", "admin"})
    EXPECT_EQ(CodeOfGetCase(who, name), grpc::StatusCode::PERMISSION_DENIED) << who;
  EXPECT_EQ(CodeOfGetCase("organization:" + World::CodeOf(1).ToString(), name),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(CodeOfGetCase(kWuhua, "cases/999-1"), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(CodeOfGetCase(kWuhua, "cases/none"), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(NamesOf(ListCases(kHealth)), IsEmpty());
  EXPECT_THAT(NamesOf(ListCases(kPanlong)), IsEmpty());
  EXPECT_THAT(NamesOf(ListCases(kCulture)), ElementsAre(name));
}

TEST_F(CaseContract, Rule46AnotherUnitMovesNothingOfACase) {
  const v1::Case returned = [&] {
    v1::ReturnCaseRequest request;
    request.set_reason("请补充合同文本");
    return Expect(Move(kWuhua, &Cases::ReturnCase, Report(1), request)).case_();
  }();
  v1::ResubmitCaseRequest request;
  *request.mutable_case_() = ReportOn(1).case_();
  EXPECT_EQ(Move(kHealth, &Cases::ResubmitCase, returned, request).status.error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(CaseContract, Rule62WhoComplainedAndTheNotesAreForTheAuthorityAlone) {
  v1::OpenCaseRequest request = ReportOn(1);
  request.set_origin(v1::CASE_ORIGIN_COMPLAINT);
  request.mutable_case_()->clear_contract();
  request.mutable_case_()->set_complainant("李某某");
  request.mutable_case_()->set_internal_note("先电话核实");
  const v1::Case opened = Expect(Ask(kWuhua, &Cases::OpenCase, request)).case_();
  EXPECT_EQ(opened.complainant(), "李某某");
  EXPECT_EQ(GetCase(kWuhua, opened.name()).internal_note(), "先电话核实");
  const v1::Case above = GetCase(kKunming, opened.name());
  EXPECT_EQ(above.complainant(), "");
  EXPECT_EQ(above.internal_note(), "");
}

TEST_F(CaseContract, Rule16TheReporterFollowsAReturnAndACorrection) {
  v1::ReturnCaseRequest back;
  back.set_reason("请补充合同文本");
  const v1::Case returned = Expect(Move(kWuhua, &Cases::ReturnCase, Report(1), back)).case_();
  const v1::Case seen = GetCase(kCulture, returned.name());
  EXPECT_EQ(seen.state(), v1::CASE_STATE_RETURNED);
  ASSERT_EQ(seen.moves_size(), 2);
  EXPECT_EQ(seen.moves(1).reason(), "请补充合同文本");
  EXPECT_THAT(seen.open_moves(), ElementsAre(v1::CASE_VERB_RESUBMIT));

  v1::ResubmitCaseRequest again;
  *again.mutable_case_() = ReportOn(1).case_();
  *again.mutable_case_()->add_evidence() = Proof("合同文本");
  const v1::Case resubmitted = Expect(Move(kCulture, &Cases::ResubmitCase, returned, again)).case_();
  EXPECT_EQ(resubmitted.state(), v1::CASE_STATE_RECEIVED);
  EXPECT_EQ(resubmitted.evidence_size(), 2);
  EXPECT_EQ(resubmitted.received_on(), kFirstDay);
}

TEST_F(CaseContract, Rule16ADismissalNeedsReasonsThatTheReporterSees) {
  const v1::Case opened = Report(1);
  EXPECT_THAT(FieldsOf(Move(kWuhua, &Cases::DismissCase, opened).status), ElementsAre("reason"));
  v1::DismissCaseRequest request;
  request.set_reason("不属于失信行为");
  EXPECT_EQ(Expect(Move(kWuhua, &Cases::DismissCase, opened, request)).case_().state(),
            v1::CASE_STATE_DISMISSED);
  const v1::Case seen = GetCase(kCulture, opened.name());
  EXPECT_EQ(seen.moves(seen.moves_size() - 1).reason(), "不属于失信行为");
  EXPECT_EQ(seen.open_moves_size(), 0);
}

TEST_F(CaseContract, Rule17AComplaintAboutAnOrganizationOfAnotherAuthorityIsForwarded) {
  v1::OpenCaseRequest request = ReportOn(1);
  request.set_organization_code(RegisterInPanlong(2));
  request.set_origin(v1::CASE_ORIGIN_COMPLAINT);
  request.mutable_case_()->clear_contract();
  const v1::Case accepted = Accept(Expect(Ask(kWuhua, &Cases::OpenCase, request)).case_());

  v1::ServeNoticeRequest notice;
  *notice.mutable_notice() = NoticeOn("ABN-06");
  const auto elsewhere = Move(kWuhua, &Cases::ServeNotice, accepted, notice);
  ExpectRefused(elsewhere, "REGISTERED_ELSEWHERE");
  EXPECT_EQ(MetadataOf(elsewhere.status, "registration_authority"), "authorities/km-panlong");
  ExpectRefused(Move(kWuhua, &Cases::DecideCase, accepted, DecisionOn(v1::CASE_FINDING_NO_MEASURE)),
                "REGISTERED_ELSEWHERE");

  v1::ForwardCaseRequest forward;
  forward.set_to_authority("authorities/km-panlong");
  forward.set_reason("由登记管理机关处理");
  const v1::Case forwarded = Expect(Move(kWuhua, &Cases::ForwardCase, accepted, forward)).case_();
  EXPECT_EQ(forwarded.authority(), "authorities/km-panlong");
  EXPECT_EQ(CodeOfGetCase(kWuhua, forwarded.name()), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(NamesOf(ListCases(kPanlong)), ElementsAre(forwarded.name()));
  EXPECT_THAT(NamesOf(ListCases(kWuhua)), IsEmpty());
  EXPECT_EQ(Expect(Move(kPanlong, &Cases::AcceptCase, forwarded)).case_().state(), v1::CASE_STATE_ACCEPTED);
}

TEST_F(CaseContract, AMoveThatIsNotOpenSaysTheStateTheArticleAndTheMovesThatAre) {
  const v1::Case opened = Report(1);
  const auto early = Move(kWuhua, &Cases::DecideCase, opened, DecisionOn(v1::CASE_FINDING_NO_MEASURE));
  ExpectRefused(early, "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(early.status, "state"), "CASE_STATE_RECEIVED");
  EXPECT_THAT(MetadataOf(early.status, "open_moves"), HasSubstr("CASE_VERB_ACCEPT"));
  EXPECT_THAT(MetadataOf(early.status, "open_moves"), Not(HasSubstr("CASE_VERB_DECIDE")));
  EXPECT_NE(MetadataOf(early.status, "article"), "");
  const v1::Case seen = GetCase(kWuhua, opened.name());
  EXPECT_THAT(seen.open_moves(), Contains(v1::CASE_VERB_ACCEPT));
  EXPECT_THAT(GetCase(kCulture, opened.name()).open_moves(), IsEmpty());
  EXPECT_THAT(GetCase(kKunming, opened.name()).open_moves(), IsEmpty())
      << "above, one looks and does not act";
}

TEST_F(CaseContract, OfTwoOfficersAtOnceTheSecondLearnsTheCurrentEtag) {
  const v1::Case opened = Report(1);
  const v1::Case accepted = Accept(opened);
  const auto second = Move(kWuhua, &Cases::AcceptCase, opened);
  EXPECT_EQ(second.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(second.status), "STALE_ETAG");
  EXPECT_EQ(MetadataOf(second.status, "etag"), accepted.etag());
}

TEST_F(CaseContract, TheSameRequestAgainIsAnsweredAlikeAndDoneOnce) {
  const v1::OpenCaseRequest request = ReportOn(1);
  const auto first = Ask(kCulture, &Cases::OpenCase, request);
  const auto again = Ask(kCulture, &Cases::OpenCase, request);
  EXPECT_EQ(Expect(first).case_().name(), Expect(again).case_().name());
  EXPECT_THAT(NamesOf(ListCases(kCulture)), ElementsAre(first.response.case_().name()));
}

TEST_F(CaseContract, CasesAreListedNewestFirstByStateAndInPages) {
  std::vector<std::string> newest_first;
  for (int i = 0; i < 5; ++i) newest_first.insert(newest_first.begin(), Report(1).name());
  Accept(GetCase(kWuhua, newest_first[0]));
  EXPECT_EQ(NamesOf(ListCases(kWuhua)), newest_first);

  v1::ListCasesRequest request;
  request.add_states(v1::CASE_STATE_ACCEPTED);
  EXPECT_THAT(NamesOf(ListCases(kWuhua, request)), ElementsAre(newest_first[0]));

  request.Clear();
  request.set_page_size(2);
  std::vector<std::string> seen;
  do {
    const v1::ListCasesResponse page = ListCases(kWuhua, request);
    EXPECT_LE(page.cases_size(), 2);
    for (const v1::Case& found : page.cases()) seen.push_back(found.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, newest_first);

  request.set_page_size(1'001);
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Cases::ListCases, request).status), ElementsAre("page_size"));
  request.set_page_size(2);
  request.set_page_token("bm90IGEgdG9rZW4");
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Cases::ListCases, request).status), ElementsAre("page_token"));
  request.Clear();
  request.add_states(static_cast<v1::CaseState>(99));
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Cases::ListCases, request).status), ElementsAre("states[0]"));
}

TEST_F(CaseContract, APageTokenServesItsOwnerAlone) {
  for (int i = 0; i < 3; ++i) Report(1);
  v1::ListCasesRequest request;
  request.set_page_size(1);
  request.set_page_token(ListCases(kWuhua, request).next_page_token());
  EXPECT_THAT(FieldsOf(Ask(kCulture, &Cases::ListCases, request).status), ElementsAre("page_token"));
}

TEST_F(CaseContract, Rule64AReportIsToBeTakenUpWithinFiveWorkingDaysAndShownOverdueAfterThem) {
  const v1::Case opened = Report(1);
  const auto list = [&](bool overdue_only) {
    v1::ListDeadlinesRequest request;
    request.set_overdue_only(overdue_only);
    return Expect(Ask(kWuhua, &Cases::ListDeadlines, request)).deadlines();
  };
  ASSERT_EQ(list(false).size(), 1);
  const v1::Deadline due = list(false)[0];
  EXPECT_EQ(due.kind(), v1::DEADLINE_KIND_ACCEPT_REPORT);
  EXPECT_EQ(due.resource(), opened.name());
  EXPECT_EQ(due.due_on(), "2026-12-01") << "five working days after Tuesday";
  EXPECT_EQ(GetCase(kCulture, opened.name()).deadlines_size(), 1);

  GoToEndOf(domain::CivilDay(2026, 12, 1));
  EXPECT_EQ(list(true).size(), 0) << "the last day counts to its end";
  GoToStartOf(domain::CivilDay(2026, 12, 2));
  ASSERT_EQ(list(true).size(), 1);
  EXPECT_TRUE(list(true)[0].overdue());
  Accept(opened);
  EXPECT_EQ(list(true).size(), 0);
  v1::ListDeadlinesRequest wrong;
  wrong.set_due_by("tomorrow");
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Cases::ListDeadlines, wrong).status), ElementsAre("due_by"));
  EXPECT_EQ(Ask(kCulture, &Cases::ListDeadlines, {}).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(CaseContract, Rule64DeadlinesComeSoonestFirstInPages) {
  Report(1);
  GoTo(domain::CivilDay(2026, 11, 25));
  Report(1);
  GoTo(domain::CivilDay(2026, 11, 26));
  Report(1);
  v1::ListDeadlinesRequest request;
  request.set_page_size(1);
  std::vector<std::string> days;
  do {
    const auto page = Expect(Ask(kWuhua, &Cases::ListDeadlines, request));
    for (const v1::Deadline& deadline : page.deadlines()) days.push_back(deadline.due_on());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(days, ElementsAre("2026-12-01", "2026-12-02", "2026-12-03"));
}

}  // namespace
}  // namespace chengxin
