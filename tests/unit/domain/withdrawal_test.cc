// The decision behind a record is revoked: the record is withdrawn, and what rested on it is decided again or
// falls.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/timestamps.h"
#include "tests/unit/domain/passing_time.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Rule39Withdrawals : public testing::Test {
 protected:
  v1::WithdrawRecordRequest Withdrawal(const v1::CreditRecord& known, std::string_view decided_on) {
    v1::WithdrawRecordRequest request;
    request.set_name(known.name());
    request.set_etag(known.etag());
    request.set_request_id(bureau_.NextRequestId());
    v1::RecordWithdrawal& withdrawal = *request.mutable_withdrawal();
    withdrawal.set_reason("处罚决定经行政复议撤销");
    withdrawal.set_basis("《行政处罚法》第四十八条");
    withdrawal.set_number("五政复决〔2026〕1号");
    withdrawal.set_decided_on(std::string(decided_on));
    return request;
  }
  void Withdraw(size_t record, std::string_view decided_on) {
    const auto withdrawn =
        bureau_.Try(Bureau::Wuhua(), Withdrawal(bureau_.RecordsOf(code_).at(record), decided_on));
    ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  }
  void File(int64_t fine_fen, std::string_view decided_on, std::string_view ground = {}) {
    const auto filed = bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, fine_fen, decided_on, ground));
    ASSERT_TRUE(filed.ok()) << filed.status();
  }
  std::vector<v1::Case> Redecisions() { return OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION); }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
};

TEST_F(Rule39Withdrawals, AWithdrawnRecordSupportsNothingFromThatInstantOn) {
  File(200'000'000, "2026-11-20");
  ASSERT_EQ(bureau_.view().StandingOf(code_).facts_size(), 1);
  bureau_.SetDay("2026-11-25");
  const absl::Time withdrawn = bureau_.now();
  Withdraw(0, "2026-11-24");
  const v1::CreditRecord record = bureau_.RecordsOf(code_)[0];
  EXPECT_EQ(record.withdrawal().by(), "authorities/km-wuhua");
  EXPECT_EQ(record.withdrawal().due_on(), "2026-11-27");
  EXPECT_FALSE(record.has_proposal());
  const log::v1::Standing standing = bureau_.view().StandingOf(code_);
  ASSERT_EQ(standing.facts_size(), 1);
  EXPECT_EQ(standing.facts(0).until_ns(), absl::ToUnixNanos(withdrawn));
  // It is there still, and cannot be withdrawn or corrected again.
  EXPECT_EQ(record.penalty().fine_fen(), 200'000'000);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Withdrawal(record, "2026-11-24"))), "ITEM_ENDED");
}

// Rule 64: three working days from the Friday before a year that is not loaded.
TEST_F(Rule39Withdrawals, WithoutTheCalendarThereIsNoLastDay) {
  File(kSmallFine, "2026-11-20");
  bureau_.SetDay("2026-12-31");
  Withdraw(0, "2026-12-31");
  EXPECT_EQ(bureau_.RecordsOf(code_)[0].withdrawal().due_on(), "");
}

TEST_F(Rule39Withdrawals, EachListingThatRestsOnItIsDecidedAgain) {
  File(kBorderFine, "2026-11-20", "SER-04");
  Withdraw(0, "2026-11-24");
  const auto cases = Redecisions();
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].listing(), "listings/" + code_ + "-S1");
  EXPECT_EQ(cases[0].record(), bureau_.RecordsOf(code_)[0].name());
  EXPECT_EQ(cases[0].received_on(), "2026-11-24");
  EXPECT_EQ(cases[0].authority(), "authorities/km-wuhua");
  EXPECT_FALSE(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).has_ended());
}

