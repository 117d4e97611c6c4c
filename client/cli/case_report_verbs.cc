#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/case_moves.h"
#include "client/cli/choice.h"
#include "client/cli/evidence.h"
#include "client/cli/long_text.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

constexpr Choice<v1::CaseOrigin> kOrigins[] = {
    {"report", v1::CASE_ORIGIN_PURCHASER_REPORT},
    {"complaint", v1::CASE_ORIGIN_COMPLAINT},
    {"authority", v1::CASE_ORIGIN_AUTHORITY},
};

// What a case is opened with, and what a reporter may correct.
struct ReportFlags {
  ResourceFlags resource;
  std::string code;
  std::string origin;
  std::string conduct;
  std::string conduct_on;
  std::string facts;
  std::vector<std::string> evidence;
  std::string contract;
  std::string award;
  std::string complainant;
  std::string ground;
  std::string record;
  std::string note;
};

// Puts what was given over what is there.
absl::Status FillContent(const ReportFlags& flags, v1::Case& content) {
  if (!flags.conduct.empty()) content.set_conduct(flags.conduct);
  if (!flags.conduct_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*content.mutable_conduct_on(), ParseDay("conduct-on", flags.conduct_on));
  }
  if (!flags.facts.empty()) content.set_facts(flags.facts);
  if (!flags.evidence.empty()) {
    content.clear_evidence();
    CHENGXIN_RETURN_IF_ERROR(ReadEvidence("evidence", flags.evidence, *content.mutable_evidence()));
  }
  if (!flags.contract.empty()) content.set_contract(flags.contract);
  if (!flags.award.empty()) content.set_award(ResourceName("awards/", flags.award));
  return absl::OkStatus();
}

// Where it is not said: who complained makes a complaint, an authority opens its own, a purchaser reports.
absl::StatusOr<v1::CaseOrigin> OriginOf(const ReportFlags& flags, const std::string& as) {
  if (!flags.origin.empty()) return Choose("origin", kOrigins, flags.origin);
  if (!flags.complainant.empty()) return v1::CASE_ORIGIN_COMPLAINT;
  return as.rfind("civil-affairs", 0) == 0 ? v1::CASE_ORIGIN_AUTHORITY : v1::CASE_ORIGIN_PURCHASER_REPORT;
}

absl::StatusOr<v1::OpenCaseRequest> MakeRequest(const ReportFlags& flags, const std::string& as) {
  v1::OpenCaseRequest request;
  request.set_organization_code(flags.code);
  request.set_request_id(flags.resource.request_id);
  CHENGXIN_ASSIGN_OR_RETURN(const v1::CaseOrigin origin, OriginOf(flags, as));
  request.set_origin(origin);
  v1::Case& content = *request.mutable_case_();
  CHENGXIN_RETURN_IF_ERROR(FillContent(flags, content));
  content.set_complainant(flags.complainant);
  content.set_proposed_ground(flags.ground);
  content.set_record(flags.record);
  content.set_internal_note(flags.note);
  return request;
}

int Open(Session& session, const ReportFlags& flags) {
  auto request = MakeRequest(flags, session.flags().as);
  if (!request.ok()) return session.Fail(request.status());
  return Ask(session, *std::move(request), &client::Client::OpenCase,
             [&](const v1::OpenCaseResponse& answer) {
               return JsonOr(session, answer, [&] { ShowMoved(session.out(), answer); });
             });
}

void AddContentFlags(CLI::App& verb, Session& session, ReportFlags& flags, bool required) {
  verb.add_option("--conduct", flags.conduct,
                  "行为类型，目录中的一行，例如fabricated-material (type of conduct, a row of the catalogue)")
      ->required(required);
  verb.add_option("--conduct-on", flags.conduct_on, "行为发生或终了之日 (day of the conduct, or of its end)")
      ->required(required);
  AddLongText(verb, session, "--facts", flags.facts, "事实 (facts)")->required(required);
  verb.add_option(
          "--evidence", flags.evidence,
          "证据文件，可重复；只发送其SHA-256，不上传 (evidence, repeatable; its digest is sent, never the "
          "file)")
      ->type_name(kEvidenceType)
      ->take_all();
  verb.add_option("--contract", flags.contract, "合同编号，购买主体通报时必填 (the reporter's own contract)");
  verb.add_option("--award", flags.award, "承接主体确定记录，awards/前缀可省 (the reporter's own award)");
}

}  // namespace

void AddReportedCaseVerbs(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<ReportFlags>();
  CLI::App* const open =
      cases.add_subcommand("open", "通报或立案，交登记管理机关 (report, or open a case; rules 14 and 15)");
  open->add_option("CODE", flags->code, "统一社会信用代码 (code)")->required();
  open->add_option("--origin", flags->origin,
                   "report 购买主体通报，complaint 投诉举报，authority 依职权；缺省依身份 (what opens it; "
                   "default: by who asks)");
  AddContentFlags(*open, session, *flags, /*required=*/true);
  open->add_option("--complainant", flags->complainant, "投诉举报人 (who complained; kept sealed)");
  open->add_option("--ground", flags->ground, "拟列入情形，例如ABN-06 (proposed ground)");
  open->add_option("--record", flags->record, "所涉信用信息记录 (the record that it concerns)");
  AddLongText(*open, session, "--note", flags->note, "内部备注 (internal note)");
  AddRequestId(*open, flags->resource.request_id);
  open->footer(
      "示例 (examples):\n"
      "  chengxin --as purchaser:km-culture case open 51530100MJT000010G --conduct fabricated-material \\\n"
      "    --conduct-on 2026-10-12 --facts @经过.txt --evidence 验收报告.pdf=项目验收报告 --contract "
      "昆文采〔2026〕7号\n"
      "  chengxin --as civil-affairs:km-wuhua case open 51530100MJT000010G --complainant 群众 \\\n"
      "    --conduct misused-funds --conduct-on 2026-10-12 --facts 挪用项目资金");
  open->callback([&session, flags] { session.action = [&session, flags] { return Open(session, *flags); }; });

  const auto again = std::make_shared<ReportFlags>();
  CLI::App* const resubmit = cases.add_subcommand(
      "resubmit", "补正后重新提交；没有给出的保持不变 (hand in again; what is not given stays)");
  AddResourceFlags(*resubmit, again->resource, kCaseName);
  AddContentFlags(*resubmit, session, *again, /*required=*/false);
  resubmit->footer(
      "示例 (example):\n  chengxin --as purchaser:km-culture case resubmit 31-1 --evidence "
      "补充.pdf=补充材料");
  resubmit->callback([&session, again] {
    session.action = [&session, again] {
      return MoveCase(
          session, again->resource,
          [&again](const v1::Case& now, v1::ResubmitCaseRequest& request) {
            v1::Case& content = *request.mutable_case_();
            content.set_conduct(now.conduct());
            content.set_conduct_on(now.conduct_on());
            content.set_facts(now.facts());
            *content.mutable_evidence() = now.evidence();
            content.set_contract(now.contract());
            content.set_award(now.award());
            return FillContent(*again, content);
          },
          &client::Client::ResubmitCase);
    };
  });
}

}  // namespace chengxin::cli
