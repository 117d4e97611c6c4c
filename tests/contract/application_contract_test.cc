// Removal, repair and objection over real gRPC: rules 30 to 40.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr v1::ApplicationKind kRemoval = v1::APPLICATION_KIND_REMOVAL;
constexpr v1::ApplicationKind kRepair = v1::APPLICATION_KIND_REPAIR;
constexpr v1::ApplicationKind kObjection = v1::APPLICATION_KIND_OBJECTION;

// Years of a loaded calendar follow.
class ApplicationContract : public LawContract {
 protected:
  ApplicationContract() : LawContract(domain::CivilDay(2021, 3, 1)) {
    world_.Register(1);
    world_.Register(2);
  }
  static std::string Own(int number) { return "organization:" + World::CodeOf(number).ToString(); }

  // An abnormal entry by decision on a ground that no penalty meets; with a duty outstanding or not.
  v1::Listing ListByDecision(int number, bool duty_outstanding) {
    v1::DecideCaseRequest request = DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06");
    request.mutable_decision()->set_duty_outstanding(duty_outstanding);
    return Expect(Move(kWuhua, &Cases::DecideCase, ReadyToDecide(number, "ABN-06"), request)).listing();
  }
  Answer<v1::AnswerApplicationResponse> Answered(const v1::Application& application, bool granted,
                                                 std::string_view verified_on = "") {
    v1::AnswerApplicationRequest request;
    request.set_granted(granted);
    request.set_number("五民复〔2021〕9号");
    request.set_answer("经核实");
    request.set_deciding_officer("经办人丙");
    request.set_verified_on(std::string(verified_on));
    return Move(kWuhua, &Cases::AnswerApplication, application, request);
  }
  // On the severe list: how many the public state counts, and how many are in force.
  std::pair<int64_t, int64_t> SevereCounts() {
    const auto state =
        ServedWorld::Ask("public", served_.listings(), &v1::ListingService::Stub::GetListState, {});
    const auto status = ServedWorld::Ask("audit", served_.admin(), &v1::AdminService::Stub::GetStatus, {});
    return {Expect(state).severe_count(), Expect(status).severe_listings()};
  }
  grpc::StatusCode CodeOfGet(std::string_view who, const std::string& name) {
    v1::GetApplicationRequest request;
    request.set_name(name);
    return Ask(who, &Cases::GetApplication, request).status.error_code();
  }
};

TEST_F(ApplicationContract, Rule30AnAbnormalEntryIsRemovedWhenThePerformanceIsVerified) {
  const v1::Listing listing = ListByDecision(1, /*duty_outstanding=*/true);
  const v1::Application accepted = Accept(File(ApplicationOn(kRemoval, listing.name()), Own(1)));
  ExpectRefused(Answered(accepted, true), "DUTY_OUTSTANDING");
  const v1::AnswerApplicationResponse answer = Grant(accepted);
  EXPECT_EQ(answer.application().state(), v1::APPLICATION_STATE_GRANTED);
  EXPECT_EQ(answer.listing().end_reason(), v1::LISTING_END_REASON_REMOVED);
  EXPECT_EQ(answer.listing().ended_by(), accepted.name());
  EXPECT_THAT(WherePublic(listing), IsEmpty());
  world_.RefreshSources();
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
}

TEST_F(ApplicationContract, Rule30WithNoDutyOutstandingTheEntryGoesByItselfAtSixMonths) {
  const v1::Listing listing = ListByPenalty(1, kSmallFine, "ABN-05");
  ASSERT_EQ(listing.ex_officio_removal_on(), "2021-09-01");
  GoToEndOf(domain::CivilDay(2021, 9, 1));
  LetDuesHappen();
  EXPECT_EQ(GetListing("public", listing.name()).state(), v1::LISTING_STATE_LISTED);
  GoToStartOf(domain::CivilDay(2021, 9, 2));
  EXPECT_GT(LetDuesHappen(), 0);
  EXPECT_EQ(GetListing(kWuhua, listing.name()).end_reason(), v1::LISTING_END_REASON_REMOVED);
  EXPECT_THAT(WherePublic(listing), IsEmpty());
}

