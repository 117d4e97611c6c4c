#include "tests/process/command_line.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/uscc.h"

namespace chengxin {

namespace {

void WriteRegister(const std::string& path) {
  std::ofstream file(path);
  for (const std::string& code : {CodeOf("MJT00001"), CodeOf("MJT00002"), CodeOf("MJT00003")}) {
    file
        << R"({"code":")" << code << R"(","display_name":"五华区样例)" << code.substr(15)
        << R"(社会工作服务中心","registration_authority":"authorities/km-wuhua","status":"REGISTRATION_STATUS_ACTIVE",)"
        << R"("certificate_form":"CERTIFICATE_FORM_LEGAL_PERSON","established_on":"2015-03-01"})" << '\n';
  }
}

}  // namespace

std::string CommandLine::folder_;
std::unique_ptr<Daemon> CommandLine::daemon_;

std::string CodeOf(std::string_view body) { return domain::Uscc::WithChecks("52530102", body)->ToString(); }

std::string Today() { return domain::DayOf(absl::Now()).ToString(); }

std::vector<std::string> Lines(const std::string& text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

void CommandLine::SetUpTestSuite() { Open({}, {}); }

void CommandLine::Open(const std::vector<std::string>& server_flags, const std::string& read_as_of) {
  folder_ = (std::filesystem::temp_directory_path() / "chengxin-cli-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
  auto daemon = Daemon::Start(folder_ + "/data", server_flags);
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  daemon_ = *std::move(daemon);
  ASSERT_EQ(
      Run({"--as", "admin", "catalogue", "activate", std::string(CHENGXIN_SOURCE_DIR) + "/deploy/catalogue"})
          .exit_code,
      0);
  WriteRegister(folder_ + "/register.jsonl");
  ReadSources(read_as_of);
}

void CommandLine::ReadSources(const std::string& as_of) {
  const auto read = [&as_of](std::vector<std::string> arguments) {
    if (!as_of.empty()) arguments.insert(arguments.end(), {"--as-of", as_of});
    const Ended ended = Run(std::move(arguments));
    ASSERT_EQ(ended.exit_code, 0) << ended.errors << ended.output;
  };
  read({"--as", "sync:registry-kunming", "import", "organizations", folder_ + "/register.jsonl", "--source",
        "registry-kunming"});
  for (const char* source : {"registry-national", "court-defaulters", "tax-violations",
                             "procurement-violations", "major-violations", "credit-records"}) {
    read({"--as", std::string("sync:") + source, "source", "read", source});
  }
}

void CommandLine::TearDownTestSuite() {
  daemon_.reset();
  std::filesystem::remove_all(folder_);
}

absl::StatusOr<std::unique_ptr<Process>> CommandLine::StartCommand(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--server", StrCat("127.0.0.1:", daemon_->port()), "--timeout", "60"});
  return Process::Start(std::string(CHENGXIN_BIN_DIR) + "/chengxin", arguments);
}

Ended CommandLine::Run(std::vector<std::string> arguments) {
  auto process = StartCommand(std::move(arguments));
  EXPECT_TRUE(process.ok()) << process.status();
  return process.ok() ? (*process)->Wait() : Ended();
}

Ended CommandLine::Check(const std::string& code, std::vector<std::string> more) {
  std::vector<std::string> arguments = {
      "--as",      "purchaser:km-culture", "check", code, "--purpose", "award", "--project", "KM-2026-017",
      "--cut-off", "2099-12-01 09:30"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Run(std::move(arguments));
}

Ended CommandLine::Penalize(const std::string& code, const std::string& yuan, const std::string& ground,
                            std::vector<std::string> more) {
  std::vector<std::string> arguments = {"--as",
                                        "civil-affairs:km-wuhua",
                                        "record",
                                        "penalty",
                                        code,
                                        "--fine",
                                        yuan,
                                        "--decision-number",
                                        "五民罚〔" + code.substr(13) + "〕号",
                                        "--decided-on",
                                        Today(),
                                        "--facts",
                                        "超出业务范围开展活动",
                                        "--basis",
                                        "民办非企业单位登记管理暂行条例第二十五条",
                                        "--organ",
                                        "昆明市五华区民政局",
                                        "--result",
                                        "罚款",
                                        "--list",
                                        ground,
                                        "--list-number",
                                        "五民列〔" + code.substr(13) + "〕号",
                                        "--officer",
                                        "经办人"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Run(std::move(arguments));
}

std::string CommandLine::Write(const std::string& name, std::string_view content) {
  const std::string path = StrCat(folder_, "/", name);
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

}  // namespace chengxin
