// Calls over a real server that fails as many times as the test says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "client/error.h"
#include "tests/unit/client/scripted_server.h"

namespace chengxin::client {
namespace {

using testing::SizeIs;

v1::CreateRecordRequest AWarning() {
  v1::CreateRecordRequest request;
  request.set_organization_code("51530100MJT000010G");
  request.mutable_record()->mutable_penalty()->add_kinds(v1::PENALTY_KIND_WARNING);
  return request;
}

TEST(Call, AReadIsRepeatedUntilTheServerAnswers) {
  ScriptedServer server;
  std::atomic<int> calls = 0;
  server.on_status = [&](const auto&, const auto&, v1::GetStatusResponse& response) {
    if (++calls <= 3) return Failure(grpc::StatusCode::UNAVAILABLE, "not yet");
    response.set_revision(7);
    return grpc::Status::OK;
  };
  const auto client = server.MakeClient();
  const auto answer = client->GetStatus({});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->revision(), 7u);
  EXPECT_EQ(calls, 4);
  const auto naps = server.sleeper().naps();
  ASSERT_THAT(naps, SizeIs(3));
  for (size_t i = 0; i < naps.size(); ++i) {
    EXPECT_GE(naps[i], absl::Milliseconds(50 << i));
    EXPECT_LE(naps[i], absl::Milliseconds(100 << i));
  }
}

TEST(Call, AttemptsAreBoundedByThePolicy) {
  ScriptedServer server;
  std::atomic<int> calls = 0;
  server.on_status = [&](const auto&, const auto&, auto&) {
    ++calls;
    return Failure(grpc::StatusCode::UNAVAILABLE, "never");
  };
  ClientOptions options;
  options.retry.maximum_attempts = 3;
  const auto answer = server.MakeClient(std::move(options))->GetStatus({});
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(calls, 3);
  EXPECT_THAT(server.sleeper().naps(), SizeIs(2));
  // A read changes nothing: there is nothing to repeat.
  EXPECT_FALSE(UnknownOutcomeRequestId(answer.status()).has_value());
}

TEST(Call, NoPauseReachesBeyondTheDeadline) {
  ScriptedServer server;
  std::atomic<int> calls = 0;
  server.on_status = [&](const auto&, const auto&, auto&) {
    ++calls;
    return Failure(grpc::StatusCode::UNAVAILABLE, "never");
  };
  ClientOptions options;
  options.timeout = absl::Seconds(30);
  options.retry = {
      .maximum_attempts = 1000, .first_delay = absl::Seconds(10), .longest_delay = absl::Seconds(10)};
  const absl::Time began = server.clock().Now();
  EXPECT_FALSE(server.MakeClient(std::move(options))->GetStatus({}).ok());
  EXPECT_LE(server.clock().Now() - began, absl::Seconds(30));
  EXPECT_GE(calls, 3);
  EXPECT_LE(calls, 6);
}

TEST(Call, ACommandIsRepeatedWithTheVerySameRequestId) {
  ScriptedServer server;
  Seen<std::string> ids;
  server.on_create = [&](const auto&, const v1::CreateRecordRequest& request,
                         v1::CreateRecordResponse& response) {
    if (ids.Add(request.request_id()) <= 2)
      return Failure(grpc::StatusCode::UNAVAILABLE, "written?", "OUTCOME_UNKNOWN");
    response.set_revision(12);
    return grpc::Status::OK;
  };
  const auto answer = server.MakeClient()->CreateRecord(AWarning());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->revision(), 12u);
  const std::vector<std::string> sent = ids.all();
  ASSERT_THAT(sent, SizeIs(3));
  EXPECT_THAT(sent, testing::Each(sent[0]));
  EXPECT_THAT(sent[0], SizeIs(32));
}

TEST(Call, ACommandWithoutAnAnswerTellsWhatToRepeat) {
  ScriptedServer server;
  server.on_create = [](const auto&, const auto&, auto&) {
    return Failure(grpc::StatusCode::UNAVAILABLE, "gone");
  };
  v1::CreateRecordRequest request = AWarning();
  request.set_request_id("penalty-7");
  const auto answer = server.MakeClient()->CreateRecord(request);
  EXPECT_EQ(UnknownOutcomeRequestId(answer.status()), "penalty-7");
}