TEST_F(ApplicationContract, Rule31ASevereEntryIsNotRemovedBeforeTwoYearsAndOnlyOnApplication) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  EXPECT_EQ(listing.minimum_period_end(), "2023-03-01");
  GoTo(domain::CivilDay(2023, 2, 28));
  const auto early = Ask(Own(1), &Cases::FileApplication, ApplicationOn(kRemoval, listing.name()));
  v1::Application filed;
  if (early.ok()) {
    // Filed ahead: then it is the answer that waits.
    const auto answer = Answered(Accept(early.response.application()), true, Today());
    ExpectRefused(answer, "MINIMUM_PERIOD_RUNS");
    EXPECT_EQ(MetadataOf(answer.status, "minimum_period_end"), "2023-03-01");
    filed = early.response.application();
  } else {
    ExpectRefused(early, "MINIMUM_PERIOD_RUNS");
    EXPECT_EQ(MetadataOf(early.status, "minimum_period_end"), "2023-03-01");
  }
  GoTo(domain::CivilDay(2023, 3, 2));
  LetDuesHappen();
  EXPECT_EQ(GetListing("public", listing.name()).state(), v1::LISTING_STATE_LISTED) << "not by itself";
  if (!early.ok()) filed = File(ApplicationOn(kRemoval, listing.name()), Own(1));
  v1::GetApplicationRequest get;
  get.set_name(filed.name());
  v1::Application current = Expect(Ask(Own(1), &Cases::GetApplication, get)).application();
  if (current.state() == v1::APPLICATION_STATE_FILED) current = Accept(current);
  EXPECT_EQ(Grant(current).listing().end_reason(), v1::LISTING_END_REASON_REMOVED);
}

TEST_F(ApplicationContract, Rule31ANewGroundInThatTimeStartsItAnew) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  GoTo(domain::CivilDay(2022, 9, 1));
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  EXPECT_EQ(GetListing("public", listing.name()).minimum_period_end(), "2024-09-01");
}

TEST_F(ApplicationContract, Rule32AnEscalatedEntryAlsoNeedsTheOriginalDutyPerformed) {
  ListByDecision(1, /*duty_outstanding=*/true);
  GoTo(domain::CivilDay(2023, 1, 10));
  ASSERT_GT(LetDuesHappen(), 0);
  v1::Case opened;
  const auto listed = Ask(kWuhua, &Cases::ListCases, {});
  for (const v1::Case& found : Expect(listed).cases())
    if (found.origin() == v1::CASE_ORIGIN_ESCALATION) opened = found;
  ASSERT_NE(opened.name(), "");
  const v1::Case ready = Waive(ServeNotice(opened, "SER-01"));
  GoTo(domain::CivilDay(2023, 3, 2));
  LetDuesHappen();
  const v1::Listing severe = Expect(Move(kWuhua, &Cases::DecideCase, GetCase(kWuhua, ready.name()),
                                         DecisionOn(v1::CASE_FINDING_LISTED, "SER-01")))
                                 .listing();
  ASSERT_TRUE(severe.escalated());
  // Two years later the period alone does not do.
  GoTo(domain::CivilDay(2025, 3, 10));
  const v1::Application accepted = Accept(File(ApplicationOn(kRemoval, severe.name()), Own(1)));
  ExpectRefused(Answered(accepted, true), "DUTY_OUTSTANDING");
  EXPECT_EQ(Expect(Answered(accepted, true, Today())).listing().end_reason(), v1::LISTING_END_REASON_REMOVED);
}

TEST_F(ApplicationContract, Rule33ARevokedOrganizationLeavesOnlyAfterDeregistration) {
  const v1::Listing listing = [&] {
    v1::CreateRecordRequest request =
        world_.PenaltyRequest(World::CodeOf(1), kFiftyThousandYuan, "SER-07", Today());
    v1::Penalty& penalty = *request.mutable_record()->mutable_penalty();
    penalty.clear_kinds();
    penalty.add_kinds(v1::PENALTY_KIND_REVOCATION);
    penalty.clear_fine_fen();
    penalty.set_result("吊销登记证书");
    return Expect(Ask(kWuhua, &Records::CreateRecord, request)).listing();
  }();
  GoTo(domain::CivilDay(2024, 6, 3));
  const auto filed = Ask(Own(1), &Cases::FileApplication, ApplicationOn(kRemoval, listing.name()));
  if (filed.ok()) {
    ExpectRefused(Answered(Accept(filed.response.application()), true, Today()), "NOT_DEREGISTERED");
  } else {
    ExpectRefused(filed, "NOT_DEREGISTERED");
  }
  v1::Organization organization = World::OrganizationOf(1);
  organization.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  organization.set_status_since(Today());
  organization.set_source_version(2);
  ASSERT_TRUE(world_.Import({organization}).ok());
  EXPECT_EQ(GetListing(kWuhua, listing.name()).state(), v1::LISTING_STATE_ENDED);
}

