// EligibilityService over real gRPC: the question before every award.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Stub = v1::EligibilityService::Stub;

constexpr int64_t kFiftyThousandYuan = 5'000'000;  // fen
constexpr int64_t kSmallFine = 4'999'999;          // fen
constexpr std::string_view kPurchaser = "purchaser:km-culture";

class EligibilityContract : public testing::Test {
 protected:
  v1::CheckEligibilityRequest Question(const domain::Uscc& code) {
    v1::CheckEligibilityRequest request;
    request.set_organization_code(code.ToString());
    *request.mutable_context() = ContextOf(world_);
    return request;
  }
  Answer<v1::CheckEligibilityResponse> Check(std::string_view who,
                                             const v1::CheckEligibilityRequest& request) {
    return ServedWorld::Ask(who, served_.eligibility(), &Stub::CheckEligibility, request);
  }
  v1::Eligibility Verdict(const domain::Uscc& code) {
    const auto answer = Check(kPurchaser, Question(code));
    EXPECT_TRUE(answer.ok()) << answer.status.error_message();
    return answer.response.eligibility();
  }
  void Penalize(int number, int64_t fine_fen, std::string_view ground) {
    const auto committed = world_.Penalize(World::CodeOf(number), fine_fen, ground);
    ASSERT_TRUE(committed.ok()) << committed.status();
  }

  ServedWorld served_{{.longest_revision_wait = absl::Milliseconds(50)}};
  World& world_ = served_.world();
};

TEST_F(EligibilityContract, AnOrganizationWithNothingAgainstItIsEligible) {
  const auto answer = Check(kPurchaser, Question(world_.Register(1)));
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  const v1::Eligibility& eligibility = answer.response.eligibility();
  EXPECT_EQ(eligibility.verdict(), v1::VERDICT_ELIGIBLE) << eligibility.ShortDebugString();
  EXPECT_EQ(eligibility.organization_display_name(), World::OrganizationOf(1).display_name());
  EXPECT_GE(eligibility.findings_size(), 7) << "FULL is the default for one";
  EXPECT_EQ(answer.response.basis().revision(), served_.engine().revision());
  EXPECT_NE(answer.response.basis().catalogue_version(), "");
  EXPECT_NE(answer.response.basis().sources_size(), 0);
}

TEST_F(EligibilityContract, Rule44AnEntryOfTheSevereListBarsAndIsNamed) {
  const domain::Uscc code = world_.Register(1);
  Penalize(1, kFiftyThousandYuan, "SER-04");
  const v1::Eligibility answer = Verdict(code);
  EXPECT_EQ(answer.verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(answer.reasons(), Contains(v1::REASON_CODE_SEVERE_LIST));
  EXPECT_EQ(answer.findings(0).reference(), "listings/" + code.ToString() + "-S1");
  EXPECT_EQ(answer.findings(0).ground(), "SER-04");
}

TEST_F(EligibilityContract, Rule45AnEntryOfTheAbnormalListCallsForReview) {
  const domain::Uscc code = world_.Register(1);
  Penalize(1, kSmallFine, "ABN-05");
  EXPECT_EQ(Verdict(code).verdict(), v1::VERDICT_REVIEW);
}

TEST_F(EligibilityContract, Rule44WhatWasInForceAtAPastCutOffCountsAndWhatCameSinceIsShown) {
  const domain::Uscc code = world_.Register(1);
  v1::CheckEligibilityRequest request = Question(code);  // its cut-off is now
  world_.clock().Advance(absl::Hours(30));
  const auto penalized = world_.Penalize(code, kFiftyThousandYuan, "SER-04", "2026-11-25");
  ASSERT_TRUE(penalized.ok()) << penalized.status();
  const auto answer = Check(kPurchaser, request);
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.response.eligibility().verdict(), v1::VERDICT_REVIEW);
  EXPECT_THAT(answer.response.eligibility().reasons(), Contains(v1::REASON_CODE_CHANGED_AFTER_CUT_OFF));
  EXPECT_EQ(answer.response.basis().effective_at().seconds(), request.context().cut_off().seconds());
}

