#include "client/import/column_names.h"

#include "absl/types/span.h"
#include "base/strings.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "client/import/field_value.h"

namespace chengxin::client {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

struct Name {
  std::string_view header;
  std::string_view target;
};

// 法人库 exports write amounts in 万元 unless the header says 元.
constexpr Name kOrganizationNames[] = {
    {"统一社会信用代码", "code"},
    {"社会信用代码", "code"},
    {"信用代码", "code"},
    {"社会组织名称", "display_name"},
    {"单位名称", "display_name"},
    {"名称", "display_name"},
    {"name", "display_name"},
    {"类型", "type"},
    {"社会组织类型", "type"},
    {"登记管理机关", "registration_authority"},
    {"登记机关", "registration_authority"},
    {"authority", "registration_authority"},
    {"状态", "status"},
    {"登记状态", "status"},
    {"状态日期", "status_since"},
    {"注销日期", "status_since"},
    {"证书形式", "certificate_form"},
    {"民非性质", "certificate_form"},
    {"成立登记日期", "established_on"},
    {"成立日期", "established_on"},
    {"成立时间", "established_on"},
    {"业务主管单位", "supervising_unit"},
    {"住所", "domicile"},
    {"登记住所", "domicile"},
    {"地址", "domicile"},
    {"注册资金", "registered_capital_wan"},
    {"开办资金", "registered_capital_wan"},
    {"原始基金", "registered_capital_wan"},
    {"注册资金(万元)", "registered_capital_wan"},
    {"开办资金(万元)", "registered_capital_wan"},
    {"原始基金(万元)", "registered_capital_wan"},
    {"注册资金(元)", "registered_capital_yuan"},
    {"开办资金(元)", "registered_capital_yuan"},
    {"原始基金(元)", "registered_capital_yuan"},
    {"法定代表人", "legal_representative"},
    {"电话", "phone"},
    {"联系电话", "phone"},
    {"银行账号", "bank_account"},
    {"源版本", "source_version"},
};

// Output only fields, which no file fills.
constexpr std::string_view kOrganizationFields[] = {
    "code",
    "display_name",
    "type",
    "registration_authority",
    "status",
    "status_since",
    "certificate_form",
    "established_on",
    "supervising_unit",
    "domicile",
    "registered_capital_fen",
    "registered_capital_yuan",
    "registered_capital_wan",
    "legal_representative",
    "phone",
    "bank_account",
    "code_confirmation.registry",
    "code_confirmation.actor",
    "code_confirmation.reason",
    "code_confirmation.confirmed_on",
    "source_version",
};

// 双公示 layout of 2018 for administrative penalties. CF_XDR_MC is not read: a name never decides (rule 6).
constexpr Name kDoublePublicity[] = {
    {"CF_XDR_SHXYM", "organization_code"},
    {"CF_WSH", "content.decision_number"},
    {"CF_SY", "content.facts"},
    {"CF_YJ", "content.basis"},
    {"CF_CFLB", "content.kinds"},
    {"CF_NR", "content.result"},
    {"CF_NR_FK", "content.fine_wan"},
    {"CF_NR_WFFF", "content.confiscation_wan"},
    {"CF_JDRQ", "content.decided_on"},
    {"CF_YXQ", "content.valid_until"},
    {"CF_CFJG", "content.organ"},
    {"BZ", "record.internal_note"},
};

constexpr Name kRecordNames[] = {
    {"统一社会信用代码", "organization_code"},
    {"社会信用代码", "organization_code"},
    {"信用代码", "organization_code"},
    {"code", "organization_code"},
    {"记录类别", "kind"},
    {"类别", "kind"},
    {"形成日期", "record.formed_on"},
    {"来源编号", "record.source_key"},
    {"备注", "record.internal_note"},
    {"决定文号", "content.decision_number"},
    {"处罚决定书文号", "content.decision_number"},
    {"决定日期", "content.decided_on"},
    {"处罚种类", "content.kinds"},
    {"罚款金额(元)", "content.fine_yuan"},
    {"罚款金额(万元)", "content.fine_wan"},
    {"没收金额(元)", "content.confiscation_yuan"},
    {"没收金额(万元)", "content.confiscation_wan"},
    {"事实", "content.facts"},
    {"事由", "content.facts"},
    {"处罚内容", "content.result"},
    {"依据", "content.basis"},
    {"法律依据", "content.basis"},
    {"机关", "content.organ"},
    {"年度", "content.year"},
    {"年检年度", "content.year"},
    {"年检结论", "content.conclusion"},
    {"结论", "content.conclusion"},
    {"结论日期", "content.concluded_on"},
    {"检查内容", "content.subject"},
    {"发现问题", "content.problems_found"},
    {"整改期限", "content.rectify_by"},
    {"整改完成日期", "content.rectified_on"},
    {"名单情形", "content.ground"},
    {"案号", "content.entry_number"},
    {"文号", "content.entry_number"},
    {"列入日期", "content.listed_on"},
    {"截止日期", "content.until"},
    {"移出日期", "content.removed_on"},
    {"评估等级", "content.level"},
    {"有效期自", "content.valid_from"},
    {"有效期至", "content.valid_until"},
    {"资质名称", "content.kind"},
    {"证书编号", "content.certificate_number"},
    {"项目名称", "content.project"},
    {"购买主体", "content.purchaser"},
    {"是否合格", "content.passed"},
    {"评价得分", "content.score"},
    {"满意度", "content.satisfaction"},
    {"评价日期", "content.evaluated_on"},
    {"荣誉名称", "content.title"},
    {"授予日期", "content.conferred_on"},
};

constexpr Name kContents[] = {
    {"行政处罚", "penalty"},
    {"年度检查", "annual_inspection"},
    {"年检", "annual_inspection"},
    {"年度报告", "annual_inspection"},
    {"行政检查", "inspection"},
    {"抽查审计", "inspection"},
    {"外部名单", "external_listing"},
    {"重大违法记录", "major_violation"},
    {"税收社保", "tax_standing"},
    {"资质", "qualification"},
    {"评估等级", "assessment_level"},
    {"绩效评价", "performance_evaluation"},
    {"认定的失信行为", "substantiated_conduct"},
    {"荣誉", "honour"},
    {"表彰奖励", "honour"},
};

std::string Find(absl::Span<const Name> names, std::string_view header) {
  const std::string folded = FoldName(header);
  for (const Name& name : names) {
    if (FoldName(name.header) == folded) return std::string(name.target);
  }
  return std::string();
}

}  // namespace

