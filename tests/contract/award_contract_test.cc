// AwardService over real gRPC: awards on their receipts, contracts, alerts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kProject = "KMZC-2026-0117";

class AwardContract : public LawContract {
 protected:
  AwardContract() {
    for (int number : {1, 2, 3}) world_.Register(number);
  }

  // A receipt of the purchaser for these organizations, its cut-off tomorrow at this hour.
  v1::Receipt Certify(v1::ReceiptSubject subject, const std::vector<int>& numbers,
                      v1::QueryPurpose purpose = v1::QUERY_PURPOSE_AWARD) {
    v1::CertifyRequest request;
    request.set_subject(subject);
    for (int number : numbers) request.add_organization_codes(World::CodeOf(number).ToString());
    *request.mutable_context() = ContextOf(world_);
    request.mutable_context()->set_purpose(purpose);
    domain::SetTimestamp(world_.clock().Now() + absl::Hours(24),
                         *request.mutable_context()->mutable_cut_off());
    request.set_request_id(world_.NextRequestId());
    return Expect(Ask(kCulture, &Eligibility::Certify, request)).receipt();
  }
  v1::CreateAwardRequest AwardOn(const v1::Receipt& receipt, const std::vector<int>& numbers) {
    v1::CreateAwardRequest request;
    request.set_request_id(world_.NextRequestId());
    v1::Award& award = *request.mutable_award();
    award.set_project(std::string(kProject));
    award.set_title("社区居家养老服务");
    award.set_mode(v1::AWARD_MODE_SINGLE);
    for (int number : numbers) award.add_contractor_codes(World::CodeOf(number).ToString());
    *award.mutable_cut_off() = receipt.context().cut_off();
    award.set_contract("KMWH-2026-031");
    award.set_renewable(true);
    v1::ContractTerm& term = *award.add_terms();
    term.set_starts_on("2026-12-01");
    term.set_ends_on("2027-11-30");
    term.set_price_fen(100'000'00);
    term.set_receipt(receipt.name());
    return request;
  }
  v1::Award Award(int number) {
    const v1::Receipt receipt = Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {number});
    return Expect(Ask(kCulture, &Awards::CreateAward, AwardOn(receipt, {number}))).award();
  }
  Answer<v1::GetAwardResponse> Get(std::string_view who, const std::string& name) {
    v1::GetAwardRequest request;
    request.set_name(name);
    return Ask(who, &Awards::GetAward, request);
  }
};

TEST_F(AwardContract, Rule41AnAwardRestsOnItsReceipt) {
  const v1::Award award = Award(1);
  EXPECT_EQ(award.purchaser(), "purchasers/km-culture");
  EXPECT_EQ(award.state(), v1::AWARD_STATE_ACTIVE);
  EXPECT_THAT(award.verdicts(), ElementsAre(v1::VERDICT_ELIGIBLE));
  EXPECT_THAT(award.alerts(), IsEmpty());
}

TEST_F(AwardContract, Rule41ANumberThatIsNoReceiptIsRefused) {
  v1::CreateAwardRequest request = AwardOn(Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1}), {1});
  request.mutable_award()->mutable_terms(0)->set_receipt("receipts/CX2026-000099999");
  ExpectRefused(Ask(kCulture, &Awards::CreateAward, request), "UNKNOWN_RECEIPT");
}

TEST_F(AwardContract, Rule41AReceiptOfOthersOrForSomethingElseDoesNotDo) {
  const v1::Receipt receipt = Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
  const auto mismatch = [&](std::string_view who, const v1::CreateAwardRequest& request) {
    const auto refused = Ask(who, &Awards::CreateAward, request);
    ExpectRefused(refused, "RECEIPT_MISMATCH");
    return MetadataOf(refused.status, "field");
  };
  EXPECT_EQ(mismatch(kHealth, AwardOn(receipt, {1})), "purchaser");
  v1::CreateAwardRequest request = AwardOn(receipt, {1});
  request.mutable_award()->set_project("KMZC-2026-0999");
  EXPECT_EQ(mismatch(kCulture, request), "project");
  request = AwardOn(receipt, {2});
  EXPECT_EQ(mismatch(kCulture, request), "contractor_codes");
  request = AwardOn(receipt, {1});
  domain::SetTimestamp(world_.clock().Now() + absl::Hours(1), *request.mutable_award()->mutable_cut_off());
  EXPECT_EQ(mismatch(kCulture, request), "cut_off");
}

