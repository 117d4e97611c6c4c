#include "domain/wording.h"

#include "domain/civil_day.h"

namespace chengxin::domain {

std::string_view VerdictZh(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_INELIGIBLE:
      return "不得选择";
    case v1::VERDICT_UNKNOWN:
      return "无法确认";
    case v1::VERDICT_REVIEW:
      return "需审查";
    case v1::VERDICT_ELIGIBLE:
      return "可以选择";
    default:
      return {};
  }
}

std::string_view OutcomeZh(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_PASS:
      return "符合";
    case v1::OUTCOME_NOT_ASSESSED:
      return "由购买主体核实";
    case v1::OUTCOME_REVIEW:
      return "需审查";
    case v1::OUTCOME_UNKNOWN:
      return "无法确认";
    case v1::OUTCOME_FAIL:
      return "不符合";
    default:
      return {};
  }
}

std::string_view PurposeZh(v1::QueryPurpose purpose) {
  switch (purpose) {
    case v1::QUERY_PURPOSE_AWARD:
      return "选择承接主体";
    case v1::QUERY_PURPOSE_RENEWAL:
      return "合同续签";
    case v1::QUERY_PURPOSE_CONTRACT_SUPERVISION:
      return "履约监督";
    case v1::QUERY_PURPOSE_ADMINISTRATIVE_SUPERVISION:
      return "行政监督、审计";
    default:
      return {};
  }
}

std::string_view ListZh(v1::ListKind list) {
  switch (list) {
    case v1::LIST_KIND_ABNORMAL:
      return "活动异常名录";
    case v1::LIST_KIND_SEVERE:
      return "严重违法失信名单";
    default:
      return {};
  }
}

std::string_view EndReasonZh(v1::ListingEndReason reason) {
  switch (reason) {
    case v1::LISTING_END_REASON_MOVED_TO_SEVERE:
      return "移入严重违法失信名单";
    case v1::LISTING_END_REASON_REMOVED:
      return "移出";
    case v1::LISTING_END_REASON_REPAIRED:
      return "信用修复";
    case v1::LISTING_END_REASON_WITHDRAWN:
      return "撤销、撤回";
    default:
      return {};
  }
}

std::string_view OrganizationTypeZh(v1::OrganizationType type) {
  switch (type) {
    case v1::ORGANIZATION_TYPE_SOCIAL_GROUP:
      return "社会团体";
    case v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION:
      return "民办非企业单位（社会服务机构）";
    case v1::ORGANIZATION_TYPE_FOUNDATION:
      return "基金会";
    case v1::ORGANIZATION_TYPE_OTHER:
      return "其他";
    default:
      return {};
  }
}

std::string_view StatusZh(v1::RegistrationStatus status) {
  switch (status) {
    case v1::REGISTRATION_STATUS_ACTIVE:
      return "正常";
    case v1::REGISTRATION_STATUS_IN_LIQUIDATION:
      return "注销中（清算）";
    case v1::REGISTRATION_STATUS_CANCELLED:
      return "已注销";
    case v1::REGISTRATION_STATUS_REGISTRATION_REVOKED:
      return "撤销登记";
    case v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED:
      return "吊销登记证书";
    case v1::REGISTRATION_STATUS_SUSPENDED:
      return "限期停止活动";
    case v1::REGISTRATION_STATUS_NOT_IN_REGISTER:
      return "登记库中已无此组织";
    default:
      return {};
  }
}

std::string_view CategoryZh(v1::RecordCategory category) {
  switch (category) {
    case v1::RECORD_CATEGORY_BASIC:
      return "基础信息";
    case v1::RECORD_CATEGORY_ANNUAL_REPORT:
      return "年报信息";
    case v1::RECORD_CATEGORY_INSPECTION:
      return "行政检查信息";
    case v1::RECORD_CATEGORY_PENALTY:
      return "行政处罚信息";
    case v1::RECORD_CATEGORY_OTHER:
      return "其他信息";
    default:
      return {};
  }
}

std::string_view PenaltyKindZh(v1::PenaltyKind kind) {
  switch (kind) {
    case v1::PENALTY_KIND_WARNING:
      return "警告";
    case v1::PENALTY_KIND_FINE:
      return "罚款";
    case v1::PENALTY_KIND_CONFISCATION:
      return "没收违法所得";
    case v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY:
      return "限期停止活动";
    case v1::PENALTY_KIND_ORDERED_CLOSURE:
      return "责令停产停业";
    case v1::PENALTY_KIND_REVOCATION:
      return "吊销登记证书、撤销登记";
    case v1::PENALTY_KIND_CHANGE_REGISTRATION_REVOKED:
      return "撤销变更登记";
    default:
      return {};
  }
}

std::string_view ConclusionZh(v1::AnnualConclusion conclusion) {
  switch (conclusion) {
    case v1::ANNUAL_CONCLUSION_QUALIFIED:
      return "合格";
    case v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED:
      return "基本合格";
    case v1::ANNUAL_CONCLUSION_UNQUALIFIED:
      return "不合格";
    case v1::ANNUAL_CONCLUSION_NOT_FILED:
      return "未参检、未报送";
    case v1::ANNUAL_CONCLUSION_FILED:
      return "年报已报送";
    default:
      return {};
  }
}

std::string_view InspectionSubjectZh(v1::InspectionSubject subject) {
  switch (subject) {
    case v1::INSPECTION_SUBJECT_GOVERNANCE:
      return "治理结构、内部管理";
    case v1::INSPECTION_SUBJECT_FINANCE:
      return "财务会计、资产管理";
    case v1::INSPECTION_SUBJECT_ACTIVITY:
      return "业务活动";
    default:
      return {};
  }
}

std::string_view ReviewKindZh(v1::ReviewKind kind) {
  switch (kind) {
    case v1::REVIEW_KIND_ADMINISTRATIVE_REVIEW:
      return "行政复议";
    case v1::REVIEW_KIND_LITIGATION:
      return "行政诉讼";
    default:
      return {};
  }
}

std::string InstantZh(absl::Time instant) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", instant, Shanghai());
}

std::string OnOneLine(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return line;
}

}  // namespace chengxin::domain