TEST_F(ApplicationContract, Rule34ARepairNeedsProofAndASignedCommitment) {
  const v1::Listing listing = ListByPenalty(1, kSmallFine, "ABN-05");
  GoTo(domain::CivilDay(2021, 10, 11));
  v1::FileApplicationRequest request = ApplicationOn(kRepair, listing.name());
  request.mutable_application()->clear_commitment();
  const auto without = Ask(Own(1), &Cases::FileApplication, request);
  EXPECT_FALSE(without.ok());
  request = ApplicationOn(kRepair, listing.name());
  request.mutable_application()->clear_proofs();
  EXPECT_THAT(FieldsOf(Ask(Own(1), &Cases::FileApplication, request).status),
              ElementsAre("application.proofs"));
  const v1::Application filed = File(ApplicationOn(kRepair, listing.name()), Own(1));
  ASSERT_EQ(filed.deadlines_size(), 1);
  EXPECT_EQ(filed.deadlines(0).kind(), v1::DEADLINE_KIND_APPLICATION_ACCEPTANCE);
  EXPECT_EQ(filed.deadlines(0).due_on(), "2021-10-14") << "three working days";
  const v1::Application accepted = Accept(filed);
  ASSERT_EQ(accepted.deadlines_size(), 1);
  EXPECT_EQ(accepted.deadlines(0).kind(), v1::DEADLINE_KIND_APPLICATION_ANSWER);
  EXPECT_EQ(accepted.deadlines(0).due_on(), "2021-10-25") << "ten working days";
}

TEST_F(ApplicationContract, Rule35WhatIsRepairedIsPublicNowhereAndStaysInTheArchive) {
  const v1::Listing listing = ListByPenalty(1, kSmallFine, "ABN-05");
  ASSERT_THAT(WherePublic(listing),
              ElementsAre("GetListing", "ListListings", "DownloadListings", "GetCreditReport"));
  GoTo(domain::CivilDay(2021, 9, 2));
  const v1::AnswerApplicationResponse answer =
      Grant(Accept(File(ApplicationOn(kRepair, listing.name()), Own(1))));
  EXPECT_EQ(answer.listing().end_reason(), v1::LISTING_END_REASON_REPAIRED);
  EXPECT_THAT(WherePublic(listing), IsEmpty());
  const v1::CreditReport purchasers = ReportOf(kCulture, 1);
  EXPECT_EQ(purchasers.listings_size(), 0);
  EXPECT_EQ(purchasers.archived_listings_size(), 0);
  for (const std::string_view who : {kWuhua, kKunming}) {
    ASSERT_EQ(ReportOf(who, 1).archived_listings_size(), 1) << who;
    EXPECT_EQ(ReportOf(who, 1).archived_listings(0).name(), listing.name());
  }
  EXPECT_EQ(GetListing(Own(1), listing.name()).state(), v1::LISTING_STATE_ENDED);
}

TEST_F(ApplicationContract, Rule35TheRepairIsToldToTheWatchAsARemovalWithoutContent) {
  const v1::Listing listing = ListByPenalty(1, kSmallFine, "ABN-05");
  GoTo(domain::CivilDay(2021, 9, 2));
  const v1::Application accepted = Accept(File(ApplicationOn(kRepair, listing.name()), Own(1)));
  grpc::ClientContext context;
  ServedWorld::SpeakAs("public", context);
  const auto watch = served_.listings().WatchListings(&context, {});
  v1::WatchListingsResponse message;
  while (watch->Read(&message) && message.kind() != v1::WATCH_EVENT_KIND_SYNCED) {
  }
  Grant(accepted);
  ASSERT_TRUE(watch->Read(&message));
  EXPECT_EQ(message.kind(), v1::WATCH_EVENT_KIND_REMOVED);
  EXPECT_EQ(message.listing().name(), listing.name());
  EXPECT_EQ(message.listing().grounds_size(), 0);
  EXPECT_FALSE(message.listing().has_repair());
  context.TryCancel();
}

