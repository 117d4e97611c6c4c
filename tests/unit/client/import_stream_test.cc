#include "client/import_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "client/error.h"
#include "tests/unit/client/scripted_server.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;
using Stream = grpc::ServerReaderWriter<v1::ImportOrganizationsResponse, v1::ImportOrganizationsRequest>;

v1::ImportOrganizationsRequest Batch(const std::string& request_id) {
  v1::ImportOrganizationsRequest batch;
  batch.set_source("sources/registry-kunming");
  batch.set_request_id(request_id);
  return batch;
}

void Acknowledge(Stream& stream, const std::string& request_id) {
  v1::ImportOrganizationsResponse acknowledgement;
  acknowledgement.set_request_id(request_id);
  stream.Write(acknowledgement);
}

// A server that keeps what it is sent and drops each stream after `batches` of them; with the last number it
// goes on to the end.
class Register {
 public:
  Register(ScriptedServer& server, std::vector<int> batches) : batches_(std::move(batches)) {
    server.on_import = [this](Stream& stream) { return Serve(stream); };
  }
  std::vector<std::string> received() const {
    MutexLock lock(mu_);
    return received_;
  }

 private:
  grpc::Status Serve(Stream& stream) {
    int left;
    bool last;
    {
      MutexLock lock(mu_);
      left = batches_[std::min(streams_, batches_.size() - 1)];
      last = ++streams_ >= batches_.size();
    }
    v1::ImportOrganizationsRequest batch;
    while ((last || left-- > 0) && stream.Read(&batch)) {
      {
        MutexLock lock(mu_);
        received_.push_back(batch.request_id());
      }
      Acknowledge(stream, batch.request_id());
    }
    return last ? grpc::Status::OK : Failure(grpc::StatusCode::UNAVAILABLE, "dropped");
  }

  const std::vector<int> batches_;
  mutable Mutex mu_;
  size_t streams_ CHENGXIN_GUARDED_BY(mu_) = 0;
  std::vector<std::string> received_ CHENGXIN_GUARDED_BY(mu_);
};

// Sends `count` batches named 0, 1, … and tells which were acknowledged.
struct Sent {
  std::vector<std::string> acknowledged;
  absl::Status status;
};
Sent SendAll(Client& client, int count, const ImportStreamOptions& options = {}) {
  Sent run;
  const auto import =
      client.ImportOrganizations(options, [&run](const auto& batch, const auto& acknowledgement) {
        EXPECT_EQ(batch.request_id(), acknowledgement.request_id());
        run.acknowledged.push_back(acknowledgement.request_id());
      });
  for (int i = 0; i < count && run.status.ok(); ++i) run.status = import->Send(Batch(StrCat(i)));
  if (run.status.ok()) run.status = import->Finish();
  return run;
}

std::vector<std::string> Numbers(int count) {
  std::vector<std::string> numbers;
  for (int i = 0; i < count; ++i) numbers.push_back(StrCat(i));
  return numbers;
}

TEST(ImportStream, EveryBatchIsAcknowledgedOnceInOrder) {
  ScriptedServer server;
  const Register registry(server, {0});
  const auto client = server.MakeClient();
  const Sent run = SendAll(*client, 50);
  EXPECT_TRUE(run.status.ok()) << run.status;
  EXPECT_EQ(run.acknowledged, Numbers(50));
  EXPECT_EQ(registry.received(), Numbers(50));
}

TEST(ImportStream, ADroppedRunGoesOnWithWhatWasNotAcknowledged) {
  ScriptedServer server;
  const Register registry(server, {3, 7, 0});
  const auto client = server.MakeClient();
  const Sent run = SendAll(*client, 40);
  EXPECT_TRUE(run.status.ok()) << run.status;
  EXPECT_EQ(run.acknowledged, Numbers(40));
  // Each was acknowledged before the connection went, so none was sent a second time.
  EXPECT_EQ(registry.received(), Numbers(40));
  EXPECT_EQ(server.sleeper().naps().size(), 2u);
}

TEST(ImportStream, ABatchWhoseAnswerWasLostIsSentAgainWithItsRequestId) {
  ScriptedServer server;
  Seen<std::string> received;
  std::atomic<int> streams = 0;
  server.on_import = [&](Stream& stream) {
    const bool first = ++streams == 1;
    v1::ImportOrganizationsRequest batch;
    while (stream.Read(&batch)) {
      received.Add(batch.request_id());
      if (first) return Failure(grpc::StatusCode::UNAVAILABLE, "written, not acknowledged");
      Acknowledge(stream, batch.request_id());
    }
    return grpc::Status::OK;
  };
  const auto client = server.MakeClient();
  const Sent run = SendAll(*client, 2);
  EXPECT_TRUE(run.status.ok()) << run.status;
  EXPECT_EQ(run.acknowledged, Numbers(2));
  EXPECT_THAT(received.all(), ElementsAre("0", "0", "1"));
}

