// A record is corrected: a new version with its reason, everything that follows from it set anew, and nothing
// undone by a source that has not heard of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/passing_time.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Rule13Corrections : public testing::Test {
 protected:
  v1::CorrectRecordRequest Correction(const v1::CreditRecord& known) {
    v1::CorrectRecordRequest request;
    request.set_name(known.name());
    request.set_etag(known.etag());
    request.set_request_id(bureau_.NextRequestId());
    request.set_reason("罚款数额录入有误");
    *request.mutable_record() = known;
    request.mutable_record()->clear_deciding_officer();
    return request;
  }
  v1::CreditRecord First() { return bureau_.RecordsOf(code_).at(0); }
  v1::CreditRecord Fined(int64_t fine_fen) {
    EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, fine_fen, "2026-11-20")).ok());
    return First();
  }
  v1::CreditRecord Delivered(int64_t fine_fen) {
    v1::CreditRecord record = bureau_.Penalty(code_, fine_fen, "2026-11-20").record();
    record.mutable_penalty()->set_decision_number("五民罚〔2026〕100号");
    return record;
  }
  v1::ImportOutcome Import(const v1::CreditRecord& record) {
    const auto imported = bureau_.Try(Bureau::Sync("sources/credit-records"),
                                      bureau_.Records("sources/credit-records", code_, {record}));
    EXPECT_TRUE(imported.ok()) << imported.status();
    return static_cast<v1::ImportOutcome>(imported->tally->outcomes(0));
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
};

TEST_F(Rule13Corrections, ACorrectionIsANewVersionWithReasonAndActor) {
  const v1::CreditRecord known = Fined(200'000'000);
  EXPECT_EQ(known.effects_size(), 1);
  EXPECT_EQ(known.proposal().ground(), "SER-04");
  v1::CorrectRecordRequest request = Correction(known);
  request.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine);
  bureau_.SetDay("2026-11-25");
  const auto corrected = bureau_.Try(Bureau::Wuhua(), request);
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  const v1::CreditRecord record = First();
  EXPECT_EQ(record.name(), known.name());
  EXPECT_EQ(record.source_key(), known.source_key());
  EXPECT_EQ(record.create_time().seconds(), known.create_time().seconds());
  EXPECT_NE(record.etag(), known.etag());
  EXPECT_EQ(record.penalty().fine_fen(), kSmallFine);
  EXPECT_EQ(record.correction().reason(), "罚款数额录入有误");
  EXPECT_EQ(record.correction().by(), "authorities/km-wuhua");
  EXPECT_EQ(record.correction().corrected_on(), "2026-11-25");
  EXPECT_EQ(record.proposal().ground(), "ABN-05");
  // The bar ends with the correction.
  ASSERT_EQ(record.effects_size(), 1);
  EXPECT_TRUE(record.effects(0).has_until());
}

TEST_F(Rule13Corrections, TheKeyOfTheItemStaysThoughItsNumberIsCorrected) {
  const v1::CreditRecord known = Fined(kSmallFine);
  v1::CorrectRecordRequest request = Correction(known);
  request.mutable_record()->mutable_penalty()->set_decision_number("五民罚〔2026〕77号");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  EXPECT_EQ(First().source_key(), known.source_key());
  EXPECT_EQ(First().penalty().decision_number(), "五民罚〔2026〕77号");
}

TEST_F(Rule13Corrections, ACorrectionThatSaysTheSameChangesNothing) {
  const v1::CreditRecord known = Fined(kSmallFine);
  const uint64_t revision = bureau_.revision();
  const auto same = bureau_.Try(Bureau::Wuhua(), Correction(known));
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_THAT(same->events, IsEmpty());
  EXPECT_EQ(same->existing.at(0).record().name(), known.name());
  EXPECT_EQ(bureau_.revision(), revision);
}

