// What the server refuses to start with: a clear line and a stable exit code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/strings.h"
#include "storage/keys.h"
#include "storage/tables.h"
#include "tests/process/office.h"
#include "tests/support/daemon.h"
#include "tests/support/world.h"

namespace chengxin {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

std::ptrdiff_t Lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

Ended StartOn(const std::string& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"--data-folder",    folder,       "--authentication", "development",
                                        "--listen-address", "127.0.0.1:0"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Daemon::Run(arguments);
}

TEST(Refusal, EveryFaultOfTheConfigurationIsALine) {
  const Ended ended =
      Daemon::Run({"--listen-address", "nowhere", "--log-level", "loud", "--block-cache-mib", "1"});
  EXPECT_EQ(ended.exit_code, kBadUsage);
  EXPECT_THAT(ended.errors,
              AllOf(HasSubstr("chengxind: listen_address: "), HasSubstr("chengxind: data_folder: "),
                    HasSubstr("chengxind: authentication: "), HasSubstr("chengxind: log_level: "),
                    HasSubstr("chengxind: block_cache_mib: ")));
  EXPECT_EQ(Lines(ended.errors), 5);
}

TEST(Refusal, DevelopmentAuthenticationIsRefusedOffLoopback) {
  const TestFolder folder;
  for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:0"}) {
    const Ended ended = Daemon::Run(
        {"--data-folder", folder.data(), "--authentication", "development", "--listen-address", address});
    EXPECT_EQ(ended.exit_code, kBadUsage) << address;
    EXPECT_THAT(ended.errors, HasSubstr("loopback only")) << address;
  }
  EXPECT_FALSE(std::filesystem::exists(folder.data()))
      << "nothing is opened before the configuration is sound";
}

TEST(Refusal, AnUnknownFlagAndAFileThatIsNotThereAreBadUsage) {
  EXPECT_EQ(Daemon::Run({"--no-such-flag"}).exit_code, kBadUsage);
  EXPECT_EQ(Daemon::Run({"--config", "/nowhere/chengxind.txtpb"}).exit_code, kBadUsage);
}

TEST(Refusal, HelpAndVersionAreNone) {
  const Ended help = Daemon::Run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.output, HasSubstr("--verify"));
  const Ended version = Daemon::Run({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_THAT(version.output, HasSubstr("chengxind "));
}

TEST(Refusal, AFolderOfAnUnknownFormatVersionIsLeftAlone) {
  const TestFolder folder;
  {
    const auto daemon = Daemon::Start(folder.data());
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    EXPECT_EQ((*daemon)->Stop().exit_code, 0);
  }
  {
    const auto tables = storage::Tables::Open({.folder = folder.data()});
    ASSERT_TRUE(tables.ok()) << tables.status();
    std::string format;
    storage::AppendBigEndian32(storage::kFormatVersion + 1, format);
    ASSERT_TRUE(
        (*tables)
            ->db()
            .Put({}, (*tables)->handle(storage::Table::kMeta), storage::SliceOf(storage::kFormatKey), format)
            .ok());
  }
  const Ended ended = StartOn(folder.data());
  EXPECT_EQ(ended.exit_code, kFailed);
  EXPECT_THAT(ended.errors, HasSubstr(StrCat("format version ", storage::kFormatVersion + 1)));
}

TEST(Refusal, AFolderOfSomethingElseIsLeftAlone) {
  const TestFolder folder;
  std::filesystem::create_directory(folder.data());
  std::ofstream(folder.data() + "/letters.txt") << "private";
  const Ended ended = StartOn(folder.data());
  EXPECT_EQ(ended.exit_code, kFailed);
  EXPECT_THAT(ended.errors, HasSubstr("letters.txt"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.data()), {}), 1);
}

TEST(Refusal, ASecondProcessOnTheSameFolderIsTurnedAwayAndTheFirstGoesOn) {
  const TestFolder folder;
  const auto first = Daemon::Start(folder.data());
  ASSERT_TRUE(first.ok()) << first.status();
  const Ended second = StartOn(folder.data());
  EXPECT_EQ(second.exit_code, kFailed);
  EXPECT_THAT(second.errors, HasSubstr(folder.data()));
  EXPECT_TRUE(Office(**first).Status().ok());
}

TEST(Refusal, APortThatIsTakenIsNamed) {
  const TestFolder first_folder;
  const TestFolder second_folder;
  const auto first = Daemon::Start(first_folder.data(), kWithMetrics);
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string taken = StrCat("127.0.0.1:", (*first)->port());
  const Ended second = Daemon::Run(
      {"--data-folder", second_folder.data(), "--authentication", "development", "--listen-address", taken});
  EXPECT_EQ(second.exit_code, kFailed);
  EXPECT_THAT(second.errors, HasSubstr("cannot listen on " + taken));
  EXPECT_EQ(Lines(second.errors), 1);

  const std::string taken_page = StrCat("127.0.0.1:", (*first)->metrics_port());
  const Ended third = StartOn(second_folder.data(), {"--metrics-address", taken_page});
  EXPECT_EQ(third.exit_code, kFailed);
  EXPECT_THAT(third.errors, HasSubstr("cannot serve metrics on " + taken_page));
}

}  // namespace
}  // namespace chengxin
