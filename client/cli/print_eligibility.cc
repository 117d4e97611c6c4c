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
  // The sentence mostly names its basis and day itself.
  const std::string& message = finding.message_zh();
  line("", message);
  const std::string basis_zh = finding.legal_basis().substr(0, finding.legal_basis().find(" ("));
  if (message.find(basis_zh) == std::string::npos) line("法律依据：", finding.legal_basis());
  line("出处：", finding.reference());
  if (!finding.has_since()) return;
  const std::string since = FormatToSecond(finding.since());
  if (message.find(StrCat("自", std::string_view(since).substr(0, 10))) == std::string::npos)
    line("自：", since);
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

// One line where all are fresh; else those that are not, by name. `status` and -o json show all of them.
void PrintSources(std::ostream& out, const v1::AnswerBasis& basis) {
  if (basis.sources().empty()) return;
  Table stale({"过期的数据来源 (stale)", "截至"});
  const v1::SourceFreshness* oldest = nullptr;
  bool any_stale = false;
  for (const v1::SourceFreshness& source : basis.sources()) {
    if (source.stale()) {
      stale.Add({source.source(), source.has_as_of() ? FormatToSecond(source.as_of()) : "从未读取"});
      any_stale = true;
    } else if (oldest == nullptr || source.as_of().seconds() < oldest->as_of().seconds()) {
      oldest = &source;
    }
  }
  if (any_stale) {
    stale.Print(out);
  } else {
    out << "数据来源：" << basis.sources_size() << " 个，均有效，最早的截至 "
        << FormatToSecond(oldest->as_of()) << '\n';
  }
}

}  // namespace

void Print(std::ostream& out, const v1::AnswerBasis& basis) {
  out << "查询依据：版本 " << basis.revision();
  if (basis.has_effective_at()) out << "，事实截至 " << FormatInstant(basis.effective_at());
  if (basis.has_known_at()) out << "，知悉截至 " << FormatInstant(basis.known_at());
  out << "，目录 " << (basis.catalogue_version().empty() ? "未启用" : Printable(basis.catalogue_version()))
      << "，规则 " << Printable(basis.evaluator_version()) << '\n';
  PrintSources(out, basis);
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
