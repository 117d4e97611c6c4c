// Two years on the abnormal list (rule 26): the case that opens ahead, and the move where a catalogue makes
// it automatic.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/case_file.h"
#include "domain/dues.h"
#include "domain/listing_rules.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/passing_time.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Rule26Escalations : public testing::Test {
 protected:
  void ListOn(std::string_view day) {
    bureau_.SetDay(day);
    code_ = bureau_.Register(1);
    const auto filed = bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kSmallFine, day, "ABN-05"));
    ASSERT_TRUE(filed.ok()) << filed.status();
  }
  v1::Listing Abnormal() { return InForce(bureau_, code_, v1::LIST_KIND_ABNORMAL); }
  absl::StatusOr<domain::Decision> At(absl::Time now, v1::DeadlineKind kind) {
    bureau_.SetNow(now);
    return LetHappen(bureau_, DueOf(Abnormal(), kind));
  }
  std::vector<v1::Case> Cases() { return OpenCases(bureau_, code_, v1::CASE_ORIGIN_ESCALATION); }
  // A further ground of the abnormal list, too old to count with the first.
  void AddGroundOn(std::string_view day) {
    bureau_.SetDay(day);
    v1::CreateRecordRequest request = bureau_.Penalty(code_, kSmallFine, "2020-06-01", "ABN-05");
    request.mutable_listing_decision()->set_decided_on(std::string(day));
    const auto added = bureau_.Try(Bureau::Wuhua(), request);
    ASSERT_TRUE(added.ok()) << added.status();
  }
  static void Automatic(v1::Catalogue& catalogue) {
    catalogue.mutable_procedure()->set_escalation_automatic(true);
    v1::LegalBasis& basis = *catalogue.mutable_procedure()->mutable_legal_basis();
    basis.set_zh("某省社会组织信用信息管理规定第九条");
    basis.set_en("A province's rule, art 9");
    basis.set_mark("C");
  }

  Bureau bureau_;
  std::string code_;
};

TEST_F(Rule26Escalations, TheCaseOpensSixtyDaysAheadOnItsDay) {
  ListOn("2024-03-11");
  EXPECT_EQ(Abnormal().escalation_on(), "2026-03-11");
  EXPECT_EQ(Abnormal().escalation_case_on(), "2026-01-10");
  EXPECT_THAT(At(StartOf("2026-01-10") - absl::Nanoseconds(1), v1::DEADLINE_KIND_ESCALATION_CASE)->events,
              IsEmpty());
  const auto opened = At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_THAT(opened->legal_basis, HasSubstr("第十五条第（一）项"));
  const auto cases = Cases();
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].proposed_ground(), "SER-01");
  EXPECT_EQ(cases[0].listing(), Abnormal().name());
  EXPECT_EQ(cases[0].authority(), "authorities/km-wuhua");
  EXPECT_EQ(Abnormal().escalation_case(), cases[0].name());
  EXPECT_FALSE(Abnormal().has_ended());
  // Once.
  EXPECT_FALSE(DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION_CASE).has_due());
}

TEST_F(Rule26Escalations, WithoutADecisionNobodyMoves) {
  ListOn("2024-03-11");
  const auto waits = At(StartOf("2026-11-24"), v1::DEADLINE_KIND_ESCALATION);
  ASSERT_TRUE(waits.ok()) << waits.status();
  EXPECT_THAT(waits->events, IsEmpty());
  EXPECT_THAT(bureau_.Listings(code_), SizeIs(1));
}

