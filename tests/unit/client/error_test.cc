#include "client/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/client/scripted_server.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(FromGrpc, KeepsCodeAndMessage) {
  const absl::Status status = FromGrpc(grpc::Status(grpc::StatusCode::NOT_FOUND, "未找到 (not found)"));
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "未找到 (not found)");
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
}

// It is as large the next time: no overload.
TEST(FromGrpc, AMessageAboveTheLimitIsAWrongArgumentThatNamesTheLimit) {
  const absl::Status status = FromGrpc(grpc::Status(
      grpc::StatusCode::RESOURCE_EXHAUSTED, "Received message larger than max (5000000 vs. 4194304)"));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message().rfind("消息过大，上限为4194304字节", 0), 0u) << status;
  EXPECT_EQ(FromGrpc(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "busy")).code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(FromGrpc, KeepsTheReasonWithWhatItRefersTo) {
  google::rpc::ErrorInfo info;
  info.set_reason("GROUND_MISMATCH");
  info.set_domain("chengxin");
  (*info.mutable_metadata())["expected"] = "SER-04";
  absl::Status status = absl::FailedPreconditionError("no");
  status.SetPayload("type.googleapis.com/google.rpc.ErrorInfo", absl::Cord(info.SerializeAsString()));
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_GROUND_MISMATCH);
  EXPECT_THAT(ReasonMetadataOf(status), ElementsAre(Pair("expected", "SER-04")));
}

TEST(FromGrpc, AReasonOfSomebodyElseOrOfALaterServerIsNone) {
  EXPECT_EQ(ReasonOf(FromGrpc(Failure(grpc::StatusCode::UNAVAILABLE, "x", "A_REASON_OF_TOMORROW"))),
            v1::ERROR_REASON_UNSPECIFIED);
  google::rpc::ErrorInfo info;
  info.set_reason("READ_ONLY");
  info.set_domain("proxy.example");
  absl::Status status = absl::UnavailableError("no");
  status.SetPayload("type.googleapis.com/google.rpc.ErrorInfo", absl::Cord(info.SerializeAsString()));
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_UNSPECIFIED);
}

TEST(FromGrpc, DetailsThatDoNotParseDoNotHideTheError) {
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "wrong", "\xFF\xFF not a status"));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "wrong");
  EXPECT_TRUE(ViolationsOf(status).empty());
}

TEST(ViolationsOf, NamesEveryWrongField) {
  const auto violations = ViolationsOf(FromGrpc(WrongField("penalty.fine_fen", "above 0 expected")));
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field(), "penalty.fine_fen");
  EXPECT_EQ(violations[0].description(), "above 0 expected");
  EXPECT_TRUE(ViolationsOf(absl::InternalError("x")).empty());
  EXPECT_TRUE(ViolationsOf(absl::OkStatus()).empty());
}

TEST(ShiftViolations, MovesTheIndicesOfThatFieldAlone) {
  const auto shifted = [](const char* field) {
    return ViolationsOf(ShiftViolations(FieldError(field, "wrong"), "organization_codes", 1000))[0].field();
  };
  EXPECT_EQ(shifted("organization_codes[0]"), "organization_codes[1000]");
  EXPECT_EQ(shifted("organization_codes[999].x"), "organization_codes[1999].x");
  EXPECT_EQ(shifted("organization_codes"), "organization_codes");
  EXPECT_EQ(shifted("organization_codes[x]"), "organization_codes[x]");
  EXPECT_EQ(shifted("context.project"), "context.project");
}

TEST(UnknownOutcome, IsToldOnlyByAFailure) {
  EXPECT_EQ(UnknownOutcomeRequestId(WithUnknownOutcome(absl::UnavailableError("x"), "id-1")), "id-1");
  EXPECT_FALSE(UnknownOutcomeRequestId(WithUnknownOutcome(absl::OkStatus(), "id-1")).has_value());
  EXPECT_FALSE(UnknownOutcomeRequestId(absl::UnavailableError("x")).has_value());
}

}  // namespace
}  // namespace chengxin::client
