// The story of deploy/up, told with the real command line against the real server, twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/strings.h"
#include "tests/support/daemon.h"

namespace chengxin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Story : public ::testing::Test {
 protected:
  Story() {
    std::string pattern = (std::filesystem::temp_directory_path() / "chengxin-story-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    auto daemon = Daemon::Start(folder_ + "/data");
    if (!daemon.ok()) ADD_FAILURE() << daemon.status();
    if (daemon.ok()) daemon_ = *std::move(daemon);
  }
  ~Story() override {
    daemon_.reset();
    std::filesystem::remove_all(folder_);
  }

  Ended Tell() {
    auto story = Process::Start(
        "/usr/bin/env",
        {StrCat("CHENGXIN_BIN=", CHENGXIN_BIN_DIR), StrCat("CHENGXIN_VAR=", folder_),
         StrCat("CHENGXIN_SERVER=127.0.0.1:", daemon_->port()), "bash", CHENGXIN_SOURCE_DIR "/deploy/story"});
    EXPECT_TRUE(story.ok()) << story.status();
    return story.ok() ? (*story)->Wait() : Ended{};
  }

  // What the list says at the end of a telling.
  static std::string ListIn(const std::string& output) {
    const size_t start = output.find("$ chengxin listing list");
    const size_t end = output.rfind("版本 (revision)");
    return start == std::string::npos || end == std::string::npos ? "" : output.substr(start, end - start);
  }

  std::string folder_;
  std::unique_ptr<Daemon> daemon_;
};

// Each step checks the exit code of the command line, and so the verdict; what is left to see is what it
// said.
TEST_F(Story, GoesFromARegistryToAnswersAndChangesNothingTwice) {
  ASSERT_NE(daemon_, nullptr);
  const Ended first = Tell();
  ASSERT_EQ(first.exit_code, 0) << first.output << first.errors;
  EXPECT_THAT(first.output, HasSubstr("新增 5000，"));
  for (const char* said : {"不得选择 INELIGIBLE", "可以选择 ELIGIBLE", "需审查 REVIEW", "无法确认 UNKNOWN",
                           "SER-04", "ABN-05"}) {
    EXPECT_THAT(first.output, HasSubstr(said));
  }

  const Ended second = Tell();
  ASSERT_EQ(second.exit_code, 0) << second.output << second.errors;
  EXPECT_THAT(second.output, HasSubstr("新增 0，更新 0，未变 5000"));
  EXPECT_THAT(second.output, Not(HasSubstr("新增 5000，")));
  EXPECT_NE(ListIn(first.output), "");
  EXPECT_EQ(ListIn(second.output), ListIn(first.output));
}

}  // namespace
}  // namespace chengxin
