// The law's course on the command line, on a simulated clock: cases, applications, awards, records,
// succession.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/strings.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/receipt.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "tests/process/command_line.h"

namespace chengxin {
namespace {

using testing::HasSubstr;
using testing::Not;

using Arguments = std::vector<std::string>;

constexpr char kOfficer[] = "civil-affairs:km-wuhua";
constexpr char kPurchaser[] = "purchaser:km-culture";

// A folder on a simulated clock that begins on 1 March 2024; the tests go on in its time, one after the
// other.
class Course : public CommandLine {
 protected:
  static void SetUpTestSuite() {
    Open({"--simulated-clock-start", "2024-03-01T09:00:00+08:00"}, "2024-03-01 09:00");
    proof_ = Write("proof.txt", "证明（样例）") + "=证明";
  }

  static Ended As(const std::string& who, Arguments arguments) {
    arguments.insert(arguments.begin(), {"--as", who});
    return Run(std::move(arguments));
  }
  // Moves the clock; the sources are fresh again.
  static void MoveTo(const std::string& instant) {
    const Ended moved = As("admin", {"clock", "advance", "--to", instant});
    ASSERT_EQ(moved.exit_code, 0) << moved.errors;
    ReadSources(instant);
  }

  // A purchaser's report on its own contract; the name of the case.
  static std::string Report(const std::string& code) {
    const Ended open =
        As(kPurchaser,
           {"-o", "json", "case", "open", code, "--conduct", "rectification-overdue", "--conduct-on",
            "2024-02-20", "--facts", "未按期整改", "--evidence", proof_, "--contract", "昆文采〔2024〕1号"});
    EXPECT_EQ(open.exit_code, 0) << open.errors;
    return FromJson<v1::OpenCaseResponse>(open.output).case_().name();
  }
  static Ended Notice(const std::string& who, const std::string& name, const std::string& day) {
    return As(who, {"case",
                    "notice",
                    name,
                    "--number",
                    "告1",
                    "--ground",
                    "ABN-03",
                    "--facts",
                    "未按期整改",
                    "--reasons",
                    "属实",
                    "--basis",
                    "社会组织信用信息管理办法第十一条",
                    "--rights",
                    "可以陈述、申辩",
                    "--served",
                    "direct",
                    "--served-on",
                    day,
                    "--proof",
                    proof_});
  }
  static Ended Decide(const std::string& name, const std::string& day, const Arguments& more = {}) {
    Arguments decide = {"case",
                        "decide",
                        name,
                        "--finding",
                        "listed",
                        "--ground",
                        "ABN-03",
                        "--number",
                        "列" + name,
                        "--decided-on",
                        day,
                        "--facts",
                        "未按期整改",
                        "--basis",
                        "社会组织信用信息管理办法第十一条",
                        "--repair-notice-served",
                        "--officer",
                        "经办人",
                        "--served",
                        "direct",
                        "--served-on",
                        day,
                        "--proof",
                        proof_};
    decide.insert(decide.end(), more.begin(), more.end());
    return As(kOfficer, decide);
  }
  static Ended Certify(const std::string& code, const std::string& project, const std::string& cut_off) {
    return As(kPurchaser, {"-o", "json", "certify", code, "--purpose", "award", "--project", project,
                           "--cut-off", cut_off});
  }

