#include "engine/read_index.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"

namespace chengxin::engine {
namespace {

domain::Uscc Code(int number) {
  return domain::Uscc::WithChecks("52530102", absl::StrFormat("%08d", number)).value();
}

log::v1::Standing Plain(int number) {
  log::v1::Standing standing;
  standing.set_code(Code(number).ToString());
  standing.set_source("registry-kunming");
  standing.set_established_day(12'000 + number);
  standing.add_statuses()->set_status(v1::REGISTRATION_STATUS_ACTIVE);
  return standing;
}

TEST(ReadIndex, FindsWhatWasPutAndNothingElse) {
  ReadIndex index;
  for (int i = 0; i < 10'000; ++i) index.Put(Plain(i), /*revision=*/static_cast<uint64_t>(i) + 1);
  EXPECT_EQ(index.size(), 10'000u);
  domain::Standing standing;
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_TRUE(index.Find(Code(i), standing)) << i;
    EXPECT_EQ(standing.revision, static_cast<uint64_t>(i) + 1);
    EXPECT_EQ(standing.established_day, 12'000 + i);
    EXPECT_EQ(*standing.source, "registry-kunming");
    EXPECT_EQ(standing.details, nullptr);
  }
  EXPECT_FALSE(index.Find(Code(10'000), standing));
  EXPECT_FALSE(index.Contains(Code(10'000)));
}

TEST(ReadIndex, ALaterStandingReplacesTheEarlierAndItsMemory) {
  ReadIndex index;
  log::v1::Standing listed = Plain(1);
  log::v1::StandingFact& fact = *listed.add_facts();
  fact.set_ground("SER-04");
  fact.set_reference("listings/" + listed.code() + "-S1");
  index.Put(Plain(1), 1);
  const size_t plain = index.bytes();
  index.Put(listed, 2);
  EXPECT_GT(index.bytes(), plain);
  domain::Standing standing;
  ASSERT_TRUE(index.Find(Code(1), standing));
  ASSERT_NE(standing.details, nullptr);
  EXPECT_EQ(standing.details->facts.at(0).ground, "SER-04");
  index.Put(Plain(1), 3);
  EXPECT_EQ(index.bytes(), plain);
  EXPECT_EQ(index.size(), 1u);
  // The copy taken before is still whole.
  EXPECT_EQ(standing.details->facts.at(0).ground, "SER-04");
}

TEST(ReadIndex, InternedNamesAreOneString) {
  ReadIndex index;
  const std::string* first = index.Intern("registry-kunming");
  for (int i = 0; i < 1'000; ++i) index.Intern(absl::StrFormat("source-%d", i));
  EXPECT_EQ(index.Intern("registry-kunming"), first);
}

TEST(ReadIndex, ReadersSeeWholeStandingsWhileTheyAreReplaced) {
  ReadIndex index;
  for (int i = 0; i < 64; ++i) index.Put(Plain(i), 1);
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (uint64_t revision = 2; revision < 400; ++revision) {
      for (int i = 0; i < 64; ++i) {
        log::v1::Standing standing = Plain(i);
        // The fact names its own revision: a torn read would disagree with itself.
        standing.add_facts()->set_reference(
            absl::StrFormat("a reference of more than fifteen characters %d", revision));
        index.Put(standing, revision);
      }
    }
    stop = true;
  });
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r) {
    readers.emplace_back([&] {
      domain::Standing standing;
      for (int i = 0; !stop; i = (i + 1) % 64) {
        ASSERT_TRUE(index.Find(Code(i), standing));
        if (standing.details == nullptr) continue;
        EXPECT_TRUE(
            standing.details->facts.at(0).reference.ends_with(absl::StrFormat(" %d", standing.revision)));
      }
    });
  }
  writer.join();
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace chengxin::engine