TEST_F(EligibilityContract, Rule42AskedAgainForTheSameInstantTheAnswerIsTheSame) {
  const domain::Uscc code = world_.Register(1);
  world_.clock().Advance(absl::Seconds(1));  // past the stamps of what was committed
  v1::CheckEligibilityRequest request = Question(code);
  domain::SetTimestamp(world_.clock().Now(), *request.mutable_as_of()->mutable_instant());
  const auto before = Check(kPurchaser, request);
  ASSERT_TRUE(before.ok()) << before.status.error_message();
  EXPECT_EQ(before.response.eligibility().verdict(), v1::VERDICT_ELIGIBLE);
  world_.clock().Advance(absl::Hours(1));
  Penalize(1, kFiftyThousandYuan, "SER-04");
  const auto after = Check(kPurchaser, request);
  EXPECT_EQ(after.response.SerializeAsString(), before.response.SerializeAsString());
  EXPECT_EQ(Verdict(code).verdict(), v1::VERDICT_INELIGIBLE) << "and now it is listed";
}

TEST_F(EligibilityContract, Rule43ALateEntryChangesTheFactsOfThatDayButNotWhatWasKnownThen) {
  const domain::Uscc code = world_.Register(1);
  world_.clock().Advance(absl::Seconds(1));  // past the stamps of what was committed
  const absl::Time then = world_.clock().Now();
  world_.clock().Advance(absl::Hours(48));
  // Decided on the first day, entered two days later.
  Penalize(1, kFiftyThousandYuan, "SER-04");
  v1::CheckEligibilityRequest request = Question(code);
  domain::SetTimestamp(then, *request.mutable_as_of()->mutable_effective_at());
  EXPECT_EQ(Check("audit", request).response.eligibility().verdict(), v1::VERDICT_INELIGIBLE);
  domain::SetTimestamp(then, *request.mutable_as_of()->mutable_known_at());
  for (const std::string_view who : {std::string_view("audit"), kPurchaser})
    EXPECT_EQ(Check(who, request).response.eligibility().verdict(), v1::VERDICT_ELIGIBLE) << who;
}

