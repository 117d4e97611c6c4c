#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/argument_checks.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/characters.h"
#include "client/cli/counts.h"
#include "client/cli/exit_codes.h"
#include "client/cli/print_eligibility.h"
#include "client/cli/verbs.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

struct CheckFlags {
  std::string code;
  std::string file;
  std::vector<std::string> members;
  std::string purpose;
  std::string project;
  std::string cut_off;
  std::string purchaser;
  std::vector<std::string> qualifications;
  InstantFlags instants;
  uint64_t at_least = 0;
  bool basic = false;
  bool full = false;
};

// Fills what the three kinds of check have in common.
template <typename Request>
absl::Status Fill(Session& session, const CheckFlags& flags, Request& request) {
  v1::QueryContext context;
  if (!flags.purpose.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const v1::QueryPurpose purpose, ParsePurpose(flags.purpose));
    context.set_purpose(purpose);
  }
  context.set_project(flags.project);
  if (!flags.cut_off.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*context.mutable_cut_off(), session.Instant("cut-off", flags.cut_off));
  }
  context.set_purchaser(ResourceName("purchasers/", flags.purchaser));
  for (const std::string& kind : flags.qualifications) context.add_required_qualifications(kind);
  if (context.ByteSizeLong() > 0) *request.mutable_context() = std::move(context);
  CHENGXIN_RETURN_IF_ERROR(flags.instants.FillRequest(session, request));
  request.set_at_least_revision(flags.at_least);
  return absl::OkStatus();
}

// Shows the answer; the exit code is its verdict's.
template <typename Answer>
int Show(const Session& session, const Answer& answer, v1::Verdict verdict) {
  JsonOr(session, answer, [&] { Print(session.out(), answer); });
  return ExitCodeOf(verdict);
}

int CheckOne(Session& session, const CheckFlags& flags) {
  v1::CheckEligibilityRequest request;
  request.set_organization_code(flags.code);
  if (flags.basic) request.set_view(v1::ELIGIBILITY_VIEW_BASIC);
  if (const absl::Status status = Fill(session, flags, request); !status.ok()) return session.Fail(status);
  return Ask(session, request, &client::Client::CheckEligibility,
             [&](const v1::CheckEligibilityResponse& answer) {
               return Show(session, answer, answer.eligibility().verdict());
             });
}

// Says on which lines of the file the codes stand that the server does not accept.
void PointToLines(const Session& session, const absl::Status& status, const std::vector<FileCode>& codes) {
  for (size_t i = 0; i < codes.size(); ++i) {
    const std::string path = StrCat("organization_codes[", i, "]");
    for (const auto& violation : client::ViolationsOf(status)) {
      if (violation.field() == path)
        session.err() << "  " << path << " 在文件第 " << codes[i].line << " 行 (line " << codes[i].line
                      << " of the file)\n";
    }
  }
}

int CheckFile(Session& session, const CheckFlags& flags) {
  const absl::StatusOr<std::string> content = ReadFile("file", flags.file, session.in(), kLargestCodesBytes);
  if (!content.ok()) return session.Fail(content.status());
  if (!IsUtf8(*content))
    return session.Fail(client::FieldError("file", "不是UTF-8文本 (the file is not UTF-8 text)"));
  std::istringstream lines(*content);
  const std::vector<FileCode> codes = ReadCodes(lines);
  if (codes.empty())
    return session.Fail(client::FieldError("file", "文件中没有代码 (expected one code a line, found none)"));
  v1::BatchCheckEligibilityRequest request;
  for (const FileCode& code : codes) request.add_organization_codes(code.code);
  if (flags.full) request.set_view(v1::ELIGIBILITY_VIEW_FULL);
  if (const absl::Status status = Fill(session, flags, request); !status.ok()) return session.Fail(status);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->BatchCheckEligibility(request);
  if (!answer.ok()) {
    const int code = session.Fail(answer.status());
    PointToLines(session, answer.status(), codes);
    return code;
  }
  v1::Verdict worst = v1::VERDICT_ELIGIBLE;
  for (const v1::Eligibility& result : answer->results()) {
    if (WorseThan(result.verdict(), worst)) worst = result.verdict();
  }
  return Show(session, *answer, worst);
}