TEST_F(Rule13Corrections, WhoMayNotOrHasNotSeenTheLastStateIsRefused) {
  const v1::CreditRecord known = Fined(kSmallFine);
  v1::CorrectRecordRequest request = Correction(known);
  request.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine - 1);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Panlong(), request)), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Public(), request)), "ROLE_NOT_ALLOWED");
  // No source delivered it.
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Sync("sources/credit-records"), request)), "ROLE_NOT_ALLOWED");
  v1::CorrectRecordRequest stale = request;
  stale.set_etag("r1");
  const auto refused = bureau_.Do(Bureau::Wuhua(), stale);
  EXPECT_EQ(ReasonOf(refused), "STALE_ETAG");
  EXPECT_EQ(MetadataOf(refused, "etag"), known.etag());
  v1::CorrectRecordRequest unknown = request;
  unknown.set_name("organizations/" + code_ + "/records/999-1");
  EXPECT_EQ(bureau_.Do(Bureau::Wuhua(), unknown).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(First().etag(), known.etag());
}

TEST_F(Rule13Corrections, AReasonIsGivenAndTheKindIsKept) {
  const v1::CreditRecord known = Fined(kSmallFine);
  v1::CorrectRecordRequest request = Correction(known);
  request.clear_reason();
  request.set_name("records/1");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()), ElementsAre("name", "reason"));
  v1::CorrectRecordRequest other = Correction(known);
  other.mutable_record()->mutable_honour()->set_title("先进社会组织");
  other.mutable_record()->mutable_honour()->set_organ("昆明市民政局");
  other.mutable_record()->mutable_honour()->set_conferred_on("2026-01-01");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), other).status()), ElementsAre("record.content"));
}

TEST_F(Rule13Corrections, ItCannotBecomeASecondRecordOfOneDecision) {
  const v1::CreditRecord known = Fined(kSmallFine);
  const v1::CreateRecordRequest other = bureau_.Penalty(code_, 0, "2026-11-19");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), other).ok());
  v1::CorrectRecordRequest request = Correction(known);
  request.mutable_record()->mutable_penalty()->set_decision_number(
      other.record().penalty().decision_number());
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), request)), "CONFLICTING_RECORD");
}

// Rule 12: the source has not heard of the correction yet, or has by now.
TEST_F(Rule13Corrections, ASourceThatDeliversWhatWasCorrectedChangesNothing) {
  const v1::CreditRecord delivered = Delivered(kBorderFine);
  ASSERT_EQ(Import(delivered), v1::IMPORT_OUTCOME_CREATED);
  v1::CorrectRecordRequest request = Correction(First());
  request.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  const std::string etag = First().etag();
  EXPECT_EQ(Import(delivered), v1::IMPORT_OUTCOME_UNCHANGED);
  v1::CreditRecord right = delivered;
  right.mutable_penalty()->set_fine_fen(kSmallFine);
  EXPECT_EQ(Import(right), v1::IMPORT_OUTCOME_UNCHANGED);
  EXPECT_EQ(First().etag(), etag);
  EXPECT_EQ(First().penalty().fine_fen(), kSmallFine);
  // Something else again is a contradiction.
  right.mutable_penalty()->set_fine_fen(kSmallFine - 1);
  EXPECT_EQ(Import(right), v1::IMPORT_OUTCOME_REJECTED);
  // And after a second correction both earlier contents are known.
  v1::CorrectRecordRequest second = Correction(First());
  second.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine - 2);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), second).ok());
  EXPECT_EQ(Import(delivered), v1::IMPORT_OUTCOME_UNCHANGED);
  EXPECT_THAT(bureau_.RecordsOf(code_), SizeIs(1));
}

TEST_F(Rule13Corrections, ASourceCorrectsWhatItDelivered) {
  ASSERT_EQ(Import(Delivered(kBorderFine)), v1::IMPORT_OUTCOME_CREATED);
  v1::CorrectRecordRequest request = Correction(First());
  request.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Sync("sources/major-violations"), request)), "ROLE_NOT_ALLOWED")
      << "another source delivered it";
  ASSERT_TRUE(bureau_.Try(Bureau::Sync("sources/credit-records"), request).ok());
  EXPECT_EQ(First().correction().by(), "sources/credit-records");
}

