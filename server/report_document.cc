#include "server/report_document.h"

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/timestamps.h"
#include "google/protobuf/util/json_util.h"

namespace chengxin::server {

namespace {

using Records = google::protobuf::RepeatedPtrField<v1::CreditRecord>;
using Listings = google::protobuf::RepeatedPtrField<v1::Listing>;

std::string Escape(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Minute(const google::protobuf::Timestamp& stamp) {
  return absl::FormatTime("%Y-%m-%d %H:%M", domain::TimeOf(stamp), domain::Shanghai());
}

// What a line of the report says of a record.
struct Line {
  std::string_view kind;
  std::string what;
  std::string_view day;
  std::string_view number;
  std::string_view organ;
  std::string_view basis;
};

std::string Validity(std::string_view from, std::string_view until) {
  return StrCat("（", from, "至", until.empty() ? "长期" : until, "）");
}

Line LineOfStanding(const v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kTaxStanding: {
      const v1::TaxStanding& tax = record.tax_standing();
      return {"税收与社会保障", tax.good() ? "依法缴纳" : "未依法缴纳", tax.as_of(), {}, tax.organ(),
              tax.basis()};
    }
    case v1::CreditRecord::kQualification: {
      const v1::Qualification& paper = record.qualification();
      std::string what = StrCat(paper.kind(), Validity(paper.valid_from(), paper.valid_until()));
      if (!paper.revoked_on().empty()) StrAppend(&what, "，", paper.revoked_on(), "被撤销");
      return {"资质", std::move(what), paper.valid_from(), paper.certificate_number(), {}, paper.basis()};
    }
    case v1::CreditRecord::kAssessmentLevel: {
      const v1::AssessmentLevel& level = record.assessment_level();
      return {
          "评估等级",         StrCat(level.level(), "A", Validity(level.valid_from(), level.valid_until())),
          level.valid_from(), {},
          level.organ(),      {}};
    }
    case v1::CreditRecord::kPerformanceEvaluation: {
      const v1::PerformanceEvaluation& evaluation = record.performance_evaluation();
      return {"绩效评价",
              StrCat(evaluation.project(), evaluation.passed() ? "：合格" : "：不合格"),
              evaluation.evaluated_on(),
              {},
              evaluation.purchaser(),
              evaluation.basis()};
    }
    case v1::CreditRecord::kContractPerformance: {
      const v1::ContractPerformance& contract = record.contract_performance();
      return {
          "合同履约",           StrCat(contract.project(), contract.performed() ? "：已履行" : "：未履行"),
          contract.stated_on(), contract.contract(),
          contract.purchaser(), contract.basis()};
    }
    case v1::CreditRecord::kHonour: {
      const v1::Honour& honour = record.honour();
      return {"表彰奖励", honour.title(), honour.conferred_on(), {}, honour.organ(), {}};
    }
    default:
      return {"其他", {}, record.formed_on(), {}, {}, {}};
  }
}

std::string_view NameOf(v1::AnnualConclusion conclusion) {
  switch (conclusion) {
    case v1::ANNUAL_CONCLUSION_QUALIFIED:
      return "合格";
    case v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED:
      return "基本合格";
    case v1::ANNUAL_CONCLUSION_UNQUALIFIED:
      return "不合格";
    case v1::ANNUAL_CONCLUSION_NOT_FILED:
      return "未参检（未报送）";
    default:
      return "已报送";
  }
}

Line LineOf(const v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty: {
      const v1::Penalty& penalty = record.penalty();
      return {"行政处罚",      penalty.result(), penalty.decided_on(), penalty.decision_number(),
              penalty.organ(), penalty.basis()};
    }
    case v1::CreditRecord::kAnnualInspection: {
      const v1::AnnualInspection& annual = record.annual_inspection();
      return {"年检年报",
              StrCat(annual.year(), "年度：", NameOf(annual.conclusion())),
              annual.concluded_on(),
              {},
              {},
              annual.basis()};
    }
    case v1::CreditRecord::kInspection: {
      const v1::Inspection& inspection = record.inspection();
      std::string what = inspection.problems_found() ? inspection.finding() : std::string("未发现问题");
      if (!inspection.rectified_on().empty()) StrAppend(&what, "（", inspection.rectified_on(), "已整改）");
      return {"行政检查", std::move(what),    inspection.concluded_on(),
              {},         inspection.organ(), inspection.basis()};
    }
    case v1::CreditRecord::kExternalListing: {
      const v1::ExternalListing& entry = record.external_listing();
      return {"外部名单",        StrCat(entry.ground(), Validity(entry.listed_on(), entry.until())),
              entry.listed_on(), entry.entry_number(),
              entry.organ(),     entry.basis()};
    }
    case v1::CreditRecord::kMajorViolation: {
      const v1::MajorViolation& violation = record.major_violation();
      return {"重大违法记录",    violation.facts(), violation.decided_on(), violation.decision_number(),
              violation.organ(), violation.basis()};
    }
    case v1::CreditRecord::kSubstantiatedConduct: {
      const v1::SubstantiatedConduct& conduct = record.substantiated_conduct();
      return {"经认定的失信行为", conduct.facts(), conduct.decided_on(), conduct.decision_number(), {},
              conduct.basis()};
    }
    default:
      return LineOfStanding(record);
  }
}

// What stands beside an item: objections, reviews, and why it is in the archive.
std::string NotesOf(const v1::CreditRecord& record) {
  std::string notes;
  for (const v1::ObjectionMark& objection : record.objections())
    if (!objection.has_answered()) notes += "异议处理中；";
  for (const v1::ReviewMark& review : record.reviews())
    if (review.ended_on().empty()) notes += "复议或诉讼中；";
  if (record.has_withdrawal()) StrAppend(&notes, "已撤回：", record.withdrawal().reason(), "；");
  if (record.has_repair() && !record.repair().has_revoked()) notes += "已信用修复；";
  return notes;
}

std::string NotesOf(const v1::Listing& listing) {
  std::string notes;
  for (const v1::ObjectionMark& objection : listing.objections())
    if (!objection.has_answered()) notes += "异议处理中；";
  for (const v1::ReviewMark& review : listing.reviews())
    if (review.ended_on().empty()) notes += "复议或诉讼中；";
  if (listing.suspended()) notes += "停止执行；";
  if (listing.has_ended()) StrAppend(&notes, Minute(listing.ended()), "移出；");
  return notes;
}

void AppendRow(std::initializer_list<std::string_view> cells, std::string& html) {
  html += "<tr>";
  for (const std::string_view cell : cells) StrAppend(&html, "<td>", Escape(cell), "</td>");
  html += "</tr>\n";
}

void AppendRecords(std::string_view title, const Records& records, std::string& html) {
  if (records.empty()) return;
  StrAppend(&html, "<h2>", title, "（", records.size(),
            "）</h2>\n<table><tr><th>类别</th><th>内容</th><th>日期</th>",
            "<th>文号</th><th>机关、单位</th><th>依据</th><th>备注</th></tr>\n");
  for (const v1::CreditRecord& record : records) {
    const Line line = LineOf(record);
    AppendRow({line.kind, line.what, line.day, line.number, line.organ, line.basis, NotesOf(record)}, html);
  }
  html += "</table>\n";
}

void AppendListings(std::string_view title, const Listings& listings, std::string& html) {
  if (listings.empty()) return;
  StrAppend(&html, "<h2>", title, "（", listings.size(),
            "）</h2>\n<table><tr><th>名录</th><th>情形</th><th>首次列入</th>",
            "<th>决定文号</th><th>机关</th><th>依据</th><th>备注</th></tr>\n");
  for (const v1::Listing& listing : listings) {
    const std::string_view list =
        listing.list() == v1::LIST_KIND_SEVERE ? "严重违法失信名单" : "活动异常名录";
    for (const v1::ListingGround& ground : listing.grounds()) {
      AppendRow({list, StrCat(ground.ground(), " ", ground.ground_zh()), listing.first_listed_on(),
                 ground.decision().number(), listing.authority_display_name(), ground.legal_basis(),
                 NotesOf(listing)},
                html);
    }
  }
  html += "</table>\n";
}

constexpr std::string_view kHead =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>社会组织信用报告</title>\n"
    "<style>body{font-family:serif;margin:2em;color:#000}h1{text-align:center}table{border-collapse:collapse;"
    "width:100%;margin-bottom:1em}td,th{border:1px solid "
    "#000;padding:.3em;text-align:left;vertical-align:top;"
    "font-size:.9em}@media print{body{margin:0}tr{page-break-inside:avoid}}</style></head><body>\n"
    "<h1>社会组织信用报告</h1>\n";

}  // namespace