TEST_F(Rule26Escalations, WhereTheCatalogueSaysSoItMovesOnceWithBothTransitionsAndTheCaseEnds) {
  ListOn("2024-03-11");
  At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE).value();
  ChangeCatalogue(bureau_, Automatic);
  const log::v1::LetDueHappen due = DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION);
  // The last day of the two years still lies within.
  EXPECT_THAT(At(StartOf("2026-03-12") - absl::Nanoseconds(1), v1::DEADLINE_KIND_ESCALATION)->events,
              IsEmpty());
  const auto moved = At(StartOf("2026-03-12"), v1::DEADLINE_KIND_ESCALATION);
  ASSERT_TRUE(moved.ok()) << moved.status();
  ASSERT_THAT(moved->events, SizeIs(3));
  EXPECT_THAT(moved->legal_basis, HasSubstr("某省社会组织信用信息管理规定第九条"));
  EXPECT_EQ(moved->events[0].listing().transition(), v1::LISTING_TRANSITION_LISTED);
  EXPECT_EQ(moved->events[1].listing().transition(), v1::LISTING_TRANSITION_ENDED);
  const v1::Listing severe = InForce(bureau_, code_, v1::LIST_KIND_SEVERE);
  EXPECT_TRUE(severe.escalated());
  EXPECT_EQ(severe.first_listed_on(), "2026-03-12");
  EXPECT_EQ(severe.minimum_period_end(), "2028-03-12");
  EXPECT_EQ(severe.grounds(0).ground(), "SER-01");
  const v1::Listing& abnormal = moved->events[1].listing().listing();
  EXPECT_EQ(abnormal.end_reason(), v1::LISTING_END_REASON_MOVED_TO_SEVERE);
  EXPECT_EQ(abnormal.moved_to(), severe.name());
  EXPECT_EQ(domain::TimeOf(abnormal.ended()), StartOf("2026-03-12"));
  EXPECT_THAT(Cases(), IsEmpty());
  EXPECT_EQ(moved->events[2].case_().decision().finding(), v1::CASE_FINDING_LISTED);
  EXPECT_EQ(moved->events[2].case_().result_listing(), severe.name());
  EXPECT_THAT(LetHappen(bureau_, due)->events, IsEmpty());
}

TEST_F(Rule26Escalations, TwoYearsThatEndOnAHolidayAreFullAfterTheNextWorkingDay) {
  ListOn("2024-05-01");
  ChangeCatalogue(bureau_, Automatic);
  EXPECT_EQ(Abnormal().escalation_on(), "2026-05-01");
  EXPECT_THAT(At(StartOf("2026-05-07") - absl::Nanoseconds(1), v1::DEADLINE_KIND_ESCALATION)->events,
              IsEmpty());
  EXPECT_THAT(At(StartOf("2026-05-07"), v1::DEADLINE_KIND_ESCALATION)->events, SizeIs(2));
}

TEST_F(Rule26Escalations, WhereTheYearIsNotLoadedTheMoveWaits) {
  ListOn("2025-03-11");
  ChangeCatalogue(bureau_, Automatic);
  EXPECT_THAT(At(StartOf("2027-06-01"), v1::DEADLINE_KIND_ESCALATION)->events, IsEmpty());
  EXPECT_FALSE(Abnormal().has_ended());
}

TEST_F(Rule26Escalations, ANewGroundLeavesTheTwoYearsAlone) {
  ListOn("2024-03-11");
  AddGroundOn("2025-01-06");
  EXPECT_EQ(Abnormal().period_start(), "2025-01-06");
  EXPECT_EQ(Abnormal().escalation_on(), "2026-03-11");
}

TEST_F(Rule26Escalations, WhereTheCatalogueSaysSoANewGroundRestartsTheTwoYears) {
  ChangeCatalogue(bureau_, [](v1::Catalogue& catalogue) {
    Automatic(catalogue);
    catalogue.mutable_procedure()->set_escalation_clock_restarts(true);
  });
  ListOn("2024-03-11");
  At(StartOf("2026-01-12"), v1::DEADLINE_KIND_ESCALATION_CASE).value();
  const auto before = Cases();
  ASSERT_THAT(before, SizeIs(1));
  AddGroundOn("2026-01-15");
  EXPECT_EQ(Abnormal().escalation_on(), "2028-01-15");
  EXPECT_EQ(Abnormal().escalation_case_on(), "2027-11-16");
  // The case that is open already is taken up again, and no second one opens.
  EXPECT_EQ(Abnormal().escalation_case(), "");
  const auto again = At(StartOf("2027-11-16"), v1::DEADLINE_KIND_ESCALATION_CASE);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(Cases(), SizeIs(1));
  EXPECT_EQ(Abnormal().escalation_case(), before[0].name());
}