TEST_F(AwardContract, Rule41AReceiptAfterTheCutOffOrLongBeforeItIsOutsideTheWindow) {
  // Certified with a cut-off that had passed.
  v1::CertifyRequest late;
  late.set_subject(v1::RECEIPT_SUBJECT_ORGANIZATION);
  late.add_organization_codes(World::CodeOf(1).ToString());
  *late.mutable_context() = ContextOf(world_);
  world_.clock().Advance(absl::Hours(1));
  late.set_request_id(world_.NextRequestId());
  const v1::Receipt receipt = Expect(Ask(kCulture, &Eligibility::Certify, late)).receipt();
  const auto refused = Ask(kCulture, &Awards::CreateAward, AwardOn(receipt, {1}));
  ExpectRefused(refused, "RECEIPT_OUTSIDE_WINDOW");
  EXPECT_NE(MetadataOf(refused.status, "until"), "");
}

TEST_F(AwardContract, Rule44AnEntryOfTheSevereListForbidsTheAward) {
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  const auto refused =
      Ask(kCulture, &Awards::CreateAward, AwardOn(Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1}), {1}));
  ExpectRefused(refused, "RECEIPT_FORBIDS");
  EXPECT_EQ(MetadataOf(refused.status, "verdict"), "VERDICT_INELIGIBLE");
  EXPECT_EQ(MetadataOf(refused.status, "organization_code"), World::CodeOf(1).ToString());
}

TEST_F(AwardContract, Rule45AContractorUnderReviewIsSelectedWithAReason) {
  ListByPenalty(1, kSmallFine, "ABN-05");
  v1::CreateAwardRequest request = AwardOn(Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1}), {1});
  ExpectRefused(Ask(kCulture, &Awards::CreateAward, request), "RECEIPT_FORBIDS");
  request.mutable_award()->mutable_terms(0)->set_review_reason("处罚事项与本项目无关");
  request.set_request_id(world_.NextRequestId());
  EXPECT_TRUE(Ask(kCulture, &Awards::CreateAward, request).ok());
}

TEST_F(AwardContract, AVoucherProjectHasAtLeastThreeContractorsThatPass) {
  v1::CreateAwardRequest request = AwardOn(Certify(v1::RECEIPT_SUBJECT_CANDIDATES, {1, 2}), {1, 2});
  request.mutable_award()->set_mode(v1::AWARD_MODE_VOUCHER);
  EXPECT_THAT(FieldsOf(Ask(kCulture, &Awards::CreateAward, request).status),
              ElementsAre("award.contractor_codes"));
  request = AwardOn(Certify(v1::RECEIPT_SUBJECT_CANDIDATES, {1, 2, 3}), {1, 2, 3});
  request.mutable_award()->set_mode(v1::AWARD_MODE_VOUCHER);
  EXPECT_EQ(Expect(Ask(kCulture, &Awards::CreateAward, request)).award().verdicts_size(), 3);
}

TEST_F(AwardContract, ATermIsAYearAtMost) {
  v1::CreateAwardRequest request = AwardOn(Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1}), {1});
  request.mutable_award()->mutable_terms(0)->set_ends_on("2027-12-02");
  const auto refused = Ask(kCulture, &Awards::CreateAward, request);
  ExpectRefused(refused, "CONTRACT_TERM");
  EXPECT_NE(MetadataOf(refused.status, "limit"), "");
}

