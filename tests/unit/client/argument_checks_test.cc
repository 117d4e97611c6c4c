// Arguments that are wrong whatever the server thinks: said at once, with the flag's name.
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

using client::Failure;
using client::ScriptedServer;
using client::Seen;
using testing::HasSubstr;
using testing::Not;

// Nothing listens there: whatever is not found wrong before ends with 5.
Result Refused(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), {"--server", "127.0.0.1:1", "--timeout", "1"});
  return RunWith(std::move(arguments), input);
}

// `more` behind a penalty that is right.
std::vector<std::string> Penalty(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {
      "record", "penalty", "C", "--decision-number", "1", "--decided-on", "2026-11-01", "--facts",
      "f",      "--basis", "b", "--organ",           "o", "--result",     "r"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(Arguments, BytesThatAreNoTextNameTheFlag) {
  for (const auto& [arguments, name] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"check", "A\xFF"}, "CODE"},
           {{"check", "A", "--project", "\xC3"}, "project"},
           {{"organization", "search", "\xD6\xD0\xCE\xC4"}, "QUERY"},
           {Penalty({"--fine", "50000", "--note", "\xED\xA0\x80"}), "note"},
           {{"--as", "organization:\xFF", "status"}, "as"}}) {
    const Result result = Refused(arguments);
    EXPECT_EQ(result.code, 2) << name;
    EXPECT_THAT(result.err, HasSubstr(StrCat("  ", name, ": 不是UTF-8文本"))) << name;
  }
  // Codes of a file too.
  const Result file = Refused({"check", "--file", "-"}, "A\xFF\n");
  EXPECT_EQ(file.code, 2);
  EXPECT_THAT(file.err, HasSubstr("file: 不是UTF-8文本"));
}

TEST(Arguments, ControlCharactersNameTheFlag) {
  for (const std::string& project :
       {std::string("KM\n1"), std::string("KM\x1b[2J"), std::string("KM\xC2\x85")}) {
    const Result result = Refused({"check", "A", "--project", project});
    EXPECT_EQ(result.code, 2) << project;
    EXPECT_THAT(result.err, HasSubstr("project: 含有换行或控制字符"));
  }
  // A long text may have lines, but steers no terminal.
  EXPECT_EQ(Refused(Penalty({"--fine", "50000", "--note", "一\n二"})).code, 5);
  EXPECT_THAT(Refused(Penalty({"--fine", "50000", "--note", "一\x07"})).err, HasSubstr("note: 含有控制字符"));
}

TEST(Arguments, ALongTextMayComeFromAFile) {
  const std::string path = (std::filesystem::temp_directory_path() / "chengxin-long-text.txt").string();
  std::ofstream(path, std::ios::binary) << "第一行\n第二行\n";
  ScriptedServer server;
  Seen<v1::CreateRecordRequest> seen;
  server.on_create = [&](const auto&, const v1::CreateRecordRequest& request, auto&) {
    seen.Add(request);
    return grpc::Status::OK;
  };
  ASSERT_EQ(RunAt(server, Penalty({"--fine", "50000", "--note", "@" + path})).code, 0);
  ASSERT_EQ(RunAt(server, Penalty({"--fine", "50000", "--note", "@@x"})).code, 0);
  ASSERT_EQ(RunAt(server, Penalty({"--fine", "50000", "--note", "@-"}), "读入\n").code, 0);
  ASSERT_EQ(seen.all().size(), 3u);
  EXPECT_EQ(seen.all()[0].record().internal_note(), "第一行\n第二行");
  EXPECT_EQ(seen.all()[1].record().internal_note(), "@x");
  EXPECT_EQ(seen.all()[2].record().internal_note(), "读入");
  const Result none = Refused(Penalty({"--fine", "50000", "--note", "@/nowhere"}));
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("note: "));
  std::filesystem::remove(path);
}

TEST(Arguments, AYearThatIsASlipIsRefused) {
  for (const char* instant : {"0000-01-01 00:00", "0999-01-01 00:00", "9999-12-31 23:59", "2200-01-01 00:00",
                              "9999-12-31T23:59:59Z"}) {
    for (const char* flag : {"--cut-off", "--as-of", "--known-at"}) {
      const Result result = Refused({"check", "A", flag, instant});
      EXPECT_EQ(result.code, 2) << flag << ' ' << instant;
      EXPECT_THAT(result.err, HasSubstr(StrCat(std::string_view(flag).substr(2), ": "))) << instant;
    }
  }
  EXPECT_EQ(Refused({"check", "A", "--cut-off", "2199-12-31 23:59"}).code, 5);
}

TEST(Arguments, CountsAreWholeNumbersAndSaySo) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"check", "A", "--at-least", "-1"},
                                             {"check", "A", "--at-least", "x"},
                                             {"check", "A", "--at-least", "99999999999999999999"},
                                             {"organization", "list", "--limit", "-1"},
                                             {"listing", "list", "--limit", "1.5"},
                                             {"case", "list", "--limit", "-1"},
                                             {"listing", "watch", "--resume", "-5"}}) {
    const Result result = Refused(arguments);
    EXPECT_EQ(result.code, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(result.err, HasSubstr("应为不小于0的整数 (expected a whole number, 0 or above)"));
    EXPECT_THAT(result.err, HasSubstr(arguments[arguments.size() - 2]));
  }
}