// Rule 44: no instant of effect leads past the cut-off.
TEST_F(EligibilityContract, Rule44APurchaserCannotStepRoundItsOwnCutOff) {
  const domain::Uscc code = world_.Register(1);
  world_.clock().Advance(absl::Hours(1));
  const absl::Time clean = world_.clock().Now();
  world_.clock().Advance(absl::Hours(24));
  const auto penalized = world_.Penalize(code, kFiftyThousandYuan, "SER-04", "2026-11-25");
  ASSERT_TRUE(penalized.ok()) << penalized.status();
  world_.clock().Advance(absl::Hours(1));
  v1::CheckEligibilityRequest request = Question(code);  // its cut-off is now, and it is listed
  const absl::Time cut_off = world_.clock().Now();
  world_.clock().Advance(absl::Hours(1));
  v1::AsOf& as_of = *request.mutable_as_of();
  for (const absl::Time instant : {clean, cut_off - absl::Nanoseconds(1), cut_off + absl::Nanoseconds(1)}) {
    domain::SetTimestamp(instant, *as_of.mutable_effective_at());
    for (const std::string_view who : {"purchaser:km-culture", "agency:km-agency+purchasers/km-culture"}) {
      request.mutable_context()->set_purchaser("purchasers/km-culture");
      const auto answer = Check(who, request);
      EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << who;
      EXPECT_THAT(FieldsOf(answer.status), ElementsAre("as_of.effective_at")) << who;
    }
  }
  // What is known after the instant of effect does not make it the answer of that time.
  domain::SetTimestamp(clean, *as_of.mutable_effective_at());
  domain::SetTimestamp(clean + absl::Nanoseconds(1), *as_of.mutable_known_at());
  EXPECT_THAT(FieldsOf(Check(kPurchaser, request).status), ElementsAre("as_of.effective_at"));
  EXPECT_EQ(Check("audit", request).response.eligibility().verdict(), v1::VERDICT_ELIGIBLE);

  as_of.clear_known_at();
  domain::SetTimestamp(cut_off, *as_of.mutable_effective_at());
  EXPECT_EQ(Check(kPurchaser, request).response.eligibility().verdict(), v1::VERDICT_INELIGIBLE);
  // Later instants of asking are judged by the cut-off too.
  as_of.Clear();
  domain::SetTimestamp(cut_off + absl::Minutes(30), *as_of.mutable_instant());
  const auto later = Check(kPurchaser, request);
  ASSERT_TRUE(later.ok()) << later.status.error_message();
  EXPECT_EQ(later.response.eligibility().verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(domain::TimeOf(later.response.basis().effective_at()), cut_off);
  EXPECT_EQ(domain::TimeOf(later.response.basis().compared_at()), cut_off + absl::Minutes(30));
}

TEST_F(EligibilityContract, Rule44NamingTheCutOffSaysNoMoreThanNamingNothing) {
  const domain::Uscc code = world_.Register(1);
  v1::CheckEligibilityRequest request = Question(code);  // its cut-off is now
  world_.clock().Advance(absl::Hours(30));
  const auto penalized = world_.Penalize(code, kFiftyThousandYuan, "SER-04", "2026-11-25");
  ASSERT_TRUE(penalized.ok()) << penalized.status();
  world_.clock().Advance(absl::Seconds(1));
  const auto plain = Check(kPurchaser, request);
  *request.mutable_as_of()->mutable_effective_at() = request.context().cut_off();
  const auto named = Check(kPurchaser, request);
  ASSERT_TRUE(named.ok()) << named.status.error_message();
  EXPECT_EQ(named.response.SerializeAsString(), plain.response.SerializeAsString());
  EXPECT_THAT(named.response.eligibility().reasons(), Contains(v1::REASON_CODE_CHANGED_AFTER_CUT_OFF));
  EXPECT_EQ(domain::TimeOf(named.response.basis().compared_at()), world_.clock().Now());
}

// Rule 42: with known_at the comparison is made there and not at the wall clock, however long one waits.
TEST_F(EligibilityContract, Rule42AComparisonAfterTheCutOffComesOutTheSameForEver) {
  const domain::Uscc code = world_.Register(1);
  v1::CheckEligibilityRequest request = Question(code);  // its cut-off is now
  // A certificate that the project requires lapses in three days, at the end of 2026-11-26.
  v1::CreateRecordRequest filing;
  filing.set_organization_code(code.ToString());
  filing.set_request_id("qualification");
  filing.mutable_record()->set_formed_on("2026-11-24");
  v1::Qualification& certificate = *filing.mutable_record()->mutable_qualification();
  certificate.set_kind("养老服务");
  certificate.set_certificate_number("样例-1");
  certificate.set_valid_from("2025-11-24");
  certificate.set_valid_until("2026-11-26");
  const auto filed = served_.engine().SubmitAndWait(World::Wuhua(), filing);
  ASSERT_TRUE(filed.ok()) << filed.status();
  request.mutable_context()->add_required_qualifications("养老服务");
  world_.clock().Advance(absl::Hours(2));
  domain::SetTimestamp(world_.clock().Now() - absl::Hours(1), *request.mutable_as_of()->mutable_known_at());
  const auto before = Check(kPurchaser, request);
  ASSERT_TRUE(before.ok()) << before.status.error_message();
  EXPECT_EQ(before.response.eligibility().verdict(), v1::VERDICT_ELIGIBLE)
      << before.response.ShortDebugString();
  EXPECT_EQ(before.response.basis().compared_at().seconds(), request.as_of().known_at().seconds());
  world_.clock().Advance(absl::Hours(24 * 5));
  const auto after = Check(kPurchaser, request);
  ASSERT_TRUE(after.ok()) << after.status.error_message();
  EXPECT_EQ(after.response.SerializeAsString(), before.response.SerializeAsString());
  request.clear_as_of();
  EXPECT_THAT(Check(kPurchaser, request).response.eligibility().reasons(),
              Contains(v1::REASON_CODE_CHANGED_AFTER_CUT_OFF))
      << "and asked now, it has lapsed";
}

TEST_F(EligibilityContract, AnInstantInTheFutureOrBothClocksTwiceIsRefused) {
  v1::CheckEligibilityRequest request = Question(world_.Register(1));
  domain::SetTimestamp(world_.clock().Now() + absl::Seconds(1), *request.mutable_as_of()->mutable_instant());
  EXPECT_THAT(FieldsOf(Check(kPurchaser, request).status), ElementsAre("as_of.instant"));
  domain::SetTimestamp(world_.clock().Now(), *request.mutable_as_of()->mutable_instant());
  domain::SetTimestamp(world_.clock().Now(), *request.mutable_as_of()->mutable_known_at());
  EXPECT_THAT(FieldsOf(Check(kPurchaser, request).status), ElementsAre("as_of.instant"));
}

TEST_F(EligibilityContract, Rule50NotFoundInACoveredRegisterBarsAndOutsideCoverageIsUnknown) {
  EXPECT_EQ(Verdict(World::CodeOf(404)).verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(Verdict(World::CodeOf(404)).reasons(), Contains(v1::REASON_CODE_NOT_REGISTERED));
  // A code of 大同市, whose register covers no division.
  const domain::Uscc elsewhere = *domain::Uscc::WithChecks("52140200", "MJT00001");
  EXPECT_EQ(Verdict(elsewhere).verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(Verdict(elsewhere).reasons(), Contains(v1::REASON_CODE_OUTSIDE_COVERAGE));
}

TEST_F(EligibilityContract, Rule55APurchaserStatesPurposeProjectAndCutOff) {
  const domain::Uscc code = world_.Register(1);
  for (const std::string_view who : {"purchaser:km-culture", "agency:km-agency+purchasers/km-culture"}) {
    v1::CheckEligibilityRequest request = Question(code);
    request.clear_context();
    const auto answer = Check(who, request);
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << who;
    EXPECT_EQ(ReasonOf(answer.status), "PURPOSE_REQUIRED") << who;
    EXPECT_THAT(FieldsOf(answer.status),
                testing::IsSupersetOf({"context.purpose", "context.project", "context.cut_off"}))
        << who;
  }
  v1::CheckEligibilityRequest request = Question(code);
  request.mutable_context()->clear_project();
  EXPECT_THAT(FieldsOf(Check(kPurchaser, request).status), ElementsAre("context.project"));
}

TEST_F(EligibilityContract, Rule55WhoeverSupervisesStatesAPurposeTooAndOnlyTheOrganizationItselfNeedNot) {
  const std::string own = world_.Register(1).ToString();
  v1::CheckEligibilityRequest request;
  request.set_organization_code(own);
  for (const std::string_view who : {"civil-affairs:km-panlong", "finance:km", "audit"}) {
    request.clear_context();
    const auto answer = Check(who, request);
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << who;
    EXPECT_EQ(ReasonOf(answer.status), "PURPOSE_REQUIRED") << who;
    EXPECT_THAT(FieldsOf(answer.status), ElementsAre("context.purpose")) << who;
    v1::BatchCheckEligibilityRequest batch;
    batch.add_organization_codes(own);
    EXPECT_EQ(
        ReasonOf(ServedWorld::Ask(who, served_.eligibility(), &Stub::BatchCheckEligibility, batch).status),
        "PURPOSE_REQUIRED");
    request.mutable_context()->set_purpose(v1::QUERY_PURPOSE_ADMINISTRATIVE_SUPERVISION);
    EXPECT_TRUE(Check(who, request).ok()) << who;
  }
  request.clear_context();
  EXPECT_TRUE(Check("organization:" + own, request).ok());
}

TEST_F(EligibilityContract, Rule61AnAgencyAsksForTheProjectsItIsEntrustedWith) {
  v1::CheckEligibilityRequest request = Question(world_.Register(1));
  request.mutable_context()->set_purchaser("purchasers/km-culture");
  const std::string& project = request.context().project();
  const auto refused = Check("agency:km-agency", request);
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(refused.status), "NOT_ENTRUSTED");
  EXPECT_EQ(MetadataOf(refused.status, "purchaser"), "purchasers/km-culture");
  EXPECT_EQ(MetadataOf(refused.status, "project"), project);
  const std::string agency = "agency:km-agency+purchasers/km-health,purchasers/km-culture/projects/";
  EXPECT_EQ(ReasonOf(Check(agency + "another", request).status), "NOT_ENTRUSTED");
  EXPECT_TRUE(Check(agency + project, request).ok());
  v1::BatchCheckEligibilityRequest batch;
  batch.add_organization_codes(request.organization_code());
  *batch.mutable_context() = request.context();
  EXPECT_EQ(ReasonOf(ServedWorld::Ask("agency:km-agency", served_.eligibility(), &Stub::BatchCheckEligibility,
                                      batch)
                         .status),
            "NOT_ENTRUSTED");
  EXPECT_EQ(Check("agency:km-agency+km-culture", request).status.error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Check("purchaser:km-culture+purchasers/km-culture", request).status.error_code(),
            grpc::StatusCode::UNAUTHENTICATED)
      << "only an agency is entrusted";
}

TEST_F(EligibilityContract, Rule41AnAgencyNamesThePurchaserAndAPurchaserAsksForItself) {
  v1::CheckEligibilityRequest request = Question(world_.Register(1));
  EXPECT_THAT(FieldsOf(Check("agency:km-agency", request).status), ElementsAre("context.purchaser"));
  request.mutable_context()->set_purchaser("purchasers/km-culture");
  EXPECT_TRUE(Check("agency:km-agency+purchasers/km-culture", request).ok());
  EXPECT_TRUE(Check("purchaser:km-culture", request).ok());
  const auto other = Check("purchaser:km-sports", request);
  EXPECT_EQ(other.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(other.status), "ROLE_NOT_ALLOWED");
}

TEST_F(EligibilityContract, Rule51ARequirementOnTheAgeOfTheOrganizationIsRefusedWithThePolicysArticle) {
  v1::CheckEligibilityRequest request = Question(world_.Register(1));
  request.mutable_context()->set_minimum_age_years(2);
  for (const std::string_view who : {kPurchaser, std::string_view("civil-affairs:km")}) {
    const auto answer = Check(who, request);
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << who;
    EXPECT_EQ(ReasonOf(answer.status), "AGE_REQUIREMENT") << who;
    EXPECT_THAT(FieldsOf(answer.status), ElementsAre("context.minimum_age_years")) << who;
    EXPECT_THAT(answer.status.error_message(), HasSubstr("成立年限")) << who;
  }
}

TEST_F(EligibilityContract, Rule54NobodyAsksForARecordSuppliedByTheOrganizationItAsksAboutItselfOnly) {
  const std::string own = world_.Register(1).ToString();
  world_.Register(2);
  v1::CheckEligibilityRequest request = Question(World::CodeOf(1));
  EXPECT_TRUE(Check("organization:" + own, request).ok());
  request.set_organization_code(World::CodeOf(2).ToString());
  EXPECT_EQ(Check("organization:" + own, request).status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Check("public", request).status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(Check("public", request).status), "ROLE_NOT_ALLOWED");
}

TEST_F(EligibilityContract, LimitsOfTheContextHoldAtTheLimitAndNotOnePast) {
  v1::CheckEligibilityRequest request = Question(world_.Register(1));
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "购";
  request.mutable_context()->set_project(hundred);
  for (int i = 0; i < 20; ++i)
    request.mutable_context()->add_required_qualifications("资质" + std::to_string(i));
  EXPECT_TRUE(Check(kPurchaser, request).ok());
  request.mutable_context()->add_required_qualifications("再一项");
  request.mutable_context()->set_project(hundred + "买");
  EXPECT_THAT(FieldsOf(Check(kPurchaser, request).status),
              ElementsAre("context.project", "context.required_qualifications"));
  request = Question(World::CodeOf(1));
  request.mutable_context()->add_required_qualifications("");
  request.mutable_context()->set_purpose(static_cast<v1::QueryPurpose>(99));
  EXPECT_THAT(FieldsOf(Check(kPurchaser, request).status),
              ElementsAre("context.purpose", "context.required_qualifications[0]"));
}

TEST_F(EligibilityContract, BasicSaysVerdictAndReasonsAlone) {
  v1::CheckEligibilityRequest request = Question(world_.Register(1));
  Penalize(1, kFiftyThousandYuan, "SER-04");
  request.set_view(v1::ELIGIBILITY_VIEW_BASIC);
  const auto answer = Check(kPurchaser, request);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer.response.eligibility().verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_NE(answer.response.eligibility().reasons_size(), 0);
  EXPECT_THAT(answer.response.eligibility().findings(), IsEmpty());
  EXPECT_EQ(answer.response.eligibility().organization_display_name(), "");
  request.set_view(static_cast<v1::EligibilityView>(3));
  EXPECT_THAT(FieldsOf(Check(kPurchaser, request).status), ElementsAre("view"));
}

TEST_F(EligibilityContract, ACallerMayAskForARevisionItHasSeen) {
  v1::CheckEligibilityRequest request = Question(world_.Register(1));
  request.set_at_least_revision(served_.engine().revision());
  EXPECT_TRUE(Check(kPurchaser, request).ok());
  request.set_at_least_revision(served_.engine().revision() + 1);
  const auto late = Check(kPurchaser, request);
  EXPECT_EQ(late.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(late.status), "REVISION_NOT_REACHED");
}

TEST(EligibilityWait, ACallWaitsForItsRevisionAndSeesIt) {
  ServedWorld served;
  const domain::Uscc code = served.world().Register(1);
  v1::CheckEligibilityRequest request;
  request.set_organization_code(code.ToString());
  *request.mutable_context() = ContextOf(served.world());
  request.set_at_least_revision(served.engine().revision() + 1);
  std::thread asking([&] {
    const auto answer = ServedWorld::Ask(kPurchaser, served.eligibility(), &Stub::CheckEligibility, request);
    EXPECT_TRUE(answer.ok()) << answer.status.error_message();
    EXPECT_EQ(answer.response.eligibility().verdict(), v1::VERDICT_INELIGIBLE);
    EXPECT_GE(answer.response.basis().revision(), request.at_least_revision());
  });
  while (served.calls().started(server::Method::kCheckEligibility) == 0) std::this_thread::yield();
  EXPECT_TRUE(served.world().Penalize(code, kFiftyThousandYuan, "SER-04").ok());
  asking.join();
}

TEST(EligibilityWait, ACallThatWaitsIsToldAtOnceThatTheServerStops) {
  ServedWorld served({.longest_revision_wait = absl::Seconds(50)});
  v1::CheckEligibilityRequest request;
  request.set_organization_code(served.world().Register(1).ToString());
  request.set_at_least_revision(1'000'000);
  Answer<v1::CheckEligibilityResponse> answer;
  std::thread asking(
      [&] { answer = ServedWorld::Ask("audit", served.eligibility(), &Stub::CheckEligibility, request); });
  while (served.calls().started(server::Method::kCheckEligibility) == 0) std::this_thread::yield();
  served.services().Stop();
  asking.join();
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(answer.status), "SHUTTING_DOWN");
  // One that comes later is not kept waiting either.
  EXPECT_EQ(
      ReasonOf(ServedWorld::Ask("audit", served.eligibility(), &Stub::CheckEligibility, request).status),
      "SHUTTING_DOWN");
}

TEST(EligibilityWait, ACallThatIsGivenUpWhileItWaitsLeavesNothingBehind) {
  ServedWorld served;
  v1::CheckEligibilityRequest request;
  request.set_organization_code(served.world().Register(1).ToString());
  request.set_at_least_revision(1'000'000);
  grpc::ClientContext context;
  ServedWorld::SpeakAs("audit", context);
  std::thread asking([&] {
    v1::CheckEligibilityResponse response;
    EXPECT_EQ(served.eligibility().CheckEligibility(&context, request, &response).error_code(),
              grpc::StatusCode::CANCELLED);
  });
  while (served.calls().started(server::Method::kCheckEligibility) == 0) std::this_thread::yield();
  context.TryCancel();
  asking.join();
  while (served.calls().ended(server::Method::kCheckEligibility) == 0) std::this_thread::yield();
  EXPECT_TRUE(served.world().Penalize(World::CodeOf(1), kFiftyThousandYuan, "SER-04").ok());
}

}  // namespace
}  // namespace chengxin