absl::StatusOr<std::string> ReportAsJson(const v1::CreditReport& report) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto written = google::protobuf::util::MessageToJsonString(report, &json, options);
  if (!written.ok()) return absl::InternalError(std::string(written.message()));
  return json;
}

std::string ReportAsHtml(const v1::CreditReport& report) {
  const v1::Organization& organization = report.organization();
  std::string html(kHead);
  html += "<table>\n";
  AppendRow({"名称", organization.display_name()}, html);
  AppendRow({"统一社会信用代码", organization.code()}, html);
  AppendRow({"登记管理机关", organization.registration_authority()}, html);
  AppendRow({"成立登记日期", organization.established_on()}, html);
  AppendRow({"查询时点", Minute(report.basis().effective_at())}, html);
  AppendRow({"数据版本", StrCat(report.basis().revision())}, html);
  html += "</table>\n";
  if (report.listings().empty() && report.adverse_records().empty())
    html += "<p>截至查询时点，没有应列示的失信信息。</p>\n";
  AppendListings("失信名录", report.listings(), html);
  AppendRecords("失信信息", report.adverse_records(), html);
  if (!report.merits().empty()) {
    html += "<h2>守信信息</h2>\n<ul>\n";
    for (const v1::Merit& merit : report.merits())
      StrAppend(&html, "<li>", Escape(merit.message_zh()), "</li>\n");
    html += "</ul>\n";
  }
  AppendRecords("守信记录", report.favourable_records(), html);
  AppendRecords("其他信息", report.other_records(), html);
  AppendListings("已移出的名录记录（不公开）", report.archived_listings(), html);
  AppendRecords("已修复或撤回的信息（不公开）", report.archived_records(), html);
  html += "</body></html>\n";
  return html;
}

}  // namespace chengxin::server