// Rules 26, 39: the entry does not move while it is decided again whether what it rests on still holds.
class Rule26WhileDecidedAgain : public Rule26Escalations {
 protected:
  // On the list since 2024-03-11 for a fine; an older fine, which listed nobody, meets the same ground.
  void ListWithOtherSupport() {
    ListOn("2024-03-11");
    ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kSmallFine, "2020-06-01")).ok());
  }
  void WithdrawOn(std::string_view day, size_t record = 0) {
    bureau_.SetDay(day);
    WithdrawRecord(bureau_, bureau_.RecordsOf(code_).at(record));
    ASSERT_THAT(Redecisions(), SizeIs(1));
  }
  std::vector<v1::Case> Redecisions() { return OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION); }
  // The authority finds that the ground stands: another record supports it.
  void KeepOn(std::string_view day) {
    bureau_.SetDay(day);
    const auto kept =
        bureau_.Try(Bureau::Wuhua(), DecisionOn(bureau_, Redecisions().at(0), v1::CASE_FINDING_NO_MEASURE));
    ASSERT_TRUE(kept.ok()) << kept.status();
    // The timer asks again at once for what waited, and not only at midnight.
    EXPECT_TRUE(std::any_of(kept->events.begin(), kept->events.end(), [&](const log::v1::Event& event) {
      return domain::WaitedFor(event) == Abnormal().name();
    }));
  }
  absl::StatusOr<domain::Decision> AtTheEndOf(const v1::Case& redecision, std::string_view last) {
    bureau_.SetNow(StartOf(last) + absl::Hours(24));
    return LetHappen(bureau_, DueOf(redecision, v1::DEADLINE_KIND_REDECISION));
  }
};

TEST_F(Rule26WhileDecidedAgain, TheMoveWaitsAndComesByItselfOnceTheGroundStands) {
  ListWithOtherSupport();
  ChangeCatalogue(bureau_, Automatic);
  At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE).value();
  WithdrawOn("2026-03-11");
  const log::v1::LetDueHappen due = DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION);
  EXPECT_THAT(At(StartOf("2026-03-12"), v1::DEADLINE_KIND_ESCALATION)->events, IsEmpty());
  EXPECT_FALSE(Abnormal().has_ended());
  KeepOn("2026-03-13");
  // The very due that waited.
  EXPECT_EQ(DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION).request_id(), due.request_id());
  const auto moved = LetHappen(bureau_, due);
  ASSERT_TRUE(moved.ok()) << moved.status();
  ASSERT_THAT(moved->events, SizeIs(3));
  const v1::Listing severe = InForce(bureau_, code_, v1::LIST_KIND_SEVERE);
  EXPECT_EQ(severe.first_listed_on(), "2026-03-12");
  EXPECT_EQ(severe.grounds(0).decision().decided_on(), "2026-03-13");
  EXPECT_THAT(Cases(), IsEmpty());
  EXPECT_THAT(LetHappen(bureau_, due)->events, IsEmpty());
}

TEST_F(Rule26WhileDecidedAgain, WhereTheGroundFallsNobodyMoves) {
  ListOn("2024-03-11");
  ChangeCatalogue(bureau_, Automatic);
  WithdrawOn("2026-03-10");
  const v1::Case redecision = Redecisions().at(0);
  const log::v1::LetDueHappen due = DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION);
  EXPECT_THAT(At(StartOf("2026-03-12"), v1::DEADLINE_KIND_ESCALATION)->events, IsEmpty());
  // 03-11, 03-12, 03-13 are the working days.
  const auto fell = AtTheEndOf(redecision, "2026-03-13");
  ASSERT_TRUE(fell.ok()) << fell.status();
  EXPECT_EQ(fell->events.at(0).listing().listing().end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
  EXPECT_EQ(domain::WaitedFor(fell->events.at(1)), fell->events.at(0).listing().listing().name());
  EXPECT_THAT(LetHappen(bureau_, due)->events, IsEmpty());
  EXPECT_THAT(bureau_.Listings(code_), SizeIs(1));
}

