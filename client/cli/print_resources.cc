#include "client/cli/print_resources.h"

#include <vector>

#include "base/strings.h"
#include "client/cli/phrases.h"
#include "client/cli/words.h"
#include "domain/money.h"

namespace chengxin::cli {

namespace {

std::string SummaryOfPenalty(const v1::Penalty& penalty) {
  std::vector<std::string> kinds;
  for (const int value : penalty.kinds()) {
    const auto kind = static_cast<v1::PenaltyKind>(value);
    std::string word = WordOf(kind);
    if (kind == v1::PENALTY_KIND_FINE) StrAppend(&word, " ", domain::FormatYuan(penalty.fine_fen()));
    if (kind == v1::PENALTY_KIND_CONFISCATION && penalty.confiscation_fen() > 0)
      StrAppend(&word, " ", domain::FormatYuan(penalty.confiscation_fen()));
    kinds.push_back(std::move(word));
  }
  return Join({Join(kinds, "、"), penalty.decision_number(), penalty.decided_on(), penalty.organ()});
}

void AddRepair(const v1::RepairMark& repair, Properties& lines) {
  lines.Add("信用修复", Join({repair.application(), After("自", Instant(repair.has_since(), repair.since())),
                              After("撤销于", Instant(repair.has_revoked(), repair.revoked())),
                              repair.revocation_notice()}));
}

// Objections, reviews and repairs, which stand on records and listings alike.
template <typename Item>
void AddMarks(const Item& item, Properties& lines) {
  for (const v1::ObjectionMark& mark : item.objections()) {
    lines.Add("异议", Join({mark.application(), After("自", Instant(mark.has_since(), mark.since())),
                            mark.has_answered() ? (mark.upheld() ? "成立" : "不成立") : "处理中"}));
  }
  for (const v1::ReviewMark& mark : item.reviews()) {
    lines.Add(
        WordOf(mark.kind()),
        Join({mark.number(), mark.organ(), After("自", mark.since()), After("至", mark.ended_on()),
              After("停止执行自", mark.suspended_on()), After("恢复执行自", mark.suspension_ended_on())}));
  }
  for (const v1::RepairMark& earlier : item.repair().earlier()) AddRepair(earlier, lines);
  if (item.has_repair()) AddRepair(item.repair(), lines);
}

}  // namespace

std::string SummaryOf(const v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty:
      return SummaryOfPenalty(record.penalty());
    case v1::CreditRecord::kAnnualInspection: {
      const auto& content = record.annual_inspection();
      return Join({StrCat(content.year(), "年度"), WordOf(content.conclusion()), content.concluded_on()});
    }
    case v1::CreditRecord::kInspection: {
      const auto& content = record.inspection();
      return Join({content.problems_found() ? "发现问题" : "未发现问题", content.finding(),
                   After("已整改", content.rectified_on()), content.concluded_on(), content.organ()});
    }
    case v1::CreditRecord::kExternalListing: {
      const auto& content = record.external_listing();
      return Join({content.ground(), content.entry_number(), content.listed_on(),
                   After("至", content.until()), After("移出", content.removed_on()), content.organ()});
    }
    case v1::CreditRecord::kMajorViolation: {
      const auto& content = record.major_violation();
      return Join({content.decision_number(), content.decided_on(), content.organ()});
    }
    case v1::CreditRecord::kTaxStanding: {
      const auto& content = record.tax_standing();
      return Join({content.good() ? "良好" : "不良", content.as_of(), content.organ()});
    }
    case v1::CreditRecord::kQualification: {
      const auto& content = record.qualification();
      return Join({content.kind(), content.certificate_number(), content.valid_from(),
                   After("至", content.valid_until()), After("撤销", content.revoked_on())});
    }
    case v1::CreditRecord::kAssessmentLevel: {
      const auto& content = record.assessment_level();
      return Join({StrCat(content.level(), "A"), content.valid_from(), After("至", content.valid_until()),
                   content.organ()});
    }
    case v1::CreditRecord::kPerformanceEvaluation: {
      const auto& content = record.performance_evaluation();
      return Join({content.passed() ? "合格" : "不合格", content.project(), content.evaluated_on(),
                   content.purchaser()});
    }
    case v1::CreditRecord::kSubstantiatedConduct: {
      const auto& content = record.substantiated_conduct();
      return Join({content.decision_number(), content.decided_on(), After("至", content.until())});
    }
    case v1::CreditRecord::kContractPerformance: {
      const auto& content = record.contract_performance();
      return Join({content.performed() ? "已履约" : "未履约", content.project(), content.contract(),
                   content.stated_on(), content.purchaser()});
    }
    case v1::CreditRecord::kHonour: {
      const auto& content = record.honour();
      return Join({content.title(), content.conferred_on(), content.organ()});
    }
    case v1::CreditRecord::CONTENT_NOT_SET:
      return "";
  }
  return "";
}

