// Notice, service, hearing: nobody is decided against before being told and heard, by the calendar of law.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/case_deadlines.h"
#include "domain/case_file.h"
#include "domain/timestamps.h"
#include "tests/support/catalogue_files.h"
#include "tests/unit/domain/case_office.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::string_view kGround = "ABN-06";

// An office with a case in which notice of the ground was served on the day, which is today.
struct Noticed {
  explicit Noticed(std::string_view served_on, v1::ServiceMethod method = v1::SERVICE_METHOD_DIRECT) {
    office.SetDay(served_on);
    name = office.OpenOwn(kGround);
    v1::ServeNoticeRequest notice = office.Notice(name, kGround, served_on);
    notice.mutable_notice()->mutable_service()->set_method(method);
    office.Must(notice);
  }
  // The reason a listing decided on the day is refused with; empty where it would be made.
  std::string Refusal(std::string_view decided_on) {
    office.SetDay(decided_on);
    return ReasonOf(office.Do(office.List(name, kGround, decided_on)));
  }
  v1::Case Case() const { return office.Case(name); }

  CaseOffice office;
  std::string name;
};

TEST(Rule20, NoListingOnANonPenaltyGroundWithoutNotice) {
  CaseOffice office;
  const std::string name = office.OpenOwn(kGround);
  EXPECT_EQ(ReasonOf(office.Do(office.List(name, kGround, "2026-09-01"))), "NOTICE_REQUIRED");
  EXPECT_THAT(office.bureau().Listings(office.code()), IsEmpty());
}

TEST(Rule20, TheStatementPeriodIsTenWorkingDaysAndMustHaveElapsed) {
  Noticed noticed("2026-09-01");
  EXPECT_EQ(noticed.Case().state(), v1::CASE_STATE_NOTICE_SERVED);
  EXPECT_EQ(noticed.Case().notice().statement_until(), "2026-09-15");
  EXPECT_EQ(noticed.Case().notice().service().effective_on(), "2026-09-01");
  noticed.office.SetDay("2026-09-15");
  const auto refused = noticed.office.Do(noticed.office.List(noticed.name, kGround, "2026-09-15"));
  EXPECT_EQ(ReasonOf(refused), "STATEMENT_PERIOD_RUNS");
  EXPECT_EQ(MetadataOf(refused, "statement_until"), "2026-09-15");
  EXPECT_EQ(noticed.Refusal("2026-09-16"), "");
}

TEST(Rule20, ADecisionDatedWithinThePeriodIsRefusedEvenWhenEnteredLater) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-30");
  EXPECT_EQ(ReasonOf(noticed.office.Do(noticed.office.List(noticed.name, kGround, "2026-09-15"))),
            "STATEMENT_PERIOD_RUNS");
}

TEST(Rule20, OneSecondBeforeMidnightInShanghaiThePeriodStillRuns) {
  Noticed noticed("2026-09-01");
  const absl::Time midnight = domain::StartOfDay(domain::CivilDay(2026, 9, 16));
  noticed.office.bureau().SetNow(midnight - absl::Seconds(1));
  // A decision of tomorrow lies in the future, one of today within the period.
  EXPECT_THAT(FieldsOf(noticed.office.Do(noticed.office.List(noticed.name, kGround, "2026-09-16")).status()),
              UnorderedElementsAre("decision.decided_on", "decision.service.served_on"));
  EXPECT_EQ(ReasonOf(noticed.office.Do(noticed.office.List(noticed.name, kGround, "2026-09-15"))),
            "STATEMENT_PERIOD_RUNS");
  noticed.office.bureau().SetNow(midnight);
  EXPECT_TRUE(noticed.office.Try(noticed.office.List(noticed.name, kGround, "2026-09-16")).ok());
}

// Rule 64: the period runs over 中秋, 国庆 and the exchanged days.
TEST(Rule64, TheStatementPeriodLeavesHolidaysOutAndExchangedDaysIn) {
  EXPECT_EQ(Noticed("2026-09-24").Case().notice().statement_until(), "2026-10-15");
  // A Sunday that is worked is the last day.
  EXPECT_EQ(Noticed("2026-09-07").Case().notice().statement_until(), "2026-09-20");
}

