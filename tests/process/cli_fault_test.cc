// What goes wrong is said once, plainly, and with an exit code that scripts can rely on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/process/command_line.h"

namespace chengxin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Faults : public CommandLine {};

// How often a text holds another.
int CountOf(const std::string& text, std::string_view part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_F(Faults, BytesThatAreNoTextNameTheFlagAndLeakNoLogLines) {
  const Ended check = Check(CodeOf("MJT00001"), {"--require-qualification", "\xFF\xFE"});
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.errors, HasSubstr("require-qualification: 不是UTF-8文本"));
  EXPECT_THAT(check.errors, Not(HasSubstr("protobuf")));
}

TEST_F(Faults, APermanentRefusalIsSaidOnceAndAdvisesNoRerun) {
  const std::string path = Write("forbidden.jsonl", "{}\n");
  const Ended import =
      Run({"--as", "audit", "import", "organizations", path, "--source", "registry-kunming"});
  EXPECT_EQ(import.exit_code, 3) << import.errors;
  EXPECT_THAT(import.errors, HasSubstr("ROLE_NOT_ALLOWED"));
  EXPECT_THAT(import.output + import.errors, Not(HasSubstr("再次运行")));
  EXPECT_EQ(CountOf(import.output + import.errors, "导入没有完成"), 1);
}

TEST_F(Faults, AnImportWhoseRowsAreAllRejectedEndsWithSix) {
  const std::string path = Write(
      "bad.jsonl", R"({"code":"5253","display_name":"坏行","registration_authority":"authorities/km-wuhua",)"
                   R"("status":"REGISTRATION_STATUS_ACTIVE","established_on":"2015-03-01"})"
                   "\n");
  const Ended import = Run({"--as", "sync:registry-kunming", "import", "organizations", path, "--source",
                            "registry-kunming", "--partial"});
  EXPECT_EQ(import.exit_code, 6) << import.errors << import.output;
  EXPECT_THAT(import.output, HasSubstr("读取 1 行：采用 0 行"));
  EXPECT_THAT(import.output, HasSubstr("退回 1 行"));
}

TEST_F(Faults, TheRejectsDoNotReplaceTheFile) {
  const std::string path = Write("kept.jsonl", "not json\n");
  const Ended import = Run({"--as", "sync:registry-kunming", "import", "organizations", path, "--source",
                            "registry-kunming", "--rejects", path});
  EXPECT_EQ(import.exit_code, 2) << import.errors;
  EXPECT_THAT(import.errors, HasSubstr("退回文件不能是所导入的文件"));
}

TEST_F(Faults, AMissingFileIsWrongUsage) {
  EXPECT_EQ(Run({"--as", "sync:credit-records", "import", "records", folder_ + "/none.csv", "--source",
                 "credit-records"})
                .exit_code,
            2);
}

TEST_F(Faults, ACursorPastTheLogIsNotAdvised) {
  const Ended watch = Run({"listing", "watch", "--resume", "999999999"});
  EXPECT_EQ(watch.exit_code, 2) << watch.errors;
  EXPECT_THAT(watch.errors, HasSubstr("CURSOR_OUT_OF_RANGE"));
  EXPECT_THAT(watch.errors, Not(HasSubstr("--resume")));
}

TEST_F(Faults, AnInstantInTheFutureIsToldInChineseFirst) {
  const Ended check = Check(CodeOf("MJT00001"), {"--as-of", "2150-01-01 00:00"});
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.errors, HasSubstr("as_of.instant: 晚于现在"));
}

TEST_F(Faults, AListThatFailsShowsNoHeading) {
  const Ended list = Run({"record", "list", CodeOf("MJT00001")});
  EXPECT_EQ(list.exit_code, 3) << list.errors;
  EXPECT_THAT(list.output, IsEmpty());
}

TEST_F(Faults, ASecondServerOnTheSameFolderIsToldWhy) {
  const auto second = Daemon::Start(folder_ + "/data");
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("数据文件夹正由另一个进程使用"));
}

}  // namespace
}  // namespace chengxin
