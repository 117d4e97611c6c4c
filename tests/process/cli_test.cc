// The real command line against a real chengxind: what officers and scripts see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "domain/uscc.h"
#include "tests/process/command_line.h"

namespace chengxin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST_F(CommandLine, NothingAdverseIsEligibleAndEndsWithZero) {
  const Ended check = Check(CodeOf("MJT00001"));
  EXPECT_EQ(check.exit_code, 0) << check.errors;
  EXPECT_THAT(check.output, StartsWith("可以选择 ELIGIBLE"));
  EXPECT_THAT(check.output, HasSubstr("查询依据：版本"));
  EXPECT_THAT(check.errors, IsEmpty());
}

TEST_F(CommandLine, Rule24AFineOfExactlyFiftyThousandYuanIsIneligibleAndEndsWithTen) {
  const Ended penalty = Penalize(CodeOf("MJT00002"), "50000", "SER-04");
  ASSERT_EQ(penalty.exit_code, 0) << penalty.errors;
  EXPECT_THAT(penalty.output, HasSubstr("严重违法失信名单"));
  const Ended check = Check(CodeOf("MJT00002"));
  EXPECT_EQ(check.exit_code, 10) << check.errors;
  EXPECT_THAT(check.output, StartsWith("不得选择 INELIGIBLE"));
  EXPECT_THAT(check.output, HasSubstr("SER-04"));
  EXPECT_THAT(check.output, HasSubstr("listings/" + CodeOf("MJT00002") + "-S1"));
}

TEST_F(CommandLine, Rule45AFineOfOneFenLessIsForReviewAndEndsWithTwelve) {
  const Ended penalty = Penalize(CodeOf("MJT00003"), "49999.99", "ABN-05");
  ASSERT_EQ(penalty.exit_code, 0) << penalty.errors;
  const Ended check = Check(CodeOf("MJT00003"));
  EXPECT_EQ(check.exit_code, 12) << check.errors;
  EXPECT_THAT(check.output, StartsWith("需审查 REVIEW"));
}

TEST_F(CommandLine, Rule50ACodeOutsideTheCoveredRegistersIsUnknownAndEndsWithEleven) {
  const Ended check = Check(domain::Uscc::WithChecks("52330106", "MJT00017")->ToString());
  EXPECT_EQ(check.exit_code, 11) << check.errors;
  EXPECT_THAT(check.output, StartsWith("无法确认 UNKNOWN"));
}

TEST_F(CommandLine, TheMessagesOfJsonAreTheContracts) {
  const Ended check = Check(CodeOf("MJT00001"), {"-o", "json"});
  EXPECT_EQ(Lines(check.output).size(), 1u);
  const auto answer = FromJson<v1::CheckEligibilityResponse>(check.output);
  EXPECT_EQ(answer.eligibility().verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_GT(answer.basis().revision(), 0u);

  const Ended list = Run({"organization", "list", "-o", "json"});
  EXPECT_GE(Lines(list.output).size(), 3u);
  for (const std::string& line : Lines(list.output))
    EXPECT_EQ(FromJson<v1::Organization>(line).registration_authority(), "authorities/km-wuhua");
}

// Rule 49: one bad member makes the whole bad.
TEST_F(CommandLine, Rule49AConsortiumNamesItsBadMember) {
  Penalize(CodeOf("MJT00002"), "50000", "SER-04");  // filed already, or now: the same record
  const Ended check =
      Run({"--as", "purchaser:km-culture", "check", "consortium", CodeOf("MJT00001"), CodeOf("MJT00002"),
           "--purpose", "award", "--project", "KM-2026-017", "--cut-off", "2099-12-01 09:30"});
  EXPECT_EQ(check.exit_code, 10) << check.errors;
  EXPECT_THAT(check.output, HasSubstr("起决定作用的成员：" + CodeOf("MJT00002")));
}

TEST_F(CommandLine, ABatchOfAFileEndsWithItsWorstVerdict) {
  std::ofstream(folder_ + "/codes.txt") << "# 候选\n"
                                        << CodeOf("MJT00001") << "\n\n"
                                        << CodeOf("MJT00099") << '\n';
  const Ended check =
      Run({"--as", "audit", "check", "--file", folder_ + "/codes.txt", "--purpose", "administrative"});
  // 五华区's register is covered and fresh: who is not in it is not registered.
  EXPECT_EQ(check.exit_code, 10) << check.errors;
  EXPECT_THAT(check.output, HasSubstr("NOT_REGISTERED"));
  EXPECT_THAT(check.output, HasSubstr("共 2 个"));
}

TEST_F(CommandLine, AWrongCodeNamesTheField) {
  const Ended check = Check(CodeOf("MJT00001").substr(0, 17));
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.errors, HasSubstr("organization_code: "));
  EXPECT_THAT(check.output, IsEmpty());
}