TEST_F(Rule13Corrections, AnOfficerDoesNotCorrectTheCourtsList) {
  v1::CreditRecord record;
  record.set_formed_on("2026-11-20");
  v1::ExternalListing& entry = *record.mutable_external_listing();
  entry.set_ground("GP-01");
  entry.set_entry_number("（2026）云0102执1号");
  entry.set_listed_on("2026-03-01");
  entry.set_basis("有履行能力而拒不履行");
  entry.set_organ("昆明市五华区人民法院");
  ASSERT_TRUE(bureau_
                  .Try(Bureau::Sync("sources/court-defaulters"),
                       bureau_.Records("sources/court-defaulters", code_, {record}))
                  .ok());
  v1::CorrectRecordRequest request = Correction(First());
  request.mutable_record()->mutable_external_listing()->set_listed_on("2026-03-02");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), request)), "SOURCE_ONLY");
  EXPECT_TRUE(bureau_.Try(Bureau::Sync("sources/court-defaulters"), request).ok());
}

TEST_F(Rule13Corrections, AListingWhoseGroundIsNoLongerMetIsDecidedAgain) {
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kBorderFine, "2026-11-20", "SER-04")).ok());
  // Other words leave the ground as it is.
  v1::CorrectRecordRequest words = Correction(First());
  words.mutable_record()->mutable_penalty()->set_facts("更正后的事由");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), words).ok());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION), IsEmpty());

  v1::CorrectRecordRequest request = Correction(First());
  request.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine);
  const auto corrected = bureau_.Try(Bureau::Wuhua(), request);
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  const auto cases = OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].listing(), "listings/" + code_ + "-S1");
  EXPECT_EQ(cases[0].record(), First().name());
  EXPECT_EQ(cases[0].proposed_ground(), "SER-04");
  // Nothing is undone before it is decided.
  EXPECT_EQ(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).grounds_size(), 1);
  // Set right again while the case is open: at its due the ground is met and stays.
  v1::CorrectRecordRequest back = Correction(First());
  back.mutable_record()->mutable_penalty()->set_fine_fen(kBorderFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), back).ok());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION), SizeIs(1));
  bureau_.SetDay("2026-12-01");
  // Nor can the authority find that it has fallen.
  const auto fallen =
      bureau_.Do(Bureau::Wuhua(), DecisionOn(bureau_, cases[0], v1::CASE_FINDING_NOT_SUBSTANTIATED));
  EXPECT_EQ(ReasonOf(fallen), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(fallen, "expected"), "CASE_FINDING_NO_MEASURE");
  const auto due = LetHappen(bureau_, DueOf(cases[0], v1::DEADLINE_KIND_REDECISION));
  ASSERT_TRUE(due.ok()) << due.status();
  ASSERT_THAT(due->events, SizeIs(1));
  EXPECT_EQ(due->events[0].case_().decision().finding(), v1::CASE_FINDING_NO_MEASURE);
  EXPECT_FALSE(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).grounds(0).has_withdrawn());
}

// Rules 20, 31: a finding of the authority's own, here SER-01 on what a penalty says, is not undone by a
// correction of the penalty: the case stays open and overdue until a person decides.
TEST_F(Rule13Corrections, AFindingOfTheAuthoritysOwnDoesNotFallByItself) {
  const v1::CreditRecord known = Fined(kBorderFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kBorderFine, "2026-11-19", "SER-04")).ok());
  // The entry rests on the penalty by a finding that no penalty meets.
  log::v1::Event event;
  event.mutable_listing()->set_transition(v1::LISTING_TRANSITION_ANNOTATED);
  v1::Listing& entry = *event.mutable_listing()->mutable_listing();
  entry = InForce(bureau_, code_, v1::LIST_KIND_SEVERE);
  entry.mutable_grounds(0)->set_ground("SER-01");
  entry.mutable_grounds(0)->set_record(known.name());
  bureau_.Fold(event);

  v1::CorrectRecordRequest note = Correction(First());
  note.mutable_record()->set_internal_note("存档号一〇二");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), note).ok());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION), IsEmpty());

  v1::CorrectRecordRequest words = Correction(First());
  words.mutable_record()->mutable_penalty()->set_facts("更正后的事由");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), words).ok());
  const auto cases = OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].proposed_ground(), "SER-01");
  bureau_.SetDay("2026-12-01");
  const auto due = LetHappen(bureau_, DueOf(cases[0], v1::DEADLINE_KIND_REDECISION));
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_THAT(due->events, IsEmpty());
  EXPECT_FALSE(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).grounds(0).has_withdrawn());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION), SizeIs(1));
}

