#include "domain/receipt_print.h"

#include <algorithm>
#include <string_view>

#include "base/strings.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/wording.h"

namespace chengxin::domain {

namespace {

// Writes the record line by line.
class ReceiptPrinter {
 public:
  ReceiptPrinter(const v1::Receipt& receipt, const CompiledCatalogue& catalogue)
      : receipt_(receipt), catalogue_(catalogue) {}

  std::string Run() {
    Line("社会组织承接政府购买服务信用信息查询记录");
    Line("");
    PrintQuestion();
    for (int i = 0; i < receipt_.answers_size(); ++i) PrintAnswer(i + 1, receipt_.answers(i));
    if (receipt_.subject() == v1::RECEIPT_SUBJECT_CONSORTIUM) PrintWhole();
    PrintBasis();
    PrintNotes();
    return std::move(text_);
  }

 private:
  template <typename... Pieces>
  void Line(const Pieces&... pieces) {
    StrAppend(&text_, OnOneLine(StrCat(pieces...)), "\n");
  }
  // Nothing is printed for what was not given.
  void Field(std::string_view label, std::string_view value) {
    if (!value.empty()) Line(label, "：", value);
  }

  static std::string InstantOf(const google::protobuf::Timestamp& stamp) {
    return StrCat(InstantZh(TimeOf(stamp)), "（北京时间）");
  }

  std::string_view SubjectZh() const {
    switch (receipt_.subject()) {
      case v1::RECEIPT_SUBJECT_CONSORTIUM:
        return "联合体（逐一查询各成员，任一成员有不良信用记录的，视同联合体有不良信用记录）";
      case v1::RECEIPT_SUBJECT_CANDIDATES:
        return "候选承接主体（各自查询）";
      default:
        return "单个社会组织";
    }
  }

  void PrintQuestion() {
    const v1::QueryContext& context = receipt_.context();
    const std::string_view name = receipt_.name();
    Field("查询凭证编号", name.substr(std::min(name.find('/') + 1, name.size())));
    Line("查询时间：", InstantOf(receipt_.create_time()));
    Line("查询截止时点：", InstantOf(context.cut_off()));
    Field("购买主体", receipt_.purchaser());
    Field("采购代理机构", receipt_.agency());
    Field("查询人", receipt_.asked_by());
    Field("采购项目编号", context.project());
    Field("查询用途", PurposeZh(context.purpose()));
    for (const std::string& kind : context.required_qualifications()) Field("项目要求的资质", kind);
    Line("查询对象：", SubjectZh(), "，共", receipt_.answers_size(), "个");
  }

  void PrintAnswer(int number, const v1::Eligibility& answer) {
    Line("");
    Line(number, ". 名称：",
         answer.organization_display_name().empty() ? std::string_view("（本平台没有登记名称）")
                                                    : std::string_view(answer.organization_display_name()));
    Line("   统一社会信用代码：", answer.organization_code());
    Line("   查询结果：", VerdictZh(answer.verdict()));
    for (const v1::Finding& finding : answer.findings()) PrintFinding(finding);
    for (const v1::Merit& merit : answer.merits()) Line("   - 守信信息：", merit.message_zh());
  }

  void PrintFinding(const v1::Finding& finding) {
    const v1::ConditionText* condition = catalogue_.FindCondition(finding.condition());
    Line("   - ", OutcomeZh(finding.outcome()), "：", condition == nullptr ? "" : condition->zh(),
         condition == nullptr ? "" : "；", finding.message_zh(),
         finding.reference().empty() ? "" : StrCat("［", finding.reference(), "］"));
  }

  void PrintWhole() {
    Line("");
    Line("联合体查询结果：", VerdictZh(receipt_.verdict()));
    for (const std::string& code : receipt_.deciding_member_codes()) Field("决定该结果的成员", code);
  }

  void PrintBasis() {
    const v1::AnswerBasis& basis = receipt_.basis();
    Line("");
    Line("信息来源及其时效（以", InstantOf(basis.effective_at()), "为准）：");
    for (const v1::SourceFreshness& source : basis.sources()) {
      const v1::Source* row = catalogue_.FindSource(ParseSourceName(source.source()).value_or(""));
      Line("   - ", row == nullptr ? source.source() : row->display_name(), "：",
           source.has_as_of() ? StrCat("截至", InstantOf(source.as_of())) : std::string("尚未完整读取"),
           source.stale() ? "，已超过允许的时效" : "");
    }
    if (basis.has_compared_at()) {
      Line("截止时点之后的变化：比对至", InstantOf(basis.compared_at()));
    }
    Field("查询地点", "社会组织承接政府购买服务信用信息平台（诚信）");
    Field("适用的目录版本", basis.catalogue_version());
    Field("判断规则版本", basis.evaluator_version());
    Line("信息版本号：", basis.revision(), "；本凭证版本号：", receipt_.revision());
  }

  void PrintNotes() {
    Line("");
    Line("说明：");
    Line(
        "1. "
        "本记录由购买主体（采购代理机构）通过平台查询生成，不得要求供应商自行提供信用记录（财库〔2019〕38号）"
        "。"
        "信用信息只用于采购和监督（财库〔2016〕125号）。");
    Line(
        "2. "
        "结果为“不得选择”的，不得选择其为承接主体；“无法确认”的，所需信息来源缺失或者超过时效，不能视为符合条"
        "件；"
        "“需审查”的，由购买主体审查并书面说明理由。");
    Line("3. 本记录与采购文件一并保存，自采购结束之日起至少十五年（政府采购法第四十二条）。");
  }

  const v1::Receipt& receipt_;
  const CompiledCatalogue& catalogue_;
  std::string text_;
};

}  // namespace

std::string PrintReceipt(const v1::Receipt& receipt, const CompiledCatalogue& catalogue) {
  return ReceiptPrinter(receipt, catalogue).Run();
}

}  // namespace chengxin::domain