TEST_F(ApplicationContract, Rule36DisplayEndsAtTheClassMaximumToTheInstantWhileTheBarStands) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  GoToEndOf(domain::CivilDay(2024, 3, 1));
  LetDuesHappen();
  EXPECT_THAT(WherePublic(listing), testing::SizeIs(4)) << "three years, the last day included";
  EXPECT_EQ(SevereCounts(), std::make_pair(int64_t{1}, int64_t{1}));
  // From the instant on nobody sees it, also before the timer has said so.
  GoToStartOf(domain::CivilDay(2024, 3, 2));
  EXPECT_THAT(WherePublic(listing), IsEmpty());
  EXPECT_EQ(SevereCounts(), std::make_pair(int64_t{0}, int64_t{1}));
  grpc::ClientContext context;
  ServedWorld::SpeakAs("public", context);
  const auto watch = served_.listings().WatchListings(&context, {});
  v1::WatchListingsResponse message;
  while (watch->Read(&message) && message.kind() != v1::WATCH_EVENT_KIND_SYNCED) {
  }
  EXPECT_GT(LetDuesHappen(), 0);
  ASSERT_TRUE(watch->Read(&message));
  EXPECT_EQ(message.kind(), v1::WATCH_EVENT_KIND_REMOVED);
  EXPECT_EQ(message.listing().grounds_size(), 0);
  context.TryCancel();
  EXPECT_THAT(WherePublic(listing), IsEmpty());
  EXPECT_EQ(SevereCounts(), std::make_pair(int64_t{0}, int64_t{1})) << "hidden, and in force";
  EXPECT_TRUE(GetListing(kWuhua, listing.name()).display_ended());
  EXPECT_EQ(GetListing(kWuhua, listing.name()).state(), v1::LISTING_STATE_LISTED);
  EXPECT_EQ(ReportOf(kCulture, 1).listings_size(), 1) << "in force: a purchaser must know";
  world_.RefreshSources();
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_INELIGIBLE) << "display hides, it ends no bar";
}

TEST_F(ApplicationContract, Rule37AFalseProofRevokesTheRepairAndTheEntryIsPublicAgain) {
  const v1::Listing listing = ListByPenalty(1, kSmallFine, "ABN-05");
  GoTo(domain::CivilDay(2021, 9, 2));
  const v1::Application granted =
      Grant(Accept(File(ApplicationOn(kRepair, listing.name()), Own(1)))).application();
  grpc::ClientContext context;
  ServedWorld::SpeakAs("public", context);
  const auto watch = served_.listings().WatchListings(&context, {});
  v1::WatchListingsResponse message;
  ASSERT_TRUE(watch->Read(&message));
  ASSERT_EQ(message.kind(), v1::WATCH_EVENT_KIND_SYNCED);
  GoTo(domain::CivilDay(2021, 11, 1));
  v1::RevokeRepairRequest request;
  request.set_reasons("整改报告系伪造");
  *request.mutable_notice() = NoticeOn("");
  EXPECT_THAT(FieldsOf(Move(kWuhua, &Cases::RevokeRepair, granted, request).status), ElementsAre("evidence"));
  *request.add_evidence() = Proof("鉴定意见");
  const auto revoked = Move(kWuhua, &Cases::RevokeRepair, granted, request);
  EXPECT_EQ(Expect(revoked).application().state(), v1::APPLICATION_STATE_REVOKED);
  EXPECT_TRUE(revoked.response.listing().repair().has_revoked());
  ASSERT_TRUE(watch->Read(&message));
  EXPECT_EQ(message.kind(), v1::WATCH_EVENT_KIND_ENTRY);
  EXPECT_EQ(message.transition(), v1::LISTING_TRANSITION_RESTORED);
  EXPECT_EQ(message.listing().name(), listing.name());
  context.TryCancel();
  EXPECT_THAT(WherePublic(listing), testing::SizeIs(4));
}

TEST_F(ApplicationContract, Rule38AnObjectionIsNotedAtOnceAndDeletesNothing) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  v1::FileApplicationRequest request = ApplicationOn(kObjection, listing.name());
  const v1::Application filed = File(request, Own(1));
  const v1::Listing seen = GetListing("public", listing.name());
  ASSERT_EQ(seen.objections_size(), 1);
  EXPECT_EQ(seen.objections(0).application(), filed.name());
  EXPECT_FALSE(seen.objections(0).has_answered());
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_INELIGIBLE) << "noted, not gone";
  const auto twice = Ask(Own(1), &Cases::FileApplication, ApplicationOn(kObjection, listing.name()));
  ExpectRefused(twice, "APPLICATION_OPEN");
  EXPECT_EQ(MetadataOf(twice.status, "application"), filed.name());
  EXPECT_EQ(Expect(Answered(Accept(filed), false)).application().state(), v1::APPLICATION_STATE_REFUSED);
  EXPECT_TRUE(GetListing("public", listing.name()).objections(0).has_answered());
  EXPECT_THAT(WherePublic(listing), testing::SizeIs(4));
}