// Rule 35: a repair of the record takes nothing from what was decided before it.
TEST_F(Rule13Corrections, OtherWordsInARepairedPenaltyLeaveItsGroundAsItIs) {
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kBorderFine, "2026-11-20", "SER-04")).ok());
  log::v1::Event event;
  *event.mutable_record() = First();
  event.mutable_record()->mutable_repair()->mutable_since()->set_seconds(1);
  bureau_.Fold(event);
  v1::CorrectRecordRequest words = Correction(First());
  words.mutable_record()->mutable_penalty()->set_facts("更正后的事由");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), words).ok());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION), IsEmpty());
  v1::CorrectRecordRequest fine = Correction(First());
  fine.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), fine).ok());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION), SizeIs(1));
}

// Rules 20, 24: what a corrected penalty meets now is proposed, though an entry on what it met before is in
// force still.
TEST_F(Rule13Corrections, AListedPenaltyThatMeetsAnotherGroundIsProposedForIt) {
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kSmallFine, "2026-11-20", "ABN-05")).ok());
  v1::CorrectRecordRequest request = Correction(First());
  request.mutable_record()->mutable_penalty()->set_fine_fen(kBorderFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_REDECISION), SizeIs(1));
  EXPECT_EQ(First().proposal().ground(), "SER-04");
  auto cases = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].name(), First().case_());
  EXPECT_EQ(cases[0].proposed_ground(), "SER-04");

  // Set right again: the entry stands, and nothing is proposed.
  v1::CorrectRecordRequest back = Correction(First());
  back.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), back).ok());
  EXPECT_FALSE(First().has_proposal());
  cases = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].proposed_ground(), "");
}

// Rule 30: an entry that ran its course is not proposed again, whatever its penalty is corrected to.
TEST_F(Rule13Corrections, APenaltyWhoseEntryWasRemovedAfterItsTimeIsNotProposedAgain) {
  bureau_.SetDay("2026-01-09");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kSmallFine, "2026-01-09", "ABN-05")).ok());
  bureau_.SetDay("2026-07-20");
  const v1::Listing entry = InForce(bureau_, code_, v1::LIST_KIND_ABNORMAL);
  ASSERT_TRUE(LetHappen(bureau_, DueOf(entry, v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL)).ok());
  v1::CorrectRecordRequest request = Correction(First());
  request.mutable_record()->mutable_penalty()->set_fine_fen(kBorderFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  EXPECT_FALSE(First().has_proposal());
  EXPECT_THAT(OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY), IsEmpty());
}

// Rule 20: the open case follows what the penalty meets; where the authority has decided, a new one is
// opened.
TEST_F(Rule13Corrections, TheAuthorityHasACaseOnWhatIsProposedNow) {
  const v1::CreditRecord known = Fined(kSmallFine);
  const v1::Case before = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY).at(0);
  ASSERT_EQ(before.proposed_ground(), "ABN-05");
  v1::CorrectRecordRequest request = Correction(known);
  request.mutable_record()->mutable_penalty()->set_fine_fen(kBorderFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  const auto cases = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].name(), before.name());
  EXPECT_EQ(cases[0].proposed_ground(), "SER-04");
  EXPECT_NE(cases[0].facts(), before.facts());
  EXPECT_NE(cases[0].etag(), before.etag());

  log::v1::Event ended;
  *ended.mutable_case_() = cases[0];
  ended.mutable_case_()->set_state(v1::CASE_STATE_DECIDED);
  bureau_.Fold(ended);
  v1::CorrectRecordRequest again = Correction(First());
  again.mutable_record()->mutable_penalty()->set_fine_fen(kSmallFine);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), again).ok());
  const auto opened = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY);
  ASSERT_THAT(opened, SizeIs(1));
  EXPECT_NE(opened[0].name(), before.name());
  EXPECT_EQ(opened[0].proposed_ground(), "ABN-05");
  EXPECT_EQ(First().case_(), opened[0].name());
}

}  // namespace
}  // namespace chengxin
