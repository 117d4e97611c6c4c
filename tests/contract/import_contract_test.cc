// Imports over real gRPC streams.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "domain/timestamps.h"
#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using testing::Each;
using testing::ElementsAre;

// One run of an import.
class ImportRun {
 public:
  ImportRun(ServedWorld& served, std::string_view who) {
    ServedWorld::SpeakAs(who, context_);
    stream_ = served.organizations().ImportOrganizations(&context_);
  }
  bool Send(const v1::ImportOrganizationsRequest& batch) { return stream_->Write(batch); }
  bool Receive(v1::ImportOrganizationsResponse& response) { return stream_->Read(&response); }
  // Sends nothing more and answers the stream's status.
  grpc::Status End() {
    stream_->WritesDone();
    v1::ImportOrganizationsResponse rest;
    while (stream_->Read(&rest)) {
    }
    return stream_->Finish();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>>
      stream_;
};

class ImportContract : public testing::Test {
 protected:
  v1::ImportOrganizationsRequest Batch(int first, int count) {
    v1::ImportOrganizationsRequest batch;
    batch.set_source("sources/registry-kunming");
    domain::SetTimestamp(served_.world().clock().Now(), *batch.mutable_source_as_of());
    batch.set_request_id(absl::StrFormat("batch-%d", first));
    for (int number = first; number < first + count; ++number)
      *batch.add_organizations() = World::OrganizationOf(number);
    return batch;
  }
  std::vector<v1::ImportOutcome> Outcomes(const v1::ImportOrganizationsResponse& response) {
    std::vector<v1::ImportOutcome> outcomes;
    for (const auto& result : response.results()) outcomes.push_back(result.outcome());
    return outcomes;
  }

