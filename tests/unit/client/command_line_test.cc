// Whole commands, against a scripted server.
#include "client/cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "client/cli/words.h"
#include "google/protobuf/util/json_util.h"
#include "tests/unit/client/command_run.h"
#include "tests/unit/client/scripted_server.h"

namespace chengxin::cli {
namespace {

using client::Failure;
using client::ScriptedServer;
using client::Seen;
using client::WrongField;
using testing::HasSubstr;
using testing::Not;

void Answer(ScriptedServer& server, v1::Verdict verdict) {
  server.on_check = [verdict](const auto&, const v1::CheckEligibilityRequest& request, auto& response) {
    v1::Eligibility& eligibility = *response.mutable_eligibility();
    eligibility.set_organization_code(request.organization_code());
    eligibility.set_organization_display_name("昆明市某某协会");
    eligibility.set_verdict(verdict);
    v1::Finding& finding = *eligibility.add_findings();
    finding.set_condition(v1::CONDITION_OTHER_LEGAL);
    finding.set_outcome(verdict == v1::VERDICT_ELIGIBLE ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
    finding.set_reason(v1::REASON_CODE_SEVERE_LIST);
    finding.set_ground("SER-04");
    finding.set_legal_basis("社会组织信用信息管理办法第十五条第（四）项");
    finding.set_reference("listings/51530100MJT000010G-S1");
    finding.set_message_zh("列入严重违法失信名单");
    finding.mutable_since()->set_seconds(1'794'585'600);
    response.mutable_basis()->set_revision(42);
    response.mutable_basis()->set_catalogue_version("2026.11.1");
    v1::SourceFreshness& source = *response.mutable_basis()->add_sources();
    source.set_source("sources/court-defaulters");
    source.set_stale(true);
    return grpc::Status::OK;
  };
}

TEST(CheckCommand, ExitCodeAndFirstWordsAreTheVerdicts) {
  const std::pair<v1::Verdict, std::pair<int, const char*>> verdicts[] = {
      {v1::VERDICT_ELIGIBLE, {0, "可以选择 ELIGIBLE"}},
      {v1::VERDICT_INELIGIBLE, {10, "不得选择 INELIGIBLE"}},
      {v1::VERDICT_UNKNOWN, {11, "无法确认 UNKNOWN"}},
      {v1::VERDICT_REVIEW, {12, "需审查 REVIEW"}},
  };
  for (const auto& [verdict, expected] : verdicts) {
    ScriptedServer server;
    Answer(server, verdict);
    const Result result = RunAt(server, {"check", "51530100MJT000010G"});
    EXPECT_EQ(result.code, expected.first);
    EXPECT_THAT(result.out, testing::StartsWith(expected.second));
    EXPECT_EQ(result.err, "");
  }
}

TEST(CheckCommand, EachFindingNamesItsLegalBasisAndWhatItRestsOn) {
  ScriptedServer server;
  Answer(server, v1::VERDICT_INELIGIBLE);
  const Result result = RunAt(server, {"check", "51530100MJT000010G"});
  for (const char* words : {"昆明市某某协会", "SER-04", "社会组织信用信息管理办法第十五条第（四）项",
                            "listings/51530100MJT000010G-S1", "版本 42", "2026.11.1",
                            "sources/court-defaulters", "从未读取", "过期的数据来源", "2026-11-14"})
    EXPECT_THAT(result.out, HasSubstr(words));
}

TEST(CheckCommand, WhatTheSentenceSaysItselfIsNotSaidTwice) {
  ScriptedServer server;
  server.on_check = [](const auto&, const auto&, auto& response) {
    v1::Finding& finding = *response.mutable_eligibility()->add_findings();
    finding.set_message_zh("中国自动化学会自2026-11-14起列入（依据：社会组织信用信息管理办法第十五条）");
    finding.set_legal_basis("社会组织信用信息管理办法第十五条 (O60 art 15)");
    finding.mutable_since()->set_seconds(1'794'585'600);
    *response.mutable_eligibility()->add_findings() = finding;
    response.mutable_eligibility()->mutable_findings(1)->set_message_zh("中国自动化学会列入");
    return grpc::Status::OK;
  };
  const std::string out = RunAt(server, {"check", "51530100MJT000010G"}).out;
  const size_t second = out.find("中国自动化学会列入");
  ASSERT_NE(second, std::string::npos);
  EXPECT_THAT(out.substr(0, second), Not(HasSubstr("自：")));
  EXPECT_THAT(out.substr(0, second), Not(HasSubstr("法律依据：")));
  EXPECT_THAT(out.substr(second), HasSubstr("法律依据：社会组织信用信息管理办法第十五条 (O60 art 15)"));
  EXPECT_THAT(out.substr(second), HasSubstr("自：2026-11-14 00:00:00"));
}

TEST(CheckCommand, JsonIsOneObjectOnOneLineWithTheContractsNames) {
  ScriptedServer server;
  Answer(server, v1::VERDICT_INELIGIBLE);
  const Result result = RunAt(server, {"check", "51530100MJT000010G", "-o", "json"});
  EXPECT_EQ(result.code, 10);
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 1);
  EXPECT_THAT(result.out, HasSubstr("\"organization_code\""));
  v1::CheckEligibilityResponse parsed;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(result.out, &parsed).ok());
  EXPECT_EQ(parsed.eligibility().verdict(), v1::VERDICT_INELIGIBLE);
}

TEST(CheckCommand, SendsWhatTheFlagsSay) {
  ScriptedServer server;
  Seen<v1::CheckEligibilityRequest> seen;
  server.on_check = [&](const auto&, const v1::CheckEligibilityRequest& request, auto& response) {
    seen.Add(request);
    response.mutable_eligibility()->set_verdict(v1::VERDICT_ELIGIBLE);
    return grpc::Status::OK;
  };
  const Result result =
      RunAt(server, {"check", "51530100MJT000010G", "--purpose", "award", "--project", "KM-1", "--cut-off",
                     "2026-12-01 09:30", "--known-at", "2026-11-01 08:00", "--effective-at",
                     "2026-10-01 08:00", "--require-qualification", "社会工作", "--require-qualification",
                     "养老", "--basic", "--at-least", "9"});
  ASSERT_EQ(result.code, 0) << result.err;
  ASSERT_EQ(seen.all().size(), 1u);
  const v1::CheckEligibilityRequest request = seen.all()[0];
  EXPECT_EQ(request.context().purpose(), v1::QUERY_PURPOSE_AWARD);
  EXPECT_EQ(request.context().project(), "KM-1");
  EXPECT_TRUE(request.context().has_cut_off());
  EXPECT_EQ(request.context().required_qualifications_size(), 2);
  EXPECT_TRUE(request.as_of().has_known_at());
  EXPECT_TRUE(request.as_of().has_effective_at());
  EXPECT_EQ(request.view(), v1::ELIGIBILITY_VIEW_BASIC);
  EXPECT_EQ(request.at_least_revision(), 9u);
}

TEST(CheckCommand, ABatchEndsWithItsWorstVerdict) {
  ScriptedServer server;
  server.on_batch = [](const auto&, const v1::BatchCheckEligibilityRequest& request, auto& response) {
    for (const std::string& code : request.organization_codes()) {
      v1::Eligibility& result = *response.add_results();
      result.set_organization_code(code);
      result.set_verdict(code == "B"   ? v1::VERDICT_UNKNOWN
                         : code == "C" ? v1::VERDICT_REVIEW
                                       : v1::VERDICT_ELIGIBLE);
    }
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"check", "--file", "-"}, "A\nB\nC\n");
  EXPECT_EQ(result.code, 11);
  EXPECT_THAT(result.out, HasSubstr("共 3 个"));
}

TEST(CheckCommand, AWrongCodeInAFileIsNamedWithItsLine) {
  ScriptedServer server;
  server.on_batch = [](const auto&, const auto&, auto&) {
    return WrongField("organization_codes[1]", "应为18个字符");
  };
  const Result result = RunAt(server, {"check", "--file", "-"}, "A\n# remark\nB\n");
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("organization_codes[1]: 应为18个字符"));
  EXPECT_THAT(result.err, HasSubstr("第 3 行"));
}

TEST(CheckCommand, AConsortiumNamesTheMemberThatDecides) {
  ScriptedServer server;
  server.on_consortium = [](const auto&, const v1::CheckConsortiumRequest& request, auto& response) {
    response.set_verdict(v1::VERDICT_INELIGIBLE);
    response.add_deciding_member_codes(request.member_codes(1));
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"check", "consortium", "A", "B", "--purpose", "award", "-o", "table"});
  EXPECT_EQ(result.code, 10);
  EXPECT_THAT(result.out, HasSubstr("起决定作用的成员：B"));
}