std::string OrganizationTarget(std::string_view header) {
  if (std::string target = Find(kOrganizationNames, header); !target.empty()) return target;
  const std::string folded = FoldName(header);
  for (const std::string_view field : kOrganizationFields) {
    if (FoldName(field) == folded) return std::string(field);
  }
  return std::string();
}

std::string RecordTarget(std::string_view header) {
  if (std::string target = Find(kDoublePublicity, header); !target.empty()) return target;
  if (std::string target = Find(kRecordNames, header); !target.empty()) return target;
  const std::string folded = FoldName(header);
  if (folded == "organizationcode") return "organization_code";
  if (folded == "kind") return "kind";
  // The kind of a qualification has a name of its own, since "kind" is the kind of record.
  if (folded == "qualification" || folded == "qualificationkind") return "content.kind";
  for (const std::string_view field : {"formed_on", "source_key", "internal_note"}) {
    if (FoldName(field) == folded) return StrCat("record.", field);
  }
  const auto* contents = v1::CreditRecord::descriptor()->FindOneofByName("content");
  for (int i = 0; i < contents->field_count(); ++i) {
    if (FindSlot(*contents->field(i)->message_type(), folded).has_value()) return StrCat("content.", folded);
  }
  return std::string();
}

bool IsDoublePublicityColumn(std::string_view header) {
  const std::string folded = FoldName(header);
  return folded.substr(0, 2) == "cf" && !Find(kDoublePublicity, header).empty();
}

const FieldDescriptor* FindContent(std::string_view word) {
  std::string name = Find(kContents, word);
  if (name.empty()) name = word;
  const std::string folded = FoldName(name);
  const auto* contents = v1::CreditRecord::descriptor()->FindOneofByName("content");
  for (int i = 0; i < contents->field_count(); ++i) {
    if (FoldName(contents->field(i)->name()) == folded) return contents->field(i);
  }
  return nullptr;
}

}  // namespace chengxin::client