TEST_F(ApplicationContract, AnApplicationIsSeenByTheOrganizationAndItsAuthority) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  const v1::Application filed = File(ApplicationOn(kObjection, listing.name()), Own(1));
  EXPECT_EQ(CodeOfGet(Own(1), filed.name()), grpc::StatusCode::OK);
  EXPECT_EQ(CodeOfGet(kWuhua, filed.name()), grpc::StatusCode::OK);
  EXPECT_EQ(CodeOfGet(kKunming, filed.name()), grpc::StatusCode::OK);
  EXPECT_EQ(CodeOfGet(Own(2), filed.name()), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(CodeOfGet(kPanlong, filed.name()), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(CodeOfGet(kCulture, filed.name()), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(CodeOfGet("public", filed.name()), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Expect(Ask(Own(1), &Cases::ListApplications, {})).applications_size(), 1);
  EXPECT_EQ(Expect(Ask(Own(2), &Cases::ListApplications, {})).applications_size(), 0);
  EXPECT_EQ(Expect(Ask(kWuhua, &Cases::ListApplications, {})).applications(0).contact(), "张某某");
  v1::GetApplicationRequest get;
  get.set_name(filed.name());
  EXPECT_EQ(Expect(Ask(kKunming, &Cases::GetApplication, get)).application().contact(), "");
}

TEST_F(ApplicationContract, AnOrganizationAppliesForItselfOnly) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  const auto other = Ask(Own(2), &Cases::FileApplication, ApplicationOn(kObjection, listing.name()));
  EXPECT_FALSE(other.ok());
  EXPECT_EQ(GetListing("public", listing.name()).objections_size(), 0);
  // On paper, through the authority.
  EXPECT_TRUE(Ask(kWuhua, &Cases::FileApplication, ApplicationOn(kObjection, listing.name())).ok());
  const auto purchaser = Ask(kCulture, &Cases::FileApplication, ApplicationOn(kObjection, listing.name()));
  EXPECT_EQ(purchaser.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(ApplicationContract, WhatHasEndedIsNotAppliedForAgain) {
  const v1::Listing listing = ListByDecision(1, /*duty_outstanding=*/true);
  Grant(Accept(File(ApplicationOn(kRemoval, listing.name()), Own(1))));
  ExpectRefused(Ask(Own(1), &Cases::FileApplication, ApplicationOn(kRemoval, listing.name())), "ITEM_ENDED");
}

TEST_F(ApplicationContract, AnAnsweredApplicationHasNoOpenMove) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  const v1::Application filed = File(ApplicationOn(kObjection, listing.name()), Own(1));
  v1::RejectApplicationRequest reject;
  reject.set_reasons("不属于异议范围");
  const v1::Application rejected =
      Expect(Move(kWuhua, &Cases::RejectApplication, filed, reject)).application();
  EXPECT_EQ(rejected.rejection_reasons(), "不属于异议范围");
  const auto late = Answered(rejected, true);
  ExpectRefused(late, "MOVE_NOT_OPEN");
  EXPECT_NE(MetadataOf(late.status, "article"), "");
  const auto stale = Move(kWuhua, &Cases::AcceptApplication, filed);
  EXPECT_EQ(stale.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(MetadataOf(stale.status, "etag"), rejected.etag());
}

TEST_F(ApplicationContract, Rule40AReviewIsShownAndSuspendsOnlyByOrder) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  v1::NoteReviewRequest request;
  request.set_item(listing.name());
  request.set_etag(listing.etag());
  request.set_request_id(world_.NextRequestId());
  v1::ReviewMark& review = *request.mutable_review();
  review.set_kind(v1::REVIEW_KIND_ADMINISTRATIVE_REVIEW);
  review.set_number("五政复〔2021〕3号");
  review.set_organ("昆明市五华区人民政府");
  review.set_since(Today());
  const v1::Listing noted = Expect(Ask(kWuhua, &Records::NoteReview, request)).listing();
  EXPECT_EQ(GetListing("public", listing.name()).reviews_size(), 1);
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_INELIGIBLE);
  review.set_suspended_on(Today());
  request.set_etag(noted.etag());
  request.set_request_id(world_.NextRequestId());
  const v1::Listing suspended = Expect(Ask(kWuhua, &Records::NoteReview, request)).listing();
  EXPECT_TRUE(suspended.suspended());
  EXPECT_EQ(suspended.reviews_size(), 1) << "the same review";
  EXPECT_NE(VerdictOf(1), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(WherePublic(listing), testing::SizeIs(4)) << "suspended is not removed";
}

}  // namespace
}  // namespace chengxin