TEST_F(Rule26WhileDecidedAgain, WhereOneGroundFallsTheTwoYearsCountFromTheOtherAndItsDueComes) {
  ListOn("2024-03-11");
  AddGroundOn("2025-01-06");
  ChangeCatalogue(bureau_, Automatic);
  WithdrawOn("2026-03-10");
  const v1::Case redecision = Redecisions().at(0);
  const log::v1::LetDueHappen before = DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION);
  EXPECT_THAT(At(StartOf("2026-03-12"), v1::DEADLINE_KIND_ESCALATION)->events, IsEmpty());
  ASSERT_TRUE(AtTheEndOf(redecision, "2026-03-13").ok());
  EXPECT_EQ(Abnormal().escalation_on(), "2027-01-06");
  EXPECT_THAT(LetHappen(bureau_, before)->events, IsEmpty());
  EXPECT_TRUE(DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION).has_due());
  EXPECT_NE(DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION).request_id(), before.request_id());
}

TEST_F(Rule26WhileDecidedAgain, TheCaseAheadOfTheTwoYearsWaitsTooAndThenOpensOnce) {
  ListWithOtherSupport();
  WithdrawOn("2026-01-09");
  const log::v1::LetDueHappen due = DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION_CASE);
  EXPECT_THAT(At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE)->events, IsEmpty());
  EXPECT_THAT(Cases(), IsEmpty());
  EXPECT_EQ(Abnormal().escalation_case(), "");
  KeepOn("2026-01-12");
  const auto opened = LetHappen(bureau_, due);
  ASSERT_TRUE(opened.ok()) << opened.status();
  ASSERT_THAT(Cases(), SizeIs(1));
  EXPECT_EQ(Abnormal().escalation_case(), Cases()[0].name());
  EXPECT_FALSE(DueOf(Abnormal(), v1::DEADLINE_KIND_ESCALATION_CASE).has_due());
  EXPECT_THAT(LetHappen(bureau_, due)->events, IsEmpty());
}

// Another entry's case holds up nothing.
TEST_F(Rule26WhileDecidedAgain, ACaseOnAnotherEntryHoldsUpNothing) {
  ListOn("2024-03-11");
  ChangeCatalogue(bureau_, Automatic);
  bureau_.SetDay("2026-03-02");
  v1::Case other;
  other.set_name("cases/99999-1");
  other.set_organization("organizations/" + code_);
  other.set_origin(v1::CASE_ORIGIN_REDECISION);
  other.set_state(v1::CASE_STATE_ACCEPTED);
  other.set_listing("listings/" + code_ + "-S1");
  bureau_.Fold(domain::EventOf(other));
  EXPECT_THAT(At(StartOf("2026-03-12"), v1::DEADLINE_KIND_ESCALATION)->events, SizeIs(2));
}