TEST(RecordCommand, APenaltyOfFiftyThousandYuanWithItsDecision) {
  ScriptedServer server;
  Seen<v1::CreateRecordRequest> seen;
  server.on_create = [&](const auto&, const v1::CreateRecordRequest& request, auto& response) {
    seen.Add(request);
    *response.mutable_record() = request.record();
    response.mutable_listing()->set_name("listings/51530100MJT000010G-S1");
    response.set_revision(8);
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"--as",
                                       "civil-affairs:km-wuhua",
                                       "record",
                                       "penalty",
                                       "51530100MJT000010G",
                                       "--fine",
                                       "50000",
                                       "--decision-number",
                                       "五民罚〔2026〕3号",
                                       "--decided-on",
                                       "2026-11-20",
                                       "--facts",
                                       "事实",
                                       "--basis",
                                       "依据",
                                       "--organ",
                                       "昆明市五华区民政局",
                                       "--result",
                                       "罚款",
                                       "--list",
                                       "SER-04",
                                       "--list-number",
                                       "五民列〔2026〕3号",
                                       "--officer",
                                       "经办人",
                                       "--request-id",
                                       "penalty-3"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("50,000.00元"));
  EXPECT_THAT(result.out, HasSubstr("listings/51530100MJT000010G-S1"));
  ASSERT_EQ(seen.all().size(), 1u);
  const v1::CreateRecordRequest request = seen.all()[0];
  EXPECT_EQ(request.request_id(), "penalty-3");
  EXPECT_EQ(request.record().penalty().fine_fen(), 5'000'000);
  ASSERT_EQ(request.record().penalty().kinds_size(), 1);
  EXPECT_EQ(request.record().penalty().kinds(0), v1::PENALTY_KIND_FINE);
  EXPECT_EQ(request.record().formed_on(), "2026-11-20");
  EXPECT_EQ(request.record().deciding_officer(), "经办人");
  EXPECT_EQ(request.listing_decision().ground(), "SER-04");
  EXPECT_EQ(request.listing_decision().decided_on(), "2026-11-20");
  EXPECT_EQ(request.listing_decision().facts(), "事实");
}

