// The stories of deploy/up, told with the real command line against the real server, twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

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
    MakeCredentials();
    const std::string files = folder_ + "/credentials/";
    auto daemon = Daemon::Start(
        folder_ + "/data",
        {"--authentication", "tls", "--certificate-file", files + "server.crt", "--key-file",
         files + "server.key", "--client-authorities-file", files + "ca.crt", "--principals-file",
         files + "principals.txtpb", "--sealing-keys-file", folder_ + "/sealing-keys.txtpb"});
    if (!daemon.ok()) ADD_FAILURE() << daemon.status();
    if (daemon.ok()) daemon_ = *std::move(daemon);
  }
  ~Story() override {
    daemon_.reset();
    std::filesystem::remove_all(folder_);
  }

  static void Succeed(const std::string& program, const std::vector<std::string>& arguments) {
    auto process = Process::Start(program, arguments);
    ASSERT_TRUE(process.ok()) << process.status();
    const Ended ended = (*process)->Wait();
    ASSERT_EQ(ended.exit_code, 0) << ended.output << ended.errors;
  }

  // As deploy/up does: a key, and a certificate or token for each caller.
  void MakeCredentials() {
    const std::string bin = CHENGXIN_BIN_DIR;
    Succeed(bin + "/chengxind", {"--new-sealing-key", folder_ + "/sealing-keys.txtpb"});
    Succeed(bin + "/chengxin-sample", {"--count", "5000", "--seed", "1", "--output", folder_ + "/sample"});
    Succeed("/usr/bin/env", {"CHENGXIN_BIN=" + bin, "bash", CHENGXIN_SOURCE_DIR "/deploy/story-credentials",
                             folder_ + "/credentials", folder_ + "/sample/story.txt"});
  }

  Ended Tell() {
    auto story = Process::Start("/usr/bin/env",
                                {StrCat("CHENGXIN_BIN=", CHENGXIN_BIN_DIR), StrCat("CHENGXIN_VAR=", folder_),
                                 StrCat("CHENGXIN_SERVER=127.0.0.1:", daemon_->port()),
                                 StrCat("CHENGXIN_CREDENTIALS=", folder_, "/credentials"), "bash",
                                 CHENGXIN_SOURCE_DIR "/deploy/story"});
    EXPECT_TRUE(story.ok()) << story.status();
    return story.ok() ? (*story)->Wait() : Ended{};
  }

  // The law's course, on a server and a simulated clock of its own.
  Ended TellCourse() {
    auto story = Process::Start("/usr/bin/env",
                                {StrCat("CHENGXIN_BIN=", CHENGXIN_BIN_DIR), StrCat("CHENGXIN_VAR=", folder_),
                                 StrCat("CHENGXIN_CREDENTIALS=", folder_, "/credentials"), "bash",
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