// Rule 39: the severe entry rests on all that the abnormal one rested on. Listed on 2024-03-11 for a fine,
// with a further ground on another that does not count with it; moved on 2026-03-12.
class Rule39TwoYears : public Rule26Escalations {
 protected:
  void ListTwice(std::string_view second_on) {
    ListOn("2024-03-11");
    AddGroundOn(second_on);
  }
  void Move() {
    ChangeCatalogue(bureau_, Automatic);
    const auto moved = At(StartOf("2026-03-12"), v1::DEADLINE_KIND_ESCALATION);
    ASSERT_TRUE(moved.ok()) << moved.status();
    ASSERT_FALSE(moved->events.empty());
  }
  // The authority serves notice on the platform's case, has the waiver, and lists.
  void MoveByDecision(std::string_view day = "2026-03-12") {
    bureau_.SetDay(day);
    v1::ServeNoticeRequest notice;
    const v1::DecideCaseRequest form = DecisionOn(bureau_, Cases().at(0), v1::CASE_FINDING_LISTED);
    const auto take = [&](auto& request) {
      request.set_name(Cases().at(0).name());
      request.set_etag(Cases().at(0).etag());
      request.set_request_id(bureau_.NextRequestId());
    };
    take(notice);
    notice.mutable_notice()->set_number("五民告〔2026〕3号");
    notice.mutable_notice()->set_ground("SER-01");
    notice.mutable_notice()->set_facts("列入活动异常名录满2年");
    notice.mutable_notice()->set_reasons("符合列入情形");
    notice.mutable_notice()->set_basis("《社会组织信用信息管理办法》第十五条");
    notice.mutable_notice()->set_rights("可在10个工作日内书面陈述、申辩");
    *notice.mutable_notice()->mutable_service() = form.decision().service();
    ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), notice).ok());
    v1::RecordStatementRequest waiver;
    take(waiver);
    waiver.mutable_statement()->set_received_on(std::string(day));
    waiver.mutable_statement()->set_waived(true);
    *waiver.mutable_statement()->add_evidence() = form.decision().service().proof();
    ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), waiver).ok());
    v1::DecideCaseRequest decide = form;
    take(decide);
    decide.mutable_decision()->set_ground("SER-01");
    decide.mutable_decision()->set_repair_notice_served(true);
    const auto moved = bureau_.Try(Bureau::Wuhua(), decide);
    ASSERT_TRUE(moved.ok()) << moved.status();
  }
  // Two grounds of the same day, of which one keeps what it rests on.
  void ExpectEnough(size_t kept) {
    ListTwice("2024-03-11");
    Move();
    Withdraw(1 - kept);
    EXPECT_THAT(Redecisions(), IsEmpty());
    EXPECT_FALSE(bureau_.RecordsOf(code_).at(kept).has_proposal());
    Withdraw(kept);
    EXPECT_THAT(Redecisions(), SizeIs(1));
  }
  v1::Listing Severe() { return InForce(bureau_, code_, v1::LIST_KIND_SEVERE); }
  std::string Record(size_t number) { return bureau_.RecordsOf(code_).at(number).name(); }
  void Withdraw(size_t record) { WithdrawRecord(bureau_, bureau_.RecordsOf(code_).at(record)); }
  std::vector<v1::Case> Redecisions() { return OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION); }
};

TEST_F(Rule39TwoYears, TheGroundOfTheSwitchNamesEveryRecordBehindTheAbnormalEntry) {
  ListTwice("2025-01-06");
  Move();
  EXPECT_EQ(Severe().grounds(0).record(), Record(1));
  EXPECT_THAT(Severe().grounds(0).further_records(), ElementsAre(Record(0)));
}

TEST_F(Rule39TwoYears, SoDoesTheGroundOfTheAuthoritysDecision) {
  ListTwice("2025-01-06");
  At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE).value();
  ASSERT_EQ(Cases().at(0).record(), Record(1));
  MoveByDecision();
  EXPECT_EQ(Severe().grounds(0).record(), Record(1));
  EXPECT_THAT(Severe().grounds(0).further_records(), ElementsAre(Record(0)));
  Withdraw(1);
  EXPECT_THAT(Redecisions(), IsEmpty());
  Withdraw(0);
  EXPECT_THAT(Redecisions(), SizeIs(1));
}

TEST_F(Rule39TwoYears, WhatFellBeforeTheMoveIsNotNamed) {
  ListTwice("2025-01-06");
  At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE).value();
  bureau_.SetDay("2026-02-02");
  Withdraw(1);
  const v1::Case redecision = Redecisions().at(0);
  bureau_.SetDay("2026-03-02");
  ASSERT_TRUE(LetHappen(bureau_, DueOf(redecision, v1::DEADLINE_KIND_REDECISION)).ok());
  ASSERT_EQ(Abnormal().escalation_on(), "2026-03-11");
  // The platform's case still names the record of the ground that fell.
  ASSERT_EQ(Cases().at(0).record(), Record(1));
  MoveByDecision();
  EXPECT_EQ(Severe().grounds(0).record(), Record(0));
  EXPECT_THAT(Severe().grounds(0).further_records(), IsEmpty());
}

