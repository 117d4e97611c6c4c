#include "domain/record_summary.h"

#include "absl/strings/str_format.h"
#include "base/strings.h"
#include "domain/money.h"
#include "domain/wording.h"

namespace chengxin::domain {

namespace {

// Hundredths as a decimal number.
std::string Centi(int32_t value) { return absl::StrFormat("%d.%02d", value / 100, value % 100); }

RecordSummary Summarize(const v1::Penalty& penalty) {
  std::string kinds;
  for (const int kind : penalty.kinds()) {
    StrAppend(&kinds, kinds.empty() ? "" : "、", PenaltyKindZh(static_cast<v1::PenaltyKind>(kind)));
    if (kind == v1::PENALTY_KIND_FINE) StrAppend(&kinds, FormatYuan(penalty.fine_fen()));
    if (kind == v1::PENALTY_KIND_CONFISCATION) StrAppend(&kinds, FormatYuan(penalty.confiscation_fen()));
  }
  return {.title = StrCat("行政处罚：", kinds),
          .day = penalty.decided_on(),
          .until = penalty.valid_until(),
          .number = penalty.decision_number(),
          .organ = penalty.organ(),
          .basis = penalty.basis(),
          .content = StrCat(penalty.facts(), penalty.result().empty() ? "" : "；", penalty.result()),
          .adverse = true};
}

RecordSummary Summarize(const v1::AnnualInspection& inspection) {
  return {.title = StrCat(inspection.year(), "年度检查（年度报告）：", ConclusionZh(inspection.conclusion())),
          .day = inspection.concluded_on(),
          .basis = inspection.basis(),
          .adverse = inspection.conclusion() == v1::ANNUAL_CONCLUSION_UNQUALIFIED ||
                     inspection.conclusion() == v1::ANNUAL_CONCLUSION_NOT_FILED};
}

RecordSummary Summarize(const v1::Inspection& inspection) {
  std::string_view result = "未发现问题";
  if (inspection.problems_found()) {
    result = inspection.rectified_on().empty() ? "发现问题，尚未完成整改" : "发现问题，已完成整改";
  }
  RecordSummary summary{
      .title = StrCat("行政检查、审计（", InspectionSubjectZh(inspection.subject()), "）：", result),
      .day = inspection.concluded_on(),
      .organ = inspection.organ(),
      .basis = inspection.basis(),
      .content = inspection.finding(),
      .adverse = inspection.problems_found()};
  if (!inspection.rectify_by().empty()) StrAppend(&summary.content, "；整改期限至", inspection.rectify_by());
  if (!inspection.rectified_on().empty())
    StrAppend(&summary.content, "；", inspection.rectified_on(), "核实完成整改");
  return summary;
}

RecordSummary Summarize(const v1::ExternalListing& listing) {
  RecordSummary summary{.title = StrCat("外部名单、禁止参加政府采购活动：", listing.ground()),
                        .day = listing.listed_on(),
                        .until = listing.until(),
                        .number = listing.entry_number(),
                        .organ = listing.organ(),
                        .basis = listing.basis(),
                        .adverse = true};
  if (!listing.removed_on().empty()) summary.content = StrCat("已于", listing.removed_on(), "移出");
  return summary;
}

RecordSummary Summarize(const v1::MajorViolation& violation) {
  return {.title = "重大违法记录",
          .day = violation.decided_on(),
          .number = violation.decision_number(),
          .organ = violation.organ(),
          .basis = violation.basis(),
          .content = violation.facts(),
          .adverse = true};
}

RecordSummary Summarize(const v1::TaxStanding& standing) {
  std::string_view result = "良好";
  if (!standing.good()) result = standing.established_by_competent_organ() ? "经主管机关认定不良" : "不良";
  return {.title = StrCat("纳税和缴纳社会保障资金记录：", result),
          .day = standing.as_of(),
          .organ = standing.organ(),
          .basis = standing.basis(),
          .adverse = !standing.good()};
}

RecordSummary Summarize(const v1::Qualification& qualification) {
  RecordSummary summary{.title = StrCat("专业资质：", qualification.kind()),
                        .day = qualification.valid_from(),
                        .until = qualification.valid_until(),
                        .number = qualification.certificate_number(),
                        .basis = qualification.basis(),
                        .adverse = !qualification.revoked_on().empty()};
  if (summary.adverse) summary.content = StrCat("已于", qualification.revoked_on(), "被撤销");
  return summary;
}

RecordSummary Summarize(const v1::AssessmentLevel& level) {
  return {.title = StrCat("评估等级", level.level(), "A"),
          .day = level.valid_from(),
          .until = level.valid_until(),
          .organ = level.organ()};
}

RecordSummary Summarize(const v1::PerformanceEvaluation& evaluation) {
  RecordSummary summary{.title = StrCat("政府购买服务绩效评价：", evaluation.passed() ? "合格" : "不合格"),
                        .day = evaluation.evaluated_on(),
                        .organ = evaluation.purchaser(),
                        .basis = evaluation.basis(),
                        .content = StrCat("项目", evaluation.project()),
                        .adverse = !evaluation.passed()};
  if (evaluation.score_centi() > 0) StrAppend(&summary.content, "；得分", Centi(evaluation.score_centi()));
  if (evaluation.satisfaction_centi() > 0)
    StrAppend(&summary.content, "；服务对象满意度", Centi(evaluation.satisfaction_centi()), "%");
  return summary;
}

RecordSummary Summarize(const v1::SubstantiatedConduct& conduct) {
  return {.title = "经登记管理机关认定的失信行为",
          .day = conduct.decided_on(),
          .until = conduct.until(),
          .number = conduct.decision_number(),
          .basis = conduct.basis(),
          .content = conduct.facts(),
          .adverse = true};
}

RecordSummary Summarize(const v1::Honour& honour) {
  return {
      .title = StrCat("表彰奖励：", honour.title()), .day = honour.conferred_on(), .organ = honour.organ()};
}

RecordSummary Summarize(const v1::ContractPerformance& contract) {
  return {
      .title = StrCat("合同履约：", contract.performed() ? "按约定履行" : "未按约定履行"),
      .day = contract.stated_on(),
      .number = contract.contract(),
      .organ = contract.purchaser(),
      .basis = contract.basis(),
      .content = StrCat("项目", contract.project(), contract.facts().empty() ? "" : "；", contract.facts()),
      .adverse = !contract.performed()};
}

}  // namespace

RecordSummary SummaryOf(const v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty:
      return Summarize(record.penalty());
    case v1::CreditRecord::kAnnualInspection:
      return Summarize(record.annual_inspection());
    case v1::CreditRecord::kInspection:
      return Summarize(record.inspection());
    case v1::CreditRecord::kExternalListing:
      return Summarize(record.external_listing());
    case v1::CreditRecord::kMajorViolation:
      return Summarize(record.major_violation());
    case v1::CreditRecord::kTaxStanding:
      return Summarize(record.tax_standing());
    case v1::CreditRecord::kQualification:
      return Summarize(record.qualification());
    case v1::CreditRecord::kAssessmentLevel:
      return Summarize(record.assessment_level());
    case v1::CreditRecord::kPerformanceEvaluation:
      return Summarize(record.performance_evaluation());
    case v1::CreditRecord::kSubstantiatedConduct:
      return Summarize(record.substantiated_conduct());
    case v1::CreditRecord::kHonour:
      return Summarize(record.honour());
    case v1::CreditRecord::kContractPerformance:
      return Summarize(record.contract_performance());
    case v1::CreditRecord::CONTENT_NOT_SET:
      break;
  }
  return {};
}

}  // namespace chengxin::domain