TEST(Rule64, APeriodIntoAYearThatIsNotLoadedWaits) {
  EXPECT_EQ(Noticed("2026-12-17").Case().notice().statement_until(), "2026-12-31");
  Noticed noticed("2026-12-18");
  EXPECT_EQ(noticed.Case().notice().statement_until(), "");
  noticed.office.SetDay("2027-03-01");
  const auto refused = noticed.office.Do(noticed.office.List(noticed.name, kGround, "2027-03-01"));
  EXPECT_EQ(ReasonOf(refused), "CALENDAR_NOT_LOADED");
  EXPECT_EQ(MetadataOf(refused, "year"), "2027");
  // What comes meanwhile comes in time.
  noticed.office.Must(noticed.office.Statement(noticed.name, "2027-02-20"));
  EXPECT_TRUE(noticed.Case().statement().in_time());
}

TEST(Rule64, OnceTheCalendarIsLoadedThePeriodIsCountedByIt) {
  Noticed noticed("2026-12-18");
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.mutable_catalogue()->set_version("2027.1");
  v1::CalendarYear& year = *request.mutable_catalogue()->add_calendar();
  year.set_year(2027);
  year.add_days_off("2027-01-01");
  request.set_request_id("calendar");
  ASSERT_TRUE(noticed.office.bureau().Try(Bureau::Admin(), request).ok());
  // The tenth working day is 2027-01-04: 12-21 to 12-25, 12-28 to 12-31, 01-04.
  EXPECT_EQ(noticed.Refusal("2027-01-04"), "STATEMENT_PERIOD_RUNS");
  EXPECT_EQ(noticed.Refusal("2027-01-05"), "");
}

TEST(Rule20, AWrittenWaiverEndsThePeriod) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-03");
  v1::RecordStatementRequest unwritten = noticed.office.Waiver(noticed.name, "2026-09-03");
  unwritten.mutable_statement()->clear_evidence();
  EXPECT_THAT(FieldsOf(noticed.office.Do(unwritten).status()), ElementsAre("statement.evidence"));
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-09-03"));
  EXPECT_EQ(noticed.Case().state(), v1::CASE_STATE_STATED);
  // Not before it was waived.
  EXPECT_EQ(ReasonOf(noticed.office.Do(noticed.office.List(noticed.name, kGround, "2026-09-02"))),
            "STATEMENT_PERIOD_RUNS");
  EXPECT_EQ(noticed.Refusal("2026-09-03"), "");
}

TEST(Rule20, TheGroundDecidedIsTheOneNoticed) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-16");
  const auto refused = noticed.office.Do(noticed.office.List(noticed.name, "ABN-03", "2026-09-16"));
  EXPECT_EQ(ReasonOf(refused), "GROUND_NOT_NOTICED");
  EXPECT_EQ(MetadataOf(refused, "noticed"), kGround);
  // A fresh notice gives a fresh period.
  noticed.office.Serve(noticed.name, "ABN-03", "2026-09-16");
  EXPECT_EQ(ReasonOf(noticed.office.Do(noticed.office.List(noticed.name, "ABN-03", "2026-09-16"))),
            "STATEMENT_PERIOD_RUNS");
}

TEST(Rule19, ANoticeNamesAGroundOfTheTwoLists) {
  CaseOffice office;
  const std::string name = office.OpenOwn(kGround);
  EXPECT_EQ(ReasonOf(office.Do(office.Notice(name, "SER-09", "2026-09-01"))), "UNKNOWN_GROUND");
  EXPECT_EQ(ReasonOf(office.Do(office.Notice(name, "KM-03", "2026-09-01"))), "UNKNOWN_GROUND");
}

TEST(Rule20, ANoticeStatesFactsReasonsBasisAndRights) {
  CaseOffice office;
  const std::string name = office.OpenOwn(kGround);
  auto request = office.Move<v1::ServeNoticeRequest>(name);
  request.mutable_notice();
  EXPECT_THAT(FieldsOf(office.Do(request).status()),
              UnorderedElementsAre("notice.number", "notice.facts", "notice.reasons", "notice.basis",
                                   "notice.rights", "notice.service"));
}