  static std::string proof_;
};

std::string Course::proof_;

TEST_F(Course, Rules14To23AReportIsCorrectedAcceptedNoticedAndDecided) {
  const std::string code = CodeOf("MJT00001");
  const std::string name = Report(code);
  // Rule 46: it colours no verdict and is seen by reporter and authority alone.
  EXPECT_EQ(Check(code).exit_code, 0);
  EXPECT_EQ(As("purchaser:km-education", {"case", "get", name}).exit_code, 4);
  EXPECT_NE(Run({"case", "get", name}).exit_code, 0);
  // Rule 16.
  ASSERT_EQ(As(kOfficer, {"case", "return", name, "--reason", "请补充材料"}).exit_code, 0);
  const Ended returned = As(kPurchaser, {"case", "get", name});
  EXPECT_THAT(returned.output, HasSubstr("已退回补正"));
  EXPECT_THAT(returned.output, HasSubstr("请补充材料"));
  ASSERT_EQ(As(kPurchaser, {"case", "resubmit", name, "--facts", "未按期整改，补充说明"}).exit_code, 0);
  ASSERT_EQ(As(kOfficer, {"case", "accept", name}).exit_code, 0);
  // Again it is not open, and what is open is said.
  const Ended again = As(kOfficer, {"case", "accept", name});
  EXPECT_EQ(again.exit_code, 3);
  EXPECT_THAT(again.errors, HasSubstr("MOVE_NOT_OPEN"));
  EXPECT_THAT(again.errors, HasSubstr("open_moves="));
  // Two officers at once: the second has seen an older state.
  const Ended stale = As(kOfficer, {"case", "dismiss", name, "--reason", "r", "--etag", "seen before"});
  EXPECT_EQ(stale.exit_code, 3);
  EXPECT_THAT(stale.errors, HasSubstr("STALE_ETAG"));
  // Rules 20 and 22.
  ASSERT_EQ(Notice(kOfficer, name, "2024-03-01").exit_code, 0);
  EXPECT_THAT(As(kOfficer, {"deadlines", "--by", "2024-04-30"}).output, HasSubstr("陈述申辩期满"));
  const Ended early = Decide(name, "2024-03-01");
  EXPECT_EQ(early.exit_code, 3);
  EXPECT_THAT(early.errors, HasSubstr("STATEMENT_PERIOD_RUNS"));
  // Rule 21: the statement is answered.
  ASSERT_EQ(As(kOfficer, {"case", "statement", name, "--received-on", "2024-03-01", "--text", "正在整改"})
                .exit_code,
            0);
  ASSERT_EQ(As(kOfficer, {"case", "statement", name, "--received-on", "2024-03-01", "--text", "补充整改计划"})
                .exit_code,
            0);
  EXPECT_THAT(As(kOfficer, {"case", "get", name}).output,
              testing::AllOf(HasSubstr("正在整改"), HasSubstr("补充整改计划")));
  MoveTo("2024-03-18 09:00");
  const Ended unanswered = Decide(name, "2024-03-18");
  EXPECT_EQ(unanswered.exit_code, 3);
  EXPECT_THAT(unanswered.errors, HasSubstr("STATEMENT_NOT_ANSWERED"));
  const Ended decided = Decide(name, "2024-03-18", {"--statement-answer", "尚未整改，不予采纳"});
  ASSERT_EQ(decided.exit_code, 0) << decided.errors;
  EXPECT_THAT(decided.output, HasSubstr("活动异常名录"));
  EXPECT_THAT(As(kPurchaser, {"case", "list"}).output, HasSubstr("已决定"));
  EXPECT_EQ(Check(code).exit_code, 12);
}

// Rule 17: an authority elsewhere forwards, it does not decide.
TEST_F(Course, Rule17AComplaintElsewhereIsForwarded) {
  const std::string code = CodeOf("MJT00002");
  const Ended open = As("civil-affairs:km-panlong",
                        {"-o", "json", "case", "open", code, "--complainant", "群众", "--conduct",
                         "rectification-overdue", "--conduct-on", "2024-02-20", "--facts", "未按期整改"});
  ASSERT_EQ(open.exit_code, 0) << open.errors;
  const std::string name = FromJson<v1::OpenCaseResponse>(open.output).case_().name();
  ASSERT_EQ(As("civil-affairs:km-panlong", {"case", "accept", name}).exit_code, 0);
  const Ended notice = Notice("civil-affairs:km-panlong", name, "2024-03-01");
  EXPECT_EQ(notice.exit_code, 3);
  EXPECT_THAT(notice.errors, HasSubstr("REGISTERED_ELSEWHERE"));
  const Ended forward = As("civil-affairs:km-panlong",
                           {"case", "forward", name, "--to", "km-wuhua", "--reason", "该组织在五华区登记"});
  ASSERT_EQ(forward.exit_code, 0) << forward.errors;
  EXPECT_THAT(As(kOfficer, {"case", "list"}).output, HasSubstr(name));

  // Rule 62: the complainant is kept no longer than needed.
  ASSERT_THAT(As(kOfficer, {"-o", "json", "case", "get", name}).output, HasSubstr("群众"));
  const Arguments destroy = {"record",  "destroy-sealed",          name, "--reason", "保存期限届满",
                             "--basis", "个人信息保护法第四十七条"};
  EXPECT_NE(As("civil-affairs:km-panlong", destroy).exit_code, 0);
  const Ended destroyed = As(kOfficer, destroy);
  ASSERT_EQ(destroyed.exit_code, 0) << destroyed.errors;
  EXPECT_THAT(destroyed.output, HasSubstr("已销毁密封内容 (destroyed) 3 份"));
  EXPECT_THAT(As(kOfficer, {"-o", "json", "case", "get", name}).output, Not(HasSubstr("群众")));
  EXPECT_THAT(As(kOfficer, destroy).output, HasSubstr("nothing was left to destroy"));
}

TEST_F(Course, Rule41AnAwardRestsOnItsOwnReceiptWithinTheWindow) {
  const std::string code = CodeOf("MJT00003");
  const Ended certify = Certify(code, "KM-1", "2024-12-31 17:00");
  ASSERT_EQ(certify.exit_code, 0) << certify.errors;
  const std::string receipt = FromJson<v1::Receipt>(certify.output).name();
  EXPECT_THAT(As(kPurchaser, {"receipt", receipt}).output, HasSubstr("KM-1"));
  EXPECT_EQ(As("purchaser:km-education", {"receipt", receipt}).exit_code, 4);
  const auto create = [&](const std::string& project) {
    return As(kPurchaser,
              {"-o",         "json",           "award",        "create",     "--project", project,
               "--title",    "养老服务",       "--contractor", code,         "--cut-off", "2024-12-31 17:00",
               "--contract", "合同" + project, "--starts-on",  "2025-01-06", "--ends-on", "2026-01-05",
               "--price",    "480000",         "--receipt",    receipt});
  };
  const Ended other = create("KM-2");
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.errors, HasSubstr("RECEIPT_MISMATCH"));
  const Ended early = create("KM-1");
  EXPECT_EQ(early.exit_code, 3) << early.output;
  EXPECT_THAT(early.errors, HasSubstr("RECEIPT_OUTSIDE_WINDOW"));
}

TEST_F(Course, Rule9AFailedEvaluationIsForReviewFromThenOn) {
  MoveTo("2024-03-19 09:00");
  const std::string code = CodeOf("MJT00003");
  const Ended certify = Certify(code, "KM-3", "2024-03-29 17:00");
  ASSERT_EQ(certify.exit_code, 0) << certify.errors;
  const Ended create = As(kPurchaser, {"-o",           "json",
                                       "award",        "create",
                                       "--project",    "KM-3",
                                       "--title",      "养老服务",
                                       "--contractor", code,
                                       "--cut-off",    "2024-03-29 17:00",
                                       "--contract",   "合同3",
                                       "--starts-on",  "2024-04-01",
                                       "--ends-on",    "2025-03-31",
                                       "--price",      "480000",
                                       "--receipt",    FromJson<v1::Receipt>(certify.output).name()});
  ASSERT_EQ(create.exit_code, 0) << create.errors;
  const std::string award = FromJson<v1::CreateAwardResponse>(create.output).award().name();
  EXPECT_THAT(As(kPurchaser, {"award", "list", "--active"}).output, HasSubstr(award));
  // A failed evaluation is for review from then on (KM-02).
  const Ended close =
      As(kPurchaser, {"award", "close", award, "--failed", "--score", "40", "--satisfaction", "35.5",
                      "--evaluated-on", "2024-03-19", "--basis", "采购合同第八条", "--reason", "提前解除"});
  ASSERT_EQ(close.exit_code, 0) << close.errors;
  EXPECT_THAT(close.output, HasSubstr("不合格"));
  EXPECT_EQ(Check(code).exit_code, 12);
}

TEST_F(Course, Rules13And39ARecordIsCorrectedAndWithdrawn) {
  const std::string code = CodeOf("MJT00002");
  const std::string file =
      Write("level.json", R"({"assessment_level": {"level": 4, "valid_from": "2023-01-01", "valid_until": )"
                          R"("2027-12-31", "organ": "昆明市民政局"}, "formed_on": "2024-03-01"})");
  const Ended create = As(kOfficer, {"-o", "json", "record", "create", code, "--file", file});
  ASSERT_EQ(create.exit_code, 0) << create.errors;
  const std::string name = FromJson<v1::CreateRecordResponse>(create.output).record().name();
  const std::string better =
      Write("level5.json", R"({"assessment_level": {"level": 5, "valid_from": "2023-01-01", "valid_until": )"
                           R"("2027-12-31", "organ": "昆明市民政局"}, "formed_on": "2024-03-01"})");
  const Ended correct =
      As(kOfficer, {"record", "correct", name, "--file", better, "--reason", "等级录入有误"});
  ASSERT_EQ(correct.exit_code, 0) << correct.errors;
  EXPECT_THAT(correct.output, HasSubstr("5A"));
  EXPECT_THAT(As("audit", {"record", "get", name}).output, HasSubstr("5A"));
  const Ended withdraw = As(kOfficer, {"record", "withdraw", name, "--reason", "评估结果被撤销", "--basis",
                                       "社会组织评估管理办法", "--decided-on", "2024-03-01"});
  ASSERT_EQ(withdraw.exit_code, 0) << withdraw.errors;
  EXPECT_THAT(Check(code).output, Not(HasSubstr("5A")));
  const std::string page = folder_ + "/report.html";
  ASSERT_EQ(As(kOfficer, {"report", code, "--html", page}).exit_code, 0);
  std::ifstream written(page);
  EXPECT_THAT(std::string(std::istreambuf_iterator<char>(written), {}), HasSubstr(code));
}

TEST_F(Course, ACodeIsChangedAndTheFormerOneLeadsToTheSameOrganization) {
  const std::string code = CodeOf("MJT00002");
  const std::string changed = CodeOf("MJT00012");
  const Ended change = As(kOfficer, {"organization", "change-code", code, changed, "--reason", "原代码有误"});
  ASSERT_EQ(change.exit_code, 0) << change.errors;
  EXPECT_THAT(Run({"organization", "get", code}).output, HasSubstr(changed));
  const Ended taken =
      As(kOfficer, {"organization", "change-code", code, CodeOf("MJT00003"), "--reason", "r"});
  EXPECT_EQ(taken.exit_code, 3);
  EXPECT_THAT(taken.errors, HasSubstr("SUCCESSION"));
}

TEST_F(Course, TheClockIsShownAndNeverGoesBack) {
  EXPECT_THAT(Run({"clock", "show"}).output, HasSubstr("模拟"));
  EXPECT_EQ(As("admin", {"clock", "advance", "--to", "2024-01-01 09:00"}).exit_code, 2);
  EXPECT_EQ(As(kOfficer, {"clock", "advance", "--by", "P1D"}).exit_code, 3);
}

// On the real clock.
class RealClock : public CommandLine {};

TEST_F(RealClock, ItCannotBeMoved) {
  const Ended moved = Run({"--as", "admin", "clock", "advance", "--by", "P1D"});
  EXPECT_EQ(moved.exit_code, 3);
  EXPECT_THAT(moved.errors, HasSubstr("CLOCK_NOT_SIMULATED"));
  EXPECT_THAT(Run({"clock", "show"}).output, HasSubstr("真实"));
}

}  // namespace
}  // namespace chengxin