TEST(RecordCommand, ARefusalIsToldWithItsReasonAndNothingToRepeat) {
  ScriptedServer server;
  server.on_create = [](const auto&, const auto&, auto&) {
    return Failure(grpc::StatusCode::FAILED_PRECONDITION, "处罚达到的情形是SER-04 (the penalty meets SER-04)",
                   "GROUND_MISMATCH");
  };
  const Result result = RunAt(server, {"record", "create", "51530100MJT000010G", "--file", "-"}, "{}");
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.err, HasSubstr("处罚达到的情形是SER-04"));
  EXPECT_THAT(result.err, HasSubstr("GROUND_MISMATCH"));
  EXPECT_THAT(result.err, Not(HasSubstr("--request-id")));
  EXPECT_EQ(result.out, "");
}

TEST(RecordCommand, AnUnknownOutcomeTellsHowToRepeat) {
  ScriptedServer server;
  server.on_create = [](const auto&, const auto&, auto&) {
    return Failure(grpc::StatusCode::INTERNAL, "lost");
  };
  const Result result =
      RunAt(server, {"record", "create", "51530100MJT000010G", "--file", "-", "--request-id", "mine"}, "{}");
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("--request-id mine"));
}

TEST(ListCommand, StopsAtTheLimitAndSaysThatThereIsMore) {
  ScriptedServer server;
  Seen<int> sizes;
  server.on_organizations = [&](const auto&, const v1::ListOrganizationsRequest& request, auto& response) {
    sizes.Add(request.page_size());
    for (int i = 0; i < std::min(request.page_size(), 2); ++i)
      response.add_organizations()->set_display_name("甲");
    response.set_next_page_token("next");
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"organization", "list", "--limit", "3", "-o", "json"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 3);
  EXPECT_THAT(result.err, HasSubstr("--limit 0"));
  EXPECT_THAT(sizes.all(), testing::ElementsAre(3, 1));
}