TEST(Rule22, ServiceIsRecordedWithMethodDayAndProof) {
  CaseOffice office;
  const std::string name = office.OpenOwn(kGround);
  v1::ServeNoticeRequest request = office.Notice(name, kGround, "2026-09-02");
  v1::Service& service = *request.mutable_notice()->mutable_service();
  service.clear_method();
  service.clear_proof();
  EXPECT_THAT(
      FieldsOf(office.Do(request).status()),
      UnorderedElementsAre("notice.service.method", "notice.service.served_on", "notice.service.proof"));
}

// Rules 20, 22: no notice lies before what it tells of, so that no period has run out by itself.
TEST(Rule22, NoNoticeIsServedBeforeTheConduct) {
  CaseOffice office;
  const std::string name = office.OpenOwn(kGround);
  const std::string conduct_on = office.Case(name).conduct_on();
  EXPECT_THAT(FieldsOf(office.Do(office.Notice(name, kGround, "2025-09-01")).status()),
              ElementsAre("notice.service.served_on"));
  EXPECT_EQ(ReasonOf(office.Do(office.Notice(name, kGround, conduct_on))), "");
}

TEST(Rule22, AnAnnouncementTakesEffectOnlyAfterItsFullPeriod) {
  // Thirty days from 09-01 end on 10-01, a holiday: on 10-08 then, and it is served from 10-09.
  Noticed noticed("2026-09-01", v1::SERVICE_METHOD_ANNOUNCEMENT);
  EXPECT_EQ(noticed.Case().notice().service().effective_on(), "2026-10-09");
  EXPECT_FALSE(noticed.Case().notice().service().provisional());
  EXPECT_EQ(noticed.Case().notice().statement_until(), "2026-10-22");
  noticed.office.SetDay("2026-10-08");
  const auto refused = noticed.office.Do(noticed.office.List(noticed.name, kGround, "2026-10-08"));
  EXPECT_EQ(ReasonOf(refused), "ANNOUNCEMENT_RUNS");
  EXPECT_EQ(MetadataOf(refused, "effective_on"), "2026-10-09");
  EXPECT_EQ(noticed.Refusal("2026-10-09"), "STATEMENT_PERIOD_RUNS");
  EXPECT_EQ(noticed.Refusal("2026-10-23"), "");
}

TEST(Rule22, WhoReadsTheAnnouncementAnswersOrWaivesBeforeItTakesEffect) {
  Noticed noticed("2026-09-01", v1::SERVICE_METHOD_ANNOUNCEMENT);
  noticed.office.SetDay("2026-09-10");
  EXPECT_THAT(FieldsOf(noticed.office.Do(noticed.office.Statement(noticed.name, "2026-08-31")).status()),
              ElementsAre("statement.received_on"));
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-01"));
  EXPECT_TRUE(noticed.Case().statement().in_time());
  Noticed waived("2026-09-01", v1::SERVICE_METHOD_ANNOUNCEMENT);
  waived.office.SetDay("2026-09-10");
  waived.office.Must(waived.office.Waiver(waived.name, "2026-09-10"));
}

TEST(Rule22, AnAnnouncementIntoAYearThatIsNotLoadedIsProvisional) {
  Noticed noticed("2026-12-10", v1::SERVICE_METHOD_ANNOUNCEMENT);
  EXPECT_EQ(noticed.Case().notice().service().effective_on(), "2027-01-10");
  EXPECT_TRUE(noticed.Case().notice().service().provisional());
  EXPECT_EQ(noticed.Case().notice().statement_until(), "");
}

TEST(Rule21, AStatementReceivedInTimeIsAnsweredInTheDecision) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-15");
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-15"));
  EXPECT_TRUE(noticed.Case().statement().in_time());
  // It does not end the period.
  v1::DecideCaseRequest decide = noticed.office.List(noticed.name, kGround, "2026-09-15");
  decide.mutable_decision()->set_statement_answer("未办理变更登记，不予采纳");
  EXPECT_EQ(ReasonOf(noticed.office.Do(decide)), "STATEMENT_PERIOD_RUNS");
  EXPECT_EQ(noticed.Refusal("2026-09-16"), "STATEMENT_NOT_ANSWERED");
  // Whatever the decision finds.
  EXPECT_EQ(ReasonOf(noticed.office.Do(
                noticed.office.Decide(noticed.name, v1::CASE_FINDING_NOT_SUBSTANTIATED, "2026-09-16"))),
            "STATEMENT_NOT_ANSWERED");
  decide = noticed.office.List(noticed.name, kGround, "2026-09-16");
  decide.mutable_decision()->set_statement_answer("未办理变更登记，不予采纳");
  EXPECT_TRUE(noticed.office.Try(decide).ok());
}

