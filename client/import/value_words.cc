#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "client/import/field_value.h"

namespace chengxin::client {
namespace {

// A word of the registers and what it means in one of proto's enums.
struct Word {
  std::string_view enumeration;
  std::string_view word;
  int value;
};

constexpr std::string_view kType = "chengxin.v1.OrganizationType";
constexpr std::string_view kStatus = "chengxin.v1.RegistrationStatus";
constexpr std::string_view kForm = "chengxin.v1.CertificateForm";
constexpr std::string_view kPenalty = "chengxin.v1.PenaltyKind";
constexpr std::string_view kConclusion = "chengxin.v1.AnnualConclusion";
constexpr std::string_view kSubject = "chengxin.v1.InspectionSubject";

constexpr Word kWords[] = {
    {kType, "社会团体", v1::ORGANIZATION_TYPE_SOCIAL_GROUP},
    {kType, "民办非企业单位", v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION},
    {kType, "社会服务机构", v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION},
    {kType, "民办非企业单位(社会服务机构)", v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION},
    {kType, "民非", v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION},
    {kType, "基金会", v1::ORGANIZATION_TYPE_FOUNDATION},
    {kType, "其他", v1::ORGANIZATION_TYPE_OTHER},
    {kStatus, "正常", v1::REGISTRATION_STATUS_ACTIVE},
    {kStatus, "注销中", v1::REGISTRATION_STATUS_IN_LIQUIDATION},
    {kStatus, "清算", v1::REGISTRATION_STATUS_IN_LIQUIDATION},
    {kStatus, "注销中(清算)", v1::REGISTRATION_STATUS_IN_LIQUIDATION},
    {kStatus, "已注销", v1::REGISTRATION_STATUS_CANCELLED},
    {kStatus, "注销", v1::REGISTRATION_STATUS_CANCELLED},
    {kStatus, "撤销登记", v1::REGISTRATION_STATUS_REGISTRATION_REVOKED},
    {kStatus, "撤销", v1::REGISTRATION_STATUS_REGISTRATION_REVOKED},
    {kStatus, "吊销证书", v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED},
    {kStatus, "吊销登记证书", v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED},
    {kStatus, "吊销", v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED},
    {kStatus, "限期停止活动", v1::REGISTRATION_STATUS_SUSPENDED},
    {kStatus, "登记库中已无", v1::REGISTRATION_STATUS_NOT_IN_REGISTER},
    {kForm, "法人", v1::CERTIFICATE_FORM_LEGAL_PERSON},
    {kForm, "合伙", v1::CERTIFICATE_FORM_PARTNERSHIP},
    {kForm, "个体", v1::CERTIFICATE_FORM_INDIVIDUAL},
    {kPenalty, "警告", v1::PENALTY_KIND_WARNING},
    {kPenalty, "罚款", v1::PENALTY_KIND_FINE},
    {kPenalty, "没收违法所得", v1::PENALTY_KIND_CONFISCATION},
    {kPenalty, "没收非法财物", v1::PENALTY_KIND_CONFISCATION},
    {kPenalty, "限期停止活动", v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY},
    {kPenalty, "责令停止活动", v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY},
    {kPenalty, "责令停产停业", v1::PENALTY_KIND_ORDERED_CLOSURE},
    {kPenalty, "吊销登记证书", v1::PENALTY_KIND_REVOCATION},
    {kPenalty, "撤销登记", v1::PENALTY_KIND_REVOCATION},
    {kPenalty, "撤销变更登记", v1::PENALTY_KIND_CHANGE_REGISTRATION_REVOKED},
    {kConclusion, "合格", v1::ANNUAL_CONCLUSION_QUALIFIED},
    {kConclusion, "基本合格", v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED},
    {kConclusion, "不合格", v1::ANNUAL_CONCLUSION_UNQUALIFIED},
    {kConclusion, "未参检", v1::ANNUAL_CONCLUSION_NOT_FILED},
    {kConclusion, "未报送", v1::ANNUAL_CONCLUSION_NOT_FILED},
    {kConclusion, "已报送", v1::ANNUAL_CONCLUSION_FILED},
    {kConclusion, "年报已报送", v1::ANNUAL_CONCLUSION_FILED},
    {kSubject, "治理结构", v1::INSPECTION_SUBJECT_GOVERNANCE},
    {kSubject, "内部治理", v1::INSPECTION_SUBJECT_GOVERNANCE},
    {kSubject, "财务会计", v1::INSPECTION_SUBJECT_FINANCE},
    {kSubject, "财务", v1::INSPECTION_SUBJECT_FINANCE},
    {kSubject, "业务活动", v1::INSPECTION_SUBJECT_ACTIVITY},
};

}  // namespace

std::optional<int> FindWord(std::string_view enum_full_name, std::string_view word) {
  for (const Word& known : kWords) {
    if (known.enumeration == enum_full_name && known.word == word) return known.value;
  }
  const std::string folded = FoldName(word);
  for (const Word& known : kWords) {
    if (known.enumeration == enum_full_name && known.word == folded) return known.value;
  }
  return std::nullopt;
}

}  // namespace chengxin::client
