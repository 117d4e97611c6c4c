#include "client/import/importer.h"

#include <filesystem>
#include <set>
#include <string>

#include "base/strings.h"
#include "client/import/batch_ids.h"
#include "client/import/rejects_file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/import/recording_server.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view kHeader = "统一社会信用代码,社会组织名称,登记管理机关,状态,成立登记日期\n";

std::string Rows(size_t count) {
  std::string rows;
  for (size_t i = 0; i < count; ++i)
    StrAppend(&rows, "51530100MJT000010G,样例协会", i, ",km,正常,2010-05-06\n");
  return rows;
}

ImportOptions OptionsFor(std::string path) {
  ImportOptions options;
  options.path = std::move(path);
  options.source = "registry-kunming";
  options.source_as_of = absl::FromUnixSeconds(1'790'000'000);
  return options;
}

v1::ImportResult Result(v1::ImportOutcome outcome, std::string field = "", std::string reason = "") {
  v1::ImportResult result;
  result.set_outcome(outcome);
  result.set_field(std::move(field));
  result.set_reason(std::move(reason));
  return result;
}

TEST(Import, SendsAllRowsInBatchesAndEndsTheRun) {
  const ScratchFolder folder;
  OrganizationServer server;
  ImportOptions options = OptionsFor(folder.Write("km.csv", StrCat(kHeader, Rows(2'500))));
  options.complete = true;
  const ImportSummary summary = ImportOrganizations(options, server.Open());
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.rows_read, 2'500);
  EXPECT_EQ(summary.created, 2'500);
  EXPECT_TRUE(summary.complete);
  ASSERT_THAT(server.requests, SizeIs(4));
  EXPECT_EQ(server.requests[0].organizations_size(), 1'000);
  EXPECT_EQ(server.requests[2].organizations_size(), 500);
  EXPECT_EQ(server.requests[0].source(), "sources/registry-kunming");
  EXPECT_EQ(server.requests[0].source_as_of().seconds(), 1'790'000'000);
  EXPECT_FALSE(server.requests[2].end_of_run());
  EXPECT_TRUE(server.requests[3].end_of_run());
  EXPECT_TRUE(server.requests[3].complete());
  EXPECT_GT(server.most_in_flight, 1u);
  EXPECT_THAT(folder.Files(), ElementsAre("km.csv")) << "nothing was rejected, so there is no rejects file";
}

TEST(Import, AFileWithAHeaderAloneIsACompleteReadingOfNothing) {
  const ScratchFolder folder;
  RecordServer server;
  ImportOptions options = OptionsFor(folder.Write(
      "court-defaulters.csv", "统一社会信用代码,记录类别,形成日期,名单情形,案号,列入日期,依据,机关\n"));
  options.complete = true;
  const ImportSummary summary = ImportRecords(options, server.Open());
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  ASSERT_THAT(server.requests, SizeIs(1));
  EXPECT_TRUE(server.requests[0].end_of_run());
  EXPECT_TRUE(summary.complete);
}

// kill -9, or a cable pulled: the same command again sends the same requests, so that the server replays what
// it has.
TEST(Import, ARerunSendsTheSameRequestIds) {
  const ScratchFolder folder;
  const ImportOptions options = OptionsFor(folder.Write("km.csv", StrCat(kHeader, Rows(2'500))));
  OrganizationServer first, broken, again;
  ImportOrganizations(options, first.Open());
  broken.breaks_after = 2;
  EXPECT_FALSE(ImportOrganizations(options, broken.Open()).status.ok());
  ImportOrganizations(options, again.Open());
  EXPECT_EQ(first.RequestIds(), again.RequestIds());
  EXPECT_THAT(first.RequestIds(), SizeIs(4));
  EXPECT_THAT(broken.RequestIds(), ElementsAre(first.RequestIds()[0], first.RequestIds()[1]));
}

TEST(Import, AnotherSourceInstantContentOrPlaceGivesOtherRequestIds) {
  const auto ids = [](std::string_view source, int64_t as_of, std::string_view rows) {
    BatchIds made(source, as_of);
    return std::vector<std::string>{made.Next(rows), made.Next(rows), made.End("")};
  };
  std::set<std::string> distinct;
  size_t count = 0;
  for (const auto& run : {ids("a", 1, "x"), ids("b", 1, "x"), ids("a", 2, "x"), ids("a", 1, "y")}) {
    distinct.insert(run.begin(), run.end());
    count += run.size();
  }
  EXPECT_THAT(distinct, SizeIs(count));
  EXPECT_EQ(ids("a", 1, "x"), ids("a", 1, "x"));
  EXPECT_THAT(ids("a", 1, "x")[0], testing::MatchesRegex("import-[0-9a-f]+"));
  EXPECT_LE(ids("a", 1, "x")[0].size(), 100u);
}

TEST(Import, ABrokenConnectionSaysThatARerunCompletesIt) {
  const ScratchFolder folder;
  OrganizationServer server;
  server.breaks_after = 5;
  ImportOptions options = OptionsFor(folder.Write("km.csv", StrCat(kHeader, Rows(1'000))));
  options.batch_rows = 100;
  const ImportSummary summary = ImportOrganizations(options, server.Open());
  EXPECT_EQ(summary.status.code(), absl::StatusCode::kUnavailable);
  // Of five batches taken, three were never acknowledged.
  EXPECT_EQ(summary.rows_acknowledged, 200);
  EXPECT_THAT(std::string(summary.status.message()), HasSubstr("已确认 200 行；再次运行同一命令即可补齐"));
  EXPECT_FALSE(summary.complete);
  EXPECT_THAT(std::string(summary.status.message()), HasSubstr("connection reset"));
  // The failure is told by whoever shows the status, once.
  EXPECT_THAT(Describe(summary), Not(HasSubstr("connection reset")));
  EXPECT_THAT(Describe(summary), HasSubstr("没有答复"));
}

// What is refused for good is not to be tried again.
TEST(Import, ARefusalForGoodDoesNotAdviseARerun) {
  const ScratchFolder folder;
  const OpenSink<OrganizationBatches> open = [](std::function<void(const v1::ImportOrganizationsResponse&)>) {
    class Refusing final : public BatchSink<v1::ImportOrganizationsRequest> {
     public:
      absl::Status Send(v1::ImportOrganizationsRequest) override {
        return absl::PermissionDeniedError("不得导入 (not allowed)");
      }
      absl::Status Finish() override { return absl::OkStatus(); }
    };
    return std::make_unique<Refusing>();
  };
  const ImportSummary summary =
      ImportOrganizations(OptionsFor(folder.Write("a.csv", StrCat(kHeader, Rows(3)))), open);
  EXPECT_EQ(summary.status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(summary.status.message()), HasSubstr("不得导入"));
  EXPECT_THAT(std::string(summary.status.message()), Not(HasSubstr("再次运行")));
}

TEST(Import, TheRejectsMustNotReplaceTheFile) {
  const ScratchFolder folder;
  OrganizationServer server;
  ImportOptions options = OptionsFor(folder.Write("a.csv", StrCat(kHeader, Rows(3))));
  std::filesystem::create_hard_link(options.path, folder.path("link.csv"));
  for (const std::string& path : {options.path, folder.path("link.csv")}) {
    options.rejects_path = path;
    EXPECT_EQ(ImportOrganizations(options, server.Open()).status.code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_THAT(server.requests, IsEmpty());
}

// Read is taken and rejected together.
TEST(Import, TheCountsAddUpWhereAllWasRejected) {
  const ScratchFolder folder;
  OrganizationServer server;
  server.judge = [](const v1::Organization&) {
    return Result(v1::IMPORT_OUTCOME_REJECTED, "code", "校验码错误 (check)");
  };
  const ImportSummary summary =
      ImportOrganizations(OptionsFor(folder.Write("a.csv", StrCat(kHeader, Rows(3)))), server.Open());
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.rows_taken(), 0);
  EXPECT_EQ(summary.rejected(), 3);
  EXPECT_THAT(Describe(summary),
              HasSubstr("读取 3 行：采用 0 行（新增 0，更新 0，未变 0，已有更新版本 0），退回 3 行 ("));
}

TEST(Import, BadRowsGoToTheRejectsFileInOrderAndTheRestGoesOn) {
  const ScratchFolder folder;
  OrganizationServer server;
  server.judge = [](const v1::Organization& row) {
    if (row.display_name() == "甲") return Result(v1::IMPORT_OUTCOME_REJECTED, "code", "校验码错误 (check)");
    if (row.display_name() == "乙") return Result(v1::IMPORT_OUTCOME_UPDATED);
    if (row.display_name() == "丙") return Result(v1::IMPORT_OUTCOME_OUTDATED);
    return Result(v1::IMPORT_OUTCOME_UNCHANGED);
  };
  ImportOptions options = OptionsFor(folder.Write(
      "km.csv",
      StrCat(kHeader, "X1,甲,km,正常,2010-05-06\nX2,丁,km,活着,2010-05-06\nX3,乙,km,正常,2010-05-06\n",
             "X4,丙,km,正常,2010-02-30\nX5,丙,km,正常,2010-02-28\nX6,\"戊,km,正常,2010-05-06\n",
             "X7,己,km,正常,2010-05-06\n")));
  options.complete = true;
  const ImportSummary summary = ImportOrganizations(options, server.Open());
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.rows_read, 7);
  EXPECT_EQ(summary.rows_acknowledged, 4);
  EXPECT_EQ(summary.updated, 1);
  EXPECT_EQ(summary.outdated, 1);
  EXPECT_EQ(summary.unchanged, 1);
  EXPECT_EQ(summary.rejected_by_server, 1);
  EXPECT_EQ(summary.rejected_by_reader, 3);
  EXPECT_EQ(server.requests.back().rejected_by_reader(), 3);
  EXPECT_EQ(summary.rejects_path, folder.path("km.rejects.csv"));
  const std::string rejects = folder.Read("km.rejects.csv");
  EXPECT_EQ(rejects.find("\xEF\xBB\xBF退回行号,退回列,退回值,退回原因,统一社会信用代码,社会组织名称,"), 0u)
      << rejects;
  EXPECT_THAT(
      rejects,
      HasSubstr("\r\n2,统一社会信用代码,X1,校验码错误 (check),X1,甲,km,正常,2010-05-06\r\n3,状态,活着,"));
  EXPECT_THAT(rejects, HasSubstr("\r\n5,成立登记日期,2010-02-30,"));
  EXPECT_THAT(rejects, HasSubstr("\r\n7,,\"X6,\"\"戊,km,正常,2010-05-06\",引号没有结束"));
  EXPECT_FALSE(summary.complete) << "a row that is missing may be the one that matters";
}

TEST(Import, RejectedRowsLeaveARunCompleteOnlyWhereTheOfficerSaysSo) {
  const ScratchFolder folder;
  OrganizationServer server;
  ImportOptions options = OptionsFor(folder.Write("km.csv", StrCat(kHeader, "X1,甲,km,活着,2010-05-06\n")));
  options.complete = true;
  options.complete_despite_rejects = true;
  EXPECT_TRUE(ImportOrganizations(options, server.Open()).complete);
  EXPECT_TRUE(server.requests.back().complete());
}

TEST(Import, RejectsAreCorrectedAndImportedAgainAsTheyAre) {
  const ScratchFolder folder;
  OrganizationServer server;
  const std::string path =
      folder.Write("km.csv",
                   "统一社会信用代码,社会组织名称,登记管理机关,状态,成立登记日期,备用,证件号码\n"
                   "51530100MJT000010G,\"样例\n\"\"协会\"\",一\",km,活着,2010-05-06,留着,A1234567\n");
  ImportOrganizations(OptionsFor(path), server.Open());
  std::string rejects = folder.Read("km.rejects.csv");
  EXPECT_THAT(rejects, HasSubstr("留着"));
  for (size_t at = rejects.find("活着"); at != rejects.npos; at = rejects.find("活着"))
    rejects.replace(at, std::string("活着").size(), "正常");
  folder.Write("km.rejects.csv", rejects);
  const ImportSummary summary = ImportOrganizations(OptionsFor(folder.path("km.rejects.csv")), server.Open());
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.created, 1);
  EXPECT_EQ(summary.rejected(), 0);
  ASSERT_THAT(server.Rows(), SizeIs(1));
  EXPECT_EQ(server.Rows()[0].display_name(), "样例\n\"协会\",一");
  EXPECT_EQ(server.Rows()[0].status(), v1::REGISTRATION_STATUS_ACTIVE);
}

TEST(Import, JsonRejectsGoTheSameWay) {
  const ScratchFolder folder;
  OrganizationServer server;
  server.judge = [](const v1::Organization& row) {
    return row.code() == "X" ? Result(v1::IMPORT_OUTCOME_REJECTED, "code", "坏")
                             : Result(v1::IMPORT_OUTCOME_CREATED);
  };
  const std::string path = folder.Write(
      "n.jsonl",
      "{\"code\":\"51530100MJT000010G\",\"displayName\":\"甲\"}\n\n{\"code\":\"X\",\"display_name\":\"乙\"}\n"
      "{\"code\":1,\n{\"colour\":\"red\"}\n");
  ImportSummary summary = ImportOrganizations(OptionsFor(path), server.Open());
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.created, 1);
  EXPECT_EQ(summary.rejected_by_reader, 2);
  std::string rejects = folder.Read("n.rejects.jsonl");
  EXPECT_EQ(
      rejects.substr(0, rejects.find('\n')),
      R"({"_reject_row":3,"_reject_field":"code","_reject_value":"X","_reject_reason":"坏","code":"X","display_name":"乙"})");
  rejects.replace(rejects.find("\"code\":\"X\""), 10, "\"code\":\"Y\"");
  folder.Write("n.rejects.jsonl", rejects.substr(0, rejects.find('\n') + 1));
  summary = ImportOrganizations(OptionsFor(folder.path("n.rejects.jsonl")), server.Open());
  EXPECT_EQ(summary.created, 1);
  EXPECT_EQ(server.Rows().back().code(), "Y");
}

TEST(Import, ARejectsFileOfAnotherRunIsMovedAsideNotOverwritten) {
  const ScratchFolder folder;
  OrganizationServer server;
  const ImportOptions options =
      OptionsFor(folder.Write("km.csv", StrCat(kHeader, "X1,甲,km,活着,2010-05-06\n")));
  ImportOrganizations(options, server.Open());
  const ImportSummary same = ImportOrganizations(options, server.Open());
  EXPECT_THAT(same.former_rejects_path, IsEmpty());
  EXPECT_THAT(folder.Files(), ElementsAre("km.csv", "km.rejects.csv"));
  folder.Write("km.rejects.csv", "corrected by hand");
  const ImportSummary other = ImportOrganizations(options, server.Open());
  EXPECT_EQ(other.former_rejects_path, folder.path("km.rejects.1.csv"));
  EXPECT_EQ(folder.Read("km.rejects.1.csv"), "corrected by hand");
  EXPECT_THAT(folder.Read("km.rejects.csv"), HasSubstr("活着"));
}

TEST(Import, RejectsThatCannotBeWrittenEndTheRunWithAnError) {
  const ScratchFolder folder;
  OrganizationServer server;
  ImportOptions options = OptionsFor(folder.Write("km.csv", StrCat(kHeader, "X1,甲,km,活着,2010-05-06\n")));
  options.rejects_path = folder.path("no/such/folder/rejects.csv");
  EXPECT_EQ(ImportOrganizations(options, server.Open()).status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(server.requests, IsEmpty()) << "the source is not recorded as read";
}

TEST(Import, RejectsAreNamedAfterTheirFile) {
  EXPECT_EQ(RejectsPath("data/km.csv", ImportFormat::kCsv), "data/km.rejects.csv");
  EXPECT_EQ(RejectsPath("data.d/km", ImportFormat::kCsv), "data.d/km.rejects.csv");
  EXPECT_EQ(RejectsPath("km.ndjson", ImportFormat::kJsonLines), "km.rejects.jsonl");
  EXPECT_EQ(RejectsPath("-", ImportFormat::kCsv), "stdin.rejects.csv");
}

// 个人信息保护法: an identity number has no field to be stored in, and reaches neither the server nor another
// file.
TEST(Import, IdentityNumbersReachNeitherServerNorRejects) {
  const std::string number = "110999199003070037";
  const ScratchFolder folder;
  OrganizationServer server;
  server.judge = [](const v1::Organization&) {
    return Result(v1::IMPORT_OUTCOME_REJECTED, "domicile", "拒");
  };
  const std::string header =
      "统一社会信用代码,社会组织名称,登记管理机关,状态,成立登记日期,住所,法人证件号码,CF_FR_ZJHM\n";
  const std::string rows = "X1,甲,km,正常,2010-05-06,某路1号 " + number +
                           ",H1234567,\nX2,乙,km,活着,2010-05-06,,H1234567," + number + "\n" + number +
                           ",丙,km,正常,2010-05-06,,,\nX4,丁,km,H1234567\nX5,\"戊,H1234567\n";
  const ImportSummary summary =
      ImportOrganizations(OptionsFor(folder.Write("a.csv", header + rows)), server.Open());
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  // One in a domicile, two and one in columns of their own, one in place of a code; nothing is read of a
  // malformed row.
  EXPECT_EQ(summary.identity_numbers, 5);
  EXPECT_EQ(server.requests.back().identity_numbers_dropped(), 5);
  const std::string json = "{\"code\":\"X1\",\"display_name\":\"甲" + number +
                           "\",\"id_number\":\"H1234567\"}\n" +
                           "{\"code\":\"X2\",\"idNumber\":\"H1234567\" bad\n";
  ImportOrganizations(OptionsFor(folder.Write("b.jsonl", json)), server.Open());
  for (const std::string& seen : {server.Everything(), folder.Read("a.rejects.csv"),
                                  folder.Read("b.rejects.jsonl"), Describe(summary)}) {
    EXPECT_THAT(seen, Not(IsEmpty()));
    EXPECT_THAT(seen, Not(HasSubstr(number)));
    EXPECT_THAT(seen, Not(HasSubstr("H1234567")));
  }
}

TEST(Import, FilesThatCannotBeMeantAreRefusedBeforeAnythingIsSent) {
  const ScratchFolder folder;
  OrganizationServer server;
  const auto refused = [&](std::string_view content) {
    const ImportSummary summary =
        ImportOrganizations(OptionsFor(folder.Write("a.csv", content)), server.Open());
    EXPECT_EQ(summary.status.code(), absl::StatusCode::kInvalidArgument) << summary.status;
    return std::string(summary.status.message());
  };
  EXPECT_THAT(refused(""), HasSubstr("表头"));
  EXPECT_THAT(refused("code,name\n"), HasSubstr("登记管理机关 (registration_authority)"));
  EXPECT_THAT(refused("\"code,name\n"), HasSubstr("表头行有误"));
  ImportOptions options = OptionsFor("-");
  options.source_as_of.reset();
  options.path = folder.path("none.csv");
  EXPECT_EQ(ImportOrganizations(options, server.Open()).status.code(), absl::StatusCode::kNotFound);
  options = OptionsFor(folder.Write("b.csv", kHeader));
  options.batch_rows = kMaximumImportRows + 1;
  EXPECT_EQ(ImportOrganizations(options, server.Open()).status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(server.requests, IsEmpty());
}

// A batch stays far below what the server takes in one message, whatever its rows hold.
TEST(Import, BigRowsMakeSmallBatches) {
  const ScratchFolder folder;
  OrganizationServer server;
  std::string file(kHeader);
  for (int i = 0; i < 40; ++i) StrAppend(&file, "X,", std::string(200'000, 'a'), ",km,正常,2010-05-06\n");
  const ImportSummary summary = ImportOrganizations(OptionsFor(folder.Write("a.csv", file)), server.Open());
  EXPECT_EQ(summary.created, 40);
  for (const auto& request : server.requests) EXPECT_LT(request.ByteSizeLong(), 2u << 20);
}

TEST(Import, AnswersThatDoNotFitAreNotBelieved) {
  const ScratchFolder folder;
  const OpenSink<OrganizationBatches> open =
      [](std::function<void(const v1::ImportOrganizationsResponse&)> told) {
        class Silent final : public BatchSink<v1::ImportOrganizationsRequest> {
         public:
          explicit Silent(std::function<void(const v1::ImportOrganizationsResponse&)> on_told)
              : told_(std::move(on_told)) {}
          absl::Status Send(v1::ImportOrganizationsRequest) override { return absl::OkStatus(); }
          absl::Status Finish() override {
            told_({});
            return absl::OkStatus();
          }

         private:
          const std::function<void(const v1::ImportOrganizationsResponse&)> told_;
        };
        return std::make_unique<Silent>(std::move(told));
      };
  const ImportSummary summary =
      ImportOrganizations(OptionsFor(folder.Write("a.csv", StrCat(kHeader, Rows(3)))), open);
  EXPECT_EQ(summary.status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(summary.rows_acknowledged, 0);
}

}  // namespace
}  // namespace chengxin::client