TEST_F(Rule39Withdrawals, WhatNobodyDecidesInThreeWorkingDaysFalls) {
  File(kBorderFine, "2026-11-20", "SER-04");
  Withdraw(0, "2026-11-24");
  const v1::Case redecision = Redecisions().at(0);
  const log::v1::LetDueHappen due = DueOf(redecision, v1::DEADLINE_KIND_REDECISION);
  // 2026-11-27 is the third working day.
  bureau_.SetNow(StartOf("2026-11-28") - absl::Nanoseconds(1));
  EXPECT_THAT(LetHappen(bureau_, due)->events, IsEmpty());
  bureau_.SetNow(StartOf("2026-11-28"));
  const auto fell = LetHappen(bureau_, due);
  ASSERT_TRUE(fell.ok()) << fell.status();
  ASSERT_THAT(fell->events, SizeIs(2));
  EXPECT_EQ(fell->legal_basis, "《行政处罚法》第四十八条");
  const v1::Listing& entry = fell->events[0].listing().listing();
  EXPECT_EQ(fell->events[0].listing().transition(), v1::LISTING_TRANSITION_ENDED);
  EXPECT_EQ(entry.end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
  EXPECT_EQ(entry.ended_by(), redecision.name());
  EXPECT_EQ(domain::TimeOf(entry.ended()), StartOf("2026-11-28"));
  const v1::Case& decided = fell->events[1].case_();
  EXPECT_EQ(decided.state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(decided.decision().finding(), v1::CASE_FINDING_NOT_SUBSTANTIATED);
  EXPECT_EQ(decided.moves().rbegin()->role(), v1::ROLE_UNSPECIFIED);
  EXPECT_THAT(LetHappen(bureau_, due)->events, IsEmpty());
}

TEST_F(Rule39Withdrawals, AnotherGroundKeepsTheEntryAndItsOwnClock) {
  File(kBorderFine, "2026-03-02", "SER-04");
  File(kBorderFine, "2026-11-20", "SER-04");
  EXPECT_EQ(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).minimum_period_end(), "2028-11-20");
  Withdraw(1, "2026-11-24");
  const v1::Case redecision = Redecisions().at(0);
  bureau_.SetDay("2026-12-01");
  const auto fell = LetHappen(bureau_, DueOf(redecision, v1::DEADLINE_KIND_REDECISION));
  ASSERT_TRUE(fell.ok()) << fell.status();
  EXPECT_EQ(fell->events.at(0).listing().transition(), v1::LISTING_TRANSITION_GROUND_WITHDRAWN);
  const v1::Listing entry = InForce(bureau_, code_, v1::LIST_KIND_SEVERE);
  EXPECT_FALSE(entry.grounds(0).has_withdrawn());
  EXPECT_TRUE(entry.grounds(1).has_withdrawn());
  EXPECT_EQ(entry.period_start(), "2026-03-02");
  EXPECT_EQ(entry.minimum_period_end(), "2028-03-02");
}

// Rules 27, 31: what fell began no period, on neither list.
TEST_F(Rule39Withdrawals, TheOtherListsPeriodCountsFromTheGroundBeforeItAgain) {
  File(kBorderFine, "2026-03-02", "SER-04");
  File(kBorderFine, "2026-05-11", "SER-04");
  File(kSmallFine, "2026-11-20", "ABN-05");
  ASSERT_EQ(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).period_start(), "2026-11-20");
  Withdraw(2, "2026-11-24");
  const v1::Case redecision = Redecisions().at(0);
  bureau_.SetDay("2026-12-01");
  const auto fell = LetHappen(bureau_, DueOf(redecision, v1::DEADLINE_KIND_REDECISION));
  ASSERT_TRUE(fell.ok()) << fell.status();
  EXPECT_EQ(fell->events.at(0).listing().listing().end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
  const v1::Listing severe = InForce(bureau_, code_, v1::LIST_KIND_SEVERE);
  EXPECT_EQ(severe.period_start(), "2026-05-11");
  EXPECT_EQ(severe.minimum_period_end(), "2028-05-11");
}

TEST_F(Rule39Withdrawals, WhereTheCalendarIsNotLoadedTheRedecisionWaits) {
  File(kBorderFine, "2026-11-20", "SER-04");
  bureau_.SetDay("2026-12-30");
  Withdraw(0, "2026-12-30");
  const log::v1::LetDueHappen due = DueOf(Redecisions().at(0), v1::DEADLINE_KIND_REDECISION);
  bureau_.SetDay("2027-02-01");
  EXPECT_THAT(LetHappen(bureau_, due)->events, IsEmpty());
  EXPECT_FALSE(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).grounds(0).has_withdrawn());
}

using Rule25Withdrawals = Rule39Withdrawals;

TEST_F(Rule25Withdrawals, AWithdrawnPenaltyCountsNoMore) {
  File(kSmallFine, "2026-03-02", "ABN-05");
  Withdraw(0, "2026-11-20");
  const auto refused =
      bureau_.Do(Bureau::Wuhua(), bureau_.Penalty(code_, kSmallFine, "2026-11-20", "SER-05"));
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "ABN-05");
}

TEST_F(Rule25Withdrawals, AProposalThatCountedItIsMadeAnew) {
  File(kSmallFine, "2026-03-02");
  File(kSmallFine, "2026-11-20");
  EXPECT_EQ(bureau_.RecordsOf(code_)[1].proposal().ground(), "SER-05");
  Withdraw(0, "2026-11-24");
  EXPECT_FALSE(bureau_.RecordsOf(code_)[0].has_proposal());
  EXPECT_EQ(bureau_.RecordsOf(code_)[1].proposal().ground(), "ABN-05");
}

