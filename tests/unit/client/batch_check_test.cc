#include "client/batch_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "client/error.h"
#include "tests/unit/client/scripted_server.h"

namespace chengxin::client {
namespace {

v1::BatchCheckEligibilityRequest Codes(int count) {
  v1::BatchCheckEligibilityRequest request;
  for (int i = 0; i < count; ++i) request.add_organization_codes(StrCat("code-", i));
  return request;
}

// Answers as a server at revision 40 does, known at second 400, effective at `effective` seconds.
v1::BatchCheckEligibilityResponse Answer(const v1::BatchCheckEligibilityRequest& part,
                                         int64_t effective = 500) {
  v1::BatchCheckEligibilityResponse answer;
  for (const std::string& code : part.organization_codes()) answer.add_results()->set_organization_code(code);
  answer.mutable_basis()->set_revision(40);
  answer.mutable_basis()->mutable_known_at()->set_seconds(400);
  answer.mutable_basis()->mutable_known_at()->set_nanos(7);
  answer.mutable_basis()->mutable_effective_at()->set_seconds(effective);
  return answer;
}

TEST(BatchCheck, UpToTheLimitIsOneCallAsAsked) {
  std::vector<int> sizes;
  const auto answer = BatchCheckInParts(Codes(1000), 1000, [&](const auto& part) {
    sizes.push_back(part.organization_codes_size());
    EXPECT_FALSE(part.has_as_of());
    return Answer(part);
  });
  ASSERT_TRUE(answer.ok());
  EXPECT_THAT(sizes, testing::ElementsAre(1000));
}

TEST(BatchCheck, OnePastTheLimitIsTwoCallsOfOneRevisionInOrder) {
  std::vector<v1::BatchCheckEligibilityRequest> parts;
  const auto answer = BatchCheckInParts(Codes(1001), 1000, [&](const auto& part) {
    parts.push_back(part);
    return Answer(part);
  });
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[1].organization_codes_size(), 1);
  EXPECT_EQ(parts[1].at_least_revision(), 40u);
  EXPECT_EQ(parts[1].as_of().known_at().seconds(), 400);
  EXPECT_EQ(parts[1].as_of().known_at().nanos(), 7);
  EXPECT_EQ(parts[1].as_of().effective_at().seconds(), 500);
  EXPECT_FALSE(parts[1].as_of().has_instant());
  EXPECT_EQ(answer->basis().revision(), 40u);
  ASSERT_EQ(answer->results_size(), 1001);
  for (int i = 0; i < 1001; ++i) ASSERT_EQ(answer->results(i).organization_code(), StrCat("code-", i));
}

// Rules 42 and 44: every part is judged by the cut-off and compared at the instant that the first one was.
TEST(BatchCheck, Rule44EveryPartIsComparedAtTheInstantOfTheFirst) {
  v1::BatchCheckEligibilityRequest request = Codes(3);
  request.mutable_context()->mutable_cut_off()->set_seconds(300);
  std::vector<v1::BatchCheckEligibilityRequest> parts;
  ASSERT_TRUE(BatchCheckInParts(request, 2, [&](const auto& part) {
                parts.push_back(part);
                auto answer = Answer(part, /*effective=*/300);
                answer.mutable_basis()->mutable_compared_at()->set_seconds(500);
                return answer;
              }).ok());
  EXPECT_EQ(parts[1].as_of().known_at().seconds(), 400);
  EXPECT_EQ(parts[1].as_of().effective_at().seconds(), 500);
  EXPECT_EQ(parts[1].context().cut_off().seconds(), 300);
}

TEST(BatchCheck, AnInstantAskedForStaysTheInstantOfEffect) {
  v1::BatchCheckEligibilityRequest request = Codes(3);
  request.mutable_context()->mutable_cut_off()->set_seconds(300);
  request.mutable_as_of()->mutable_instant()->set_seconds(300);
  std::vector<v1::BatchCheckEligibilityRequest> parts;
  ASSERT_TRUE(BatchCheckInParts(request, 2, [&](const auto& part) {
                parts.push_back(part);
                return Answer(part, /*effective=*/300);
              }).ok());
  EXPECT_EQ(parts[0].as_of().instant().seconds(), 300);
  EXPECT_EQ(parts[1].as_of().effective_at().seconds(), 300);
}

TEST(BatchCheck, AWrongCodeIsNamedByTheCallersIndex) {
  const auto answer = BatchCheckInParts(
      Codes(5), 2, [](const auto& part) -> absl::StatusOr<v1::BatchCheckEligibilityResponse> {
        if (part.organization_codes(0) != "code-2") return Answer(part);
        return FromGrpc(WrongField("organization_codes[1]", "18 characters expected"));
      });
  const auto violations = ViolationsOf(answer.status());
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field(), "organization_codes[3]");
  EXPECT_THAT(std::string(answer.status().message()), testing::StartsWith("organization_codes[3]"));
}

TEST(BatchCheck, PartsOfDifferentRevisionsAreNoAnswer) {
  const auto answer = BatchCheckInParts(Codes(3), 2, [](const auto& part) {
    v1::BatchCheckEligibilityResponse response = Answer(part);
    if (part.organization_codes_size() == 1) response.mutable_basis()->set_revision(41);
    return response;
  });
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInternal);
}

TEST(BatchCheck, AnAnswerThatLacksCodesIsNoAnswer) {
  const auto answer = BatchCheckInParts(Codes(3), 2, [](const auto& part) {
    v1::BatchCheckEligibilityResponse response = Answer(part);
    response.mutable_results()->RemoveLast();
    return response;
  });
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInternal);
}

TEST(BatchCheck, WithoutCodesTheServerSaysWhatIsWrong) {
  const auto answer =
      BatchCheckInParts(Codes(0), 1000, [](const auto&) -> absl::StatusOr<v1::BatchCheckEligibilityResponse> {
        return FromGrpc(WrongField("organization_codes", "1 to 1000 expected"));
      });
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(BatchCheck, TwentyFiveHundredCodesOverARealServer) {
  ScriptedServer server;
  Seen<int> sizes;
  server.on_batch = [&](const auto&, const v1::BatchCheckEligibilityRequest& request, auto& response) {
    sizes.Add(request.organization_codes_size());
    response = Answer(request);
    return grpc::Status::OK;
  };
  const auto answer = server.MakeClient()->BatchCheckEligibility(Codes(2500));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->results_size(), 2500);
  EXPECT_THAT(sizes.all(), testing::ElementsAre(1000, 1000, 500));
}

}  // namespace
}  // namespace chengxin::client