TEST(SourceCommand, AReadingWithoutRowsEndsARunOfTheRightKind) {
  ScriptedServer server;
  server.on_get_catalogue = [](const auto&, const auto&, auto& response) {
    v1::Source& registry = *response.mutable_catalogue()->add_sources();
    registry.set_id("registry-kunming");
    registry.set_kind(v1::SOURCE_KIND_REGISTRY);
    return grpc::Status::OK;
  };
  Seen<std::string> organizations;
  Seen<std::string> records;
  server.on_status = [](const auto&, const auto&, auto&) { return grpc::Status::OK; };
  server.on_import = [&](auto& stream) {
    for (v1::ImportOrganizationsRequest end; stream.Read(&end);) {
      organizations.Add(StrCat(end.source(), end.end_of_run() && end.complete() ? " complete" : ""));
      v1::ImportOrganizationsResponse done;
      done.set_request_id(end.request_id());
      stream.Write(done);
    }
    return grpc::Status::OK;
  };
  server.on_import_records = [&](auto& stream) {
    for (v1::ImportRecordsRequest end; stream.Read(&end);) {
      records.Add(StrCat(end.source(), end.end_of_run() && end.complete() ? " complete" : ""));
      v1::ImportRecordsResponse done;
      done.set_request_id(end.request_id());
      stream.Write(done);
    }
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunAt(server, {"source", "read", "registry-kunming"}).code, 0);
  EXPECT_EQ(RunAt(server, {"source", "read", "sources/tax-violations", "--partial"}).code, 0);
  EXPECT_THAT(organizations.all(), testing::ElementsAre("sources/registry-kunming complete"));
  EXPECT_THAT(records.all(), testing::ElementsAre("sources/tax-violations"));
}

TEST(CommandLine, WrongUsageIsTwoAndSaysWhy) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"bogus"},
                                             {"check"},
                                             {"check", "A", "--file", "x"},
                                             {"check", "A", "--as-of", "now", "--known-at", "now"},
                                             {"check", "A", "--bogus"},
                                             {"-o", "xml", "status"},
                                             {"record", "penalty", "A"},
                                             {"organization"},
                                             {"--as", "king", "status"},
                                             {"--timeout", "0", "status"},
                                             {"--subject", "张三", "status"},
                                             {"--server", "", "status"},
                                             {"check", "A", "--purpose", "curiosity"},
                                             {"check", "A", "--cut-off", "tomorrow"},
                                             {"catalogue", "activate", "/nowhere"}}) {
    const Result result = RunWith(arguments);
    EXPECT_EQ(result.code, 2) << testing::PrintToString(arguments);
    EXPECT_NE(result.err, "") << testing::PrintToString(arguments);
    EXPECT_EQ(result.out, "") << testing::PrintToString(arguments);
  }
}

TEST(CommandLine, AnErrorOfAFieldIsToldOnceOnItsOwnLine) {
  const Result result = RunWith({"check", "A", "--purpose", "curiosity"});
  EXPECT_THAT(result.err, testing::StartsWith("错误：参数有误 (invalid argument)\n  purpose: "));
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 2);
}

TEST(CommandLine, EveryVerbHasHelpWithAnExample) {
  const std::vector<std::vector<std::string>> verbs = {{"check"},
                                                       {"check", "consortium"},
                                                       {"organization", "get"},
                                                       {"organization", "list"},
                                                       {"organization", "search"},
                                                       {"record", "get"},
                                                       {"record", "list"},
                                                       {"record", "create"},
                                                       {"record", "penalty"},
                                                       {"record", "correct"},
                                                       {"record", "withdraw"},
                                                       {"record", "review"},
                                                       {"record", "late"},
                                                       {"organization", "change-code"},
                                                       {"organization", "merge"},
                                                       {"case", "open"},
                                                       {"case", "accept"},
                                                       {"case", "return"},
                                                       {"case", "resubmit"},
                                                       {"case", "dismiss"},
                                                       {"case", "forward"},
                                                       {"case", "notice"},
                                                       {"case", "statement"},
                                                       {"case", "decide"},
                                                       {"case", "transfer"},
                                                       {"case", "get"},
                                                       {"case", "list"},
                                                       {"deadlines"},
                                                       {"application", "file"},
                                                       {"application", "accept"},
                                                       {"application", "reject"},
                                                       {"application", "answer"},
                                                       {"application", "get"},
                                                       {"application", "list"},
                                                       {"repair", "revoke"},
                                                       {"report"},
                                                       {"certify"},
                                                       {"receipt"},
                                                       {"award", "create"},
                                                       {"award", "renew"},
                                                       {"award", "close"},
                                                       {"award", "get"},
                                                       {"award", "list"},
                                                       {"award", "watch"},
                                                       {"clock", "show"},
                                                       {"clock", "advance"},
                                                       {"listing", "get"},
                                                       {"listing", "list"},
                                                       {"listing", "state"},
                                                       {"listing", "download"},
                                                       {"listing", "watch"},
                                                       {"import", "organizations"},
                                                       {"import", "records"},
                                                       {"source", "read"},
                                                       {"catalogue", "activate"},
                                                       {"catalogue", "get"},
                                                       {"status"},
                                                       {"version"}};
  for (std::vector<std::string> verb : verbs) {
    verb.push_back("--help");
    const Result result = RunWith(verb);
    EXPECT_EQ(result.code, 0) << testing::PrintToString(verb);
    EXPECT_THAT(result.out, HasSubstr("示例")) << testing::PrintToString(verb);
    EXPECT_THAT(result.out, HasSubstr("  chengxin ")) << testing::PrintToString(verb);
  }
  EXPECT_THAT(RunWith({"--help"}).out,
              HasSubstr("10 不得选择 INELIGIBLE; 11 无法确认 UNKNOWN; 12 需审查 REVIEW"));
}

