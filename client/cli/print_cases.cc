#include "client/cli/print_cases.h"

#include <vector>

#include "base/strings.h"
#include "client/cli/phrases.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

void AddService(const v1::Service& service, Properties& lines) {
  lines.Add("  送达",
            Join({WordOf(service.method()), service.served_on(), After("生效", service.effective_on()),
                  If(service.provisional(), "日历未载入，日期未定")}));
  if (service.has_proof()) lines.Add("  送达回证", SummaryOf(service.proof()));
}

void AddNotice(const v1::CaseNotice& notice, Properties& lines) {
  lines.Add("告知书", Join({notice.number(), After("拟列入", notice.ground())}));
  lines.Add("  事实", notice.facts());
  lines.Add("  理由", notice.reasons());
  lines.Add("  依据", notice.basis());
  lines.Add("  权利", notice.rights());
  AddService(notice.service(), lines);
  lines.Add("  陈述申辩截止", notice.statement_until());
}

void AddStatement(const v1::CaseStatement& statement, Properties& lines) {
  lines.Add("陈述申辩", Join({If(statement.waived(), "书面放弃"), statement.received_on(),
                              If(!statement.waived(), statement.in_time() ? "期限内" : "逾期")}));
  lines.Add("  内容", statement.text());
  for (const v1::Evidence& evidence : statement.evidence()) lines.Add("  证据", SummaryOf(evidence));
}

void AddDecision(const std::string& title, const v1::CaseDecision& decision, Properties& lines) {
  lines.Add(title, Join({WordOf(decision.finding()), decision.ground(), decision.number(),
                         decision.decided_on(), After("生效", decision.effective_on())}));
  lines.Add("  事实", decision.facts());
  lines.Add("  依据", decision.basis());
  lines.Add("  所引法律", decision.cited_law());
  lines.Add("  对陈述申辩的答复", decision.statement_answer());
  if (decision.has_certificate()) lines.Add("  无直接责任证明", SummaryOf(decision.certificate()));
  lines.Add("  信用修复告知书", If(decision.repair_notice_served(), "同时送达"));
  lines.Add("  未履行的义务", If(decision.duty_outstanding(), "有"));
  lines.Add("  参考至", decision.considered_until());
  AddService(decision.service(), lines);
  lines.Add("  救济途径", decision.remedies());
  lines.Add("  复议至", decision.review_until());
  lines.Add("  诉讼至", decision.litigation_until());
}

// A decision that leaves the case in its state waits for a second officer.
std::string WordOfMove(const v1::CaseMove& move) {
  if (move.verb() == v1::CASE_VERB_DECIDE && move.state() != v1::CASE_STATE_DECIDED)
    return "拟作决定 propose";
  return WordOf(move.verb());
}

void AddMoves(const v1::Case& one, Properties& lines) {
  for (const v1::CaseMove& move : one.moves()) {
    lines.Add("经过", Join({Instant(move.has_stamp(), move.stamp()), WordOfMove(move),
                            Join({WordOf(move.role()), move.by()}, " "), move.reason(),
                            After("转至", move.to_authority()), StrCat("→ ", WordOf(move.state()))},
                           "  "));
  }
}

void AddEnd(const v1::Case& one, Properties& lines) {
  for (const v1::Deadline& deadline : one.deadlines()) lines.Add("期限", SummaryOf(deadline));
  std::vector<std::string> open;
  for (const int verb : one.open_moves()) open.push_back(WordOf(static_cast<v1::CaseVerb>(verb)));
  lines.Add("现在可以", Join(open, "、"));
  lines.Add("更新时间", Instant(one.has_update_time(), one.update_time()));
  lines.Add("版本", StrCat(one.revision()));
  lines.Add("etag", one.etag());
}

}  // namespace

std::string SummaryOf(const v1::Evidence& evidence) {
  return StrCat(evidence.title(), evidence.location().empty() ? "" : StrCat("（", evidence.location(), "）"),
                "  sha256:", evidence.sha256());
}

