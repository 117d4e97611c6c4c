#include "client/cli/print_eligibility.h"

#include <functional>
#include <map>
#include <string>

#include "base/strings.h"
#include "client/cli/instants.h"
#include "client/cli/table.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

std::string ReasonsOf(const v1::Eligibility& eligibility) {
  std::string reasons;
  for (const int reason : eligibility.reasons())
    StrAppend(&reasons, reasons.empty() ? "" : ", ", NameOf(static_cast<v1::ReasonCode>(reason)));
  return reasons;
}

void PrintFinding(std::ostream& out, const v1::Finding& finding) {
  out << "  [" << WordOf(finding.outcome()) << "] " << WordOf(finding.condition()) << "  "
      << NameOf(finding.reason());
  if (!finding.ground().empty()) out << "  " << Printable(finding.ground());
  out << '\n';
  const auto line = [&out](std::string_view name, const std::string& value) {
    if (!value.empty()) out << "      " << name << Printable(value) << '\n';
  };
  line("", finding.message_zh());
  line("法律依据：", finding.legal_basis());
  line("出处：", finding.reference());
  if (finding.has_since()) line("自：", FormatToSecond(finding.since()));
}

void PrintOne(std::ostream& out, const v1::Eligibility& eligibility) {
  out << WordOf(eligibility.verdict()) << "  " << Printable(eligibility.organization_code());
  if (!eligibility.organization_display_name().empty())
    out << "  " << Printable(eligibility.organization_display_name());
  out << '\n';
  if (eligibility.findings().empty() && !eligibility.reasons().empty())
    out << "  理由：" << ReasonsOf(eligibility) << '\n';
  for (const v1::Finding& finding : eligibility.findings()) PrintFinding(out, finding);
  for (const v1::Merit& merit : eligibility.merits())
    out << "  [参考] " << Printable(merit.message_zh()) << '\n';
}

}  // namespace

void Print(std::ostream& out, const v1::AnswerBasis& basis) {
  out << "查询依据：版本 " << basis.revision();
  if (basis.has_effective_at()) out << "，事实截至 " << FormatInstant(basis.effective_at());
  if (basis.has_known_at()) out << "，知悉截至 " << FormatInstant(basis.known_at());
  out << "，目录 " << (basis.catalogue_version().empty() ? "未启用" : Printable(basis.catalogue_version()))
      << "，规则 " << Printable(basis.evaluator_version()) << '\n';
  if (basis.sources().empty()) return;
  Table table({"数据来源", "截至", "状态"});
  for (const v1::SourceFreshness& source : basis.sources()) {
    table.Add({source.source(), source.has_as_of() ? FormatToSecond(source.as_of()) : "从未读取",
               source.stale() ? "过期 STALE" : "有效"});
  }
  table.Print(out);
}

void Print(std::ostream& out, const v1::CheckEligibilityResponse& answer) {
  PrintOne(out, answer.eligibility());
  Print(out, answer.basis());
}

void Print(std::ostream& out, const v1::BatchCheckEligibilityResponse& answer) {
  Table table({"统一社会信用代码", "结论", "名称", "理由"});
  std::map<v1::Verdict, size_t, std::greater<>> counts;
  for (const v1::Eligibility& result : answer.results()) {
    table.Add({result.organization_code(), WordOf(result.verdict()), result.organization_display_name(),
               ReasonsOf(result)});
    ++counts[result.verdict()];
  }
  table.Print(out);
  out << "共 " << answer.results_size() << " 个：";
  std::string_view separator;
  for (const auto& [verdict, count] : counts) {
    out << separator << WordOf(verdict) << ' ' << count;
    separator = "，";
  }
  out << '\n';
  Print(out, answer.basis());
}

void Print(std::ostream& out, const v1::CheckConsortiumResponse& answer) {
  out << "联合体：" << WordOf(answer.verdict()) << '\n';
  if (!answer.deciding_member_codes().empty()) {
    out << "起决定作用的成员：";
    std::string_view separator;
    for (const std::string& code : answer.deciding_member_codes()) {
      out << separator << Printable(code);
      separator = "、";
    }
    out << '\n';
  }
  for (const v1::Eligibility& member : answer.members()) PrintOne(out, member);
  Print(out, answer.basis());
}

}  // namespace chengxin::cli
