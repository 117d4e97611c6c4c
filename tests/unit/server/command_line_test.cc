#include "server/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "chengxin/config/v1/principals.pb.h"
#include "server/message_text.h"
#include "storage/digest.h"

namespace chengxin::server {
namespace {

using testing::HasSubstr;

absl::StatusOr<CommandLine> Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "chengxind");
  return ParseCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

// A configuration file that goes with the test.
class FileOnDisk {
 public:
  explicit FileOnDisk(const std::string& text) {
    path_ = (std::filesystem::temp_directory_path() / "chengxin-config-XXXXXX").string();
    const int file = ::mkstemp(path_.data());
    EXPECT_GE(file, 0);
    ::close(file);
    std::ofstream(path_) << text;
  }
  ~FileOnDisk() { std::filesystem::remove(path_); }
  const char* path() const { return path_.c_str(); }

 private:
  std::string path_;
};

TEST(CommandLine, FlagsAreEnoughWithoutAFile) {
  const auto line = Parse({"--data-folder", "data", "--authentication", "development"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->action, CommandLine::Action::kServe);
  EXPECT_EQ(line->config.data_folder(), "data");
  EXPECT_EQ(line->config.listen_address(), "127.0.0.1:7400");
}

TEST(CommandLine, FlagsStandOverTheFile) {
  const FileOnDisk file(
      "data_folder: \"from-file\"\nauthentication: AUTHENTICATION_MODE_DEVELOPMENT\ncommand_queue: 7\n"
      "metrics_address: \"127.0.0.1:7401\"\n");
  const auto line = Parse({"--config", file.path(), "--data-folder", "from-flag", "--metrics-address", ""});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->config.data_folder(), "from-flag");
  EXPECT_EQ(line->config.command_queue(), 7);
  EXPECT_EQ(line->config.metrics_address(), "") << "a flag can turn the page of the file off";
}

TEST(CommandLine, AFaultOfTheFileNamesTheFile) {
  const FileOnDisk file("data_folder \"no colon\"");
  const auto line = Parse({"--config", file.path()});
  EXPECT_EQ(line.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(line.status().message()), HasSubstr(file.path()));
}

TEST(CommandLine, WhatIsNotKnownIsRefused) {
  for (const std::vector<const char*>& arguments : std::vector<std::vector<const char*>>{
           {"--no-such-flag"},
           {"stray"},
           {"--command-queue", "many"},
           {"--command-queue", "99999999999"},
           {"--data-folder", "data", "--authentication", "none"},
           {"--data-folder", "data", "--scratch-folder", "scratch", "--authentication", "development"}}) {
    const auto line = Parse(arguments);
    EXPECT_EQ(line.status().code(), absl::StatusCode::kInvalidArgument) << arguments[0];
  }
}

TEST(CommandLine, WhatIsWrongIsSaidInChineseFirst) {
  using testing::StartsWith;
  const auto message = [](const std::vector<const char*>& arguments) {
    return std::string(Parse(arguments).status().message());
  };
  EXPECT_THAT(message({"--no-such-flag"}), StartsWith("不认识的参数：--no-such-flag (not expected)"));
  EXPECT_THAT(message({"--command-queue", "many"}), StartsWith("--command-queue 的值无法识别：many ("));
  EXPECT_THAT(message({"--command-queue"}), StartsWith("--command-queue 后面缺少值 ("));
  EXPECT_THAT(message({"--scratch-folder", "x"}), StartsWith("--scratch-folder 须与 --verify 同用 ("));
  EXPECT_THAT(message({"stray"}), HasSubstr("--help"));
}

TEST(CommandLine, HelpHasExamplesAndExitCodes) {
  const auto line = Parse({"--help"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->action, CommandLine::Action::kPrint);
  EXPECT_THAT(line->text, HasSubstr("chengxind --verify"));
  EXPECT_THAT(line->text, HasSubstr("退出码"));
}

// docs/operations.md promises it.
TEST(CommandLine, EveryFieldOfTheConfigurationHasAFlagOfItsName) {
  const auto help = Parse({"--help"});
  ASSERT_TRUE(help.ok()) << help.status();
  const auto* const config = config::v1::ServerConfig::descriptor();
  for (int i = 0; i < config->field_count(); ++i) {
    std::string flag = "--" + config->field(i)->name();
    std::replace(flag.begin(), flag.end(), '_', '-');
    EXPECT_THAT(help->text, HasSubstr(flag));
  }
}

TEST(CommandLine, EachKindOfFlagStandsOverTheFile) {
  const FileOnDisk file("data_folder: \"data\"\nauthentication: AUTHENTICATION_MODE_DEVELOPMENT\n");
  const auto line = Parse({"--config", file.path(), "--principals-file", "who.txtpb", "--audit-days", "500",
                           "--refuse-public", "--listen", "127.0.0.1:0"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->config.principals_file(), "who.txtpb");
  EXPECT_EQ(line->config.audit_days(), 500);
  EXPECT_TRUE(line->config.refuse_public());
  EXPECT_EQ(line->config.listen_address(), "127.0.0.1:0");
}

TEST(CommandLine, ANewTokenComesWithTheRowThatHasItsHashAlone) {
  const auto line = Parse({"--new-token", "90"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->action, CommandLine::Action::kPrint);
  const size_t end = line->text.find('\n');
  const std::string token = line->text.substr(0, end);
  EXPECT_THAT(token, testing::MatchesRegex("chengxin_[A-Za-z0-9_-]{43}"));
  config::v1::PrincipalRow row;
  ASSERT_TRUE(ReadMessageText(line->text.substr(end + 1), row).ok()) << line->text;
  ASSERT_EQ(row.tokens_size(), 1);
  EXPECT_EQ(row.tokens(0).sha256(), absl::BytesToHexString(storage::Sha256(token)));
  EXPECT_THAT(row.ShortDebugString(), testing::Not(HasSubstr(token)));
  EXPECT_NE(Parse({"--new-token", "90"})->text, line->text);
  for (const char* days : {"0", "3651", "-1", "x"}) EXPECT_FALSE(Parse({"--new-token", days}).ok()) << days;
}

TEST(CommandLine, TheVersionIsPrinted) {
  const auto line = Parse({"--version"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->action, CommandLine::Action::kPrint);
  EXPECT_THAT(line->text, testing::MatchesRegex("chengxind [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(CommandLine, VerifyTakesAFolderAndAScratchFolder) {
  const auto line = Parse({"--verify", "--data-folder", "data", "--scratch-folder", "scratch"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->action, CommandLine::Action::kVerify);
  EXPECT_EQ(line->scratch_folder, "scratch");
}

}  // namespace
}  // namespace chengxin::server
