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
    {v1::LISTING_TRANSITION_ANNOTATED, "标注异议、复议或诉讼"},
    {v1::LISTING_TRANSITION_DISPLAY_ENDED, "公示期满"},
    {v1::LISTING_TRANSITION_RESTORED, "恢复公示"},
    {v1::LISTING_TRANSITION_GROUND_WITHDRAWN, "撤销情形"},
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
constexpr Word<v1::CaseOrigin> kOrigins[] = {
    {v1::CASE_ORIGIN_UNSPECIFIED, ""},          {v1::CASE_ORIGIN_PURCHASER_REPORT, "购买主体通报"},
    {v1::CASE_ORIGIN_COMPLAINT, "投诉举报"},    {v1::CASE_ORIGIN_AUTHORITY, "依职权"},
    {v1::CASE_ORIGIN_PENALTY, "行政处罚"},      {v1::CASE_ORIGIN_ESCALATION, "异常满两年"},
    {v1::CASE_ORIGIN_REDECISION, "依据被撤销"}, {v1::CASE_ORIGIN_DISPLAY_ENDED, "公示期满"},
};
constexpr Word<v1::CaseState> kCaseStates[] = {
    {v1::CASE_STATE_UNSPECIFIED, ""},         {v1::CASE_STATE_RECEIVED, "待受理"},
    {v1::CASE_STATE_RETURNED, "已退回补正"},  {v1::CASE_STATE_ACCEPTED, "已受理"},
    {v1::CASE_STATE_NOTICE_SERVED, "已告知"}, {v1::CASE_STATE_STATED, "已陈述申辩"},
    {v1::CASE_STATE_DECIDED, "已决定"},       {v1::CASE_STATE_DISMISSED, "不予受理"},
    {v1::CASE_STATE_TRANSFERRED, "已移送"},
};
constexpr Word<v1::CaseVerb> kCaseVerbs[] = {
    {v1::CASE_VERB_UNSPECIFIED, ""},
    {v1::CASE_VERB_OPEN, "立案 open"},
    {v1::CASE_VERB_ACCEPT, "受理 accept"},
    {v1::CASE_VERB_RETURN, "退回补正 return"},
    {v1::CASE_VERB_RESUBMIT, "重新提交 resubmit"},
    {v1::CASE_VERB_DISMISS, "不予受理 dismiss"},
    {v1::CASE_VERB_FORWARD, "转送 forward"},
    {v1::CASE_VERB_SERVE_NOTICE, "送达告知书 notice"},
    {v1::CASE_VERB_RECORD_STATEMENT, "记录陈述申辩 statement"},
    {v1::CASE_VERB_DECIDE, "作出决定 decide"},
    {v1::CASE_VERB_TRANSFER, "移送 transfer"},
    {v1::CASE_VERB_CONFIRM, "确认决定 confirm"},
};
constexpr Word<v1::CaseFinding> kFindings[] = {
    {v1::CASE_FINDING_UNSPECIFIED, ""},
    {v1::CASE_FINDING_LISTED, "列入名录"},
    {v1::CASE_FINDING_SUBSTANTIATED, "属实，不列入"},
    {v1::CASE_FINDING_NOT_SUBSTANTIATED, "不属实"},
    {v1::CASE_FINDING_NOT_RESPONSIBLE, "无直接责任"},
    {v1::CASE_FINDING_NO_MEASURE, "不采取措施"},
};
constexpr Word<v1::ServiceMethod> kMethods[] = {
    {v1::SERVICE_METHOD_UNSPECIFIED, ""},        {v1::SERVICE_METHOD_DIRECT, "直接送达"},
    {v1::SERVICE_METHOD_LEFT, "留置送达"},       {v1::SERVICE_METHOD_POST, "邮寄送达"},
    {v1::SERVICE_METHOD_ELECTRONIC, "电子送达"}, {v1::SERVICE_METHOD_ANNOUNCEMENT, "公告送达"},
};
constexpr Word<v1::ApplicationKind> kApplicationKinds[] = {
    {v1::APPLICATION_KIND_UNSPECIFIED, ""},
    {v1::APPLICATION_KIND_REMOVAL, "移出名录"},
    {v1::APPLICATION_KIND_REPAIR, "信用修复"},
    {v1::APPLICATION_KIND_OBJECTION, "异议"},
};
constexpr Word<v1::ApplicationState> kApplicationStates[] = {
    {v1::APPLICATION_STATE_UNSPECIFIED, ""},    {v1::APPLICATION_STATE_FILED, "已提交"},
    {v1::APPLICATION_STATE_ACCEPTED, "已受理"}, {v1::APPLICATION_STATE_REJECTED, "不予受理"},
    {v1::APPLICATION_STATE_GRANTED, "同意"},    {v1::APPLICATION_STATE_REFUSED, "不同意"},
    {v1::APPLICATION_STATE_REVOKED, "已撤销"},
};
constexpr Word<v1::AwardMode> kAwardModes[] = {
    {v1::AWARD_MODE_UNSPECIFIED, ""},
    {v1::AWARD_MODE_SINGLE, "单一承接主体"},
    {v1::AWARD_MODE_VOUCHER, "凭单制"},
};
constexpr Word<v1::AwardState> kAwardStates[] = {
    {v1::AWARD_STATE_UNSPECIFIED, ""},
    {v1::AWARD_STATE_ACTIVE, "履行中"},
    {v1::AWARD_STATE_CLOSED, "已结项"},
};
constexpr Word<v1::AwardWatchKind> kAwardWatchKinds[] = {
    {v1::AWARD_WATCH_KIND_UNSPECIFIED, ""},
    {v1::AWARD_WATCH_KIND_AWARD, "履行中"},
    {v1::AWARD_WATCH_KIND_SYNCED, "以下为变化 SYNCED"},
    {v1::AWARD_WATCH_KIND_ALERT, "警示 ALERT"},
    {v1::AWARD_WATCH_KIND_HEARTBEAT, "心跳 HEARTBEAT"},
};
constexpr Word<v1::DeadlineKind> kDeadlines[] = {
    {v1::DEADLINE_KIND_UNSPECIFIED, ""},
    {v1::DEADLINE_KIND_ACCEPT_REPORT, "受理"},
    {v1::DEADLINE_KIND_ANNOUNCEMENT, "公告期满"},
    {v1::DEADLINE_KIND_STATEMENT, "陈述申辩期满"},
    {v1::DEADLINE_KIND_DECISION, "作出决定"},
    {v1::DEADLINE_KIND_REDECISION, "重新决定"},
    {v1::DEADLINE_KIND_APPLICATION_ACCEPTANCE, "受理申请"},
    {v1::DEADLINE_KIND_APPLICATION_ANSWER, "答复申请"},
    {v1::DEADLINE_KIND_REMOVAL, "移出"},
    {v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL, "依职权移出"},
    {v1::DEADLINE_KIND_DISPLAY_END, "公示期满"},
    {v1::DEADLINE_KIND_ESCALATION_CASE, "异常将满两年，立案"},
    {v1::DEADLINE_KIND_ESCALATION, "异常满两年"},
    {v1::DEADLINE_KIND_CAPTURE, "归集信用信息"},
};
constexpr Word<v1::ReviewKind> kReviews[] = {
    {v1::REVIEW_KIND_UNSPECIFIED, ""},
    {v1::REVIEW_KIND_ADMINISTRATIVE_REVIEW, "行政复议"},
    {v1::REVIEW_KIND_LITIGATION, "行政诉讼"},
};
constexpr Word<v1::QueryPurpose> kPurposes[] = {
    {v1::QUERY_PURPOSE_UNSPECIFIED, ""},
    {v1::QUERY_PURPOSE_AWARD, "选择承接主体"},
    {v1::QUERY_PURPOSE_RENEWAL, "合同续签"},
    {v1::QUERY_PURPOSE_CONTRACT_SUPERVISION, "履约监督"},
    {v1::QUERY_PURPOSE_ADMINISTRATIVE_SUPERVISION, "行政监督、审计"},
};
constexpr Word<v1::Role> kRoles[] = {
    {v1::ROLE_UNSPECIFIED, "平台"},   {v1::ROLE_PUBLIC, "公众"},         {v1::ROLE_ORGANIZATION, "社会组织"},
    {v1::ROLE_PURCHASER, "购买主体"}, {v1::ROLE_AGENCY, "采购代理机构"}, {v1::ROLE_CIVIL_AFFAIRS, "民政部门"},
    {v1::ROLE_FINANCE, "财政部门"},   {v1::ROLE_AUDIT, "审计"},          {v1::ROLE_SYNC, "数据同步"},
    {v1::ROLE_ADMIN, "管理员"},
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
std::string WordOf(v1::CaseOrigin origin) { return Find(kOrigins, origin); }
std::string WordOf(v1::CaseState state) { return Find(kCaseStates, state); }
std::string WordOf(v1::CaseVerb verb) { return Find(kCaseVerbs, verb); }
std::string WordOf(v1::CaseFinding finding) { return Find(kFindings, finding); }
std::string WordOf(v1::ServiceMethod method) { return Find(kMethods, method); }
std::string WordOf(v1::ApplicationKind kind) { return Find(kApplicationKinds, kind); }
std::string WordOf(v1::ApplicationState state) { return Find(kApplicationStates, state); }
std::string WordOf(v1::AwardMode mode) { return Find(kAwardModes, mode); }
std::string WordOf(v1::AwardState state) { return Find(kAwardStates, state); }
std::string WordOf(v1::AwardWatchKind kind) { return Find(kAwardWatchKinds, kind); }
std::string WordOf(v1::DeadlineKind kind) { return Find(kDeadlines, kind); }
std::string WordOf(v1::ReviewKind kind) { return Find(kReviews, kind); }
std::string WordOf(v1::QueryPurpose purpose) { return Find(kPurposes, purpose); }
std::string WordOf(v1::Role role) { return Find(kRoles, role); }

std::string NameOf(v1::ReasonCode reason) {
  constexpr std::string_view kPrefix = "REASON_CODE_";
  const std::string& name = v1::ReasonCode_Name(reason);
  return name.size() > kPrefix.size() ? name.substr(kPrefix.size()) : StrCat("?", static_cast<int>(reason));
}

}  // namespace chengxin::cli
