#include "server/grpc_status.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/cord.h"
#include "domain/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/request_fields.h"

namespace chengxin::server {
namespace {

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(GrpcStatus, OkStaysOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).error_details().empty());
}

TEST(GrpcStatus, EveryCodeKeepsItsMeaning) {
  for (int code = 1; code <= 16; ++code) {
    const grpc::Status status = ToGrpcStatus(absl::Status(static_cast<absl::StatusCode>(code), "文"));
    EXPECT_EQ(static_cast<int>(status.error_code()), code);
  }
  EXPECT_EQ(ToGrpcStatus(absl::UnavailableError("")).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ToGrpcStatus(absl::FailedPreconditionError("")).error_code(),
            grpc::StatusCode::FAILED_PRECONDITION);
}

TEST(GrpcStatus, ARefusalCarriesItsReasonAndMetadata) {
  const grpc::Status status =
      ToGrpcStatus(domain::ToStatus({.reason = v1::ERROR_REASON_GROUND_MISMATCH,
                                     .message = "处罚达到的情形是SER-04 (the penalty meets SER-04)",
                                     .metadata = {{"expected", "SER-04"}}}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(status.error_message(), "处罚达到的情形是SER-04 (the penalty meets SER-04)");
  const google::rpc::Status details = DetailsOf(status);
  EXPECT_EQ(details.code(), static_cast<int>(grpc::StatusCode::FAILED_PRECONDITION));
  ASSERT_EQ(details.details_size(), 1);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "GROUND_MISMATCH");
  EXPECT_EQ(info.domain(), "chengxin");
  EXPECT_EQ(info.metadata().at("expected"), "SER-04");
}

TEST(GrpcStatus, ARefusalThatNamesFieldsCarriesBoth) {
  domain::FieldViolations violations;
  violations.Add("member_codes[1]", "重复");
  const grpc::Status status = ToGrpcStatus(RefuseFields(
      {.reason = v1::ERROR_REASON_DUPLICATE_MEMBER, .message = "重复", .metadata = {}}, violations));
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest wrong;
  int found = 0;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& any : details.details()) found += any.UnpackTo(&info) + any.UnpackTo(&wrong);
  EXPECT_EQ(found, 2);
  EXPECT_EQ(info.reason(), "DUPLICATE_MEMBER");
  ASSERT_EQ(wrong.field_violations_size(), 1);
  EXPECT_EQ(wrong.field_violations(0).field(), "member_codes[1]");
}

TEST(GrpcStatus, WhatWentWrongInsideIsNotToldOutside) {
  absl::Status status = absl::DataLossError("/var/lib/chengxin/data/000012.sst: checksum mismatch");
  status.SetPayload("type.googleapis.com/google.rpc.ErrorInfo", absl::Cord("secret"));
  const grpc::Status told = ToGrpcStatus(status);
  EXPECT_EQ(told.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(told.error_message().find("000012"), std::string::npos);
  EXPECT_TRUE(told.error_details().empty());
}

TEST(GrpcStatus, PayloadsOfOtherKindsStayHere) {
  absl::Status status = absl::InvalidArgumentError("文");
  status.SetPayload("chengxin/internal", absl::Cord("x"));
  EXPECT_TRUE(ToGrpcStatus(status).error_details().empty());
}

}  // namespace
}  // namespace chengxin::server
