// Commands of the law's course, against a scripted server: what the flags send and what people are shown.
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

// SHA-256 of "abc".
constexpr char kAbc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

// A file that holds "abc", removed with it.
class AbcFile {
 public:
  explicit AbcFile(const std::string& name)
      : path_((std::filesystem::temp_directory_path() / name).string()) {
    std::ofstream(path_, std::ios::binary) << "abc";
  }
  ~AbcFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

// The server has one case with this etag.
void HasCase(ScriptedServer& server, const std::string& etag) {
  server.on_get_case = [etag](const auto&, const v1::GetCaseRequest& request, auto& response) {
    v1::Case& one = *response.mutable_case_();
    one.set_name(request.name());
    one.set_state(v1::CASE_STATE_RECEIVED);
    one.set_conduct("fabricated-material");
    one.set_conduct_on("2026-10-12");
    one.set_facts("原来的事实");
    one.set_contract("合同1");
    one.add_open_moves(v1::CASE_VERB_ACCEPT);
    one.set_etag(etag);
    return grpc::Status::OK;
  };
}

TEST(CaseCommand, Rule14AReportSendsItsEvidenceByDigest) {
  const AbcFile file("chengxin-evidence.pdf");
  ScriptedServer server;
  Seen<v1::OpenCaseRequest> seen;
  server.on_open_case = [&](const auto&, const v1::OpenCaseRequest& request, auto& response) {
    seen.Add(request);
    *response.mutable_case_() = request.case_();
    return grpc::Status::OK;
  };
  const Result result =
      RunAt(server, {"--as", "purchaser:km-culture", "case", "open", "51530100MJT000010G", "--conduct",
                     "fabricated-material", "--conduct-on", "2026-10-12", "--facts", "材料虚假", "--evidence",
                     file.path(), "--evidence", file.path() + "=验收报告=3号柜", "--contract", "合同1",
                     "--award", "52-1"});
  ASSERT_EQ(result.code, 0) << result.err;
  ASSERT_EQ(seen.all().size(), 1u);
  const v1::OpenCaseRequest request = seen.all()[0];
  EXPECT_EQ(request.origin(), v1::CASE_ORIGIN_PURCHASER_REPORT);
  EXPECT_FALSE(request.request_id().empty());
  EXPECT_EQ(request.case_().award(), "awards/52-1");
  ASSERT_EQ(request.case_().evidence_size(), 2);
  EXPECT_EQ(request.case_().evidence(0).sha256(), kAbc);
  EXPECT_EQ(request.case_().evidence(0).title(), "chengxin-evidence.pdf");
  EXPECT_EQ(request.case_().evidence(1).title(), "验收报告");
  EXPECT_EQ(request.case_().evidence(1).location(), "3号柜");
  // The file itself is never sent.
  EXPECT_THAT(request.SerializeAsString(), Not(HasSubstr("abc\n")));
  EXPECT_THAT(result.out, HasSubstr(kAbc));
}

TEST(CaseCommand, EvidenceThatCannotBeReadNamesTheFlag) {
  ScriptedServer server;
  const Result result =
      RunAt(server, {"--as", "purchaser:km-culture", "case", "open", "C", "--conduct", "c", "--conduct-on",
                     "2026-10-12", "--facts", "f", "--evidence", "/nowhere.pdf"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("evidence: "));
}

TEST(CaseCommand, AnAuthorityOpensItsOwnAndAComplaintNamesWhoComplained) {
  ScriptedServer server;
  Seen<v1::CaseOrigin> seen;
  server.on_open_case = [&](const auto&, const v1::OpenCaseRequest& request, auto&) {
    seen.Add(request.origin());
    return grpc::Status::OK;
  };
  std::vector<std::string> open = {"--as", "civil-affairs:km", "case",       "open",    "C", "--conduct",
                                   "c",    "--conduct-on",     "2026-10-12", "--facts", "f"};
  EXPECT_EQ(RunAt(server, open).code, 0);
  open.insert(open.end(), {"--complainant", "群众"});
  EXPECT_EQ(RunAt(server, open).code, 0);
  EXPECT_THAT(seen.all(), testing::ElementsAre(v1::CASE_ORIGIN_AUTHORITY, v1::CASE_ORIGIN_COMPLAINT));
}

TEST(CaseCommand, AMoveCarriesTheEtagOfTheCaseAsItIsReadUnlessOneIsGiven) {
  ScriptedServer server;
  HasCase(server, "etag-now");
  Seen<v1::AcceptCaseRequest> seen;
  server.on_accept_case = [&](const auto&, const v1::AcceptCaseRequest& request, auto&) {
    seen.Add(request);
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunAt(server, {"case", "accept", "31-1"}).code, 0);
  EXPECT_EQ(RunAt(server, {"case", "accept", "cases/31-1", "--etag", "seen", "--request-id", "mine"}).code,
            0);
  ASSERT_EQ(seen.all().size(), 2u);
  EXPECT_EQ(seen.all()[0].name(), "cases/31-1");
  EXPECT_EQ(seen.all()[0].etag(), "etag-now");
  EXPECT_EQ(seen.all()[1].name(), "cases/31-1");
  EXPECT_EQ(seen.all()[1].etag(), "seen");
  EXPECT_EQ(seen.all()[1].request_id(), "mine");
}

// Repeated with another etag it would be another request.
TEST(CaseCommand, AnUnknownOutcomeIsRepeatedWithItsEtagToo) {
  ScriptedServer server;
  HasCase(server, "etag-now");
  server.on_accept_case = [](const auto&, const auto&, auto&) {
    return Failure(grpc::StatusCode::INTERNAL, "lost");
  };
  const Result result = RunAt(server, {"case", "accept", "31-1", "--request-id", "mine"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("--request-id mine"));
  EXPECT_THAT(result.err, HasSubstr("--etag etag-now"));
}

TEST(CaseCommand, AMoveThatIsNotOpenIsRefusedWithTheMovesThatAre) {
  ScriptedServer server;
  HasCase(server, "e");
  server.on_decide = [](const auto&, const auto&, auto&) {
    return Failure(grpc::StatusCode::FAILED_PRECONDITION, "现在不能作出决定 (not open)", "MOVE_NOT_OPEN");
  };
  const AbcFile proof("chengxin-proof.pdf");
  const Result result = RunAt(server, {"case",
                                       "decide",
                                       "31-1",
                                       "--finding",
                                       "not-substantiated",
                                       "--number",
                                       "1",
                                       "--decided-on",
                                       "2026-11-05",
                                       "--facts",
                                       "f",
                                       "--basis",
                                       "b",
                                       "--officer",
                                       "o",
                                       "--served",
                                       "direct",
                                       "--served-on",
                                       "2026-11-05",
                                       "--proof",
                                       proof.path()});
  EXPECT_EQ(result.code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("MOVE_NOT_OPEN"));
}

TEST(CaseCommand, Rule18ASecondOfficerConfirmsTheDecisionThatWaits) {
  ScriptedServer server;
  server.on_get_case = [](const auto&, const v1::GetCaseRequest& request, auto& response) {
    v1::Case& one = *response.mutable_case_();
    one.set_name(request.name());
    one.set_state(v1::CASE_STATE_STATED);
    one.mutable_proposed_decision()->set_number("五民列〔2026〕8号");
    one.set_proposer("wuhua-03");
    one.add_open_moves(v1::CASE_VERB_CONFIRM);
    one.set_etag("seen");
    return grpc::Status::OK;
  };
  const Result waiting = RunAt(server, {"case", "get", "31-1"});
  EXPECT_THAT(waiting.out, HasSubstr("拟作决定，待另一经办人确认"));
  EXPECT_THAT(waiting.out, HasSubstr("五民列〔2026〕8号"));
  EXPECT_THAT(waiting.out, HasSubstr("wuhua-03"));
  EXPECT_THAT(waiting.out, HasSubstr("确认决定 confirm"));

  Seen<v1::ConfirmDecisionRequest> seen;
  server.on_confirm = [&](const auto&, const v1::ConfirmDecisionRequest& request, auto& response) {
    seen.Add(request);
    response.mutable_case_()->set_state(v1::CASE_STATE_DECIDED);
    response.mutable_listing()->set_name("listings/1-A1");
    return grpc::Status::OK;
  };
  const Result confirmed = RunAt(server, {"--as", "civil-affairs:km-wuhua", "--subject", "wuhua-07", "case",
                                          "confirm", "31-1", "--officer", "复核人"});
  ASSERT_EQ(confirmed.code, 0) << confirmed.err;
  ASSERT_EQ(seen.all().size(), 1u);
  EXPECT_EQ(seen.all()[0].name(), "cases/31-1");
  EXPECT_EQ(seen.all()[0].etag(), "seen");
  EXPECT_EQ(seen.all()[0].confirming_officer(), "复核人");
  EXPECT_THAT(confirmed.out, HasSubstr("listings/1-A1"));
  EXPECT_NE(RunAt(server, {"case", "confirm", "31-1"}).code, 0) << "the officer is named";
}

TEST(CaseCommand, ResubmittingKeepsWhatIsNotCorrected) {
  ScriptedServer server;
  HasCase(server, "e");
  Seen<v1::ResubmitCaseRequest> seen;
  server.on_resubmit_case = [&](const auto&, const v1::ResubmitCaseRequest& request, auto&) {
    seen.Add(request);
    return grpc::Status::OK;
  };
  ASSERT_EQ(RunAt(server, {"case", "resubmit", "31-1", "--facts", "补正的事实"}).code, 0);
  ASSERT_EQ(seen.all().size(), 1u);
  EXPECT_EQ(seen.all()[0].case_().facts(), "补正的事实");
  EXPECT_EQ(seen.all()[0].case_().conduct(), "fabricated-material");
  EXPECT_EQ(seen.all()[0].case_().contract(), "合同1");
}

TEST(CaseCommand, Rule22ANoticeSendsHowItWasServed) {
  const AbcFile proof("chengxin-served.pdf");
  ScriptedServer server;
  HasCase(server, "e");
  Seen<v1::ServeNoticeRequest> seen;
  server.on_notice = [&](const auto&, const v1::ServeNoticeRequest& request, auto&) {
    seen.Add(request);
    return grpc::Status::OK;
  };
  const std::vector<std::string> notice = {"case",
                                           "notice",
                                           "31-1",
                                           "--number",
                                           "告1",
                                           "--ground",
                                           "ABN-06",
                                           "--facts",
                                           "f",
                                           "--reasons",
                                           "r",
                                           "--basis",
                                           "b",
                                           "--rights",
                                           "可以陈述申辩",
                                           "--served-on",
                                           "2026-10-20",
                                           "--proof",
                                           proof.path() + "=送达回证",
                                           "--served"};
  std::vector<std::string> announced = notice;
  announced.push_back("announcement");
  ASSERT_EQ(RunAt(server, announced).code, 0);
  ASSERT_EQ(seen.all().size(), 1u);
  const v1::CaseNotice sent = seen.all()[0].notice();
  EXPECT_EQ(sent.ground(), "ABN-06");
  EXPECT_EQ(sent.service().method(), v1::SERVICE_METHOD_ANNOUNCEMENT);
  EXPECT_EQ(sent.service().served_on(), "2026-10-20");
  EXPECT_EQ(sent.service().proof().title(), "送达回证");
  std::vector<std::string> carried = notice;
  carried.push_back("pigeon");
  EXPECT_EQ(RunAt(server, carried).code, 2);
}

TEST(CaseCommand, ACaseIsShownWithItsMovesAndDeadlines) {
  ScriptedServer server;
  server.on_get_case = [](const auto&, const auto&, auto& response) {
    v1::Case& one = *response.mutable_case_();
    one.set_name("cases/31-1");
    one.set_state(v1::CASE_STATE_ACCEPTED);
    v1::CaseMove& move = *one.add_moves();
    move.set_verb(v1::CASE_VERB_RETURN);
    move.set_state(v1::CASE_STATE_RETURNED);
    move.set_role(v1::ROLE_CIVIL_AFFAIRS);
    move.set_by("authorities/km-wuhua");
    move.set_reason("请补正");
    one.add_open_moves(v1::CASE_VERB_SERVE_NOTICE);
    v1::Deadline& deadline = *one.add_deadlines();
    deadline.set_kind(v1::DEADLINE_KIND_DECISION);
    deadline.set_due_on("2026-11-09");
    deadline.set_overdue(true);
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"case", "get", "31-1"});
  for (const char* words : {"已受理", "退回补正", "民政部门 authorities/km-wuhua", "请补正",
                            "送达告知书 notice", "作出决定  2026-11-09  已逾期 OVERDUE"})
    EXPECT_THAT(result.out, HasSubstr(words));
}

TEST(DeadlinesCommand, Rule64TheyAreListedAndTheProvisionalSaidToBeSo) {
  ScriptedServer server;
  Seen<v1::ListDeadlinesRequest> seen;
  server.on_deadlines = [&](const auto&, const v1::ListDeadlinesRequest& request, auto& response) {
    seen.Add(request);
    v1::Deadline& deadline = *response.add_deadlines();
    deadline.set_kind(v1::DEADLINE_KIND_STATEMENT);
    deadline.set_due_on("2027-01-08");
    deadline.set_provisional(true);
    deadline.set_resource("cases/31-1");
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"deadlines", "--by", "2027-02-01", "--overdue"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("陈述申辩期满"));
  EXPECT_THAT(result.out, HasSubstr("暂定"));
  ASSERT_EQ(seen.all().size(), 1u);
  EXPECT_EQ(seen.all()[0].due_by(), "2027-02-01");
  EXPECT_TRUE(seen.all()[0].overdue_only());
}

TEST(ApplicationCommand, AnAnswerSaysYesOrNo) {
  ScriptedServer server;
  server.on_get_application = [](const auto&, const auto&, auto& response) {
    response.mutable_application()->set_etag("e");
    return grpc::Status::OK;
  };
  Seen<v1::AnswerApplicationRequest> seen;
  server.on_answer = [&](const auto&, const v1::AnswerApplicationRequest& request, auto& response) {
    seen.Add(request);
    response.mutable_listing()->set_name("listings/L-1");
    return grpc::Status::OK;
  };
  const std::vector<std::string> answer = {"application", "answer",        "88-1",      "--number",
                                           "复1",         "--answer",      "同意",      "--officer",
                                           "o",           "--verified-on", "2026-11-24"};
  EXPECT_EQ(RunAt(server, answer).code, 2);
  std::vector<std::string> granted = answer;
  granted.push_back("--granted");
  const Result result = RunAt(server, granted);
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("listings/L-1"));
  ASSERT_EQ(seen.all().size(), 1u);
  EXPECT_TRUE(seen.all()[0].granted());
  EXPECT_EQ(seen.all()[0].verified_on(), "2026-11-24");
  granted.push_back("--refused");
  EXPECT_EQ(RunAt(server, granted).code, 2);
}

v1::Receipt ReceiptOf(v1::Verdict verdict) {
  v1::Receipt receipt;
  receipt.set_name("receipts/CX2026-000000017");
  receipt.set_verdict(verdict);
  receipt.set_printed("查询记录\n编号：CX2026-000000017\n结果：\x1b[2J不得选择\n");
  return receipt;
}

TEST(CertifyCommand, PrintsTheQueryRecordAndEndsWithTheVerdict) {
  for (const auto& [verdict, code] : std::vector<std::pair<v1::Verdict, int>>{{v1::VERDICT_ELIGIBLE, 0},
                                                                              {v1::VERDICT_INELIGIBLE, 10},
                                                                              {v1::VERDICT_UNKNOWN, 11},
                                                                              {v1::VERDICT_REVIEW, 12}}) {
    ScriptedServer server;
    Seen<v1::CertifyRequest> seen;
    server.on_certify = [&, answer = verdict](const auto&, const v1::CertifyRequest& request,
                                              auto& response) {
      seen.Add(request);
      *response.mutable_receipt() = ReceiptOf(answer);
      return grpc::Status::OK;
    };
    const Result result = RunAt(server, {"certify", "A", "B", "--consortium", "--project", "KM-1",
                                         "--purpose", "award", "--cut-off", "2026-12-01 09:30"});
    EXPECT_EQ(result.code, code) << result.err;
    EXPECT_EQ(result.out, "查询记录\n编号：CX2026-000000017\n结果：?[2J不得选择\n");
    ASSERT_EQ(seen.all().size(), 1u);
    EXPECT_EQ(seen.all()[0].subject(), v1::RECEIPT_SUBJECT_CONSORTIUM);
    EXPECT_EQ(seen.all()[0].organization_codes_size(), 2);
    EXPECT_FALSE(seen.all()[0].request_id().empty());
  }
}

TEST(CertifyCommand, CandidatesEndWithTheWorstAnswer) {
  ScriptedServer server;
  server.on_certify = [&](const auto&, const v1::CertifyRequest& request, auto& response) {
    EXPECT_EQ(request.subject(), v1::RECEIPT_SUBJECT_CANDIDATES);
    response.mutable_receipt()->add_answers()->set_verdict(v1::VERDICT_ELIGIBLE);
    response.mutable_receipt()->add_answers()->set_verdict(v1::VERDICT_REVIEW);
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunAt(server, {"certify", "A", "B", "--candidates", "--project", "KM-1", "--purpose", "award",
                           "--cut-off", "2026-12-01 09:30"})
                .code,
            12);
}

TEST(ReceiptCommand, AnOldReceiptIsPrintedAgain) {
  ScriptedServer server;
  server.on_receipt = [](const auto&, const v1::GetReceiptRequest& request, auto& response) {
    EXPECT_EQ(request.name(), "receipts/CX2026-000000017");
    *response.mutable_receipt() = ReceiptOf(v1::VERDICT_INELIGIBLE);
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"receipt", "CX2026-000000017"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("编号：CX2026-000000017"));
}

TEST(AwardCommand, Rule41AnAwardNamesItsReceiptAndOneTerm) {
  ScriptedServer server;
  Seen<v1::CreateAwardRequest> seen;
  server.on_create_award = [&](const auto&, const v1::CreateAwardRequest& request, auto& response) {
    seen.Add(request);
    *response.mutable_award() = request.award();
    return grpc::Status::OK;
  };
  const Result result =
      RunAt(server, {"award",      "create",       "--project",   "KM-1",       "--title",
                     "养老服务",   "--contractor", "A",           "--cut-off",  "2026-12-01 09:30",
                     "--contract", "合同1",        "--starts-on", "2026-12-10", "--ends-on",
                     "2027-12-09", "--price",      "480000",      "--receipt",  "CX2026-000000017"});
  ASSERT_EQ(result.code, 0) << result.err;
  ASSERT_EQ(seen.all().size(), 1u);
  const v1::Award award = seen.all()[0].award();
  EXPECT_EQ(award.mode(), v1::AWARD_MODE_SINGLE);
  ASSERT_EQ(award.terms_size(), 1);
  EXPECT_EQ(award.terms(0).price_fen(), 48'000'000);
  EXPECT_EQ(award.terms(0).receipt(), "receipts/CX2026-000000017");
  EXPECT_THAT(result.out, HasSubstr("480,000.00元"));
}

TEST(AwardCommand, Policy4ARenewalNamesTheApprovalOfTheFinanceDepartment) {
  ScriptedServer server;
  server.on_get_award = [](const auto&, const auto&, auto& response) {
    response.mutable_award()->set_etag("r7");
    return grpc::Status::OK;
  };
  Seen<v1::RenewAwardRequest> seen;
  server.on_renew_award = [&](const auto&, const v1::RenewAwardRequest& request, auto& response) {
    seen.Add(request);
    *response.mutable_award()->add_terms() = request.term();
    *response.mutable_award()->add_terms() = request.term();
    return grpc::Status::OK;
  };
  std::vector<std::string> renew = {"award",           "renew",      "52-1",    "--starts-on", "2027-12-10",
                                    "--ends-on",       "2028-12-09", "--price", "500000",      "--receipt",
                                    "CX2027-000000203"};
  EXPECT_EQ(RunAt(server, renew).code, 2);
  renew.insert(renew.end(), {"--finance-approval", "昆财采〔2027〕31号"});
  const Result result = RunAt(server, renew);
  ASSERT_EQ(result.code, 0) << result.err;
  ASSERT_EQ(seen.all().size(), 1u);
  EXPECT_EQ(seen.all()[0].term().finance_approval(), "昆财采〔2027〕31号");
  EXPECT_THAT(result.out, HasSubstr("  财政审批  昆财采〔2027〕31号\n"));
}

TEST(AwardCommand, ClosingEvaluatesTheOnlyContractorOrEachInAFile) {
  ScriptedServer server;
  int contractors = 1;
  server.on_get_award = [&](const auto&, const auto&, auto& response) {
    for (int i = 0; i < contractors; ++i) response.mutable_award()->add_contractor_codes(StrCat("C", i));
    return grpc::Status::OK;
  };
  Seen<v1::CloseAwardRequest> seen;
  server.on_close_award = [&](const auto&, const v1::CloseAwardRequest& request, auto&) {
    seen.Add(request);
    return grpc::Status::OK;
  };
  const std::vector<std::string> close = {"award", "close",          "52-1", "--passed",       "--score",
                                          "92.5",  "--satisfaction", "100",  "--evaluated-on", "2027-12-20"};
  ASSERT_EQ(RunAt(server, close).code, 0);
  ASSERT_EQ(seen.all().size(), 1u);
  ASSERT_EQ(seen.all()[0].evaluations_size(), 1);
  EXPECT_EQ(seen.all()[0].evaluations(0).organization_code(), "C0");
  EXPECT_EQ(seen.all()[0].evaluations(0).score_centi(), 9'250);
  EXPECT_EQ(seen.all()[0].evaluations(0).satisfaction_centi(), 10'000);
  contractors = 2;
  EXPECT_EQ(RunAt(server, close).code, 2);
  ASSERT_EQ(RunAt(server, {"award", "close", "52-1", "--file", "-"},
                  "{\"organization_code\":\"C0\",\"passed\":true}\n\n{\"organization_code\":\"C1\"}\n")
                .code,
            0);
  EXPECT_EQ(seen.all()[1].evaluations_size(), 2);
  std::vector<std::string> beyond = close;
  beyond[5] = "100.01";
  EXPECT_EQ(RunAt(server, beyond).code, 2);
}

TEST(AwardCommand, Rule59AnAlertIsALineWithBothVerdicts) {
  ScriptedServer server;
  server.on_watch_awards = [](const auto&, auto& writer) {
    v1::WatchAwardsResponse event;
    event.set_kind(v1::AWARD_WATCH_KIND_ALERT);
    event.set_revision(9);
    event.mutable_award()->set_name("awards/52-1");
    event.mutable_alert()->set_organization_code("C");
    event.mutable_alert()->set_before(v1::VERDICT_ELIGIBLE);
    event.mutable_alert()->set_now(v1::VERDICT_INELIGIBLE);
    event.mutable_alert()->add_reasons(v1::REASON_CODE_SEVERE_LIST);
    writer.Write(event);
    return Failure(grpc::StatusCode::PERMISSION_DENIED, "end");
  };
  const Result result = RunAt(server, {"award", "watch"});
  EXPECT_THAT(result.out, HasSubstr("警示 ALERT  awards/52-1"));
  EXPECT_THAT(result.out, HasSubstr("可以选择 ELIGIBLE → 不得选择 INELIGIBLE  SEVERE_LIST"));
}

TEST(ClockCommand, APeriodIsCountedFromTheServersClock) {
  ScriptedServer server;
  server.on_status = [](const auto&, const auto&, auto& response) {
    response.mutable_now()->set_seconds(1'709'254'800);  // 2024-03-01 09:00 in Asia/Shanghai
    response.set_simulated_clock(true);
    return grpc::Status::OK;
  };
  Seen<int64_t> seen;
  server.on_advance = [&](const auto&, const v1::AdvanceClockRequest& request, auto& response) {
    seen.Add(request.to().seconds());
    *response.mutable_now() = request.to();
    response.set_dues(3);
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"--as", "admin", "clock", "advance", "--by", "P2Y"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("2026-03-01 09:00:00"));
  EXPECT_THAT(seen.all(), testing::ElementsAre(1'772'326'800));
  EXPECT_EQ(RunAt(server, {"clock", "advance", "--by", "two years"}).code, 2);
  EXPECT_EQ(RunAt(server, {"clock", "advance"}).code, 2);
  EXPECT_THAT(RunAt(server, {"clock", "show"}).out, HasSubstr("模拟"));
}

TEST(ReportCommand, Rule60AdverseAndGoodStandSideBySideAndThePageIsWritten) {
  const std::string path = (std::filesystem::temp_directory_path() / "chengxin-report.html").string();
  ScriptedServer server;
  server.on_report = [](const auto&, const v1::GetCreditReportRequest& request, auto& response) {
    response.mutable_report()->mutable_organization()->set_display_name("昆明市某某协会");
    response.mutable_report()->add_favourable_records()->mutable_assessment_level()->set_level(4);
    if (request.format() == v1::REPORT_FORMAT_HTML) response.set_document("<html></html>");
    return grpc::Status::OK;
  };
  const Result shown = RunAt(server, {"report", "C"});
  EXPECT_EQ(shown.code, 0) << shown.err;
  for (const char* words : {"昆明市某某协会", "不良信息 (adverse)\n无 (none)", "良好信息 (favourable)", "4A"})
    EXPECT_THAT(shown.out, HasSubstr(words));
  EXPECT_EQ(RunAt(server, {"report", "C", "--html", path}).code, 0);
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "<html></html>");
  EXPECT_EQ(RunAt(server, {"report", "C", "--html", "-"}).out, "<html></html>");
  std::filesystem::remove(path);
}

TEST(RecordCommand, Rule39AWithdrawalNamesTheCasesItOpened) {
  ScriptedServer server;
  server.on_get_record = [](const auto&, const auto&, auto& response) {
    response.mutable_record()->set_etag("e");
    return grpc::Status::OK;
  };
  server.on_withdraw = [](const auto&, const v1::WithdrawRecordRequest& request, auto& response) {
    EXPECT_EQ(request.etag(), "e");
    EXPECT_EQ(request.withdrawal().decided_on(), "2026-11-20");
    response.add_cases("cases/40-1");
    return grpc::Status::OK;
  };
  const Result result = RunAt(server, {"record", "withdraw", "organizations/C/records/1", "--reason",
                                       "复议撤销", "--basis", "b", "--decided-on", "2026-11-20"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("cases/40-1"));
}

}  // namespace
}  // namespace chengxin::cli
