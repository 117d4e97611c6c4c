// Refusals and wrong fields as callers see them.
#include "domain/refusal.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/cord.h"
#include "base/strings.h"

namespace chengxin::domain {
namespace {

template <typename Message>
Message PayloadOf(const absl::Status& status, std::string_view url) {
  Message message;
  const auto payload = status.GetPayload(ToAbsl(url));
  EXPECT_TRUE(payload.has_value() && message.ParseFromString(std::string(*payload)));
  return message;
}

TEST(Refusal, EveryReasonHasTheDocumentedCode) {
  using absl::StatusCode;
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_ROLE_NOT_ALLOWED), StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_NOT_REGISTERING_AUTHORITY), StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_GROUND_MISMATCH), StatusCode::kFailedPrecondition);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_NO_CATALOGUE), StatusCode::kFailedPrecondition);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_DECISION_DATE), StatusCode::kFailedPrecondition);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_REQUEST_ID_REUSED), StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_AGE_REQUIREMENT), StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_CHECK_DIGIT_UNCONFIRMED), StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_STALE_ETAG), StatusCode::kAborted);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_OUTCOME_UNKNOWN), StatusCode::kUnavailable);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_REVISION_NOT_REACHED), StatusCode::kUnavailable);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_QUEUE_FULL), StatusCode::kResourceExhausted);
  EXPECT_EQ(CodeOf(v1::ERROR_REASON_CURSOR_OUT_OF_RANGE), StatusCode::kOutOfRange);
}

// A reason added to the contract must be given its code here too.
TEST(Refusal, NoReasonOfTheContractIsForgotten) {
  for (int value = 1; value < v1::ErrorReason_ARRAYSIZE; ++value) {
    if (!v1::ErrorReason_IsValid(value)) continue;
    const auto reason = static_cast<v1::ErrorReason>(value);
    EXPECT_NE(CodeOf(reason), absl::StatusCode::kInternal) << v1::ErrorReason_Name(reason);
  }
}

TEST(Refusal, CarriesReasonAndMetadataForPrograms) {
  const absl::Status status = ToStatus({.reason = v1::ERROR_REASON_GROUND_MISMATCH,
                                        .message = "处罚达到的情形是SER-04 (the penalty meets SER-04)",
                                        .metadata = {{"expected", "SER-04"}, {"article", "O60 art 15(4)"}}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(std::string(status.message()), "处罚达到的情形是SER-04 (the penalty meets SER-04)");
  const auto info = PayloadOf<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
  EXPECT_EQ(info.reason(), "GROUND_MISMATCH");
  EXPECT_EQ(info.domain(), "chengxin");
  EXPECT_EQ(info.metadata().at("expected"), "SER-04");
  EXPECT_EQ(info.metadata().at("article"), "O60 art 15(4)");
}

TEST(FieldViolations, NothingWrongIsOk) {
  FieldViolations violations;
  EXPECT_TRUE(violations.empty());
  EXPECT_TRUE(violations.ToStatus().ok());
}

TEST(FieldViolations, AllWrongFieldsAreReportedAtOnce) {
  FieldViolations violations;
  violations.Add("penalty.fine_fen", "应大于0 (expected more than 0)");
  violations.Add("organizations[3].code", "应为18位 (expected 18 characters)");
  violations.Add("formed_on", "不能为空 (must be given)");
  const absl::Status status = violations.ToStatus();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(std::string(status.message()),
            "penalty.fine_fen: 应大于0 (expected more than 0)；另有2处 (and 2 more)");
  const auto details = PayloadOf<google::rpc::BadRequest>(status, kBadRequestUrl);
  ASSERT_EQ(details.field_violations_size(), 3);
  EXPECT_EQ(details.field_violations(1).field(), "organizations[3].code");
}

}  // namespace
}  // namespace chengxin::domain
