// kill -9 in the middle of an import, again and again, against an oracle of what was acknowledged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "base/strings.h"
#include "tests/process/office.h"
#include "tests/support/daemon.h"
#include "tests/support/world.h"

namespace chengxin {
namespace {

constexpr int kRounds = 5;
constexpr int kBatchesOfARound = 40;
constexpr int kRowsOfABatch = 25;
// Batches sent ahead of their acknowledgements.
constexpr int kAhead = 8;

// One run of the registry: its batches, in order.
std::vector<v1::ImportOrganizationsRequest> MakeRun(int round, absl::Time as_of) {
  std::vector<v1::ImportOrganizationsRequest> batches;
  int number = round * kBatchesOfARound * kRowsOfABatch;
  for (int batch = 0; batch < kBatchesOfARound; ++batch) {
    std::vector<v1::Organization> rows;
    for (int row = 0; row < kRowsOfABatch; ++row) rows.push_back(World::OrganizationOf(++number));
    batches.push_back(Office::Batch(as_of, StrCat("round ", round, " batch ", batch), std::move(rows)));
  }
  return batches;
}

// One import stream that sends kAhead batches ahead and no more, so that an import of which `n` batches are
// acknowledged has sent n + kAhead at most.
class ImportRun {
 public:
  ImportRun(Office& office, const std::vector<v1::ImportOrganizationsRequest>& batches) : batches_(batches) {
    As(context_, "sync:registry-kunming");
    stream_ = office.organizations().ImportOrganizations(&context_);
    for (int i = 0; i < kAhead; ++i) SendNext();
  }
  // Waits for one more acknowledgement and sends one more batch. False where the stream broke or is complete.
  bool Advance() {
    v1::ImportOrganizationsResponse response;
    if (!stream_->Read(&response)) return false;
    EXPECT_EQ(response.request_id(), batches_[acknowledged_].request_id());
    EXPECT_EQ(response.results_size(), kRowsOfABatch);
    for (const v1::ImportResult& result : response.results()) {
      EXPECT_NE(result.outcome(), v1::IMPORT_OUTCOME_REJECTED) << result.field() << ": " << result.reason();
    }
    ++acknowledged_;
    SendNext();
    return true;
  }
  size_t acknowledged() const { return acknowledged_; }
  size_t sent() const { return sent_; }
  grpc::Status Finish() { return stream_->Finish(); }

 private:
  void SendNext() {
    if (sent_ < batches_.size() && stream_->Write(batches_[sent_])) {
      if (++sent_ == batches_.size()) stream_->WritesDone();
    }
  }

  const std::vector<v1::ImportOrganizationsRequest>& batches_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>>
      stream_;
  size_t sent_ = 0;
  size_t acknowledged_ = 0;
};

class Killing : public testing::Test {
 protected:
  void Start() {
    office_.reset();
    daemon_.reset();
    auto daemon = Daemon::Start(folder_.data());
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    daemon_ = *std::move(daemon);
    office_ = std::make_unique<Office>(*daemon_);
  }
  std::set<std::string> Stored() {
    const auto codes = office_->AllCodes();
    EXPECT_TRUE(codes.ok()) << codes.status();
    return codes.ok() ? std::set<std::string>(codes->begin(), codes->end()) : std::set<std::string>();
  }

  TestFolder folder_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<Office> office_;
};

// Rows of the batch that are stored.
int CountStored(const v1::ImportOrganizationsRequest& batch, const std::set<std::string>& stored) {
  int count = 0;
  for (const v1::Organization& row : batch.organizations()) count += stored.contains(row.code()) ? 1 : 0;
  return count;
}

TEST_F(Killing, EveryAcknowledgedRowIsThereAndARerunCompletesTheImport) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  // So late at most that the import cannot have been sent to its end.
  std::uniform_int_distribution<size_t> when(1, kBatchesOfARound - kAhead - 1);
  Start();
  ASSERT_TRUE(office_->ActivateCatalogue().ok());

  int killed_in_the_middle = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<v1::ImportOrganizationsRequest> batches = MakeRun(round, absl::Now());
    size_t acknowledged = 0;
    {
      ImportRun run(*office_, batches);
      const size_t kill_after = when(random);
      while (run.acknowledged() < kill_after) ASSERT_TRUE(run.Advance()) << run.Finish().error_message();
      const Ended ended = daemon_->Kill();
      // Acknowledgements that were on their way count: the caller may have acted on them.
      while (run.Advance()) {
      }
      acknowledged = run.acknowledged();
      killed_in_the_middle += ended.signal == SIGKILL && run.sent() < batches.size() && !run.Finish().ok();
    }

    Start();
    const std::set<std::string> stored = Stored();
    for (size_t i = 0; i < batches.size(); ++i) {
      const int rows = CountStored(batches[i], stored);
      if (i < acknowledged) {
        EXPECT_EQ(rows, kRowsOfABatch) << "batch " << i << " was acknowledged";
      } else {
        EXPECT_TRUE(rows == 0 || rows == kRowsOfABatch) << "batch " << i << " is there by half: " << rows;
      }
    }

    ImportRun rerun(*office_, batches);
    while (rerun.Advance()) {
    }
    EXPECT_TRUE(rerun.Finish().ok());
    EXPECT_EQ(rerun.acknowledged(), batches.size());
    EXPECT_EQ(Stored().size(), static_cast<size_t>((round + 1) * kBatchesOfARound * kRowsOfABatch));
  }
  EXPECT_EQ(killed_in_the_middle, kRounds) << "the kills must hit a running import, or nothing was tested";

  office_.reset();
  EXPECT_EQ(daemon_->Stop().exit_code, 0);
  const Ended verified = Daemon::Run({"--verify", "--data-folder", folder_.data()});
  EXPECT_EQ(verified.exit_code, 0) << verified.output << verified.errors;
}

// The same batches must not be told apart from new ones by whoever counts Changes.
TEST_F(Killing, ARerunOfWhatWasDurableAddsNoChange) {
  Start();
  ASSERT_TRUE(office_->ActivateCatalogue().ok());
  const std::vector<v1::ImportOrganizationsRequest> batches = MakeRun(0, absl::Now());
  {
    ImportRun run(*office_, batches);
    while (run.Advance()) {
    }
    ASSERT_TRUE(run.Finish().ok());
  }
  const auto before = office_->Status();
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_EQ(daemon_->Kill().signal, SIGKILL);
  Start();
  ImportRun rerun(*office_, batches);
  while (rerun.Advance()) {
  }
  EXPECT_TRUE(rerun.Finish().ok());
  const auto after = office_->Status();
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->revision(), before->revision());
}

}  // namespace
}  // namespace chengxin