TEST_F(Rule25Withdrawals, OfTwoPenaltiesOneAloneDoesNotKeepTheSevereEntry) {
  File(kSmallFine, "2026-03-02");
  File(kSmallFine, "2026-11-18", "SER-05");
  Withdraw(0, "2026-11-24");
  const v1::Case redecision = Redecisions().at(0);
  bureau_.SetDay("2026-12-01");
  const auto fell = LetHappen(bureau_, DueOf(redecision, v1::DEADLINE_KIND_REDECISION));
  EXPECT_EQ(fell->events.at(0).listing().listing().end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
}

// Rule 39 speaks of what rests on the withdrawn one alone: there is nothing to decide again.
TEST_F(Rule25Withdrawals, OfThreePenaltiesTwoKeepTheSevereEntryWhicheverIsWithdrawn) {
  for (const size_t withdrawn : {0, 1, 2}) {
    Bureau bureau;
    const std::string code = bureau.Register(1);
    for (const std::string_view day : {"2026-03-02", "2026-04-02"}) {
      ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, day)).ok());
    }
    ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-11-18", "SER-05")).ok());
    const v1::Listing before = InForce(bureau, code, v1::LIST_KIND_SEVERE);
    ASSERT_EQ(before.grounds(0).further_records_size(), 2);
    ASSERT_TRUE(
        bureau.Try(Bureau::Wuhua(), Withdrawal(bureau.RecordsOf(code)[withdrawn], "2026-11-24")).ok());
    EXPECT_THAT(OpenCases(bureau, code, v1::CASE_ORIGIN_REDECISION), IsEmpty());
    EXPECT_EQ(InForce(bureau, code, v1::LIST_KIND_SEVERE).SerializeAsString(), before.SerializeAsString());
    // A second one leaves one alone.
    const size_t next = (withdrawn + 1) % 3;
    ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), Withdrawal(bureau.RecordsOf(code)[next], "2026-11-24")).ok());
    const auto cases = OpenCases(bureau, code, v1::CASE_ORIGIN_REDECISION);
    ASSERT_THAT(cases, SizeIs(1));
    EXPECT_EQ(cases[0].record(), bureau.RecordsOf(code)[next].name());
    bureau.SetDay("2026-12-01");
    const auto fell = LetHappen(bureau, DueOf(cases[0], v1::DEADLINE_KIND_REDECISION));
    ASSERT_TRUE(fell.ok()) << fell.status();
    EXPECT_EQ(fell->events.at(0).listing().listing().end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
  }
}

// Three within three years, so that one may go; but not where those that remain lie further apart.
TEST_F(Rule25Withdrawals, WhatRemainsMustItselfLieWithinThreeYears) {
  File(kSmallFine, "2022-06-01");
  File(kSmallFine, "2024-06-03");
  File(kSmallFine, "2026-11-18", "SER-05");
  const v1::ListingGround ground = InForce(bureau_, code_, v1::LIST_KIND_SEVERE).grounds(0);
  ASSERT_THAT(ground.further_records(), ElementsAre(bureau_.RecordsOf(code_)[1].name()));
  // The one of 2022 counted with none of those.
  Withdraw(0, "2026-11-24");
  EXPECT_THAT(Redecisions(), IsEmpty());
  Withdraw(1, "2026-11-24");
  EXPECT_THAT(Redecisions(), SizeIs(1));
}

// One entry, two grounds that count the withdrawn penalty: the first with one other, the second with two.
class Rule39OneOfTwoGrounds : public Rule39Withdrawals {
 protected:
  Rule39OneOfTwoGrounds() {
    bureau_.SetDay("2026-11-24");
    File(kSmallFine, "2024-03-04");
    File(kSmallFine, "2025-03-03", "SER-05");
    File(kSmallFine, "2026-11-18", "SER-05");
    Withdraw(0, "2026-11-24");
  }
  void ExpectTheFirstAloneFell() {
    const v1::Listing entry = InForce(bureau_, code_, v1::LIST_KIND_SEVERE);
    ASSERT_EQ(entry.grounds_size(), 2);
    EXPECT_TRUE(entry.grounds(0).has_withdrawn());
    EXPECT_FALSE(entry.grounds(1).has_withdrawn());
    EXPECT_EQ(entry.first_listed_on(), "2026-11-18");
    EXPECT_EQ(entry.minimum_period_end(), "2028-11-18");
  }
};