TEST(Rule21, AStatementThatCameTooLateNeedsNoAnswer) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-16");
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-16"));
  EXPECT_FALSE(noticed.Case().statement().in_time());
  EXPECT_EQ(noticed.Refusal("2026-09-16"), "");
}

TEST(Rule21, AStatementSaysSomething) {
  Noticed noticed("2026-09-01");
  v1::RecordStatementRequest request = noticed.office.Statement(noticed.name, "2026-09-02");
  request.mutable_statement()->clear_text();
  EXPECT_THAT(FieldsOf(noticed.office.Do(request).status()),
              UnorderedElementsAre("statement.received_on", "statement.text"));
}

// More is stated on the same notice: each in its time, all considered.

std::vector<bool> InTime(const v1::Case& the_case) {
  std::vector<bool> in_time = {the_case.statement().in_time()};
  for (const v1::CaseStatement& further : the_case.further_statements()) in_time.push_back(further.in_time());
  return in_time;
}

TEST(Rule21, WhatIsStatedAfterTheFirstStatementStandsBesideIt) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-16");
  v1::RecordStatementRequest second = noticed.office.Statement(noticed.name, "2026-09-15");
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-03"));
  second.set_etag(noticed.Case().etag());
  second.mutable_statement()->set_text("补充：附变更登记申请");
  second.mutable_statement()->set_in_time(false);
  noticed.office.Must(second);
  v1::RecordStatementRequest late = noticed.office.Statement(noticed.name, "2026-09-16");
  late.mutable_statement()->set_in_time(true);
  noticed.office.Must(late);
  const v1::Case heard = noticed.Case();
  EXPECT_EQ(heard.state(), v1::CASE_STATE_STATED);
  EXPECT_EQ(heard.statement().received_on(), "2026-09-03");
  ASSERT_EQ(heard.further_statements_size(), 2);
  EXPECT_EQ(heard.further_statements(0).text(), "补充：附变更登记申请");
  EXPECT_EQ(heard.further_statements(1).received_on(), "2026-09-16");
  // Whatever the request says of it: the last day of the period is 09-15.
  EXPECT_THAT(InTime(heard), ElementsAre(true, true, false));
  EXPECT_THAT(FieldsOf(noticed.office.Do(noticed.office.Statement(noticed.name, "2026-08-31")).status()),
              ElementsAre("statement.received_on"));
}

TEST(Rule21, AFurtherStatementInTimeIsAnsweredThoughTheFirstCameTooLate) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-18");
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-17"));
  EXPECT_FALSE(noticed.Case().statement().in_time());
  // It lay at the front desk.
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-15"));
  EXPECT_EQ(noticed.Refusal("2026-09-18"), "STATEMENT_NOT_ANSWERED");
  v1::DecideCaseRequest decide = noticed.office.List(noticed.name, kGround, "2026-09-18");
  decide.mutable_decision()->set_statement_answer("未办理变更登记，不予采纳");
  EXPECT_TRUE(noticed.office.Try(decide).ok());
  EXPECT_EQ(ReasonOf(noticed.office.Do(noticed.office.Statement(noticed.name, "2026-09-18"))),
            "MOVE_NOT_OPEN");
}

TEST(Rule21, AFurtherStatementThatCameTooLateNeedsNoAnswer) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-16");
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-09-03"));
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-16"));
  EXPECT_THAT(InTime(noticed.Case()), ElementsAre(true, false));
  EXPECT_EQ(noticed.Refusal("2026-09-16"), "");
}

