#include "client/cli/print_awards.h"

#include <vector>

#include "absl/strings/str_format.h"
#include "base/strings.h"
#include "client/cli/instants.h"
#include "client/cli/phrases.h"
#include "client/cli/words.h"
#include "domain/money.h"

namespace chengxin::cli {

namespace {

// Hundredths: "95.50".
std::string Hundredths(int32_t value) { return absl::StrFormat("%d.%02d", value / 100, value % 100); }

void AddContractors(const v1::Award& award, Properties& lines) {
  for (int i = 0; i < award.contractor_codes_size(); ++i) {
    const std::string verdict = i < award.verdicts_size() ? WordOf(award.verdicts(i)) : "";
    lines.Add(award.consortium() ? "联合体成员" : "承接主体",
              Join({award.contractor_codes(i), verdict}, "  "));
  }
}

void AddTerms(const v1::Award& award, Properties& lines) {
  bool first = true;
  for (const v1::ContractTerm& term : award.terms()) {
    lines.Add(first ? "合同期" : "续签",
              Join({StrCat(term.starts_on(), "至", term.ends_on()),
                    term.price_fen() > 0 ? domain::FormatYuan(term.price_fen()) : "", term.receipt()}));
    lines.Add("  审查意见", term.review_reason());
    lines.Add("  财政审批", term.finance_approval());
    first = false;
  }
}

}  // namespace

std::string SummaryOf(const v1::AwardAlert& alert) {
  std::vector<std::string> reasons;
  for (const int reason : alert.reasons()) reasons.push_back(NameOf(static_cast<v1::ReasonCode>(reason)));
  return Join({alert.organization_code(), StrCat(WordOf(alert.before()), " → ", WordOf(alert.now())),
               Join(reasons, ", "), alert.cause()},
              "  ");
}

void Print(std::ostream& out, const v1::Award& award) {
  Properties lines;
  lines.Add("承接主体确定", award.name());
  lines.Add("状态", WordOf(award.state()));
  lines.Add("购买主体", award.purchaser());
  lines.Add("采购项目", Join({award.project(), award.title()}));
  lines.Add("方式", WordOf(award.mode()));
  AddContractors(award, lines);
  lines.Add("查询截止时点", award.has_cut_off() ? FormatInstant(award.cut_off()) : "");
  lines.Add("合同", award.contract());
  AddTerms(award, lines);
  lines.Add("可续签", If(award.renewable(), "是"));
  for (const v1::AwardAlert& alert : award.alerts())
    lines.Add("警示", Join({Instant(alert.has_stamp(), alert.stamp()), SummaryOf(alert)}, "  "));
  for (const v1::AwardEvaluation& evaluation : award.evaluations()) {
    lines.Add("绩效评价",
              Join({evaluation.organization_code(), evaluation.passed() ? "合格" : "不合格",
                    StrCat("得分", Hundredths(evaluation.score_centi())),
                    StrCat("满意度", Hundredths(evaluation.satisfaction_centi()), "%"),
                    evaluation.contract_performed() ? "已履约" : "未履约", evaluation.evaluated_on()}));
  }
  lines.Add("提前结项的理由", award.closing_reason());
  for (const std::string& record : award.evaluation_records()) lines.Add("形成的记录", record);
  lines.Add("更新时间", Instant(award.has_update_time(), award.update_time()));
  lines.Add("版本", StrCat(award.revision()));
  lines.Add("etag", award.etag());
  lines.Print(out);
}

Table AwardTable() {
  return Table({"承接主体确定", "状态", "购买主体", "采购项目", "承接主体", "合同", "至", "警示"});
}

void AddRow(const v1::Award& award, Table& table) {
  const std::string until = award.terms().empty() ? "" : award.terms(award.terms_size() - 1).ends_on();
  table.Add({award.name(), WordOf(award.state()), award.purchaser(), award.project(),
             Join({award.contractor_codes().begin(), award.contractor_codes().end()}, "、"), award.contract(),
             until, award.alerts().empty() ? "" : StrCat(award.alerts_size())});
}

}  // namespace chengxin::cli