int CheckConsortium(Session& session, const CheckFlags& flags) {
  v1::CheckConsortiumRequest request;
  for (const std::string& code : flags.members) request.add_member_codes(code);
  if (const absl::Status status = Fill(session, flags, request); !status.ok()) return session.Fail(status);
  return Ask(
      session, request, &client::Client::CheckConsortium,
      [&](const v1::CheckConsortiumResponse& answer) { return Show(session, answer, answer.verdict()); });
}

void AddFlags(CLI::App& verb, CheckFlags& flags) {
  verb.add_option(
      "--purpose", flags.purpose,
      "查询目的：award 选择承接主体，renewal 续签，supervision 履约监督，administrative 行政监督 (purpose)");
  verb.add_option("--project", flags.project, "采购项目编号 (project)");
  verb.add_option("--cut-off", flags.cut_off, "项目的查询截止时点 (the project's cut-off)");
  verb.add_option("--purchaser", flags.purchaser, "采购代理机构所代理的购买主体 (whom an agency acts for)");
  verb.add_option("--require-qualification", flags.qualifications,
                  "项目要求的资质，可重复 (required qualification, repeatable)")
      ->take_all();
  auto* const as_of =
      verb.add_option("--as-of", flags.instants.as_of, "查询某一时刻的答案 (answer as of this instant)");
  verb.add_option("--known-at", flags.instants.known_at, "按当时所知 (what was known then)")->excludes(as_of);
  verb.add_option("--effective-at", flags.instants.effective_at, "按该时刻的事实 (facts that held then)")
      ->excludes(as_of);
  AddRevisionFlag(verb, "--at-least", flags.at_least, "答案不早于此版本 (at this revision or later)");
}

}  // namespace

void AddCheckVerbs(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<CheckFlags>();
  CLI::App* const check =
      app.add_subcommand("check", "查询能否选择 (whether an organization may be selected)");
  CLI::Option* const code = check->add_option("CODE", flags->code, "统一社会信用代码 (code)");
  check
      ->add_option("--file", flags->file,
                   "成批查询：文件每行一个代码，-为标准输入 (batch: one code a line, - for standard input)")
      ->type_name(kPathType)
      ->excludes(code);
  check->add_flag("--basic", flags->basic, "只答结论和理由代码 (verdict and reasons only)");
  check->add_flag("--full", flags->full, "成批查询也给出全部情形 (all findings in a batch)");
  AddFlags(*check, *flags);
  check->footer(
      "示例 (examples):\n"
      "  chengxin --as purchaser:km-culture check 51530100MJT000010G --purpose award --project KM-2026-017 "
      "\\\n"
      "    --cut-off \"2026-12-01 09:30\"\n"
      "  chengxin --as civil-affairs:km check --file codes.txt --purpose administrative -o json\n"
      "  chengxin --as audit check 51530100MJT000010G --purpose administrative --as-of \"2026-06-30 17:00\"\n"
      "  chengxin --as purchaser:km-culture check consortium CODE1 CODE2 --purpose award --project "
      "KM-2026-017 \\\n"
      "    --cut-off \"2026-12-01 09:30\"\n"
      "成批查询的退出码为其中最重的结论 (the exit code of a batch is its worst verdict).");

  const auto whole = std::make_shared<CheckFlags>();
  CLI::App* const consortium = check->add_subcommand("consortium", "查询联合体 (check a consortium)");
  consortium->add_option("CODES", whole->members, "各成员的代码，2至20个 (members' codes)")->required();
  AddFlags(*consortium, *whole);
  consortium->footer(
      "示例 (example):\n  chengxin --as purchaser:km-culture check consortium CODE1 CODE2 --purpose award "
      "\\\n"
      "    --project KM-2026-017 --cut-off \"2026-12-01 09:30\"");
  consortium->callback(
      [&session, whole] { session.action = [&session, whole] { return CheckConsortium(session, *whole); }; });

  check->callback([&session, flags, consortium] {
    if (consortium->parsed()) return;
    if (flags->code.empty() && flags->file.empty()) throw CLI::RequiredError("CODE 或 (or) --file");
    session.action = [&session, flags] {
      return flags->file.empty() ? CheckOne(session, *flags) : CheckFile(session, *flags);
    };
  });
}

}  // namespace chengxin::cli
