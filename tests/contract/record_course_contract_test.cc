// What becomes of a record over real gRPC: late capture, correction, withdrawal; rules 7 to 13, 39.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RecordCourseContract : public LawContract {
 protected:
  RecordCourseContract() { world_.Register(1); }

  // A record filed by 五华区.
  v1::CreditRecord FilePenalty(int64_t fine_fen, std::string_view ground) {
    return Expect(Ask(kWuhua, &Records::CreateRecord,
                      world_.PenaltyRequest(World::CodeOf(1), fine_fen, ground, Today())))
        .record();
  }
  Answer<v1::WithdrawRecordResponse> Withdraw(std::string_view who, const v1::CreditRecord& record) {
    v1::WithdrawRecordRequest request;
    request.mutable_withdrawal()->set_reason("处罚决定被行政复议机关撤销");
    request.mutable_withdrawal()->set_basis("《行政处罚法》第四十八条");
    request.mutable_withdrawal()->set_decided_on(Today());
    return Move(who, &Records::WithdrawRecord, record, request);
  }
  v1::CreateRecordRequest Other(std::string_view formed_on) {
    v1::CreateRecordRequest request;
    request.set_organization_code(World::CodeOf(1).ToString());
    request.set_request_id(world_.NextRequestId());
    v1::CreditRecord& record = *request.mutable_record();
    record.set_formed_on(std::string(formed_on));
    record.mutable_honour()->set_title("优秀社会组织");
    record.mutable_honour()->set_organ("昆明市民政局");
    record.mutable_honour()->set_conferred_on(std::string(formed_on));
    return request;
  }
};

