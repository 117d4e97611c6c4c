// What the command line does not take, or does not take from where it was given: files without end, days and
// addresses that are slips, this machine's clock in place of the server's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/strings.h"
#include "tests/unit/client/command_run.h"

namespace chengxin::cli {
namespace {

using client::ScriptedServer;
using client::Seen;
using testing::HasSubstr;

constexpr char kRecord[] = "organizations/C/records/10-1";

// Nothing listens there: whatever is not found wrong before ends with 5.
Result Refused(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), {"--server", "127.0.0.1:1", "--timeout", "1"});
  return RunWith(std::move(arguments), input);
}

void ExpectWrong(const Result& result, const std::string& words) {
  EXPECT_EQ(result.code, 2) << words << ": " << result.err;
  EXPECT_THAT(result.err, HasSubstr(words));
}

std::vector<std::string> Withdraw(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"record", "withdraw", kRecord, "--reason", "r", "--basis", "b"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::vector<std::string> Report(const std::string& evidence) {
  return {"case",    "open", "C",          "--conduct", "fabricated-material", "--conduct-on", "2026-10-12",
          "--facts", "f",    "--evidence", evidence};
}

TEST(ServersClock, NowIsTheServersAndNoInstantToMoveTo) {
  ExpectWrong(Refused({"--as", "admin", "clock", "advance", "--to", "now"}), "to: 应给出时刻");
  ScriptedServer server;
  server.on_status = [](const auto&, const auto&, auto& status) {
    status.mutable_now()->set_seconds(2'000'000'000);
    return grpc::Status::OK;
  };
  Seen<v1::CheckEligibilityRequest> seen;
  server.on_check = [&](const auto&, const v1::CheckEligibilityRequest& request, auto&) {
    seen.Add(request);
    return grpc::Status::OK;
  };
  RunAt(server, {"check", "A", "--cut-off", "now", "--as-of", "now"});
  RunAt(server, {"check", "A", "--effective-at", "now"});
  ASSERT_EQ(seen.all().size(), 2u);
  EXPECT_EQ(seen.all()[0].context().cut_off().seconds(), 2'000'000'000);
  EXPECT_FALSE(seen.all()[0].has_as_of());
  EXPECT_EQ(seen.all()[1].as_of().effective_at().seconds(), 2'000'000'000);
}

TEST(Files, DevicesAreNotRead) {
  ExpectWrong(Refused({"check", "--file", "/dev/zero"}), "file: 不是普通文件");
  ExpectWrong(Refused({"record", "create", "C", "--file", "/dev/zero"}), "file: 不是普通文件");
  ExpectWrong(Refused(Report("/dev/zero")), "evidence: 不是普通文件");
  ExpectWrong(Refused({"record", "withdraw", kRecord, "--reason", "@/dev/zero", "--basis", "b",
                       "--decided-on", "2026-11-20"}),
              "reason: 不是普通文件");
}

TEST(Files, TextsHaveALimitAndEvidenceIsNotEmpty) {
  ExpectWrong(Refused({"record", "create", "C", "--file", "-"}, std::string((4 << 20) + 1, ' ')),
              "file: 超过4 MiB");
  const std::string path = (std::filesystem::temp_directory_path() / "chengxin-empty.pdf").string();
  std::ofstream(path, std::ios::trunc).close();
  ExpectWrong(Refused(Report(path)), "evidence: 文件是空的");
  // Evidence is never sent, and may be long.
  std::filesystem::resize_file(path, (4 << 20) + 1);
  EXPECT_EQ(Refused(Report(path)).code, 5);
  std::filesystem::remove(path);
}

TEST(Files, JsonThatIsNoTextNamesTheFirstWrongByte) {
  ExpectWrong(Refused({"record", "create", "C", "--file", "-"}, "{\"internal_note\": \"\xD6\xD0\"}"),
              "file: 第19字节起不是UTF-8文本");
}

TEST(Days, ADayOutsideTheYearsInUseNamesTheFlag) {
  for (const char* day : {"1948-12-31", "2200-01-01", "9999-12-31"}) {
    ExpectWrong(Refused(Withdraw({"--decided-on", day, "--etag", "e"})), "decided-on: ");
    ExpectWrong(Refused({"deadlines", "--by", day}), "by: ");
  }
  EXPECT_EQ(Refused({"deadlines", "--by", "1949-01-01"}).code, 5);
  EXPECT_EQ(Refused({"deadlines", "--by", "2199-12-31"}).code, 5);
}

TEST(Guards, AnEmptyEtagOrRequestIdIsRefused) {
  ExpectWrong(Refused(Withdraw({"--decided-on", "2026-11-20", "--etag", ""})), "etag: 不能为空");
  ExpectWrong(Refused(Withdraw({"--decided-on", "2026-11-20", "--request-id", ""})), "request-id: 不能为空");
}

TEST(Server, TheAddressHasAPort) {
  for (const char* address :
       {"127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:0", "127.0.0.1:x", ":7400", "::1"})
    ExpectWrong(RunWith({"--server", address, "--timeout", "1", "status"}), "server: ");
  EXPECT_EQ(RunWith({"--server", "[::1]:1", "--timeout", "1", "status"}).code, 5);
}

TEST(Certify, SeveralOrganizationsAreAConsortiumOrCandidates) {
  const Result result =
      Refused({"certify", "A", "B", "--project", "P", "--purpose", "award", "--cut-off", "2026-12-01 09:30"});
  ExpectWrong(result, "CODES: 有2个，应为1个");
}

// Who may correct need not be allowed to read.
TEST(RecordCommand, WithItsEtagNothingIsReadFirst) {
  ScriptedServer server;
  Seen<std::string> etags;
  server.on_withdraw = [&](const auto&, const v1::WithdrawRecordRequest& request, auto&) {
    etags.Add(request.etag());
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, Withdraw({"--decided-on", "2026-11-20", "--etag", "seen"}));
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(etags.all(), testing::ElementsAre("seen"));
}

// Rule 13: a record is read, edited and sent back.
TEST(RecordCommand, Rule13ARecordAsItWasReadCanBeSentBack) {
  ScriptedServer server;
  Seen<v1::CorrectRecordRequest> seen;
  server.on_correct = [&](const auto&, const v1::CorrectRecordRequest& request, auto&) {
    seen.Add(request);
    return grpc::Status::OK;
  };
  const Result result = RunAt(
      server, {"record", "correct", kRecord, "--file", "-", "--reason", "r", "--etag", "e"},
      R"({"name": "organizations/C/records/10-1", "formed_on": "2026-11-01", "deciding_officer": "甲", "etag": "x",)"
      R"( "revision": "9", "listing": "listings/C-S1", "source_key": "k", "internal_note": "n"})");
  ASSERT_EQ(result.code, 0) << result.err;
  ASSERT_EQ(seen.all().size(), 1u);
  v1::CreditRecord kept;
  kept.set_formed_on("2026-11-01");
  kept.set_source_key("k");
  kept.set_internal_note("n");
  EXPECT_EQ(seen.all()[0].record().SerializeAsString(), kept.SerializeAsString());
}

}  // namespace
}  // namespace chengxin::cli