std::string SummaryOf(const v1::Deadline& deadline) {
  return Join(
      {WordOf(deadline.kind()), deadline.due_on(), If(deadline.provisional(), "日历未载入，暂定"),
       If(deadline.overdue(), "已逾期 OVERDUE"), After("已办 ", Instant(deadline.has_met(), deadline.met()))},
      "  ");
}

void Print(std::ostream& out, const v1::Case& one) {
  Properties lines;
  lines.Add("案件", one.name());
  lines.Add("状态", WordOf(one.state()));
  lines.Add("来源", WordOf(one.origin()));
  lines.Add("统一社会信用代码", one.organization_code());
  lines.Add("名称", one.organization_display_name());
  lines.Add("承办机关", one.authority());
  lines.Add("通报单位", one.reporter());
  lines.Add("提交的账号", one.opener());
  lines.Add("投诉举报人", one.complainant());
  lines.Add("收到日期", one.received_on());
  lines.Add("行为", Join({one.conduct(), one.conduct_on()}));
  lines.Add("事实", one.facts());
  for (const v1::Evidence& evidence : one.evidence()) lines.Add("证据", SummaryOf(evidence));
  lines.Add("合同", Join({one.contract(), one.award()}));
  lines.Add("拟列入情形", one.proposed_ground());
  lines.Add("所涉记录", one.record());
  lines.Add("所涉列入", one.listing());
  if (one.has_notice()) AddNotice(one.notice(), lines);
  if (one.has_statement()) AddStatement(one.statement(), lines);
  for (const v1::CaseStatement& further : one.further_statements()) AddStatement(further, lines);
  if (one.has_proposed_decision()) AddDecision("拟作决定，待另一经办人确认", one.proposed_decision(), lines);
  if (one.has_decision()) AddDecision("决定", one.decision(), lines);
  if (one.has_transfer()) {
    const v1::CaseTransfer& transfer = one.transfer();
    lines.Add("移送", Join({transfer.organ(), transfer.number(), transfer.transferred_on()}));
    lines.Add("  理由", transfer.reasons());
  }
  lines.Add("形成的记录", one.result_record());
  lines.Add("形成的列入", one.result_listing());
  lines.Add("经办人", one.deciding_officer());
  lines.Add("提出决定的账号", one.proposer());
  lines.Add("复核人", one.confirming_officer());
  lines.Add("内部备注", one.internal_note());
  AddMoves(one, lines);
  AddEnd(one, lines);
  lines.Print(out);
}

namespace {

template <typename Answer>
void PrintDecided(std::ostream& out, const Answer& answer) {
  if (answer.has_listing()) {
    out << "\n列入 (listing)\n";
    Print(out, answer.listing());
  }
  if (answer.has_moved_listing()) {
    out << "\n随之移出 (ended as moved)\n";
    Print(out, answer.moved_listing());
  }
  if (answer.has_record()) {
    out << "\n记录 (record)\n";
    Print(out, answer.record());
  }
}

}  // namespace

void PrintOutcome(std::ostream& out, const v1::DecideCaseResponse& answer) { PrintDecided(out, answer); }
void PrintOutcome(std::ostream& out, const v1::ConfirmDecisionResponse& answer) { PrintDecided(out, answer); }

Table CaseTable() {
  return Table({"案件", "状态", "来源", "统一社会信用代码", "名称", "行为", "收到日期", "承办机关"});
}

void AddRow(const v1::Case& one, Table& table) {
  table.Add({one.name(), WordOf(one.state()), WordOf(one.origin()), one.organization_code(),
             one.organization_display_name(), one.conduct(), one.received_on(), one.authority()});
}

Table DeadlineTable() { return Table({"期限", "事项", "状态", "对象", "组织", "依据"}); }

void AddRow(const v1::Deadline& deadline, Table& table) {
  const std::string state =
      Join({If(deadline.overdue(), "已逾期 OVERDUE"), If(deadline.provisional(), "暂定"),
            If(deadline.authority().empty(), "自动")});
  table.Add({deadline.due_on(), WordOf(deadline.kind()), state, deadline.resource(), deadline.organization(),
             deadline.legal_basis()});
}

}  // namespace chengxin::cli