// Rules 41 and 55: a purchaser says what for.
TEST_F(CommandLine, Rule55APurchaserWithoutAPurposeIsToldSo) {
  const Ended check = Run({"--as", "purchaser:km-culture", "check", CodeOf("MJT00001")});
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.errors, HasSubstr("context."));
}

TEST_F(CommandLine, TheWrongGroundIsRefusedWithTheReason) {
  const Ended penalty = Penalize(CodeOf("MJT00001"), "50000", "ABN-05");
  EXPECT_EQ(penalty.exit_code, 3);
  EXPECT_THAT(penalty.errors, HasSubstr("GROUND_MISMATCH"));
  EXPECT_THAT(penalty.errors, HasSubstr("SER-04"));
  EXPECT_THAT(penalty.errors, Not(HasSubstr("--request-id")));
}

TEST_F(CommandLine, Rule18AnotherAuthorityIsRefused) {
  const Ended record = Run({"--as",
                            "civil-affairs:km-panlong",
                            "record",
                            "penalty",
                            CodeOf("MJT00001"),
                            "--fine",
                            "50000",
                            "--decision-number",
                            "盘民罚〔2026〕1号",
                            "--decided-on",
                            Today(),
                            "--facts",
                            "事实",
                            "--basis",
                            "依据",
                            "--organ",
                            "昆明市盘龙区民政局",
                            "--result",
                            "罚款",
                            "--list",
                            "SER-04",
                            "--list-number",
                            "盘民列〔2026〕1号",
                            "--officer",
                            "经办人"});
  EXPECT_EQ(record.exit_code, 3);
  EXPECT_THAT(record.errors, HasSubstr("NOT_REGISTERING_AUTHORITY"));
}

TEST_F(CommandLine, ThePublicMayNotCheck) {
  const Ended check = Run({"check", CodeOf("MJT00001")});
  EXPECT_EQ(check.exit_code, 3);
  EXPECT_THAT(check.errors, HasSubstr("ROLE_NOT_ALLOWED"));
}

TEST_F(CommandLine, WhatIsNotThereEndsWithFour) {
  EXPECT_EQ(Run({"organization", "get", CodeOf("MJT00099")}).exit_code, 4);
  EXPECT_EQ(Run({"listing", "get", CodeOf("MJT00099") + "-S1"}).exit_code, 4);
}

TEST_F(CommandLine, TheRegistryCopyIsReadAndSearched) {
  const Ended get = Run({"organization", "get", CodeOf("MJT00001")});
  EXPECT_EQ(get.exit_code, 0) << get.errors;
  EXPECT_THAT(get.output, HasSubstr("社会工作服务中心"));
  EXPECT_THAT(get.output, HasSubstr("authorities/km-wuhua"));
  const Ended search = Run({"organization", "search", "社会工作"});
  EXPECT_EQ(search.exit_code, 0) << search.errors;
  EXPECT_THAT(search.output, HasSubstr(CodeOf("MJT00001")));
  EXPECT_EQ(Run({"organization", "search", "社"}).exit_code, 2);
}

TEST_F(CommandLine, RecordsAreCreatedListedAndRead) {
  std::ofstream(folder_ + "/record.json")
      << R"({"assessment_level": {"level": 4, "valid_from": "2024-01-01", "valid_until": "2099-12-31", "organ": "昆明市民政局"},)"
      << R"("formed_on": "2024-01-01"})";
  const std::vector<std::string> create = {
      "--as",   "civil-affairs:km-wuhua", "-o",           "json",   "record", "create", CodeOf("MJT00001"),
      "--file", folder_ + "/record.json", "--request-id", "level-4"};
  const Ended first = Run(create);
  ASSERT_EQ(first.exit_code, 0) << first.errors;
  const auto created = FromJson<v1::CreateRecordResponse>(first.output);
  // The same request_id again is the same record.
  EXPECT_EQ(FromJson<v1::CreateRecordResponse>(Run(create).output).record().name(), created.record().name());
  const Ended list = Run({"--as", "civil-affairs:km-wuhua", "record", "list", CodeOf("MJT00001")});
  EXPECT_EQ(list.exit_code, 0) << list.errors;
  EXPECT_THAT(list.output, HasSubstr("4A"));
  EXPECT_EQ(Run({"--as", "audit", "record", "get", created.record().name()}).exit_code, 0);
  EXPECT_THAT(Check(CodeOf("MJT00001")).output, HasSubstr("[参考]"));
}