TEST_F(AwardContract, ARenewalChecksAgainAndKeepsThePriceWithinTenPercent) {
  const v1::Award award = Award(1);
  GoTo(domain::CivilDay(2027, 11, 29));
  world_.RefreshSources();
  v1::RenewAwardRequest request;
  v1::ContractTerm& term = *request.mutable_term();
  term.set_starts_on("2027-12-01");
  term.set_ends_on("2028-11-30");
  term.set_price_fen(110'000'01);
  term.set_receipt(Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1}, v1::QUERY_PURPOSE_RENEWAL).name());
  EXPECT_THAT(FieldsOf(Move(kCulture, &Awards::RenewAward, award, request).status),
              ElementsAre("term.finance_approval"));
  term.set_finance_approval("昆财采〔2027〕31号");
  ExpectRefused(Move(kCulture, &Awards::RenewAward, award, request), "CONTRACT_TERM");
  term.set_price_fen(110'000'00);
  const auto renewed = Move(kCulture, &Awards::RenewAward, award, request);
  EXPECT_EQ(Expect(renewed).award().terms_size(), 2);
  EXPECT_EQ(renewed.response.award().terms(1).finance_approval(), "昆财采〔2027〕31号");
  const auto stale = Move(kCulture, &Awards::RenewAward, award, request);
  EXPECT_EQ(stale.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(MetadataOf(stale.status, "etag"), renewed.response.award().etag());
  EXPECT_EQ(Move(kHealth, &Awards::RenewAward, award, request).status.error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(AwardContract, ClosingFeedsTheRecordAndAFailedEvaluationIsReviewFromThenOn) {
  const v1::Award award = Award(1);
  v1::CloseAwardRequest request;
  v1::AwardEvaluation& evaluation = *request.add_evaluations();
  evaluation.set_organization_code(World::CodeOf(1).ToString());
  evaluation.set_passed(false);
  evaluation.set_score_centi(4'500);
  evaluation.set_satisfaction_centi(5'200);
  evaluation.set_contract_performed(true);
  evaluation.set_evaluated_on(Today());
  evaluation.set_basis("《政府购买服务管理办法》第二十七条");
  EXPECT_THAT(FieldsOf(Move(kCulture, &Awards::CloseAward, award, request).status),
              ElementsAre("closing_reason"));
  request.set_closing_reason("双方协商提前终止");
  const auto closed = Move(kCulture, &Awards::CloseAward, award, request);
  EXPECT_EQ(Expect(closed).award().state(), v1::AWARD_STATE_CLOSED);
  ASSERT_EQ(closed.response.award().evaluation_records_size(), 1);
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_REVIEW) << "KM-02";
  const v1::CreditReport report = ReportOf(kWuhua, 1);
  ASSERT_EQ(report.adverse_records_size(), 1);
  EXPECT_EQ(report.adverse_records(0).performance_evaluation().satisfaction_centi(), 5'200);
  const auto again = Move(kCulture, &Awards::CloseAward, closed.response.award(), request);
  ExpectRefused(again, "MOVE_NOT_OPEN");
}

TEST_F(AwardContract, OthersSeeTheFieldsTheCatalogueMakesPublic) {
  const v1::Award award = Award(1);
  for (const std::string_view who :
       {kCulture, kWuhua, kKunming, std::string_view("finance:km"), std::string_view("audit")})
    EXPECT_EQ(Expect(Get(who, award.name())).award().terms_size(), 1) << who;
  for (const std::string_view who : {kHealth, kPanlong, std::string_view("public")}) {
    const v1::Award seen = Expect(Get(who, award.name())).award();
    EXPECT_EQ(seen.project(), kProject) << who;
    EXPECT_THAT(seen.contractor_codes(), ElementsAre(World::CodeOf(1).ToString())) << who;
    EXPECT_EQ(seen.terms_size(), 0) << who << ": price and receipt are not public";
    EXPECT_EQ(seen.verdicts_size(), 0) << who;
    EXPECT_EQ(seen.alerts_size(), 0) << who;
  }
  EXPECT_EQ(Get("public", "awards/99999-1").status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(FieldsOf(Get("public", "awards/x").status), ElementsAre("name"));
}

TEST_F(AwardContract, APurchaserListsItsOwnOthersListAllWithTheirPublicFields) {
  const v1::Award first = Award(1);
  const v1::Award second = Award(2);
  const auto names = [&](std::string_view who, const v1::ListAwardsRequest& request) {
    std::vector<std::string> found;
    const auto listed = Ask(who, &Awards::ListAwards, request);
    for (const v1::Award& award : Expect(listed).awards()) found.push_back(award.name());
    return found;
  };
  EXPECT_THAT(names(kCulture, {}), ElementsAre(second.name(), first.name()));
  EXPECT_THAT(names(kHealth, {}), IsEmpty());
  EXPECT_THAT(names("public", {}), ElementsAre(second.name(), first.name()));
  v1::ListAwardsRequest of_one;
  of_one.set_organization_code(World::CodeOf(1).ToString());
  EXPECT_THAT(names("public", of_one), ElementsAre(first.name()));
  EXPECT_THAT(names(kCulture, of_one), ElementsAre(first.name()));
  v1::ListAwardsRequest page;
  page.set_page_size(1);
  page.set_page_token(Expect(Ask("public", &Awards::ListAwards, page)).next_page_token());
  ASSERT_NE(page.page_token(), "");
  EXPECT_THAT(names("public", page), ElementsAre(first.name()));
}

// One watch of a purchaser's contractors.
class AwardWatcher {
 public:
  AwardWatcher(ServedWorld& served, std::string_view who, const v1::WatchAwardsRequest& request = {}) {
    ServedWorld::SpeakAs(who, context_);
    stream_ = served.awards().WatchAwards(&context_, request);
  }
  ~AwardWatcher() { context_.TryCancel(); }
  // The next message but heartbeats.
  v1::WatchAwardsResponse Next() {
    v1::WatchAwardsResponse message;
    do {
      if (!stream_->Read(&message)) {
        ADD_FAILURE() << "the watch ended: " << stream_->Finish().error_message();
        return {};
      }
    } while (message.kind() == v1::AWARD_WATCH_KIND_HEARTBEAT);
    return message;
  }
  bool Read(v1::WatchAwardsResponse& message) { return stream_->Read(&message); }
  grpc::Status Finish() { return stream_->Finish(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchAwardsResponse>> stream_;
};

TEST_F(AwardContract, Rule59APurchaserHearsOfANewListingDuringTheContract) {
  const v1::Award award = Award(1);
  AwardWatcher watcher(served_, kCulture);
  const v1::WatchAwardsResponse state = watcher.Next();
  EXPECT_EQ(state.kind(), v1::AWARD_WATCH_KIND_AWARD);
  EXPECT_EQ(state.award().name(), award.name());
  EXPECT_EQ(watcher.Next().kind(), v1::AWARD_WATCH_KIND_SYNCED);
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  const v1::WatchAwardsResponse alert = watcher.Next();
  EXPECT_EQ(alert.kind(), v1::AWARD_WATCH_KIND_ALERT);
  EXPECT_EQ(alert.revision(), served_.engine().revision());
  EXPECT_EQ(alert.award().name(), award.name());
  EXPECT_EQ(alert.alert().before(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(alert.alert().now(), v1::VERDICT_INELIGIBLE);
  EXPECT_NE(alert.alert().cause(), "");
  EXPECT_TRUE(alert.has_stamp());
  const v1::Award seen = Expect(Get(kCulture, award.name())).award();
  ASSERT_EQ(seen.alerts_size(), 1) << "the award shows it";
  EXPECT_EQ(seen.alerts(0).revision(), alert.revision());
  EXPECT_EQ(listing.list(), v1::LIST_KIND_SEVERE);
}

TEST_F(AwardContract, Rule59AnotherPurchaserHearsNothingOfIt) {
  Award(1);
  AwardWatcher watcher(served_, kHealth);
  EXPECT_EQ(watcher.Next().kind(), v1::AWARD_WATCH_KIND_SYNCED) << "no award of its own";
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  v1::WatchAwardsRequest quick;
  quick.set_heartbeat_seconds(1);
  AwardWatcher other(served_, kHealth, quick);
  v1::WatchAwardsResponse message;
  ASSERT_TRUE(other.Read(message));
  EXPECT_EQ(message.kind(), v1::AWARD_WATCH_KIND_SYNCED);
  ASSERT_TRUE(other.Read(message));
  EXPECT_EQ(message.kind(), v1::AWARD_WATCH_KIND_HEARTBEAT);
  EXPECT_TRUE(message.has_stamp());
}

TEST_F(AwardContract, Rule59WhoResumesHearsEveryAlertSinceItsCursorOnce) {
  Award(1);
  Award(2);
  const uint64_t cursor = served_.engine().revision();
  ListByPenalty(1, kSmallFine, "ABN-05");
  ListByPenalty(2, kFiftyThousandYuan, "SER-04");
  ListByPenalty(1, kSmallFine, "SER-05");
  v1::WatchAwardsRequest request;
  request.set_resume_revision(cursor);
  AwardWatcher watcher(served_, kCulture, request);
  std::vector<v1::Verdict> told;
  v1::WatchAwardsResponse message = watcher.Next();
  uint64_t last = cursor;
  for (; message.kind() == v1::AWARD_WATCH_KIND_ALERT; message = watcher.Next()) {
    EXPECT_GT(message.revision(), last);
    last = message.revision();
    told.push_back(message.alert().now());
  }
  EXPECT_EQ(message.kind(), v1::AWARD_WATCH_KIND_SYNCED);
  EXPECT_THAT(told, ElementsAre(v1::VERDICT_REVIEW, v1::VERDICT_INELIGIBLE, v1::VERDICT_INELIGIBLE));
  request.set_resume_revision(served_.engine().revision());
  AwardWatcher current(served_, kCulture, request);
  EXPECT_EQ(current.Next().kind(), v1::AWARD_WATCH_KIND_SYNCED);
}

TEST_F(AwardContract, ACursorAheadOfTheLogIsRefusedAndSoIsAWrongHeartbeat) {
  v1::WatchAwardsRequest request;
  request.set_resume_revision(served_.engine().revision() + 1);
  AwardWatcher ahead(served_, kCulture, request);
  v1::WatchAwardsResponse message;
  EXPECT_FALSE(ahead.Read(message));
  EXPECT_EQ(ahead.Finish().error_code(), grpc::StatusCode::OUT_OF_RANGE);
  request.Clear();
  request.set_heartbeat_seconds(301);
  AwardWatcher slow(served_, kCulture, request);
  EXPECT_FALSE(slow.Read(message));
  EXPECT_THAT(FieldsOf(slow.Finish()), ElementsAre("heartbeat_seconds"));
  AwardWatcher nobody(served_, "public");
  EXPECT_FALSE(nobody.Read(message));
  EXPECT_EQ(nobody.Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(AwardContract, AStoppingServerEndsTheWatchWithItsCursor) {
  Award(1);
  AwardWatcher watcher(served_, kCulture);
  watcher.Next();
  const v1::WatchAwardsResponse synced = watcher.Next();
  served_.services().Stop();
  v1::WatchAwardsResponse message;
  EXPECT_FALSE(watcher.Read(message));
  const grpc::Status status = watcher.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "SHUTTING_DOWN");
  EXPECT_EQ(MetadataOf(status, "revision"), std::to_string(synced.revision()));
}

TEST_F(AwardContract, Rule14AReportNamesTheReportersOwnAwardOnThisOrganization) {
  const v1::Award award = Award(1);
  v1::OpenCaseRequest request = ReportOn(1);
  request.mutable_case_()->set_award(award.name());
  EXPECT_EQ(Expect(Ask(kCulture, &Cases::OpenCase, request)).case_().award(), award.name());
  request.set_request_id(world_.NextRequestId());
  ExpectRefused(Ask(kHealth, &Cases::OpenCase, request), "NOT_OWN_CONTRACT");
  v1::OpenCaseRequest other = ReportOn(2);
  other.mutable_case_()->set_award(award.name());
  ExpectRefused(Ask(kCulture, &Cases::OpenCase, other), "NOT_OWN_CONTRACT");
}

}  // namespace
}  // namespace chengxin