std::string GroundsOf(const v1::Listing& listing) {
  std::vector<std::string> grounds;
  for (auto ground = listing.grounds().rbegin(); ground != listing.grounds().rend(); ++ground)
    grounds.push_back(ground->ground());
  return Join(grounds, "、");
}

Table OrganizationTable() { return Table({"统一社会信用代码", "名称", "状态", "类型", "登记管理机关"}); }

void AddRow(const v1::Organization& organization, Table& table) {
  table.Add({organization.code(), organization.display_name(), WordOf(organization.status()),
             WordOf(organization.type()), organization.registration_authority()});
}

Table RecordTable() { return Table({"记录", "类别", "内容", "列入"}); }

void AddRow(const v1::CreditRecord& record, Table& table) {
  const std::string proposal = record.has_proposal() ? StrCat("建议 ", record.proposal().ground()) : "";
  table.Add({record.name(), WordOf(record.category()), SummaryOf(record),
             record.listing().empty() ? proposal : record.listing()});
}

Table ListingTable() {
  return Table({"条目", "名单", "统一社会信用代码", "名称", "情形", "列入日期", "期限起算", "登记管理机关"});
}

void AddRow(const v1::Listing& listing, Table& table) {
  table.Add(
      {listing.name(), WordOf(listing.list()), listing.organization_code(),
       listing.organization_display_name(), GroundsOf(listing), listing.first_listed_on(),
       listing.period_start(),
       listing.authority_display_name().empty() ? listing.authority() : listing.authority_display_name()});
}

void Print(std::ostream& out, const v1::Organization& organization) {
  Properties lines;
  lines.Add("统一社会信用代码", organization.code());
  lines.Add("名称", organization.display_name());
  lines.Add("状态", Join({WordOf(organization.status()), After("自", organization.status_since())}));
  lines.Add("类型", WordOf(organization.type()));
  lines.Add("证书形式", WordOf(organization.certificate_form()));
  lines.Add("成立日期", organization.established_on());
  lines.Add("登记管理机关", organization.registration_authority());
  lines.Add("业务主管单位", organization.supervising_unit());
  lines.Add("住所", organization.domicile());
  if (organization.registered_capital_fen() > 0)
    lines.Add("注册资金", domain::FormatYuan(organization.registered_capital_fen()));
  lines.Add("法定代表人", organization.legal_representative());
  lines.Add("电话", organization.phone());
  lines.Add("银行账户", organization.bank_account());
  for (const std::string& code : organization.former_codes()) lines.Add("曾用代码", code);
  for (const std::string& authority : organization.former_authorities())
    lines.Add("原登记管理机关", authority);
  for (const v1::Succession& succession : organization.successions()) {
    lines.Add(succession.successor().empty() ? "换码" : "合并",
              Join({succession.effective_on(), After("原代码", succession.former_code()),
                    After("并入", succession.successor()), succession.number(), succession.authority(),
                    succession.reason()}));
  }
  lines.Add("并入", organization.successor());
  for (const std::string& predecessor : organization.predecessors()) lines.Add("合并了", predecessor);
  if (organization.has_code_confirmation()) {
    const v1::CodeConfirmation& confirmation = organization.code_confirmation();
    lines.Add("代码确认",
              Join({confirmation.registry(), confirmation.confirmed_on(), confirmation.reason()}));
  }
  for (const std::string& warning : organization.warnings()) lines.Add("提示", warning);
  lines.Add("数据来源", organization.source());
  lines.Add("更新时间", Instant(organization.has_update_time(), organization.update_time()));
  lines.Add("版本", StrCat(organization.revision()));
  lines.Add("etag", organization.etag());
  lines.Print(out);
}