TEST(Rule21, AStatementInTimeAfterTheWaiverIsConsideredAndThePeriodRunsOn) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-04");
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-09-03"));
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-04"));
  v1::DecideCaseRequest decide = noticed.office.List(noticed.name, kGround, "2026-09-04");
  EXPECT_EQ(ReasonOf(noticed.office.Do(decide)), "STATEMENT_NOT_ANSWERED");
  decide.mutable_decision()->set_statement_answer("不予采纳");
  EXPECT_EQ(ReasonOf(noticed.office.Do(decide)), "STATEMENT_PERIOD_RUNS");
  // Nor by a decision dated between the two: it could not have considered what came after it.
  decide = noticed.office.List(noticed.name, kGround, "2026-09-03");
  decide.mutable_decision()->set_statement_answer("不予采纳");
  EXPECT_EQ(ReasonOf(noticed.office.Do(decide)), "STATEMENT_PERIOD_RUNS");
  noticed.office.SetDay("2026-09-16");
  EXPECT_EQ(noticed.Refusal("2026-09-16"), "STATEMENT_NOT_ANSWERED");
  decide = noticed.office.List(noticed.name, kGround, "2026-09-16");
  decide.mutable_decision()->set_statement_answer("不予采纳");
  EXPECT_TRUE(noticed.office.Try(decide).ok());
}

TEST(Rule20, AWaiverAfterAStatementEndsThePeriodAndTheStatementIsAnswered) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-04");
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-03"));
  EXPECT_EQ(noticed.Refusal("2026-09-04"), "STATEMENT_NOT_ANSWERED");
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-09-03"));
  EXPECT_EQ(noticed.Refusal("2026-09-04"), "STATEMENT_NOT_ANSWERED");
  v1::DecideCaseRequest decide = noticed.office.List(noticed.name, kGround, "2026-09-04");
  decide.mutable_decision()->set_statement_answer("不予采纳");
  EXPECT_TRUE(noticed.office.Try(decide).ok());
}

// Entered late: what counts is when it was received.
TEST(Rule20, AStatementReceivedBeforeTheWaiverDoesNotTakeItBack) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-05");
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-09-04"));
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-03"));
  v1::DecideCaseRequest decide = noticed.office.List(noticed.name, kGround, "2026-09-05");
  decide.mutable_decision()->set_statement_answer("不予采纳");
  EXPECT_TRUE(noticed.office.Try(decide).ok());
}

TEST(Rule21, AFreshNoticeAndAnotherAuthorityHearAnew) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-04");
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-03"));
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-04"));
  noticed.office.Serve(noticed.name, "ABN-03", "2026-09-04");
  EXPECT_FALSE(noticed.Case().has_statement());
  EXPECT_EQ(noticed.Case().further_statements_size(), 0);
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-04"));
  EXPECT_EQ(noticed.Case().further_statements_size(), 0);
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-04"));
  v1::Case forwarded = noticed.Case();
  ASSERT_EQ(forwarded.further_statements_size(), 1);
  domain::LeaveHearingBehind(forwarded);
  EXPECT_FALSE(forwarded.has_statement());
  EXPECT_EQ(forwarded.further_statements_size(), 0);
}

TEST(Rule21, TwentyFurtherStatementsAreTakenAndNotOneMore) {
  Noticed noticed("2026-09-01");
  noticed.office.SetDay("2026-09-02");
  for (int i = 0; i < 21; ++i) noticed.office.Must(noticed.office.Statement(noticed.name, "2026-09-02"));
  EXPECT_EQ(noticed.Case().further_statements_size(), 20);
  const auto refused = noticed.office.Do(noticed.office.Statement(noticed.name, "2026-09-02"));
  EXPECT_EQ(ReasonOf(refused), "MOVE_NOT_OPEN");
  EXPECT_THAT(MetadataOf(refused, "open_moves"), testing::Not(testing::HasSubstr("RECORD_STATEMENT")));
}

// Deadlines, as officers see them.

std::vector<std::string> DeadlinesOf(CaseOffice& office, const std::string& name, domain::CivilDay today) {
  std::vector<std::string> lines;
  for (const v1::Deadline& deadline :
       domain::DeadlinesOf(office.Case(name), *office.bureau().view().catalogue(), today)) {
    EXPECT_EQ(deadline.resource(), name);
    EXPECT_FALSE(deadline.legal_basis().empty());
    std::string line = v1::DeadlineKind_Name(deadline.kind()).substr(14) + " " + deadline.due_on();
    if (deadline.provisional()) line += " provisional";
    if (deadline.overdue()) line += " overdue";
    if (deadline.authority().empty()) line += " by itself";
    lines.push_back(line);
  }
  return lines;
}

