#include "client/retry_policy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/strings.h"
#include "chengxin/v1/admin_service.pb.h"
#include "chengxin/v1/audit_service.pb.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "client/error.h"
#include "google/protobuf/descriptor.h"
#include "tests/unit/client/scripted_server.h"

namespace chengxin::client {
namespace {

// Every rpc of the contract.
std::vector<const google::protobuf::MethodDescriptor*> Methods() {
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const google::protobuf::FileDescriptor* file :
       {v1::GetStatusRequest::descriptor()->file(), v1::CheckEligibilityRequest::descriptor()->file(),
        v1::GetListingRequest::descriptor()->file(), v1::GetOrganizationRequest::descriptor()->file(),
        v1::GetRecordRequest::descriptor()->file(), v1::GetCaseRequest::descriptor()->file(),
        v1::GetAwardRequest::descriptor()->file(), v1::ListAuditEntriesRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m)
        methods.push_back(file->service(s)->method(m));
    }
  }
  return methods;
}

std::string NameOf(const google::protobuf::MethodDescriptor& method) {
  return StrCat(method.service()->full_name(), "/", method.name());
}

TEST(RpcTable, EveryRpcHasARowAndEveryRowAnRpc) {
  std::multiset<std::string> methods;
  for (const auto* method : Methods()) methods.insert(NameOf(*method));
  std::multiset<std::string> rows;
  for (const RpcRow& row : RpcTable()) rows.insert(std::string(row.method));
  EXPECT_EQ(rows, methods);
}

TEST(RpcTable, AnRpcThatTakesARequestIdIsRepeatedOnlyWithIt) {
  for (const auto* method : Methods()) {
    const RpcRow& row = RowOf(NameOf(*method));
    const bool changes = method->input_type()->FindFieldByName("request_id") != nullptr;
    EXPECT_EQ(ChangesSomething(row), changes) << row.method;
    EXPECT_EQ(row.repeatable == Repeatable::kByBatch, method->client_streaming()) << row.method;
    const bool reads_stream = method->server_streaming() && !method->client_streaming();
    EXPECT_EQ(row.repeatable == Repeatable::kFromCursor || row.repeatable == Repeatable::kWholeStream,
              reads_stream)
        << row.method;
  }
}

TEST(RpcTableDeathTest, AMethodWithoutARowIsNeverCalled) {
  EXPECT_DEATH(RowOf("chengxin.v1.AdminService/Nothing"), "no row");
}

TEST(MayRetry, WhatWasNotReachedMayBeSentAgain) {
  EXPECT_TRUE(MayRetry(absl::UnavailableError("connection refused")));
  EXPECT_TRUE(MayRetry(FromGrpc(Failure(grpc::StatusCode::UNAVAILABLE, "stops", "SHUTTING_DOWN"))));
  EXPECT_TRUE(MayRetry(FromGrpc(Failure(grpc::StatusCode::UNAVAILABLE, "unknown", "OUTCOME_UNKNOWN"))));
  EXPECT_TRUE(MayRetry(FromGrpc(Failure(grpc::StatusCode::RESOURCE_EXHAUSTED, "full", "QUEUE_FULL"))));
  for (const char* reason : {"PRINCIPAL_LIMIT", "OVERLOADED", "AUDIT_FULL"}) {
    EXPECT_TRUE(MayRetry(FromGrpc(Failure(grpc::StatusCode::RESOURCE_EXHAUSTED, "later", reason)))) << reason;
  }
}

TEST(MayRetry, WhereWaitingDoesNotHelpNothingIsRepeated) {
  EXPECT_FALSE(MayRetry(FromGrpc(Failure(grpc::StatusCode::UNAVAILABLE, "read-only", "READ_ONLY"))));
  EXPECT_FALSE(MayRetry(FromGrpc(Failure(grpc::StatusCode::UNAVAILABLE, "behind", "REVISION_NOT_REACHED"))));
  EXPECT_FALSE(MayRetry(absl::ResourceExhaustedError("message too large")));
  for (const absl::StatusCode code :
       {absl::StatusCode::kInvalidArgument, absl::StatusCode::kNotFound,
        absl::StatusCode::kFailedPrecondition, absl::StatusCode::kPermissionDenied,
        absl::StatusCode::kAborted, absl::StatusCode::kDeadlineExceeded, absl::StatusCode::kInternal,
        absl::StatusCode::kDataLoss, absl::StatusCode::kOutOfRange}) {
    EXPECT_FALSE(MayRetry(absl::Status(code, "no"))) << absl::StatusCodeToString(code);
  }
}

TEST(OutcomeUnknownAfter, OnlyAnAnswerByTheServerMakesItKnown) {
  EXPECT_TRUE(OutcomeUnknownAfter(absl::UnavailableError("reset")));
  EXPECT_TRUE(OutcomeUnknownAfter(absl::DeadlineExceededError("late")));
  EXPECT_TRUE(
      OutcomeUnknownAfter(FromGrpc(Failure(grpc::StatusCode::UNAVAILABLE, "unknown", "OUTCOME_UNKNOWN"))));
  EXPECT_FALSE(
      OutcomeUnknownAfter(FromGrpc(Failure(grpc::StatusCode::UNAVAILABLE, "read-only", "READ_ONLY"))));
  EXPECT_FALSE(OutcomeUnknownAfter(absl::FailedPreconditionError("refused")));
  EXPECT_FALSE(OutcomeUnknownAfter(absl::InvalidArgumentError("wrong")));
}

TEST(Backoff, DelaysDoubleUpToTheLongestEachInItsUpperHalf) {
  const RetryPolicy policy{.maximum_attempts = 6,
                           .first_delay = absl::Milliseconds(100),
                           .longest_delay = absl::Milliseconds(400)};
  Backoff backoff(policy);
  for (const int milliseconds : {100, 200, 400, 400}) {
    const absl::Duration delay = backoff.Next(absl::UnavailableError(""));
    EXPECT_GE(delay, absl::Milliseconds(milliseconds) / 2);
    EXPECT_LE(delay, absl::Milliseconds(milliseconds));
  }
  backoff.Reset();
  EXPECT_LE(backoff.Next(absl::UnavailableError("")), absl::Milliseconds(100));
}

TEST(Backoff, TheServersWishIsTheLeast) {
  google::rpc::RetryInfo wish;
  wish.mutable_retry_delay()->set_seconds(9);
  absl::Status status = absl::UnavailableError("later");
  status.SetPayload("type.googleapis.com/google.rpc.RetryInfo", absl::Cord(wish.SerializeAsString()));
  EXPECT_EQ(Backoff(RetryPolicy{}).Next(status), absl::Seconds(9));
}

}  // namespace
}  // namespace chengxin::client