TEST(ImportStream, NoMoreThanTheWindowWaitsForItsAnswer) {
  ScriptedServer server;
  Seen<size_t> waited;
  // Answers only where three wait: one more would never be sent, and the run would never end.
  server.on_import = [&](Stream& stream) {
    std::vector<std::string> waiting;
    v1::ImportOrganizationsRequest batch;
    while (stream.Read(&batch)) {
      waiting.push_back(batch.request_id());
      waited.Add(waiting.size());
      if (waiting.size() < 3 && batch.request_id() != "9") continue;
      for (const std::string& id : waiting) Acknowledge(stream, id);
      waiting.clear();
    }
    return grpc::Status::OK;
  };
  const auto client = server.MakeClient();
  const Sent run = SendAll(*client, 10, {.window = 3});
  EXPECT_TRUE(run.status.ok()) << run.status;
  EXPECT_EQ(run.acknowledged, Numbers(10));
  EXPECT_THAT(waited.all(), testing::Each(testing::Le(3u)));
}

TEST(ImportStream, ARefusedRunEndsWithTheServersReason) {
  ScriptedServer server;
  server.on_import = [](Stream& stream) {
    v1::ImportOrganizationsRequest batch;
    stream.Read(&batch);
    return Failure(grpc::StatusCode::FAILED_PRECONDITION, "older than what is known", "STALE_SOURCE");
  };
  const auto client = server.MakeClient();
  const Sent run = SendAll(*client, 20);
  EXPECT_EQ(ReasonOf(run.status), v1::ERROR_REASON_STALE_SOURCE);
  EXPECT_FALSE(UnknownOutcomeRequestId(run.status).has_value());
  EXPECT_TRUE(run.acknowledged.empty());
}

TEST(ImportStream, AfterAnErrorNothingMoreIsTaken) {
  ScriptedServer server;
  server.on_import = [](Stream&) {
    return Failure(grpc::StatusCode::PERMISSION_DENIED, "no", "ROLE_NOT_ALLOWED");
  };
  const auto client = server.MakeClient();
  const auto import = client->ImportOrganizations({.window = 1}, [](const auto&, const auto&) {});
  const absl::Status refused = import->Send(Batch("0"));
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(import->Send(Batch("1")), refused);
  EXPECT_EQ(import->Finish(), refused);
}

TEST(ImportStream, GivesUpWhereMendingNeverHelpsAndTellsWhatToRepeat) {
  ScriptedServer server;
  std::atomic<int> streams = 0;
  server.on_import = [&](Stream&) {
    ++streams;
    return Failure(grpc::StatusCode::UNAVAILABLE, "never");
  };
  const auto client = server.MakeClient();
  const Sent run = SendAll(*client, 4);
  EXPECT_EQ(run.status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(UnknownOutcomeRequestId(run.status), "0");
  EXPECT_EQ(streams, 6);
}

TEST(ImportStream, AnAnswerToAnotherBatchEndsTheRun) {
  ScriptedServer server;
  server.on_import = [](Stream& stream) {
    v1::ImportOrganizationsRequest batch;
    while (stream.Read(&batch)) Acknowledge(stream, "something else");
    return grpc::Status::OK;
  };
  const auto client = server.MakeClient();
  EXPECT_EQ(SendAll(*client, 1).status.code(), absl::StatusCode::kInternal);
}

TEST(ImportStream, LargeAnswersDoNotBlockLargeBatches) {
  ScriptedServer server;
  const std::string reason(2000, 'x');
  server.on_import = [&](Stream& stream) {
    v1::ImportOrganizationsRequest batch;
    while (stream.Read(&batch)) {
      v1::ImportOrganizationsResponse acknowledgement;
      acknowledgement.set_request_id(batch.request_id());
      for (int i = 0; i < 200; ++i) acknowledgement.add_results()->set_reason(reason);
      stream.Write(acknowledgement);
    }
    return grpc::Status::OK;
  };
  const auto client = server.MakeClient();
  std::vector<std::string> acknowledged;
  const auto import = client->ImportOrganizations({}, [&](const auto&, const auto& acknowledgement) {
    acknowledged.push_back(acknowledgement.request_id());
  });
  for (int i = 0; i < 30; ++i) {
    v1::ImportOrganizationsRequest batch = Batch(StrCat(i));
    for (int row = 0; row < 200; ++row) batch.add_organizations()->set_domicile(reason);
    ASSERT_TRUE(import->Send(std::move(batch)).ok());
  }
  ASSERT_TRUE(import->Finish().ok());
  EXPECT_EQ(acknowledged, Numbers(30));
}

}  // namespace
}  // namespace chengxin::client