TEST(Rule16, AReportIsToBeAcceptedInFiveWorkingDays) {
  CaseOffice office;
  office.SetDay("2026-09-24");
  const std::string name = office.Open(CaseOffice::Purchaser(), office.Report());
  // Over 中秋 and 国庆: 09-28, 09-29, 09-30, 10-08, 10-09.
  EXPECT_THAT(DeadlinesOf(office, name, {2026, 9, 24}), ElementsAre("ACCEPT_REPORT 2026-10-09"));
  EXPECT_THAT(DeadlinesOf(office, name, {2026, 10, 9}), ElementsAre("ACCEPT_REPORT 2026-10-09"));
  EXPECT_THAT(DeadlinesOf(office, name, {2026, 10, 10}), ElementsAre("ACCEPT_REPORT 2026-10-09 overdue"));
  // Handed in again, it has come again.
  office.Must(office.Return(name));
  EXPECT_THAT(DeadlinesOf(office, name, {2026, 9, 24}), IsEmpty());
  office.SetDay("2026-10-20");
  ASSERT_TRUE(office.bureau().Try(CaseOffice::Purchaser(), office.Resubmit(name)).ok());
  EXPECT_THAT(DeadlinesOf(office, name, {2026, 10, 20}), ElementsAre("ACCEPT_REPORT 2026-10-27"));
  office.Must(office.Dismiss(name));
  EXPECT_THAT(DeadlinesOf(office, name, {2026, 10, 20}), IsEmpty());
}

TEST(Rule21, TheDecisionIsDueTenWorkingDaysAfterTheStatementPeriod) {
  Noticed noticed("2026-10-20");
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 10, 20}),
              ElementsAre("STATEMENT 2026-11-03 by itself", "DECISION 2026-11-17"));
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 11, 18}),
              ElementsAre("DECISION 2026-11-17 overdue"));
  noticed.office.SetDay("2026-10-26");
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-10-26"));
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 10, 26}), ElementsAre("DECISION 2026-11-09"));
}

// A waiver ends the period only while it stands.
TEST(Rule21, TheDecisionIsDueAfterThePeriodAgainWhereAStatementTookTheWaiverBack) {
  Noticed noticed("2026-10-20");
  noticed.office.SetDay("2026-10-28");
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-10-26"));
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 10, 28}), ElementsAre("DECISION 2026-11-09"));
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-10-27"));
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 10, 28}),
              ElementsAre("STATEMENT 2026-11-03 by itself", "DECISION 2026-11-17"));
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-10-28"));
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 10, 28}), ElementsAre("DECISION 2026-11-11"));
  // Another waiver changes nothing, nor does what comes after the period.
  noticed.office.SetDay("2026-11-04");
  noticed.office.Must(noticed.office.Waiver(noticed.name, "2026-10-29"));
  noticed.office.Must(noticed.office.Statement(noticed.name, "2026-11-04"));
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 11, 4}), ElementsAre("DECISION 2026-11-11"));
}

TEST(Rule22, TheAnnouncementStandsAmongTheDeadlines) {
  Noticed noticed("2026-09-01", v1::SERVICE_METHOD_ANNOUNCEMENT);
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 9, 1}),
              ElementsAre("ANNOUNCEMENT 2026-10-09 by itself", "STATEMENT 2026-10-22 by itself",
                          "DECISION 2026-11-05"));
}

TEST(Rule64, ADeadlineThatWaitsHasNoDayAndComesLast) {
  Noticed noticed("2026-12-10", v1::SERVICE_METHOD_ANNOUNCEMENT);
  EXPECT_THAT(DeadlinesOf(noticed.office, noticed.name, {2026, 12, 10}),
              ElementsAre("ANNOUNCEMENT 2027-01-10 provisional by itself", "STATEMENT  provisional by itself",
                          "DECISION  provisional"));
}

}  // namespace
}  // namespace chengxin
