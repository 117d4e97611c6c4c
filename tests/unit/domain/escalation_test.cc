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
    const v1::CreditRecord known = bureau_.RecordsOf(code_).at(record);
    v1::WithdrawRecordRequest request;
    request.set_name(known.name());
    request.set_etag(known.etag());
    request.set_request_id(bureau_.NextRequestId());
    request.mutable_withdrawal()->set_reason("处罚决定经行政复议撤销");
    request.mutable_withdrawal()->set_basis("《行政处罚法》第四十八条");
    request.mutable_withdrawal()->set_decided_on(std::string(day));
    const auto withdrawn = bureau_.Try(Bureau::Wuhua(), request);
    ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
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