TEST_F(Rule39OneOfTwoGrounds, WhatTheOthersStillMeetStaysWhereNobodyDecides) {
  const v1::Case redecision = Redecisions().at(0);
  bureau_.SetDay("2026-12-01");
  const auto fell = LetHappen(bureau_, DueOf(redecision, v1::DEADLINE_KIND_REDECISION));
  ASSERT_TRUE(fell.ok()) << fell.status();
  EXPECT_EQ(fell->events.at(0).listing().transition(), v1::LISTING_TRANSITION_GROUND_WITHDRAWN);
  ExpectTheFirstAloneFell();
}

TEST_F(Rule39OneOfTwoGrounds, WhatTheOthersStillMeetStaysByTheAuthoritysDecisionToo) {
  const auto fell = bureau_.Try(Bureau::Wuhua(),
                                DecisionOn(bureau_, Redecisions().at(0), v1::CASE_FINDING_NOT_SUBSTANTIATED));
  ASSERT_TRUE(fell.ok()) << fell.status();
  ExpectTheFirstAloneFell();
}

TEST_F(Rule25Withdrawals, WhatThePenaltyThatRemainsMeetsIsProposedAndOpened) {
  File(kSmallFine, "2026-03-02", "ABN-05");
  File(kSmallFine, "2026-11-18", "SER-05");
  Withdraw(0, "2026-11-24");
  const v1::CreditRecord remains = bureau_.RecordsOf(code_)[1];
  EXPECT_EQ(remains.proposal().ground(), "ABN-05");
  const auto cases = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].record(), remains.name());
  EXPECT_EQ(cases[0].proposed_ground(), "ABN-05");
}

// The severe entry took the place of the abnormal one: where it falls, the first penalty is to be looked at
// again.
TEST_F(Rule25Withdrawals, APenaltyWhoseEntryMovedToTheSevereListIsProposedWhereThatFalls) {
  File(kSmallFine, "2026-03-02", "ABN-05");
  File(kSmallFine, "2026-11-18", "SER-05");
  Withdraw(1, "2026-11-24");
  EXPECT_EQ(bureau_.RecordsOf(code_)[0].proposal().ground(), "ABN-05");
  EXPECT_FALSE(bureau_.RecordsOf(code_)[1].has_proposal());
}

TEST_F(Rule39Withdrawals, WhoMayWithdraw) {
  v1::CreditRecord delivered = bureau_.Penalty(code_, kSmallFine, "2026-11-20").record();
  const auto import = [&] {
    return bureau_
        .Try(Bureau::Sync("sources/credit-records"),
             bureau_.Records("sources/credit-records", code_, {delivered}))
        ->tally->outcomes(0);
  };
  ASSERT_EQ(import(), v1::IMPORT_OUTCOME_CREATED);
  const v1::CreditRecord record = bureau_.RecordsOf(code_)[0];
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Panlong(), Withdrawal(record, "2026-11-24"))),
            "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Admin(), Withdrawal(record, "2026-11-24"))), "ROLE_NOT_ALLOWED");
  ASSERT_TRUE(bureau_.Try(Bureau::Sync("sources/credit-records"), Withdrawal(record, "2026-11-24")).ok());
  EXPECT_EQ(bureau_.RecordsOf(code_)[0].withdrawal().by(), "sources/credit-records");
  // Rule 12: the source delivers it again, and it stays withdrawn.
  const std::string etag = bureau_.RecordsOf(code_)[0].etag();
  EXPECT_EQ(import(), v1::IMPORT_OUTCOME_UNCHANGED);
  EXPECT_EQ(bureau_.RecordsOf(code_)[0].etag(), etag);
  EXPECT_THAT(bureau_.RecordsOf(code_), SizeIs(1));
}

TEST_F(Rule39Withdrawals, ReasonBasisAndDayAreGiven) {
  File(kSmallFine, "2026-11-20");
  v1::WithdrawRecordRequest request = Withdrawal(bureau_.RecordsOf(code_)[0], "2026-11-25");
  request.mutable_withdrawal()->clear_reason();
  request.mutable_withdrawal()->clear_basis();
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()),
              ElementsAre("withdrawal.reason", "withdrawal.basis", "withdrawal.decided_on"));
  const auto early = bureau_.Do(Bureau::Wuhua(), Withdrawal(bureau_.RecordsOf(code_)[0], "2026-11-19"));
  EXPECT_THAT(FieldsOf(early.status()), ElementsAre("withdrawal.decided_on"));
}

}  // namespace
}  // namespace chengxin
