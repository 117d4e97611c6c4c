#include "domain/credit_report_document.h"

#include <string_view>
#include <utility>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/item_standing.h"
#include "domain/record_summary.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/wording.h"
#include "google/protobuf/util/json_util.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
@page { size: A4; margin: 18mm 16mm; }
body { font: 10.5pt/1.5 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #111; }
body { max-width: 178mm; margin: 0 auto; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 2mm; }
h2 { font-size: 13pt; border-bottom: 0.5pt solid #111; margin: 6mm 0 2mm; }
h3 { font-size: 10.5pt; margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.5pt solid #555; padding: 1mm 2mm; text-align: left; vertical-align: top; }
td, .item { overflow-wrap: anywhere; }
th { width: 26mm; font-weight: normal; background: #f2f2f2; }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm; }
.beside > section { min-width: 0; }
.item { border: 0.5pt solid #555; padding: 1.5mm 2mm; margin: 0 0 2mm; break-inside: avoid; }
.item p { margin: 0; }
.flag { font-weight: bold; }
.note, .none { color: #444; font-size: 9pt; }
</style>
)";

std::string Escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string InstantOf(const google::protobuf::Timestamp& stamp) { return InstantZh(TimeOf(stamp)); }
// The day before an end, which is the last day on which something held.
std::string LastDayBefore(const google::protobuf::Timestamp& end) {
  return DayOf(TimeOf(end) - absl::Nanoseconds(1)).ToString();
}

// Writes the page from top to bottom. Literals are markup; everything else goes through Escaped.
class ReportPage {
 public:
  ReportPage(const v1::CreditReport& report, const CompiledCatalogue* catalogue)
      : report_(report), catalogue_(catalogue) {}

  std::string Write() {
    const v1::Organization& organization = report_.organization();
    html_ = kHead;
    StrAppend(&html_, "<title>社会组织信用报告：", Escaped(organization.display_name()),
              "</title>\n</head>\n<body>\n<h1>社会组织信用报告</h1>\n<p class=\"note\" "
              "style=\"text-align:center\">Credit report of a social organization</p>\n");
    WriteOrganization();
    WriteListings("一、名录信息（在列） (lists)", report_.listings(), "未列入活动异常名录和严重违法失信名单");
    StrAppend(&html_, "<div class=\"beside\">\n<section>\n");
    WriteRecords("二、不利信息 (adverse)", report_.adverse_records(), "没有在效或者公示中的不利信息");
    StrAppend(&html_, "</section>\n<section>\n");
    WriteRecords("三、守信信息 (favourable)", report_.favourable_records(), "没有记录的守信信息");
    StrAppend(&html_, "</section>\n</div>\n");
    WriteRecords("四、其他信息 (other)", report_.other_records(), "没有其他信息");
    if (report_.archived_listings_size() + report_.archived_records_size() > 0) WriteArchive();
    WriteBasis();
    StrAppend(&html_, "</body>\n</html>\n");
    return std::move(html_);
  }

 private:
  void Row(std::string_view label, std::string_view value) {
    if (value.empty()) return;
    StrAppend(&html_, "<tr><th>", label, "</th><td>", Escaped(value), "</td></tr>\n");
  }
  void Line(std::string_view label, std::string_view value) {
    if (value.empty()) return;
    StrAppend(&html_, "<p>", label, "：", Escaped(value), "</p>\n");
  }
  void Flag(std::string_view text) { StrAppend(&html_, "<p class=\"flag\">", Escaped(text), "</p>\n"); }
  void Heading(std::string_view text) { StrAppend(&html_, "<h2>", text, "</h2>\n"); }
  void None(std::string_view text) { StrAppend(&html_, "<p class=\"none\">", text, "</p>\n"); }

  std::string AuthorityOf(const std::string& name) const {
    const v1::Authority* row =
        catalogue_ == nullptr ? nullptr : catalogue_->FindAuthority(ParseAuthorityName(name).value_or(""));
    return row == nullptr ? name : row->display_name();
  }

  void WriteOrganization() {
    const v1::Organization& organization = report_.organization();
    StrAppend(&html_, "<table>\n");
    Row("名称", organization.display_name());
    Row("统一社会信用代码", organization.code());
    std::string former;
    for (const std::string& code : organization.former_codes()) {
      StrAppend(&former, former.empty() ? "" : "、", code);
    }
    Row("曾用代码", former);
    Row("类型", OrganizationTypeZh(organization.type()));
    Row("登记管理机关", AuthorityOf(organization.registration_authority()));
    Row("登记状态", StrCat(StatusZh(organization.status()), organization.status_since().empty() ? "" : "，自",
                           organization.status_since(), organization.status_since().empty() ? "" : "起"));
    Row("成立登记日期", organization.established_on());
    Row("业务主管单位", organization.supervising_unit());
    Row("住所", organization.domicile());
    Row("报告时点", StrCat(InstantOf(report_.basis().effective_at()), "（北京时间）"));
    StrAppend(&html_, "</table>\n");
  }

  template <typename Listings>
  void WriteListings(std::string_view heading, const Listings& listings, std::string_view none) {
    Heading(heading);
    if (listings.empty()) None(none);
    for (const v1::Listing& listing : listings) WriteListing(listing);
  }

  void WriteListing(const v1::Listing& listing) {
    StrAppend(&html_, "<div class=\"item\">\n<h3>", ListZh(listing.list()), "</h3>\n");
    Line("编号", listing.name());
    Line("列入机关", listing.authority_display_name().empty() ? AuthorityOf(listing.authority())
                                                              : listing.authority_display_name());
    Line("首次列入日期", listing.first_listed_on());
    Line("期限起算日", listing.period_start());
    Line("不得移出的最短期限至", listing.minimum_period_end());
    if (listing.has_display_until()) Line("公示至", LastDayBefore(listing.display_until()));
    for (const v1::ListingGround& ground : listing.grounds()) WriteGround(ground);
    if (listing.has_ended()) {
      Flag(StrCat("已于", InstantOf(listing.ended()), "结束：", EndReasonZh(listing.end_reason()),
                  listing.moved_to().empty() ? "" : StrCat("（", listing.moved_to(), "）")));
    }
    if (listing.duty_outstanding()) Flag("仍有应履行或者整改的义务 (a duty is outstanding)");
    if (listing.suspended()) Flag("复议、诉讼期间停止执行 (execution is suspended)");
    if (listing.display_ended()) Flag("公示期已满，仍在列 (no longer on display)");
    WriteMarks(listing);
    StrAppend(&html_, "</div>\n");
  }

  void WriteGround(const v1::ListingGround& ground) {
    Line("情形", StrCat(ground.ground(), " ", ground.ground_zh()));
    Line("依据", ground.legal_basis());
    const v1::ListingDecision& decision = ground.decision();
    Line("决定",
         StrCat(decision.number(), "，", decision.decided_on(), decision.effective_on().empty() ? "" : "，自",
                decision.effective_on(), decision.effective_on().empty() ? "" : "起生效"));
    Line("认定事实", decision.facts());
    Line("救济", decision.remedies());
    if (ground.has_withdrawn()) Flag(StrCat("该情形已于", InstantOf(ground.withdrawn()), "撤回"));
  }

  // Objections, reviews and repair: the same on records and listings (rules 35, 38, 40).
  template <typename Item>
  void WriteMarks(const Item& item) {
    for (const v1::ObjectionMark& mark : item.objections()) {
      Flag(StrCat("异议标注：自", InstantOf(mark.since()), "起，", mark.application(), "，",
                  !mark.has_answered() ? "核实中"
                  : mark.upheld()      ? "异议成立"
                                       : "异议不成立"));
    }
    for (const v1::ReviewMark& mark : item.reviews()) {
      Flag(StrCat(ReviewKindZh(mark.kind()), "：", mark.number(), "，", mark.organ(), "，自", mark.since(),
                  "起", mark.ended_on().empty() ? "，未结束" : StrCat("，", mark.ended_on(), "结束"),
                  mark.suspended_on().empty() ? "" : StrCat("，", mark.suspended_on(), "决定停止执行")));
    }
    for (const v1::RepairMark* repair : RepairsOf(item.repair())) {
      Flag(StrCat("信用修复：", repair->application(), "，自", InstantOf(repair->since()), "起",
                  repair->has_revoked() ? StrCat("；已于", InstantOf(repair->revoked()), "撤销修复，",
                                                 repair->revocation_notice())
                                        : std::string()));
    }
  }

  template <typename Records>
  void WriteRecords(std::string_view heading, const Records& records, std::string_view none) {
    Heading(heading);
    if (records.empty()) None(none);
    for (const v1::CreditRecord& record : records) WriteRecord(record);
  }

  void WriteRecord(const v1::CreditRecord& record) {
    const RecordSummary summary = SummaryOf(record);
    StrAppend(&html_, "<div class=\"item\">\n<h3>", Escaped(summary.title), "</h3>\n");
    Line("类别", CategoryZh(record.category()));
    Line("日期", summary.day);
    Line("期限至", summary.until);
    Line("文号", summary.number);
    Line("机关（单位）", summary.organ);
    Line("内容", summary.content);
    Line("依据", summary.basis);
    for (const v1::Effect& effect : record.effects()) WriteEffect(effect);
    if (record.has_display_until()) Line("公示至", LastDayBefore(record.display_until()));
    Line("记录单位", record.recorded_by());
    Line("来源", SourceOf(record.source()));
    if (record.has_correction()) {
      Flag(StrCat("已更正：", record.correction().corrected_on(), "，", record.correction().reason()));
    }
    if (record.has_withdrawal()) {
      const v1::RecordWithdrawal& withdrawal = record.withdrawal();
      Flag(StrCat("已撤回：", withdrawal.decided_on(), "，", withdrawal.reason(), "；依据：",
                  withdrawal.basis()));
    }
    WriteMarks(record);
    StrAppend(&html_, "<p class=\"note\">", Escaped(record.name()), "</p>\n</div>\n");
  }

  void WriteEffect(const v1::Effect& effect) {
    const v1::Ground* row = catalogue_ == nullptr
                                ? nullptr
                                : catalogue_->FindGround(effect.ground(), DayOf(TimeOf(effect.from())));
    Line("对承接资格的影响",
         StrCat(effect.ground(), row == nullptr ? "" : StrCat(" ", row->zh()), "，自",
                DayOf(TimeOf(effect.from())).ToString(), "起",
                effect.has_until() ? StrCat("至", LastDayBefore(effect.until())) : std::string(),
                row == nullptr ? "" : StrCat("；依据：", row->legal_basis().zh())));
  }

  std::string SourceOf(const std::string& name) const {
    const v1::Source* row =
        catalogue_ == nullptr ? nullptr : catalogue_->FindSource(ParseSourceName(name).value_or(""));
    return row == nullptr ? name : row->display_name();
  }

  void WriteArchive() {
    if (!report_.archived_listings().empty())
      WriteListings("五、档案：已结束的名录信息 (archive, restricted)", report_.archived_listings(), "");
    if (!report_.archived_records().empty())
      WriteRecords("六、档案：已修复、撤回、公示期满的信息 (archive, restricted)", report_.archived_records(),
                   "");
  }

  void WriteBasis() {
    const v1::AnswerBasis& basis = report_.basis();
    Heading("信息来源及其时效 (sources)");
    StrAppend(&html_, "<table>\n");
    for (const v1::SourceFreshness& source : basis.sources()) {
      StrAppend(&html_, "<tr><td>", Escaped(SourceOf(source.source())), "</td><td>",
                source.has_as_of() ? StrCat("截至", InstantOf(source.as_of())) : std::string("尚未完整读取"),
                source.stale() ? "，已超过允许的时效" : "", "</td></tr>\n");
    }
    StrAppend(&html_, "</table>\n<p class=\"note\">目录版本", Escaped(basis.catalogue_version()),
              "；规则版本", Escaped(basis.evaluator_version()), "；信息版本号", basis.revision(),
              "。守信信息与不利信息并列展示，不作为排除供应商的依据。本报告不含个人信息。</p>\n");
  }

  const v1::CreditReport& report_;
  const CompiledCatalogue* const catalogue_;
  std::string html_;
};

absl::StatusOr<std::string> ToJson(const v1::CreditReport& report) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(report, &json, options);
  if (!status.ok()) {
    return absl::InternalError(StrCat("the report cannot be written as JSON: ", status.ToString()));
  }
  return json;
}

}  // namespace

absl::StatusOr<std::string> ReportDocument(const v1::CreditReport& report, v1::ReportFormat format,
                                           const CompiledCatalogue* catalogue) {
  switch (format) {
    case v1::REPORT_FORMAT_JSON:
      return ToJson(report);
    case v1::REPORT_FORMAT_HTML:
      return ReportPage(report, catalogue).Write();
    default:
      return std::string();
  }
}

}  // namespace chengxin::domain