TEST(CommandLine, AnUnreachableServerIsFive) {
  const Result result = RunWith({"--server", "127.0.0.1:1", "--timeout", "1", "status"});
  EXPECT_EQ(result.code, 5);
  EXPECT_THAT(result.err, HasSubstr("服务127.0.0.1:1"));
}

TEST(WordOf, AValueOfTomorrowIsShownAsItsNumber) {
  EXPECT_EQ(WordOf(static_cast<v1::Verdict>(99)), "?99");
  EXPECT_EQ(NameOf(static_cast<v1::ReasonCode>(999)), "?999");
  EXPECT_EQ(NameOf(v1::REASON_CODE_SEVERE_LIST), "SEVERE_LIST");
}

// Every value of the contract has a word for officers.
template <typename Enum>
void ExpectWords(const google::protobuf::EnumDescriptor& type) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    const std::string word = WordOf(static_cast<Enum>(type.value(i)->number()));
    EXPECT_NE(word, "") << type.value(i)->name();
    EXPECT_NE(word.substr(0, 1), "?") << type.value(i)->name();
  }
}

TEST(WordOf, EveryValueHasAWord) {
  ExpectWords<v1::Verdict>(*v1::Verdict_descriptor());
  ExpectWords<v1::Outcome>(*v1::Outcome_descriptor());
  ExpectWords<v1::Condition>(*v1::Condition_descriptor());
  ExpectWords<v1::RegistrationStatus>(*v1::RegistrationStatus_descriptor());
  ExpectWords<v1::OrganizationType>(*v1::OrganizationType_descriptor());
  ExpectWords<v1::CertificateForm>(*v1::CertificateForm_descriptor());
  ExpectWords<v1::ListKind>(*v1::ListKind_descriptor());
  ExpectWords<v1::ListingState>(*v1::ListingState_descriptor());
  ExpectWords<v1::ListingEndReason>(*v1::ListingEndReason_descriptor());
  ExpectWords<v1::ListingTransition>(*v1::ListingTransition_descriptor());
  ExpectWords<v1::RecordCategory>(*v1::RecordCategory_descriptor());
  ExpectWords<v1::PenaltyKind>(*v1::PenaltyKind_descriptor());
  ExpectWords<v1::AnnualConclusion>(*v1::AnnualConclusion_descriptor());
  ExpectWords<v1::CaseOrigin>(*v1::CaseOrigin_descriptor());
  ExpectWords<v1::CaseState>(*v1::CaseState_descriptor());
  ExpectWords<v1::CaseVerb>(*v1::CaseVerb_descriptor());
  ExpectWords<v1::CaseFinding>(*v1::CaseFinding_descriptor());
  ExpectWords<v1::ServiceMethod>(*v1::ServiceMethod_descriptor());
  ExpectWords<v1::ApplicationKind>(*v1::ApplicationKind_descriptor());
  ExpectWords<v1::ApplicationState>(*v1::ApplicationState_descriptor());
  ExpectWords<v1::AwardMode>(*v1::AwardMode_descriptor());
  ExpectWords<v1::AwardState>(*v1::AwardState_descriptor());
  ExpectWords<v1::AwardWatchKind>(*v1::AwardWatchKind_descriptor());
  ExpectWords<v1::DeadlineKind>(*v1::DeadlineKind_descriptor());
  ExpectWords<v1::ReviewKind>(*v1::ReviewKind_descriptor());
  ExpectWords<v1::Role>(*v1::Role_descriptor());
}

}  // namespace
}  // namespace chengxin::cli