  ServedWorld served_;
};

TEST_F(ImportContract, BatchesAreAcknowledgedInOrderWhenDurable) {
  ImportRun run(served_, "sync:registry-kunming");
  constexpr int kBatches = 20;
  for (int i = 0; i < kBatches; ++i) ASSERT_TRUE(run.Send(Batch(1 + 10 * i, 10)));
  uint64_t last = 0;
  for (int i = 0; i < kBatches; ++i) {
    v1::ImportOrganizationsResponse response;
    ASSERT_TRUE(run.Receive(response)) << i;
    EXPECT_EQ(response.request_id(), absl::StrFormat("batch-%d", 1 + 10 * i));
    EXPECT_THAT(Outcomes(response), Each(v1::IMPORT_OUTCOME_CREATED));
    EXPECT_GT(response.revision(), last);
    last = response.revision();
    EXPECT_TRUE(served_.engine().Knows(World::CodeOf(10 + 10 * i))) << "acknowledged and not visible";
  }
  EXPECT_TRUE(run.End().ok());
  EXPECT_EQ(served_.engine().Stats().organizations, 10u * kBatches);
}

// Several batches are on their way at once; what came later still stands later.
TEST_F(ImportContract, OfManyBatchesWithTheSameRowTheLastOneStands) {
  ImportRun run(served_, "sync:registry-kunming");
  constexpr int kBatches = 300;
  std::thread sending([&] {
    for (int i = 1; i <= kBatches; ++i) {
      v1::ImportOrganizationsRequest batch = Batch(1, 1);
      batch.set_request_id(absl::StrFormat("version-%d", i));
      batch.mutable_organizations(0)->set_display_name(absl::StrFormat("第%d次更名的服务中心（样例）", i));
      EXPECT_TRUE(run.Send(batch));
    }
  });
  uint64_t last = 0;
  for (int i = 1; i <= kBatches; ++i) {
    v1::ImportOrganizationsResponse response;
    if (!run.Receive(response)) {
      ADD_FAILURE() << "the stream ended at " << i;
      break;
    }
    EXPECT_EQ(response.request_id(), absl::StrFormat("version-%d", i));
    EXPECT_GT(response.revision(), last) << i;
    last = response.revision();
  }
  sending.join();
  EXPECT_TRUE(run.End().ok());
  const auto organization = served_.engine().store().FindOrganization(
      World::CodeOf(1).ToString(), storage::kNewest, storage::Sealed::kLeaveOut);
  ASSERT_TRUE(organization.ok() && organization->has_value());
  EXPECT_EQ((*organization)->display_name(), absl::StrFormat("第%d次更名的服务中心（样例）", kBatches));
}

TEST_F(ImportContract, SendingABatchAgainChangesNothingTwice) {
  ImportRun run(served_, "sync:registry-kunming");
  v1::ImportOrganizationsResponse first;
  v1::ImportOrganizationsResponse again;
  ASSERT_TRUE(run.Send(Batch(1, 3)));
  ASSERT_TRUE(run.Send(Batch(1, 3)));
  ASSERT_TRUE(run.Receive(first));
  ASSERT_TRUE(run.Receive(again));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  // The same rows under another identifier are known already.
  v1::ImportOrganizationsRequest other = Batch(1, 3);
  other.set_request_id("another");
  v1::ImportOrganizationsResponse unchanged;
  ASSERT_TRUE(run.Send(other));
  ASSERT_TRUE(run.Receive(unchanged));
  EXPECT_THAT(Outcomes(unchanged), Each(v1::IMPORT_OUTCOME_UNCHANGED));
  EXPECT_TRUE(run.End().ok());
}

TEST_F(ImportContract, ABadRowIsToldAndTheOthersGoOn) {
  v1::ImportOrganizationsRequest batch = Batch(1, 4);
  batch.mutable_organizations(1)->set_code("52530102MJT00002XX");
  batch.mutable_organizations(2)->set_registration_authority("authorities/atlantis");
  ImportRun run(served_, "sync:registry-kunming");
  ASSERT_TRUE(run.Send(batch));
  v1::ImportOrganizationsResponse response;
  ASSERT_TRUE(run.Receive(response));
  EXPECT_THAT(Outcomes(response), ElementsAre(v1::IMPORT_OUTCOME_CREATED, v1::IMPORT_OUTCOME_REJECTED,
                                              v1::IMPORT_OUTCOME_REJECTED, v1::IMPORT_OUTCOME_CREATED));
  EXPECT_EQ(response.results(1).field(), "code");
  EXPECT_NE(response.results(1).reason(), "");
  EXPECT_EQ(response.results(2).field(), "registration_authority");
  EXPECT_EQ(response.results(3).field(), "");
  EXPECT_TRUE(run.End().ok());
}

TEST_F(ImportContract, TheEndOfACompleteRunMakesTheSourceFresh) {
  served_.world().clock().Advance(absl::Hours(24 * 365));
  served_.world().Register(1);
  EXPECT_EQ(served_.world().VerdictOf(World::CodeOf(1)), v1::VERDICT_UNKNOWN) << "the sources are stale";
  v1::ImportOrganizationsRequest end = Batch(1, 0);
  end.set_end_of_run(true);
  end.set_complete(true);
  ImportRun run(served_, "sync:registry-kunming");
  ASSERT_TRUE(run.Send(end));
  v1::ImportOrganizationsResponse response;
  ASSERT_TRUE(run.Receive(response));
  EXPECT_TRUE(run.End().ok());
  v1::GetStatusRequest request;
  const auto status =
      ServedWorld::Ask("public", served_.admin(), &v1::AdminService::Stub::GetStatus, request);
  for (const auto& source : status.response.sources()) {
    if (source.source() == "sources/registry-kunming") {
      EXPECT_FALSE(source.stale());
    } else if (source.source() == "sources/court-defaulters") {
      EXPECT_TRUE(source.stale());
    }
  }
}

TEST_F(ImportContract, ABatchHoldsAThousandRowsAndNotOneMore) {
  ImportRun full(served_, "sync:registry-kunming");
  ASSERT_TRUE(full.Send(Batch(1, 1'000)));
  v1::ImportOrganizationsResponse response;
  ASSERT_TRUE(full.Receive(response));
  EXPECT_EQ(response.results_size(), 1'000);
  EXPECT_TRUE(full.End().ok());

  ImportRun over(served_, "sync:registry-kunming");
  ASSERT_TRUE(over.Send(Batch(2'001, 1'001)));
  const grpc::Status status = over.End();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(status), ElementsAre("organizations"));
  EXPECT_THAT(status.error_message(), testing::HasSubstr("1000"));
  EXPECT_FALSE(served_.engine().Knows(World::CodeOf(2'001)));
}

TEST_F(ImportContract, ARefusedBatchEndsTheStreamAfterWhatCameBefore) {
  v1::ImportOrganizationsRequest wrong = Batch(11, 1);
  wrong.set_source("sources/atlantis");
  ImportRun run(served_, "sync:registry-kunming");
  ASSERT_TRUE(run.Send(Batch(1, 1)));
  ASSERT_TRUE(run.Send(wrong));
  v1::ImportOrganizationsResponse response;
  ASSERT_TRUE(run.Receive(response));
  EXPECT_EQ(response.request_id(), "batch-1");
  EXPECT_FALSE(run.Receive(response));
  const grpc::Status status = run.End();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(status), "UNKNOWN_SOURCE");
  EXPECT_TRUE(served_.engine().Knows(World::CodeOf(1)));
  EXPECT_FALSE(served_.engine().Knows(World::CodeOf(11)));
}

TEST_F(ImportContract, ASourceIsNotReadBackwards) {
  v1::ImportOrganizationsRequest old = Batch(1, 1);
  domain::SetTimestamp(served_.world().clock().Now() - absl::Hours(1), *old.mutable_source_as_of());
  ImportRun run(served_, "sync:registry-kunming");
  ASSERT_TRUE(run.Send(old));
  const grpc::Status status = run.End();
  EXPECT_EQ(ReasonOf(status), "STALE_SOURCE");
  EXPECT_NE(MetadataOf(status, "known_as_of"), "");
}

TEST_F(ImportContract, Rule61OnlyThoseWhoDeliverMayImport) {
  for (const std::string_view who : {"public", "purchaser:km-culture", "audit", "finance:km", "admin"}) {
    ImportRun run(served_, who);
    run.Send(Batch(1, 1));
    const grpc::Status status = run.End();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    EXPECT_EQ(ReasonOf(status), "ROLE_NOT_ALLOWED") << who;
  }
  EXPECT_EQ(served_.engine().Stats().organizations, 0u);
}

TEST_F(ImportContract, AClientThatGoesAwayLeavesWhatWasAcknowledged) {
  {
    grpc::ClientContext context;
    ServedWorld::SpeakAs("sync:registry-kunming", context);
    const auto stream = served_.organizations().ImportOrganizations(&context);
    ASSERT_TRUE(stream->Write(Batch(1, 1)));
    v1::ImportOrganizationsResponse response;
    ASSERT_TRUE(stream->Read(&response));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_TRUE(served_.engine().Knows(World::CodeOf(1)));
  ImportRun next(served_, "sync:registry-kunming");
  ASSERT_TRUE(next.Send(Batch(2, 1)));
  EXPECT_TRUE(next.End().ok());
}

TEST_F(ImportContract, WhileTheServerStopsNoImportStarts) {
  served_.services().Stop();
  ImportRun run(served_, "sync:registry-kunming");
  run.Send(Batch(1, 1));
  const grpc::Status status = run.End();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "SHUTTING_DOWN");
}

TEST_F(ImportContract, RecordsAreImportedRowByRowAndNeverList) {
  served_.world().Register(1);
  v1::ImportRecordsRequest batch;
  batch.set_source("sources/credit-records");
  domain::SetTimestamp(served_.world().clock().Now(), *batch.mutable_source_as_of());
  batch.set_request_id("records-1");
  v1::ImportRecord& good = *batch.add_records();
  good.set_organization_code(World::CodeOf(1).ToString());
  *good.mutable_record() = served_.world().PenaltyRequest(World::CodeOf(1), 5'000'000, "").record();
  v1::ImportRecord& unknown = *batch.add_records();
  unknown.set_organization_code(World::CodeOf(9).ToString());
  *unknown.mutable_record() = good.record();

  grpc::ClientContext context;
  ServedWorld::SpeakAs("sync:credit-records", context);
  const auto stream = served_.records().ImportRecords(&context);
  ASSERT_TRUE(stream->Write(batch));
  v1::ImportRecordsResponse response;
  ASSERT_TRUE(stream->Read(&response)) << stream->Finish().error_message();
  ASSERT_EQ(response.results_size(), 2);
  EXPECT_EQ(response.results(0).outcome(), v1::IMPORT_OUTCOME_CREATED) << response.ShortDebugString();
  EXPECT_EQ(response.results(1).outcome(), v1::IMPORT_OUTCOME_REJECTED);
  EXPECT_EQ(response.results(1).field(), "organization_code");
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(served_.engine().Stats().severe_listings, 0);
}

TEST_F(ImportContract, AStreamThatWaitsForItsClientIsToldAtOnceThatTheServerStops) {
  ImportRun run(served_, "sync:registry-kunming");
  ASSERT_TRUE(run.Send(Batch(1, 1)));
  v1::ImportOrganizationsResponse response;
  ASSERT_TRUE(run.Receive(response));
  served_.services().Stop();
  EXPECT_FALSE(run.Receive(response)) << "without another word from the client";
  const grpc::Status ended = run.End();
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(ended), "SHUTTING_DOWN");
}

}  // namespace
}  // namespace chengxin