void Print(std::ostream& out, const v1::CreditRecord& record) {
  Properties lines;
  lines.Add("记录", record.name());
  lines.Add("类别", WordOf(record.category()));
  lines.Add("内容", SummaryOf(record));
  if (record.has_penalty()) {
    lines.Add("事实", record.penalty().facts());
    lines.Add("处罚依据", record.penalty().basis());
    lines.Add("处罚结果", record.penalty().result());
  }
  lines.Add("形成日期", record.formed_on());
  for (const v1::Effect& effect : record.effects()) {
    lines.Add("效力", Join({effect.ground(), After("自", Instant(effect.has_from(), effect.from())),
                            After("至", Instant(effect.has_until(), effect.until())), effect.subject()}));
  }
  lines.Add("列入", record.listing());
  if (record.has_proposal()) {
    lines.Add("列入建议", Join({record.proposal().ground(), record.proposal().authority(),
                                record.proposal().legal_basis()}));
  }
  lines.Add("案件", record.case_());
  if (record.has_correction()) {
    const v1::RecordCorrection& correction = record.correction();
    lines.Add("更正", Join({correction.corrected_on(), correction.by(), correction.reason()}));
  }
  if (record.has_withdrawal()) {
    const v1::RecordWithdrawal& withdrawal = record.withdrawal();
    lines.Add("撤销", Join({withdrawal.decided_on(), withdrawal.number(), withdrawal.by(),
                            withdrawal.reason(), withdrawal.basis()}));
  }
  AddMarks(record, lines);
  lines.Add("归集期限", Join({record.capture_due_on(), If(record.captured_late(), "逾期归集")}));
  lines.Add("公示截止", Instant(record.has_display_until(), record.display_until()));
  lines.Add("数据来源", record.source());
  lines.Add("记录机关", record.recorded_by());
  lines.Add("经办人", record.deciding_officer());
  lines.Add("内部备注", record.internal_note());
  lines.Add("记录时间", Instant(record.has_create_time(), record.create_time()));
  lines.Add("版本", StrCat(record.revision()));
  lines.Add("etag", record.etag());
  lines.Print(out);
}

void Print(std::ostream& out, const v1::Listing& listing) {
  Properties lines;
  lines.Add("条目", listing.name());
  lines.Add("名单", WordOf(listing.list()));
  lines.Add("状态", Join({WordOf(listing.state()), WordOf(listing.end_reason()),
                          After("自", Instant(listing.has_ended(), listing.ended())),
                          After("移至", listing.moved_to())}));
  lines.Add("统一社会信用代码", listing.organization_code());
  lines.Add("名称", listing.organization_display_name());
  lines.Add("登记管理机关", Join({listing.authority_display_name(), listing.authority()}));
  lines.Add("首次列入日期", listing.first_listed_on());
  lines.Add("期限起算日", listing.period_start());
  lines.Add("最短期限届满", listing.minimum_period_end());
  lines.Add("生效时间", Instant(listing.has_effective_from(), listing.effective_from()));
  lines.Add("公示截止", Join({Instant(listing.has_display_until(), listing.display_until()),
                              If(listing.display_ended(), "公示期满，不再公布")}));
  lines.Add("未履行的义务", If(listing.duty_outstanding(), "有"));
  lines.Add("停止执行", If(listing.suspended(), "是"));
  lines.Add("依职权移出", listing.ex_officio_removal_on());
  lines.Add("异常满两年", Join({listing.escalation_on(), After("案件", listing.escalation_case()),
                                If(listing.escalated(), "由此列入")}));
  AddMarks(listing, lines);
  for (const v1::ListingGround& ground : listing.grounds()) {
    const v1::ListingDecision& decision = ground.decision();
    lines.Add("情形", Join({ground.ground(), ground.ground_zh()}));
    lines.Add("  法律依据", ground.legal_basis());
    lines.Add("  决定",
              Join({decision.number(), decision.decided_on(), After("生效", decision.effective_on())}));
    lines.Add("  事实", decision.facts());
    lines.Add("  救济途径", decision.remedies());
    lines.Add("  撤销", Instant(ground.has_withdrawn(), ground.withdrawn()));
    lines.Add("  案件", ground.case_());
    lines.Add("  依据记录", ground.record());
    for (const std::string& further : ground.further_records()) lines.Add("  依据记录", further);
  }
  lines.Add("更新时间", Instant(listing.has_update_time(), listing.update_time()));
  lines.Add("版本", StrCat(listing.revision()));
  lines.Add("etag", listing.etag());
  lines.Add("目录", listing.catalogue_version());
  lines.Print(out);
}

}  // namespace chengxin::cli