TEST_F(Rule39TwoYears, WhereTheFirstGroundStandsTheTwoYearsDo) {
  ListTwice("2025-01-06");
  Move();
  const v1::Listing before = Severe();
  Withdraw(1);
  EXPECT_THAT(Redecisions(), IsEmpty());
  EXPECT_EQ(Severe().SerializeAsString(), before.SerializeAsString());
}

TEST_F(Rule39TwoYears, WhereTheFirstFallsAndTheOtherIsTooYoungTheMoveIsDecidedAgainAndFalls) {
  ListTwice("2025-01-06");
  Move();
  Withdraw(0);
  const auto cases = Redecisions();
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].proposed_ground(), "SER-01");
  EXPECT_EQ(cases[0].listing(), Severe().name());
  // What the other penalty meets by itself is put before the authority, as the severe entry is about to go.
  EXPECT_EQ(bureau_.RecordsOf(code_).at(1).proposal().ground(), "ABN-05");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), DecisionOn(bureau_, cases[0], v1::CASE_FINDING_NO_MEASURE))),
            "GROUND_MISMATCH");
  bureau_.SetDay("2026-04-01");
  const auto fell = LetHappen(bureau_, DueOf(cases[0], v1::DEADLINE_KIND_REDECISION));
  ASSERT_TRUE(fell.ok()) << fell.status();
  EXPECT_EQ(fell->events.at(0).listing().listing().end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
}

TEST_F(Rule39TwoYears, OfTwoGroundsOfTheSameDayTheFirstIsEnough) { ExpectEnough(0); }
TEST_F(Rule39TwoYears, OfTwoGroundsOfTheSameDayTheSecondIsEnough) { ExpectEnough(1); }

// The move came late: by the other ground alone two years were full by then too, but not on the day from
// which the organization is on the severe list.
TEST_F(Rule39TwoYears, TheTwoYearsMustHaveBeenFullOnTheDayOfTheMove) {
  ListTwice("2024-04-08");
  ChangeCatalogue(bureau_, Automatic);
  ASSERT_FALSE(At(StartOf("2026-06-01"), v1::DEADLINE_KIND_ESCALATION)->events.empty());
  ASSERT_EQ(Severe().first_listed_on(), "2026-03-12");
  Withdraw(0);
  EXPECT_THAT(Redecisions(), SizeIs(1));
}

TEST_F(Rule39TwoYears, ByALaterDecisionTheyAreFullOnWhatIsLeft) {
  ListTwice("2024-04-08");
  At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE).value();
  MoveByDecision("2026-04-09");
  Withdraw(0);
  EXPECT_THAT(Redecisions(), IsEmpty());
}

TEST_F(Rule39TwoYears, NotByADecisionOfTheirLastDay) {
  ListTwice("2024-04-08");
  At(StartOf("2026-01-10"), v1::DEADLINE_KIND_ESCALATION_CASE).value();
  MoveByDecision("2026-04-08");
  Withdraw(0);
  EXPECT_THAT(Redecisions(), SizeIs(1));
}

// A ground of the abnormal entry that no penalty meets: whether it bears the two years only a person can say.
class Rule39TwoYearsInDoubt : public Rule39TwoYears {
 protected:
  Rule39TwoYearsInDoubt() {
    ListTwice("2025-01-06");
    log::v1::Event event;
    event.mutable_listing()->set_transition(v1::LISTING_TRANSITION_ANNOTATED);
    v1::Listing& entry = *event.mutable_listing()->mutable_listing();
    entry = Abnormal();
    entry.mutable_grounds(0)->set_ground("ABN-03");
    bureau_.Fold(event);
    Move();
  }
};

TEST_F(Rule39TwoYearsInDoubt, TheAuthorityMayKeepTheMoveAndTheOtherRecordsStayNamed) {
  Withdraw(0);
  ASSERT_THAT(Redecisions(), SizeIs(1));
  const auto kept =
      bureau_.Try(Bureau::Wuhua(), DecisionOn(bureau_, Redecisions().at(0), v1::CASE_FINDING_NO_MEASURE));
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(Severe().grounds(0).record(), Record(1));
  EXPECT_THAT(Severe().grounds(0).further_records(), IsEmpty());
  // The first ground was found to stand: the two years do not need the other.
  Withdraw(1);
  EXPECT_THAT(Redecisions(), IsEmpty());
}

