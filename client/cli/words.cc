#include "client/cli/words.h"

#include <algorithm>

#include "base/strings.h"

namespace chengxin::cli {

namespace {

template <typename Enum>
struct Word {
  Enum value;
  std::string_view zh;
};

template <typename Enum, size_t N>
std::string Find(const Word<Enum> (&words)[N], Enum value) {
  const auto found =
      std::find_if(std::begin(words), std::end(words), [value](const auto& w) { return w.value == value; });
  return found == std::end(words) ? StrCat("?", static_cast<int>(value)) : std::string(found->zh);
}

constexpr Word<v1::Verdict> kVerdicts[] = {
    {v1::VERDICT_ELIGIBLE, "可以选择 ELIGIBLE"},
    {v1::VERDICT_REVIEW, "需审查 REVIEW"},
    {v1::VERDICT_UNKNOWN, "无法确认 UNKNOWN"},
    {v1::VERDICT_INELIGIBLE, "不得选择 INELIGIBLE"},
};
constexpr Word<v1::Outcome> kOutcomes[] = {
    {v1::OUTCOME_PASS, "符合"},     {v1::OUTCOME_NOT_ASSESSED, "由购买主体核实"},
    {v1::OUTCOME_REVIEW, "需审查"}, {v1::OUTCOME_UNKNOWN, "无法确认"},
    {v1::OUTCOME_FAIL, "不符合"},
};
constexpr Word<v1::Condition> kConditions[] = {
    {v1::CONDITION_REGISTRATION, "（一）登记设立、独立承担民事责任"},
    {v1::CONDITION_GOVERNANCE, "（二）治理结构"},
    {v1::CONDITION_ACCOUNTING, "（三）财务会计与资产管理"},
    {v1::CONDITION_CAPABILITY, "（四）专业技术能力"},
    {v1::CONDITION_TAX_AND_SOCIAL_SECURITY, "（五）纳税与社会保障"},
    {v1::CONDITION_SUPERVISION_AND_REPUTATION, "（六）接受监督、社会信誉"},
    {v1::CONDITION_OTHER_LEGAL, "（七）法律法规规定的其他条件"},
};
constexpr Word<v1::RegistrationStatus> kStatuses[] = {
    {v1::REGISTRATION_STATUS_UNSPECIFIED, ""},
    {v1::REGISTRATION_STATUS_ACTIVE, "正常"},
    {v1::REGISTRATION_STATUS_IN_LIQUIDATION, "注销中"},
    {v1::REGISTRATION_STATUS_CANCELLED, "已注销"},
    {v1::REGISTRATION_STATUS_REGISTRATION_REVOKED, "撤销登记"},
    {v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED, "吊销证书"},
    {v1::REGISTRATION_STATUS_SUSPENDED, "限期停止活动"},
    {v1::REGISTRATION_STATUS_NOT_IN_REGISTER, "登记库中已无"},
};
constexpr Word<v1::OrganizationType> kTypes[] = {
    {v1::ORGANIZATION_TYPE_UNSPECIFIED, ""},
    {v1::ORGANIZATION_TYPE_SOCIAL_GROUP, "社会团体"},
    {v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION, "民办非企业单位"},
    {v1::ORGANIZATION_TYPE_FOUNDATION, "基金会"},
    {v1::ORGANIZATION_TYPE_OTHER, "其他"},
};
constexpr Word<v1::CertificateForm> kForms[] = {
    {v1::CERTIFICATE_FORM_UNSPECIFIED, ""},
    {v1::CERTIFICATE_FORM_LEGAL_PERSON, "法人"},
    {v1::CERTIFICATE_FORM_PARTNERSHIP, "合伙"},
    {v1::CERTIFICATE_FORM_INDIVIDUAL, "个体"},
};
constexpr Word<v1::ListKind> kLists[] = {
    {v1::LIST_KIND_UNSPECIFIED, ""},
    {v1::LIST_KIND_ABNORMAL, "活动异常名录"},
    {v1::LIST_KIND_SEVERE, "严重违法失信名单"},
};
constexpr Word<v1::ListingState> kStates[] = {
    {v1::LISTING_STATE_UNSPECIFIED, ""},
    {v1::LISTING_STATE_LISTED, "在列"},
    {v1::LISTING_STATE_ENDED, "已移出"},
};
constexpr Word<v1::ListingEndReason> kEndReasons[] = {
    {v1::LISTING_END_REASON_UNSPECIFIED, ""},
    {v1::LISTING_END_REASON_MOVED_TO_SEVERE, "移入严重违法失信名单"},
    {v1::LISTING_END_REASON_REMOVED, "移出"},
    {v1::LISTING_END_REASON_REPAIRED, "信用修复"},
    {v1::LISTING_END_REASON_WITHDRAWN, "撤销"},
};
constexpr Word<v1::ListingTransition> kTransitions[] = {
    {v1::LISTING_TRANSITION_UNSPECIFIED, ""},
    {v1::LISTING_TRANSITION_LISTED, "列入"},
    {v1::LISTING_TRANSITION_GROUND_ADDED, "增加情形"},
    {v1::LISTING_TRANSITION_PERIOD_RESTARTED, "重新计算期限"},
    {v1::LISTING_TRANSITION_ENDED, "移出"},
};
constexpr Word<v1::RecordCategory> kCategories[] = {
    {v1::RECORD_CATEGORY_UNSPECIFIED, ""},           {v1::RECORD_CATEGORY_BASIC, "基础信息"},
    {v1::RECORD_CATEGORY_ANNUAL_REPORT, "年报信息"}, {v1::RECORD_CATEGORY_INSPECTION, "行政检查信息"},
    {v1::RECORD_CATEGORY_PENALTY, "行政处罚信息"},   {v1::RECORD_CATEGORY_OTHER, "其他信息"},
};
constexpr Word<v1::PenaltyKind> kPenalties[] = {
    {v1::PENALTY_KIND_WARNING, "警告"},
    {v1::PENALTY_KIND_FINE, "罚款"},
    {v1::PENALTY_KIND_CONFISCATION, "没收违法所得"},
    {v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY, "限期停止活动"},
    {v1::PENALTY_KIND_ORDERED_CLOSURE, "责令停产停业"},
    {v1::PENALTY_KIND_REVOCATION, "吊销、撤销登记"},
    {v1::PENALTY_KIND_CHANGE_REGISTRATION_REVOKED, "撤销变更登记"},
};
constexpr Word<v1::AnnualConclusion> kConclusions[] = {
    {v1::ANNUAL_CONCLUSION_QUALIFIED, "合格"},     {v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED, "基本合格"},
    {v1::ANNUAL_CONCLUSION_UNQUALIFIED, "不合格"}, {v1::ANNUAL_CONCLUSION_NOT_FILED, "未参检、未报送"},
    {v1::ANNUAL_CONCLUSION_FILED, "已报送"},
};

}  // namespace

std::string WordOf(v1::Verdict verdict) { return Find(kVerdicts, verdict); }
std::string WordOf(v1::Outcome outcome) { return Find(kOutcomes, outcome); }
std::string WordOf(v1::Condition condition) { return Find(kConditions, condition); }
std::string WordOf(v1::RegistrationStatus status) { return Find(kStatuses, status); }
std::string WordOf(v1::OrganizationType type) { return Find(kTypes, type); }
std::string WordOf(v1::CertificateForm form) { return Find(kForms, form); }
std::string WordOf(v1::ListKind list) { return Find(kLists, list); }
std::string WordOf(v1::ListingState state) { return Find(kStates, state); }
std::string WordOf(v1::ListingEndReason reason) { return Find(kEndReasons, reason); }
std::string WordOf(v1::ListingTransition transition) { return Find(kTransitions, transition); }
std::string WordOf(v1::RecordCategory category) { return Find(kCategories, category); }
std::string WordOf(v1::PenaltyKind kind) { return Find(kPenalties, kind); }
std::string WordOf(v1::AnnualConclusion conclusion) { return Find(kConclusions, conclusion); }

std::string NameOf(v1::ReasonCode reason) {
  constexpr std::string_view kPrefix = "REASON_CODE_";
  const std::string& name = v1::ReasonCode_Name(reason);
  return name.size() > kPrefix.size() ? name.substr(kPrefix.size()) : StrCat("?", static_cast<int>(reason));
}

}  // namespace chengxin::cli
