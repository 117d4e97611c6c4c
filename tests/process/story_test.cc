// The stories of deploy/up, told with the real command line against the real server, twice.
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

  // The law's course, on a server and a simulated clock of its own.
  Ended TellCourse() {
    auto story = Process::Start(
        "/usr/bin/env", {StrCat("CHENGXIN_BIN=", CHENGXIN_BIN_DIR), StrCat("CHENGXIN_VAR=", folder_), "bash",
                         CHENGXIN_SOURCE_DIR "/deploy/story-course"});
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

// Rules 14 to 23, 31, 34, 35, 41 to 43, 46 and 59: each step checks the exit code, and the story itself that
// the old answers and the old receipt are the same in the end.
TEST_F(Story, GoesFromAPurchasersReportOverTwoYearsToTheRemoval) {
  const Ended told = TellCourse();
  ASSERT_EQ(told.exit_code, 0) << told.output << told.errors;
  // In this order.
  size_t at = 0;
  for (const char* said : {"查询记录", "履行中", "SYNCED", "购买主体通报", "已受理", "已告知",
                           "STATEMENT_PERIOD_RUNS", "已决定", "警示 ALERT", "不得选择 INELIGIBLE",
                           "MINIMUM_PERIOD_RUNS", "同意", "可以选择 ELIGIBLE", "查询记录"}) {
    at = told.output.find(said, at);
    ASSERT_NE(at, std::string::npos) << said << " is missing or too early in\n" << told.output;
  }
}

}  // namespace
}  // namespace chengxin
