#include "tests/support/documents.h"

#include "absl/strings/str_format.h"
#include "base/strings.h"

namespace chengxin {

v1::Evidence Documents::Proof(std::string_view title) {
  v1::Evidence evidence;
  evidence.set_sha256(std::string(64, 'a'));
  evidence.set_title(std::string(title));
  return evidence;
}

v1::Service Documents::DirectService() const {
  v1::Service service;
  service.set_method(v1::SERVICE_METHOD_DIRECT);
  service.set_served_on(Today());
  *service.mutable_proof() = Proof("送达回证");
  return service;
}

v1::OpenCaseRequest Documents::ReportOn(std::string_view code) const {
  v1::OpenCaseRequest request;
  request.set_organization_code(std::string(code));
  request.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
  v1::Case& content = *request.mutable_case_();
  content.set_conduct("non-performance");
  content.set_conduct_on(Today());
  content.set_facts("未按合同约定提供社区养老服务");
  content.set_contract("KMWH-2026-031");
  *content.add_evidence() = Proof("项目验收报告");
  return request;
}

v1::CaseNotice Documents::NoticeOn(std::string_view ground) {
  v1::CaseNotice notice;
  notice.set_number(StrCat("五民告〔2026〕", ++documents_, "号"));
  notice.set_ground(std::string(ground));
  notice.set_facts("未按合同约定提供社区养老服务");
  notice.set_reasons("经核查，情况属实");
  notice.set_basis("《社会组织信用信息管理办法》第十一条");
  notice.set_rights("自收到本告知书之日起十个工作日内，有权陈述、申辩");
  *notice.mutable_service() = DirectService();
  return notice;
}

v1::DecideCaseRequest Documents::DecisionOn(v1::CaseFinding finding, std::string_view ground) {
  v1::DecideCaseRequest request;
  request.set_deciding_officer("经办人乙");
  v1::CaseDecision& decision = *request.mutable_decision();
  decision.set_finding(finding);
  decision.set_number(StrCat("五民决〔2026〕", ++documents_, "号"));
  decision.set_decided_on(Today());
  decision.set_ground(std::string(ground));
  decision.set_facts("未按合同约定提供社区养老服务");
  decision.set_basis("《社会组织信用信息管理办法》第十一条");
  decision.set_repair_notice_served(finding == v1::CASE_FINDING_LISTED);
  *decision.mutable_service() = DirectService();
  if (finding == v1::CASE_FINDING_SUBSTANTIATED) {
    decision.set_considered_until((today_() + 365).ToString());
  }
  return request;
}

v1::FileApplicationRequest Documents::ApplicationOn(v1::ApplicationKind kind, const std::string& item) const {
  v1::FileApplicationRequest request;
  v1::Application& application = *request.mutable_application();
  application.set_kind(kind);
  application.set_item(item);
  application.set_reasons("义务已履行完毕");
  application.set_received_on(Today());
  application.set_contact("张某某");
  *application.add_proofs() = Proof("整改报告");
  if (kind == v1::APPLICATION_KIND_REPAIR) *application.mutable_commitment() = Proof("信用承诺书");
  return request;
}

v1::CreateRecordRequest Documents::PenaltyOn(std::string_view code, int64_t fine_fen, std::string_view ground,
                                             std::string_view decided_on, int decision_number) {
  const std::string number = absl::StrFormat("五民罚〔2026〕%d号", decision_number);
  v1::CreateRecordRequest request;
  request.set_organization_code(std::string(code));
  v1::CreditRecord& record = *request.mutable_record();
  record.set_formed_on(std::string(decided_on));
  v1::Penalty& penalty = *record.mutable_penalty();
  penalty.add_kinds(v1::PENALTY_KIND_FINE);
  penalty.set_fine_fen(fine_fen);
  penalty.set_decision_number(number);
  penalty.set_decided_on(std::string(decided_on));
  penalty.set_facts("超出章程规定的业务范围进行活动");
  penalty.set_basis("《民办非企业单位登记管理暂行条例》第二十五条");
  penalty.set_organ("昆明市五华区民政局");
  penalty.set_result(StrCat("罚款", fine_fen / 100, "元"));
  if (!ground.empty()) {
    v1::ListingDecision& decision = *request.mutable_listing_decision();
    decision.set_number(absl::StrFormat("五民列〔2026〕%d号", decision_number));
    decision.set_ground(std::string(ground));
    decision.set_decided_on(std::string(decided_on));
    decision.set_facts("受到罚款处罚");
    decision.set_repair_notice_served(true);
    record.set_deciding_officer("经办人甲");
  }
  return request;
}

}  // namespace chengxin