TEST_F(CommandLine, ThePublishedListIsStatedListedAndDownloaded) {
  Penalize(CodeOf("MJT00002"), "50000", "SER-04");
  const auto state = FromJson<v1::GetListStateResponse>(Run({"listing", "state", "-o", "json"}).output);
  EXPECT_EQ(state.severe_count(), 1);
  EXPECT_THAT(Run({"listing", "list", "--list", "severe"}).output, HasSubstr(CodeOf("MJT00002")));
  EXPECT_THAT(Run({"listing", "list", "--authority", "km-panlong"}).output,
              Not(HasSubstr(CodeOf("MJT00002"))));
  const Ended download = Run({"listing", "download", "--list", "severe", "-o", "json"});
  ASSERT_EQ(Lines(download.output).size(), 1u);
  EXPECT_EQ(FromJson<v1::Listing>(Lines(download.output)[0]).organization_code(), CodeOf("MJT00002"));
  EXPECT_THAT(Run({"listing", "get", CodeOf("MJT00002") + "-S1"}).output, HasSubstr("SER-04"));
}

// Ctrl-C ends a watch with its cursor.
TEST_F(CommandLine, AWatchEndsWithItsCursorWhenTheOfficerStopsIt) {
  auto watch = StartCommand({"listing", "watch", "-o", "json"});
  ASSERT_TRUE(watch.ok()) << watch.status();
  // The server counts it once it watches.
  while (!absl::StrContains(Run({"status", "-o", "json"}).output, "\"watchers\"")) {
  }
  (*watch)->Signal(SIGINT);
  const Ended ended = (*watch)->Wait();
  EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  for (const std::string& line : Lines(ended.output)) FromJson<v1::WatchListingsResponse>(line);
}

TEST_F(CommandLine, StatusCatalogueAndVersionAreTold) {
  const Ended status = Run({"status"});
  EXPECT_EQ(status.exit_code, 0) << status.errors;
  EXPECT_THAT(status.output, HasSubstr("社会组织 (organizations)"));
  const Ended catalogue = Run({"catalogue", "get"});
  EXPECT_EQ(catalogue.exit_code, 0) << catalogue.errors;
  EXPECT_THAT(catalogue.output, HasSubstr("SER-04"));
  EXPECT_THAT(Run({"version"}).output, StartsWith("chengxin "));
}

TEST_F(CommandLine, ABadRowIsRejectedAndTheRestIsTaken) {
  const std::string code = CodeOf("MJT00004");
  std::ofstream(folder_ + "/more.jsonl")
      << R"({"code":")" << code
      << R"(","display_name":"五华区样例社会服务中心","registration_authority":"authorities/km-wuhua",)"
      << R"("status":"REGISTRATION_STATUS_CANCELLED","status_since":"2020-01-01","established_on":"2015-03-01"})"
      << '\n'
      << R"({"code":"5253","display_name":"坏行","registration_authority":"authorities/km-wuhua",)"
      << R"("status":"REGISTRATION_STATUS_ACTIVE","established_on":"2015-03-01"})" << '\n';
  const Ended import = Run({"--as", "sync:registry-kunming", "import", "organizations",
                            folder_ + "/more.jsonl", "--source", "registry-kunming", "--partial"});
  EXPECT_EQ(import.exit_code, 0) << import.errors;
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/more.rejects.jsonl")) << import.output;
  EXPECT_EQ(Check(code).exit_code, 10);
}

TEST_F(CommandLine, AnUnreachableServerEndsWithFive) {
  auto process =
      Process::Start(std::string(CHENGXIN_BIN_DIR) + "/chengxin", {"--server", "127.0.0.1:1", "status"});
  ASSERT_TRUE(process.ok());
  EXPECT_EQ((*process)->Wait().exit_code, 5);
}

}  // namespace
}  // namespace chengxin