TEST(Call, ARefusedCommandWasSurelyNotDone) {
  ScriptedServer server;
  std::atomic<int> calls = 0;
  server.on_create = [&](const auto&, const auto&, auto&) {
    ++calls;
    return Failure(grpc::StatusCode::FAILED_PRECONDITION, "the penalty meets SER-04", "GROUND_MISMATCH");
  };
  const auto answer = server.MakeClient()->CreateRecord(AWarning());
  EXPECT_EQ(ReasonOf(answer.status()), v1::ERROR_REASON_GROUND_MISMATCH);
  EXPECT_FALSE(UnknownOutcomeRequestId(answer.status()).has_value());
  EXPECT_EQ(calls, 1);
}

TEST(Call, AReadOnlyServerAfterALostAnswerLeavesTheOutcomeUnknown) {
  ScriptedServer server;
  std::atomic<int> calls = 0;
  server.on_create = [&](const auto&, const auto&, auto&) {
    return ++calls == 1 ? Failure(grpc::StatusCode::UNAVAILABLE, "written?", "OUTCOME_UNKNOWN")
                        : Failure(grpc::StatusCode::UNAVAILABLE, "read-only", "READ_ONLY");
  };
  const auto answer = server.MakeClient()->CreateRecord(AWarning());
  EXPECT_EQ(ReasonOf(answer.status()), v1::ERROR_REASON_READ_ONLY);
  EXPECT_TRUE(UnknownOutcomeRequestId(answer.status()).has_value());
  EXPECT_EQ(calls, 2);
}

TEST(Call, AReadOnlyServerAtOnceMeansNothingWasDone) {
  ScriptedServer server;
  server.on_create = [](const auto&, const auto&, auto&) {
    return Failure(grpc::StatusCode::UNAVAILABLE, "read-only", "READ_ONLY");
  };
  const auto answer = server.MakeClient()->CreateRecord(AWarning());
  EXPECT_FALSE(UnknownOutcomeRequestId(answer.status()).has_value());
  EXPECT_THAT(server.sleeper().naps(), SizeIs(0));
}

TEST(Call, SaysWhoAsks) {
  ScriptedServer server;
  Seen<std::pair<std::string, std::string>> seen;
  server.on_status = [&](const grpc::ServerContext& context, const auto&, auto&) {
    for (const auto& [key, value] : context.client_metadata())
      seen.Add({std::string(key.data(), key.size()), std::string(value.data(), value.size())});
    return grpc::Status::OK;
  };
  ClientOptions options;
  options.identity = *Identity::Parse("civil-affairs:km-wuhua");
  ASSERT_TRUE(server.MakeClient(std::move(options))->GetStatus({}).ok());
  EXPECT_THAT(seen.all(),
              testing::IsSupersetOf({testing::Pair("chengxin-role", "civil-affairs"),
                                     testing::Pair("chengxin-authority", "authorities/km-wuhua")}));
  EXPECT_THAT(seen.all(), testing::Not(testing::Contains(testing::Key("chengxin-unit"))));
}

TEST(Download, IsTheWholeListOfOneRevision) {
  ScriptedServer server;
  std::atomic<int> calls = 0;
  server.on_download = [&](const auto&, auto& writer) {
    v1::DownloadListingsResponse part;
    part.set_revision(9);
    part.add_listings()->set_name("listings/51530100MJT000010G-S1");
    writer.Write(part);
    if (++calls == 1) return Failure(grpc::StatusCode::UNAVAILABLE, "half way");
    part.mutable_listings(0)->set_name("listings/51530100MJT000010G-A2");
    part.set_complete(true);
    writer.Write(part);
    return grpc::Status::OK;
  };
  const auto list = server.MakeClient()->DownloadListings({});
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->revision, 9u);
  EXPECT_THAT(list->listings, SizeIs(2));
}

TEST(Download, ThatEndsBeforeItsLastPartIsNoList) {
  ScriptedServer server;
  server.on_download = [](const auto&, auto& writer) {
    v1::DownloadListingsResponse part;
    part.set_revision(9);
    writer.Write(part);
    return grpc::Status::OK;
  };
  EXPECT_EQ(server.MakeClient()->DownloadListings({}).status().code(), absl::StatusCode::kDataLoss);
}

TEST(Client, WantsAnAddress) {
  ClientOptions options;
  options.address = "";
  EXPECT_EQ(Client::Create(std::move(options)).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace chengxin::client