TEST_F(RecordCourseContract, Rule7WhatIsRecordedAfterFiveWorkingDaysIsListedAsLate) {
  // Tuesday 2026-11-17 and five working days: 2026-11-24, today.
  const auto in_time = Ask(kWuhua, &Records::CreateRecord, Other("2026-11-17"));
  EXPECT_EQ(Expect(in_time).record().capture_due_on(), "2026-11-24");
  EXPECT_FALSE(in_time.response.record().captured_late());
  EXPECT_EQ(Expect(Ask(kWuhua, &Records::ListLateCaptures, {})).records_size(), 0);
  const v1::CreditRecord first = Expect(Ask(kWuhua, &Records::CreateRecord, Other("2026-11-16"))).record();
  EXPECT_TRUE(first.captured_late());
  const v1::CreditRecord second = Expect(Ask(kWuhua, &Records::CreateRecord, Other("2026-11-13"))).record();
  v1::ListLateCapturesRequest page;
  page.set_page_size(1);
  std::vector<std::string> names;
  do {
    const auto answer = Expect(Ask(kWuhua, &Records::ListLateCaptures, page));
    for (const v1::CreditRecord& record : answer.records()) names.push_back(record.name());
    page.set_page_token(answer.next_page_token());
  } while (!page.page_token().empty());
  EXPECT_THAT(names, ElementsAre(second.name(), first.name())) << "newest first";
  EXPECT_EQ(Expect(Ask(kPanlong, &Records::ListLateCaptures, {})).records_size(), 0);
  EXPECT_EQ(Ask(kCulture, &Records::ListLateCaptures, {}).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

// What is recorded is done, however late: only what can still be done is a deadline.
TEST_F(RecordCourseContract, Rule7WhatWasRecordedLateIsNoDeadlineAnyMore) {
  ASSERT_TRUE(Expect(Ask(kWuhua, &Records::CreateRecord, Other("2026-11-13"))).record().captured_late());
  for (const bool overdue_only : {false, true}) {
    v1::ListDeadlinesRequest request;
    request.set_overdue_only(overdue_only);
    EXPECT_EQ(Expect(Ask(kWuhua, &Cases::ListDeadlines, request)).deadlines_size(), 0) << overdue_only;
  }
  EXPECT_EQ(Expect(Ask(kWuhua, &Records::ListLateCaptures, {})).records_size(), 1);
}

// The platform forms no credit information without recording it: nothing of its own waits to be captured.
TEST_F(RecordCourseContract, Rule7WhatACaseFindsIsRecordedInTheSameAct) {
  v1::DecideCaseRequest request = DecisionOn(v1::CASE_FINDING_SUBSTANTIATED);
  request.mutable_decision()->set_considered_until("2027-11-24");
  const auto decided = Move(kWuhua, &Cases::DecideCase, ReadyToDecide(1, ""), request);
  EXPECT_NE(Expect(decided).case_().result_record(), "");
  EXPECT_EQ(decided.response.record().name(), decided.response.case_().result_record());
  EXPECT_EQ(decided.response.record().create_time().seconds(),
            decided.response.case_().update_time().seconds());
  EXPECT_FALSE(decided.response.record().captured_late());
}

TEST_F(RecordCourseContract, Rule8WhatIsBoughtIsOtherInformation) {
  v1::CreateRecordRequest request = Other(Today());
  EXPECT_EQ(Expect(Ask(kWuhua, &Records::CreateRecord, request)).record().category(),
            v1::RECORD_CATEGORY_OTHER);
  EXPECT_EQ(FilePenalty(kSmallFine, "ABN-05").category(), v1::RECORD_CATEGORY_PENALTY);
}

TEST_F(RecordCourseContract, Rule9AnAdverseItemNeedsItsLegalBasis) {
  v1::CreateRecordRequest request = Other(Today());
  v1::PerformanceEvaluation& evaluation = *request.mutable_record()->mutable_performance_evaluation();
  evaluation.set_project("KMZC-2026-0117");
  evaluation.set_purchaser("purchasers/km-culture");
  evaluation.set_passed(false);
  evaluation.set_evaluated_on(Today());
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Records::CreateRecord, request).status),
              testing::Contains("record.performance_evaluation.basis"));
  v1::CreateRecordRequest unknown = Other(Today());
  unknown.mutable_record()->mutable_external_listing()->set_ground("GP-99");
  EXPECT_EQ(Ask(kWuhua, &Records::CreateRecord, unknown).status.error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(RecordCourseContract, Rule10APenaltyHoldsKindResultFactsBasisDayAndOrgan) {
  v1::CreateRecordRequest request = world_.PenaltyRequest(World::CodeOf(1), kSmallFine, "");
  v1::Penalty& penalty = *request.mutable_record()->mutable_penalty();
  penalty.clear_kinds();
  penalty.clear_fine_fen();
  penalty.clear_result();
  penalty.clear_facts();
  penalty.clear_basis();
  penalty.clear_decided_on();
  penalty.clear_organ();
  EXPECT_THAT(
      FieldsOf(Ask(kWuhua, &Records::CreateRecord, request).status),
      testing::IsSupersetOf({"record.penalty.kinds", "record.penalty.result", "record.penalty.facts",
                             "record.penalty.basis", "record.penalty.decided_on", "record.penalty.organ"}));
}

TEST_F(RecordCourseContract, Rule11AmountsAreKeptToTheFen) {
  EXPECT_EQ(FilePenalty(kSmallFine, "ABN-05").penalty().fine_fen(), 4'999'999);
  EXPECT_THAT(GetListing("public", "listings/" + World::CodeOf(1).ToString() + "-A1").grounds(0).ground(),
              "ABN-05")
      << "one fen below fifty thousand yuan";
}

TEST_F(RecordCourseContract, Rule12TheSameDecisionAgainIsTheSameRecord) {
  const v1::CreateRecordRequest request = world_.PenaltyRequest(World::CodeOf(1), kSmallFine, "ABN-05");
  const v1::CreditRecord first = Expect(Ask(kWuhua, &Records::CreateRecord, request)).record();
  v1::CreateRecordRequest again = request;
  again.set_request_id(world_.NextRequestId());
  EXPECT_EQ(Expect(Ask(kWuhua, &Records::CreateRecord, again)).record().name(), first.name());
  EXPECT_EQ(ReportOf(kWuhua, 1).adverse_records_size(), 1);
}

TEST_F(RecordCourseContract, Rule13ACorrectionIsANewVersionWithReasonAndActor) {
  const v1::CreditRecord record = FilePenalty(kFiftyThousandYuan, "SER-04");
  world_.clock().Advance(absl::Hours(1));
  const absl::Time before = world_.clock().Now();
  world_.clock().Advance(absl::Hours(1));
  v1::CorrectRecordRequest request;
  *request.mutable_record() = record;
  request.mutable_record()->clear_deciding_officer();
  request.mutable_record()->mutable_penalty()->set_facts("超出业务范围开展活动，并拒不改正");
  EXPECT_THAT(FieldsOf(Move(kWuhua, &Records::CorrectRecord, record, request).status), ElementsAre("reason"));
  request.set_reason("事实认定的文字有误");
  const auto corrected = Move(kWuhua, &Records::CorrectRecord, record, request);
  const v1::CreditRecord& now = Expect(corrected).record();
  EXPECT_EQ(now.penalty().facts(), "超出业务范围开展活动，并拒不改正");
  EXPECT_EQ(now.correction().by(), "authorities/km-wuhua");
  EXPECT_EQ(now.correction().corrected_on(), kFirstDay);
  v1::GetRecordRequest past;
  past.set_name(record.name());
  domain::SetTimestamp(before, *past.mutable_as_of()->mutable_instant());
  EXPECT_EQ(Expect(Ask(kWuhua, &Records::GetRecord, past)).record().penalty().facts(),
            record.penalty().facts())
      << "nothing is overwritten";
  const auto stale = Move(kWuhua, &Records::CorrectRecord, record, request);
  EXPECT_EQ(stale.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(MetadataOf(stale.status, "etag"), now.etag());
}

TEST_F(RecordCourseContract, Rule18NobodyElseCorrectsOrWithdraws) {
  const v1::CreditRecord record = FilePenalty(kFiftyThousandYuan, "SER-04");
  EXPECT_EQ(Withdraw(kPanlong, record).status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(Withdraw(kPanlong, record).status), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(Withdraw(kCulture, record).status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(RecordCourseContract, Rule39AWithdrawnPenaltyTakesTheListingOnItWithinThreeWorkingDays) {
  const v1::CreditRecord record = FilePenalty(kFiftyThousandYuan, "SER-04");
  const v1::Listing listing = GetListing("public", record.listing());
  const auto withdrawn = Withdraw(kWuhua, record);
  EXPECT_EQ(Expect(withdrawn).record().withdrawal().reason(), "处罚决定被行政复议机关撤销");
  ASSERT_EQ(withdrawn.response.cases_size(), 1);
  const v1::Case opened = GetCase(kWuhua, withdrawn.response.cases(0));
  EXPECT_EQ(opened.origin(), v1::CASE_ORIGIN_REDECISION);
  EXPECT_EQ(opened.listing(), listing.name());
  ASSERT_EQ(opened.deadlines_size(), 1);
  EXPECT_EQ(opened.deadlines(0).due_on(), "2026-11-27");
  EXPECT_EQ(ReportOf("public", 1).adverse_records_size(), 0) << "it supports nothing any more";
  GoToEndOf(domain::CivilDay(2026, 11, 27));
  LetDuesHappen();
  EXPECT_THAT(WherePublic(listing), testing::SizeIs(4));
  GoToStartOf(domain::CivilDay(2026, 11, 28));
  EXPECT_GT(LetDuesHappen(), 0);
  EXPECT_THAT(WherePublic(listing), IsEmpty());
  EXPECT_EQ(GetListing(kWuhua, listing.name()).end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
  world_.RefreshSources();
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
}

TEST_F(RecordCourseContract, Rule39TheAuthorityDecidesAgainAtOnce) {
  const v1::CreditRecord record = FilePenalty(kFiftyThousandYuan, "SER-04");
  const v1::Case opened = GetCase(kWuhua, Expect(Withdraw(kWuhua, record)).cases(0));
  const auto decided =
      Move(kWuhua, &Cases::DecideCase, opened, DecisionOn(v1::CASE_FINDING_NOT_SUBSTANTIATED));
  EXPECT_EQ(Expect(decided).listing().end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
  EXPECT_EQ(LetDuesHappen(), 0);
}

// Rule 25: of three small fines within three years two are enough.
TEST_F(RecordCourseContract, Rule39WhatOtherRecordsStillMeetIsNotDecidedAgain) {
  const auto record = [&](const std::string& name) {
    v1::GetRecordRequest request;
    request.set_name(name);
    return Expect(Ask(kWuhua, &Records::GetRecord, request)).record();
  };
  // The penalties' own cases may change with it; what counts here is what is decided again.
  const auto redecisions = [&](const v1::WithdrawRecordResponse& response) {
    int count = 0;
    for (const std::string& name : response.cases()) {
      if (GetCase(kWuhua, name).origin() == v1::CASE_ORIGIN_REDECISION) ++count;
    }
    return count;
  };
  const std::string first = FilePenalty(kSmallFine, "").name();
  FilePenalty(kSmallFine, "");
  const v1::CreditRecord last = FilePenalty(kSmallFine, "SER-05");
  const v1::Listing listing = GetListing("public", last.listing());
  EXPECT_EQ(listing.grounds(0).further_records_size(), 2);
  EXPECT_EQ(redecisions(Expect(Withdraw(kWuhua, record(last.name())))), 0);
  EXPECT_EQ(GetListing("public", listing.name()).etag(), listing.etag());
  EXPECT_EQ(redecisions(Expect(Withdraw(kWuhua, record(first)))), 1);
}

TEST_F(RecordCourseContract, AWithdrawnRecordIsNeitherCorrectedNorWithdrawnAgain) {
  const v1::CreditRecord record = FilePenalty(kFiftyThousandYuan, "SER-04");
  const v1::CreditRecord withdrawn = Expect(Withdraw(kWuhua, record)).record();
  ExpectRefused(Withdraw(kWuhua, withdrawn), "ITEM_ENDED");
}

}  // namespace
}  // namespace chengxin