// Rule 19: the residual grounds alone cite a law.
TEST(Arguments, Rule19ALawIsCitedByAResidualGroundAlone) {
  const std::vector<std::string> decision = {"--fine", "50000",       "--list-number", "1",     "--officer",
                                             "o",      "--cited-law", "某法第一条",    "--list"};
  std::vector<std::string> severe = decision;
  severe.push_back("SER-04");
  const Result refused = Refused(Penalty(severe));
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("cited-law: 只用于兜底情形"));
  std::vector<std::string> residual = decision;
  residual.push_back("SER-08");
  EXPECT_EQ(Refused(Penalty(residual)).code, 5);
}

TEST(Arguments, OnlyASuspensionOrClosureEnds) {
  const Result warning = Refused(Penalty({"--kind", "warning", "--valid-until", "2026-12-31"}));
  EXPECT_EQ(warning.code, 2);
  EXPECT_THAT(warning.err, HasSubstr("valid-until: "));
  EXPECT_EQ(Refused(Penalty({"--kind", "suspension", "--valid-until", "2026-12-31"})).code, 5);
}

TEST(Arguments, AnAmountBeyondAllReasonIsRefused) {
  for (const char* amount : {"92233720368547758.07", "1000000000000.01"}) {
    const Result result = Refused(Penalty({"--fine", amount}));
    EXPECT_EQ(result.code, 2) << amount;
    EXPECT_THAT(result.err, HasSubstr("fine: "));
  }
  EXPECT_EQ(Refused(Penalty({"--fine", "1000000000000"})).code, 5);
}

TEST(Arguments, AMissingImportFileIsWrongUsage) {
  for (const char* path : {"/nowhere.csv", "/"}) {
    const Result result = Refused({"import", "organizations", path, "--source", "registry-kunming"});
    EXPECT_EQ(result.code, 2) << path;
    EXPECT_THAT(result.err, HasSubstr("FILE: "));
  }
}

TEST(ListCommand, AFailureShowsNoHeading) {
  const Result result = Refused({"organization", "list"});
  EXPECT_EQ(result.code, 5);
  EXPECT_EQ(result.out, "");
}

// The server's log ends before the cursor: it is none to continue from.
TEST(WatchCommand, ACursorThatTheServerDoesNotHaveIsNotAdvised) {
  ScriptedServer server;
  server.on_watch = [](const auto&, auto&) {
    return Failure(grpc::StatusCode::OUT_OF_RANGE, "游标在日志之后 (the cursor is newer than the log)",
                   "CURSOR_OUT_OF_RANGE");
  };
  const Result result = RunAt(server, {"listing", "watch", "--resume", "99"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("CURSOR_OUT_OF_RANGE"));
  EXPECT_THAT(result.err, Not(HasSubstr("--resume")));
}

TEST(ImportCommand, AnImportThatTakesNoRowHasItsOwnExitCodeAndSaysThingsOnce) {
  const std::string path = (std::filesystem::temp_directory_path() / "chengxin-no-row.jsonl").string();
  std::ofstream(path)
      << R"({"code":"X","display_name":"甲","registration_authority":"authorities/km","status":)"
      << R"("REGISTRATION_STATUS_ACTIVE","established_on":"2015-03-01"})" << '\n';
  ScriptedServer server;
  server.on_get_catalogue = [](const auto&, const auto&, auto&) { return grpc::Status::OK; };
  server.on_import = [](auto& stream) {
    for (v1::ImportOrganizationsRequest batch; stream.Read(&batch);) {
      v1::ImportOrganizationsResponse done;
      done.set_request_id(batch.request_id());
      for (int i = 0; i < batch.organizations_size(); ++i)
        done.add_results()->set_outcome(v1::IMPORT_OUTCOME_REJECTED);
      stream.Write(done);
    }
    return grpc::Status::OK;
  };
  const Result none =
      RunAt(server, {"import", "organizations", path, "--source", "s", "--rejects", path + ".out"});
  EXPECT_EQ(none.code, 6) << none.err;
  EXPECT_THAT(none.out, HasSubstr("采用 0 行"));

  ScriptedServer refusing;
  refusing.on_get_catalogue = [](const auto&, const auto&, auto&) { return grpc::Status::OK; };
  refusing.on_import = [](auto&) {
    return Failure(grpc::StatusCode::PERMISSION_DENIED, "不得导入 (not allowed)", "ROLE_NOT_ALLOWED");
  };
  const Result refused =
      RunAt(refusing, {"import", "organizations", path, "--source", "s", "--rejects", path + ".out"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("不得导入"));
  EXPECT_THAT(refused.err, Not(HasSubstr("再次运行")));
  EXPECT_THAT(refused.out, Not(HasSubstr("不得导入")));
  std::filesystem::remove(path);
  std::filesystem::remove(path + ".out");
}

}  // namespace
}  // namespace chengxin::cli
