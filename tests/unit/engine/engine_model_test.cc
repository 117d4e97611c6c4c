// Random commands against an oracle of maps: whatever is done, in whatever order, with restarts in between,
// every answer, now and as of any earlier instant, is the oracle's; a follower of the feed holds exactly the
// published list; and folding the log again gives the stored state byte by byte.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "storage/store.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

constexpr int kOrganizations = 30;

struct OracleOrganization {
  bool registered = false;
  bool cancelled = false;
  bool abnormal = false;
  bool severe = false;
  int small_fines = 0;
  bool operator==(const OracleOrganization&) const = default;
};
using Oracle = std::map<int, OracleOrganization>;

v1::Verdict Expected(const OracleOrganization& organization) {
  if (!organization.registered || organization.cancelled || organization.severe)
    return v1::VERDICT_INELIGIBLE;
  return organization.abnormal ? v1::VERDICT_REVIEW : v1::VERDICT_ELIGIBLE;
}

class Model {
 public:
  explicit Model(uint32_t seed) : random_(seed) {}

  void Run(int steps) {
    for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
      SCOPED_TRACE(testing::Message() << "step " << step);
      Step();
      world_.clock().Advance(absl::Milliseconds(1 + Pick(1'000)));
      // Sources age as days pass; these answers are to rest on fresh ones.
      if (step % 40 == 39) Remember();
    }
    CompareAll();
    Follow();
    world_.Close();
    const absl::Status verified = storage::Verify({.folder = world_.folder() + "/data"},
                                                  world_.folder() + "/scratch", [](uint64_t, uint64_t) {});
    EXPECT_TRUE(verified.ok()) << verified;
  }

 private:
  int Pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

  void Step() {
    const int number = Pick(kOrganizations);
    OracleOrganization& organization = oracle_[number];
    switch (Pick(10)) {
      case 0:
      case 1:
      case 2:
        world_.Register(number);
        // Lists read before the platform knew of it may have left it out.
        world_.RefreshSources();
        organization.registered = true;
        organization.cancelled = false;
        break;
      case 3:
        Cancel(number, organization);
        break;
      case 4:
      case 5:
      case 6:
        SmallFine(number, organization);
        break;
      case 7:
        LargeFine(number, organization);
        break;
      case 8:
        Follow();
        break;
      case 9:
        if (Pick(4) == 0) world_.Restart();
        break;
    }
    EXPECT_EQ(world_.VerdictOf(World::CodeOf(number)), Expected(organization)) << "organization " << number;
  }

  void Cancel(int number, OracleOrganization& organization) {
    if (!organization.registered) return;
    v1::Organization row = World::OrganizationOf(number);
    row.set_status(v1::REGISTRATION_STATUS_CANCELLED);
    row.set_status_since("2026-11-24");
    ASSERT_TRUE(world_.Import({row}).ok());
    organization.cancelled = true;
  }

  void SmallFine(int number, OracleOrganization& organization) {
    const std::string ground = organization.small_fines == 0 ? "ABN-05" : "SER-05";
    const auto done = world_.Penalize(World::CodeOf(number), 1 + Pick(4'999'999), ground);
    const bool possible = organization.registered && !organization.cancelled;
    ASSERT_EQ(done.ok(), possible) << done.status();
    if (!possible) return;
    organization.small_fines++;
    if (ground == "ABN-05") {
      organization.abnormal = true;
    } else {
      organization.severe = true;
      organization.abnormal = false;
    }
  }

  void LargeFine(int number, OracleOrganization& organization) {
    const auto done = world_.Penalize(World::CodeOf(number), 5'000'000 + Pick(1'000'000), "SER-04");
    const bool possible = organization.registered && !organization.cancelled;
    ASSERT_EQ(done.ok(), possible) << done.status();
    if (possible) organization.severe = true;
  }

  void Remember() {
    past_.emplace_back(world_.clock().Now(), oracle_);
    world_.clock().Advance(absl::Nanoseconds(1));
  }

  // Every organization, now and at every remembered instant.
  void CompareAll() {
    for (int number = 0; number < kOrganizations; ++number) {
      EXPECT_EQ(world_.VerdictOf(World::CodeOf(number)), Expected(oracle_[number]))
          << "organization " << number;
      for (auto& [instant, oracle] : past_) {
        EXPECT_EQ(world_.VerdictOf(World::CodeOf(number), instant), Expected(oracle[number]))
            << "organization " << number << " as of " << absl::FormatTime(instant);
      }
    }
  }

  // Reads the feed on from the cursor and compares the followed list with the oracle's.
  void Follow() {
    for (;;) {
      const auto batch = world_.engine().feed().ReadAfter({}, cursor_, 1 + static_cast<size_t>(Pick(20)));
      ASSERT_TRUE(batch.ok()) << batch.status();
      for (const auto& event : batch->events) {
        v1::WatchListingsResponse message;
        ASSERT_TRUE(message.ParseFromString(event->bytes));
        if (message.kind() == v1::WATCH_EVENT_KIND_ENTRY) {
          followed_.insert({message.listing().organization_code(), message.listing().list()});
        } else {
          followed_.erase({message.listing().organization_code(), message.listing().list()});
        }
      }
      if (batch->revision == cursor_) break;
      cursor_ = batch->revision;
    }
    std::set<std::pair<std::string, v1::ListKind>> expected;
    for (const auto& [number, organization] : oracle_) {
      const std::string code = World::CodeOf(number).ToString();
      if (organization.abnormal) expected.insert({code, v1::LIST_KIND_ABNORMAL});
      if (organization.severe) expected.insert({code, v1::LIST_KIND_SEVERE});
    }
    EXPECT_EQ(followed_, expected);
    EXPECT_EQ(world_.engine().Stats().abnormal_listings + world_.engine().Stats().severe_listings,
              static_cast<int64_t>(expected.size()));
  }

  std::mt19937 random_;
  // A small ring, so that followers often come too late for it.
  World world_{EngineOptions{.queue_capacity = 64, .group_capacity = 16, .feed_capacity = 8}};
  Oracle oracle_;
  std::vector<std::pair<absl::Time, Oracle>> past_;
  uint64_t cursor_ = 0;
  std::set<std::pair<std::string, v1::ListKind>> followed_;
};

TEST(EngineModel, AnyCourseOfCommandsAgreesWithTheOracle) {
  const uint32_t first = std::random_device{}();
  for (uint32_t seed : {1u, 2u, first}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Model(seed).Run(400);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace chengxin::engine
