#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/resource_command.h"
#include "client/cli/table.h"
#include "client/cli/verbs.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

struct CertifyFlags {
  std::vector<std::string> codes;
  std::string purpose;
  std::string project;
  std::string cut_off;
  std::string purchaser;
  std::vector<std::string> qualifications;
  std::string request_id;
  bool consortium = false;
  bool candidates = false;
};

// The query record of the receipt, made by the server: its lines are its own, what steers a terminal is not.
void PrintRecord(std::ostream& out, const v1::Receipt& receipt) {
  std::string_view rest = receipt.printed();
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    out << Printable(rest.substr(0, end)) << '\n';
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
}

// Of the whole; of candidates, who are each answered for themselves, the worst.
v1::Verdict VerdictOf(const v1::Receipt& receipt) {
  if (receipt.verdict() != v1::VERDICT_UNSPECIFIED) return receipt.verdict();
  v1::Verdict worst = v1::VERDICT_ELIGIBLE;
  for (const v1::Eligibility& answer : receipt.answers()) {
    if (WorseThan(answer.verdict(), worst)) worst = answer.verdict();
  }
  return receipt.answers().empty() ? v1::VERDICT_UNSPECIFIED : worst;
}

absl::StatusOr<v1::CertifyRequest> MakeRequest(Session& session, const CertifyFlags& flags) {
  if (!flags.consortium && !flags.candidates && flags.codes.size() != 1)
    return client::FieldError(
        "CODES",
        StrCat("有", flags.codes.size(),
               "个，应为1个；几个组织请加--consortium或--candidates (expected one code; add --consortium or "
               "--candidates for several)"));
  v1::CertifyRequest request;
  for (const std::string& code : flags.codes) request.add_organization_codes(code);
  request.set_subject(flags.consortium   ? v1::RECEIPT_SUBJECT_CONSORTIUM
                      : flags.candidates ? v1::RECEIPT_SUBJECT_CANDIDATES
                                         : v1::RECEIPT_SUBJECT_ORGANIZATION);
  request.set_request_id(flags.request_id);
  v1::QueryContext& context = *request.mutable_context();
  CHENGXIN_ASSIGN_OR_RETURN(const v1::QueryPurpose purpose, ParsePurpose(flags.purpose));
  context.set_purpose(purpose);
  context.set_project(flags.project);
  CHENGXIN_ASSIGN_OR_RETURN(*context.mutable_cut_off(), session.Instant("cut-off", flags.cut_off));
  context.set_purchaser(ResourceName("purchasers/", flags.purchaser));
  for (const std::string& kind : flags.qualifications) context.add_required_qualifications(kind);
  return request;
}

int Certify(Session& session, const CertifyFlags& flags) {
  auto request = MakeRequest(session, flags);
  if (!request.ok()) return session.Fail(request.status());
  return Ask(session, *std::move(request), &client::Client::Certify, [&](const v1::CertifyResponse& answer) {
    JsonOr(session, answer.receipt(), [&] { PrintRecord(session.out(), answer.receipt()); });
    return ExitCodeOf(VerdictOf(answer.receipt()));
  });
}

int Get(Session& session, const std::string& number) {
  v1::GetReceiptRequest request;
  request.set_name(ResourceName("receipts/", number));
  return Ask(session, request, &client::Client::GetReceipt, [&](const v1::GetReceiptResponse& answer) {
    return JsonOr(session, answer.receipt(), [&] { PrintRecord(session.out(), answer.receipt()); });
  });
}

void AddCertify(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<CertifyFlags>();
  CLI::App* const verb = app.add_subcommand(
      "certify", "查询并出具编号的查询记录，供采购档案 (a numbered, durable check; rules 41 and 53)");
  verb->add_option("CODES", flags->codes, "统一社会信用代码 (codes)")->required();
  verb->add_option(
          "--purpose", flags->purpose,
          "查询目的：award 选择承接主体，renewal 续签，supervision 履约监督，administrative 行政监督 "
          "(purpose)")
      ->required();
  verb->add_option("--project", flags->project, "采购项目编号 (project)")->required();
  verb->add_option("--cut-off", flags->cut_off, "项目的查询截止时点 (the project's cut-off)")->required();
  verb->add_option("--purchaser", flags->purchaser, "采购代理机构所代理的购买主体 (whom an agency acts for)");
  verb->add_option("--require-qualification", flags->qualifications,
                   "项目要求的资质，可重复 (required qualification, repeatable)")
      ->take_all();
  CLI::Option* const consortium = verb->add_flag("--consortium", flags->consortium,
                                                 "这些组织是一个联合体，2至20个 (a consortium of 2 to 20)");
  verb->add_flag("--candidates", flags->candidates,
                 "各候选人分别作答，至多100个 (candidates, each for itself; at most 100)")
      ->excludes(consortium);
  AddRequestId(*verb, flags->request_id);
  verb->footer(
      "示例 (examples):\n"
      "  chengxin --as purchaser:km-culture certify 51530100MJT000010G --purpose award --project KM-2026-017 "
      "\\\n"
      "    --cut-off \"2026-12-01 09:30\"\n"
      "  chengxin --as purchaser:km-culture certify CODE1 CODE2 CODE3 --candidates --purpose award --project "
      "KM-2026-017 \\\n"
      "    --cut-off \"2026-12-01 09:30\"\n"
      "退出码为结论，候选人为其中最重的 (the exit code is the verdict; of candidates the worst).");
  verb->callback(
      [&session, flags] { session.action = [&session, flags] { return Certify(session, *flags); }; });
}

}  // namespace

void AddReceiptVerbs(CLI::App& app, Session& session) {
  AddCertify(app, session);
  const auto number = std::make_shared<std::string>();
  CLI::App* const receipt =
      app.add_subcommand("receipt", "按编号再次打印查询记录 (print a receipt again, by its number)");
  receipt->add_option("NUMBER", *number, "编号，例如CX2026-000000017 (number)")->required();
  receipt->footer("示例 (example):\n  chengxin --as purchaser:km-culture receipt CX2026-000000017");
  receipt->callback(
      [&session, number] { session.action = [&session, number] { return Get(session, *number); }; });
}

}  // namespace chengxin::cli
