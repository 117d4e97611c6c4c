#include "tests/unit/domain/case_office.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "domain/resource_names.h"

namespace chengxin {

namespace {

v1::Service ServedOn(std::string_view day, const v1::Evidence& proof) {
  v1::Service service;
  service.set_method(v1::SERVICE_METHOD_DIRECT);
  service.set_served_on(std::string(day));
  *service.mutable_proof() = proof;
  return service;
}

v1::Principal UnitOf(std::string_view subject, v1::Role role, std::string_view unit) {
  v1::Principal principal;
  principal.set_subject(std::string(subject));
  principal.set_role(role);
  principal.set_unit(std::string(unit));
  return principal;
}

}  // namespace

CaseOffice::CaseOffice() {
  bureau_.SetDay("2026-09-01");
  code_ = bureau_.Register(1);
}

v1::Principal CaseOffice::Purchaser(std::string_view unit) {
  return UnitOf("buyer", v1::ROLE_PURCHASER, unit);
}
v1::Principal CaseOffice::Agency(std::string_view unit) { return UnitOf("agency", v1::ROLE_AGENCY, unit); }

v1::Evidence CaseOffice::Evidence(std::string_view title) {
  v1::Evidence evidence;
  evidence.set_sha256(std::string(64, 'a'));
  evidence.set_title(std::string(title));
  return evidence;
}

v1::OpenCaseRequest CaseOffice::Report() {
  v1::OpenCaseRequest request;
  request.set_organization_code(code_);
  request.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
  request.set_request_id(bureau_.NextRequestId());
  v1::Case& report = *request.mutable_case_();
  report.set_conduct("subcontracting");
  report.set_conduct_on("2026-08-15");
  report.set_facts("将居家养老服务项目整体转包给另一机构");
  *report.add_evidence() = Evidence("转包协议");
  report.set_contract("WH-2026-017");
  return request;
}

v1::OpenCaseRequest CaseOffice::Complaint() {
  v1::OpenCaseRequest request = Report();
  request.set_origin(v1::CASE_ORIGIN_COMPLAINT);
  request.mutable_case_()->clear_contract();
  request.mutable_case_()->set_complainant("王某");
  return request;
}

v1::OpenCaseRequest CaseOffice::Own(std::string_view ground) {
  v1::OpenCaseRequest request = Report();
  request.set_origin(v1::CASE_ORIGIN_AUTHORITY);
  request.mutable_case_()->clear_contract();
  request.mutable_case_()->set_proposed_ground(std::string(ground));
  return request;
}

std::string CaseOffice::Open(const v1::Principal& principal, const v1::OpenCaseRequest& request) {
  const auto opened = bureau_.Try(principal, request);
  if (!opened.ok()) {
    std::fprintf(stderr, "cannot open: %s\n", opened.status().ToString().c_str());
    std::abort();
  }
  return opened->events.at(0).case_().name();
}

v1::Case CaseOffice::Case(const std::string& name) const {
  const auto id = domain::ParseCaseName(name);
  const auto found = bureau_.view().FindCase(id.value_or(domain::RecordId()));
  return found.ok() && found->has_value() ? **found : v1::Case();
}

v1::ReturnCaseRequest CaseOffice::Return(const std::string& name) {
  auto request = Move<v1::ReturnCaseRequest>(name);
  request.set_reason("缺少验收报告");
  return request;
}

v1::ResubmitCaseRequest CaseOffice::Resubmit(const std::string& name) {
  auto request = Move<v1::ResubmitCaseRequest>(name);
  *request.mutable_case_() = Report().case_();
  request.mutable_case_()->set_facts("补充：附验收报告");
  return request;
}

v1::DismissCaseRequest CaseOffice::Dismiss(const std::string& name) {
  auto request = Move<v1::DismissCaseRequest>(name);
  request.set_reason("属于合同纠纷，应当通过仲裁解决");
  return request;
}

v1::ForwardCaseRequest CaseOffice::Forward(const std::string& name, std::string_view to) {
  auto request = Move<v1::ForwardCaseRequest>(name);
  request.set_to_authority(std::string(to));
  request.set_reason("不在本机关登记");
  return request;
}

v1::ServeNoticeRequest CaseOffice::Notice(const std::string& name, std::string_view ground,
                                          std::string_view served_on) {
  auto request = Move<v1::ServeNoticeRequest>(name);
  v1::CaseNotice& notice = *request.mutable_notice();
  notice.set_number(absl::StrFormat("五民告〔2026〕%d号", ++documents_));
  notice.set_ground(std::string(ground));
  notice.set_facts("经两次邮寄专用信函无人签收");
  notice.set_reasons("符合列入情形");
  notice.set_basis("《社会组织信用信息管理办法》第十一条");
  notice.set_rights("可在10个工作日内书面陈述、申辩");
  *notice.mutable_service() = ServedOn(served_on, Evidence("送达回证"));
  return request;
}

v1::RecordStatementRequest CaseOffice::Statement(const std::string& name, std::string_view received_on) {
  auto request = Move<v1::RecordStatementRequest>(name);
  request.mutable_statement()->set_received_on(std::string(received_on));
  request.mutable_statement()->set_text("住所已变更，正在办理登记");
  return request;
}

v1::RecordStatementRequest CaseOffice::Waiver(const std::string& name, std::string_view received_on) {
  auto request = Move<v1::RecordStatementRequest>(name);
  request.mutable_statement()->set_received_on(std::string(received_on));
  request.mutable_statement()->set_waived(true);
  *request.mutable_statement()->add_evidence() = Evidence("放弃陈述申辩声明");
  return request;
}

v1::DecideCaseRequest CaseOffice::Decide(const std::string& name, v1::CaseFinding finding,
                                         std::string_view decided_on) {
  auto request = Move<v1::DecideCaseRequest>(name);
  request.set_deciding_officer("经办人甲");
  v1::CaseDecision& decision = *request.mutable_decision();
  decision.set_finding(finding);
  decision.set_number(absl::StrFormat("五民决〔2026〕%d号", ++documents_));
  decision.set_decided_on(std::string(decided_on));
  decision.set_facts("经查明的事实");
  decision.set_basis("《社会组织信用信息管理办法》");
  *decision.mutable_service() = ServedOn(decided_on, Evidence("送达回证"));
  return request;
}

v1::DecideCaseRequest CaseOffice::List(const std::string& name, std::string_view ground,
                                       std::string_view decided_on) {
  v1::DecideCaseRequest request = Decide(name, v1::CASE_FINDING_LISTED, decided_on);
  request.mutable_decision()->set_ground(std::string(ground));
  request.mutable_decision()->set_repair_notice_served(true);
  return request;
}

v1::TransferCaseRequest CaseOffice::Transfer(const std::string& name) {
  auto request = Move<v1::TransferCaseRequest>(name);
  v1::CaseTransfer& transfer = *request.mutable_transfer();
  transfer.set_organ("昆明市五华区财政局");
  transfer.set_number("五民移〔2026〕1号");
  transfer.set_transferred_on(domain::DayOf(bureau_.now()).ToString());
  transfer.set_reasons("涉嫌挪用财政资金，依照政府采购法处理");
  return request;
}

void CaseOffice::Must(const domain::Command& command) {
  if (const auto done = Try(command); !done.ok()) {
    std::fprintf(stderr, "%s: %s\n", std::string(domain::KindOf(command)).c_str(),
                 done.status().ToString().c_str());
    std::abort();
  }
}

void CaseOffice::Serve(const std::string& name, std::string_view ground, std::string_view served_on) {
  Must(Notice(name, ground, served_on));
}

}  // namespace chengxin