TEST_F(Rule39TwoYearsInDoubt, WhereNobodyDecidesItFalls) {
  Withdraw(0);
  const v1::Case redecision = Redecisions().at(0);
  bureau_.SetDay("2026-04-01");
  const auto fell = LetHappen(bureau_, DueOf(redecision, v1::DEADLINE_KIND_REDECISION));
  ASSERT_TRUE(fell.ok()) << fell.status();
  EXPECT_EQ(fell->events.at(0).listing().listing().end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
}

TEST_F(Rule39TwoYearsInDoubt, ACorrectionWaitsForAPerson) {
  const auto correct = [&](size_t record) {
    const v1::CreditRecord known = bureau_.RecordsOf(code_).at(record);
    v1::CorrectRecordRequest request;
    request.set_name(known.name());
    request.set_etag(known.etag());
    request.set_request_id(bureau_.NextRequestId());
    request.set_reason("事由录入有误");
    *request.mutable_record() = known;
    request.mutable_record()->clear_deciding_officer();
    request.mutable_record()->mutable_penalty()->set_facts("更正后的事由");
    const auto corrected = bureau_.Try(Bureau::Wuhua(), request);
    ASSERT_TRUE(corrected.ok()) << corrected.status();
  };
  // Other words in what a penalty meets change nothing.
  correct(1);
  EXPECT_THAT(Redecisions(), IsEmpty());
  correct(0);
  const auto cases = Redecisions();
  ASSERT_THAT(cases, SizeIs(1));
  bureau_.SetDay("2026-04-01");
  EXPECT_THAT(LetHappen(bureau_, DueOf(cases[0], v1::DEADLINE_KIND_REDECISION))->events, IsEmpty());
}

// What the log held before: one record is named, or none.
TEST_F(Rule39TwoYears, AnOlderEntryIsJudgedByTheSameLaw) {
  ListTwice("2025-01-06");
  Move();
  const auto fold_named = [&](const std::string& record) {
    log::v1::Event event;
    event.mutable_listing()->set_transition(v1::LISTING_TRANSITION_ANNOTATED);
    *event.mutable_listing()->mutable_listing() = Severe();
    v1::ListingGround& ground = *event.mutable_listing()->mutable_listing()->mutable_grounds(0);
    ground.clear_further_records();
    ground.set_record(record);
    bureau_.Fold(event);
  };
  fold_named(Record(1));
  Withdraw(1);
  EXPECT_THAT(Redecisions(), IsEmpty());
  Withdraw(0);
  EXPECT_THAT(Redecisions(), IsEmpty());
}

// Rule 32: the severe entry needs what was to be done on the abnormal list.
TEST_F(Rule26Escalations, TheDutyThatWasOutstandingIsSoOnTheSevereList) {
  ListOn("2024-03-11");
  ChangeCatalogue(bureau_, Automatic);
  v1::Listing entry = Abnormal();
  domain::DecidedGround ground;
  const auto catalogue = bureau_.view().catalogue();
  ground.row = catalogue->FindGround("SER-01", domain::CivilDay(2026, 3, 12));
  ground.effective_on = ground.conduct_on = domain::CivilDay(2026, 3, 12);
  const v1::Organization organization = **bureau_.view().FindOrganization(code_);
  for (const bool outstanding : {true, false}) {
    entry.set_duty_outstanding(outstanding);
    const auto outcomes = domain::AddGround(
        ground, {entry},
        {.catalogue = *catalogue, .organization = organization, .revision = 9, .stamp = bureau_.now()});
    ASSERT_THAT(outcomes, SizeIs(2));
    EXPECT_EQ(outcomes[0].listing().duty_outstanding(), outstanding);
    EXPECT_TRUE(outcomes[0].listing().escalated());
  }
}

}  // namespace
}  // namespace chengxin
