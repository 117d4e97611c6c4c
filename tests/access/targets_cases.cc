// Cases and their moves (rules 14 to 23, 46).
#include "tests/access/table_targets.h"

namespace chengxin {

namespace {

// By the agency on 文化's award: the report of both.
v1::Case ReportOfAgency(LawOffice& office, const std::string& code) {
  const v1::Award award = office.Award(code);
  return Expect(office.Ask(kAgency, &Cases::OpenCase, office.ReportOn(code, award.name()))).case_();
}

v1::Case Return(LawOffice& office, const v1::Case& found) {
  v1::ReturnCaseRequest request;
  request.set_reason("请补充证据");
  return Expect(office.Move(kWuhua, &Cases::ReturnCase, found, request)).case_();
}

v1::DecideCaseRequest Listing(LawOffice& office) {
  v1::DecideCaseRequest request = office.documents().DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06");
  request.set_deciding_officer(Marked("决定人"));
  return request;
}

}  // namespace

// The agency's and the purchaser's is a report on the purchaser's award; an authority's its own case.
Target OpenCase(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string award = office.Award(code).name();
  return {.code = code, .call = [&office, code, award](std::string_view who, v1::Role role) {
            const v1::OpenCaseRequest request = role == v1::ROLE_CIVIL_AFFAIRS
                                                    ? office.OwnCaseOn(code, v1::CASE_ORIGIN_AUTHORITY)
                                                    : office.ReportOn(code, award);
            return Done(office.Ask(who, &Cases::OpenCase, request).status);
          }};
}

Target AcceptCase(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return MoveOf(office, code, &Cases::AcceptCase, office.Report(code));
}

Target ReturnCase(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::ReturnCaseRequest request;
  request.set_reason("请补充证据");
  return MoveOf(office, code, &Cases::ReturnCase, office.Report(code), request);
}

// A report by whoever reported, a complaint by the authority.
Target ResubmitCase(LawOffice& office, v1::Role role) {
  const std::string code = office.Register();
  const bool complaint = role == v1::ROLE_CIVIL_AFFAIRS;
  const v1::Case found =
      complaint
          ? Expect(office.Ask(kWuhua, &Cases::OpenCase, office.OwnCaseOn(code, v1::CASE_ORIGIN_COMPLAINT)))
                .case_()
          : ReportOfAgency(office, code);
  v1::ResubmitCaseRequest request;
  *request.mutable_case_() =
      (complaint ? office.OwnCaseOn(code, v1::CASE_ORIGIN_COMPLAINT) : office.ReportOn(code, found.award()))
          .case_();
  return MoveOf(office, code, &Cases::ResubmitCase, Return(office, found), request);
}

Target DismissCase(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::DismissCaseRequest request;
  request.set_reason("不属于失信行为");
  return MoveOf(office, code, &Cases::DismissCase, office.Report(code), request);
}

// A complaint that came to 五华区 about an organization of 盘龙区 lies with 五华区 (rule 17). Nothing of it
// is marked: what is sealed is 盘龙区's to see afterwards.
Target ForwardCase(LawOffice& office, v1::Role) {
  v1::Organization elsewhere = office.NewOrganization();
  elsewhere.set_registration_authority("authorities/km-panlong");
  for (std::string* const sealed : {elsewhere.mutable_legal_representative(), elsewhere.mutable_phone(),
                                    elsewhere.mutable_bank_account()})
    sealed->clear();
  Expect(office.Send(kRegister, &Organizations::ImportOrganizations, office.RegisterRows({elsewhere})));
  const std::string& code = elsewhere.code();
  v1::OpenCaseRequest complaint = office.OwnCaseOn(code, v1::CASE_ORIGIN_COMPLAINT);
  complaint.mutable_case_()->clear_complainant();
  complaint.mutable_case_()->clear_internal_note();
  const v1::Case found = Expect(office.Ask(kWuhua, &Cases::OpenCase, complaint)).case_();
  v1::ForwardCaseRequest request;
  request.set_to_authority(elsewhere.registration_authority());
  request.set_reason("由登记管理机关处理");
  return MoveOf(office, code, &Cases::ForwardCase, found, request);
}

Target ServeNotice(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::ServeNoticeRequest request;
  *request.mutable_notice() = office.documents().NoticeOn("ABN-06");
  return MoveOf(office, code, &Cases::ServeNotice, office.Accept(office.Report(code)), request);
}

Target RecordStatement(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const v1::Case noticed = office.ServeNotice(office.Accept(office.Report(code)), "ABN-06");
  v1::RecordStatementRequest request;
  request.mutable_statement()->set_received_on(office.Today());
  request.mutable_statement()->set_text("情况属实，已在整改");
  return MoveOf(office, code, &Cases::RecordStatement, noticed, request);
}

Target DecideCase(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return MoveOf(office, code, &Cases::DecideCase, office.ReadyToDecide(code, "ABN-06"), Listing(office));
}

// Decided by a second officer while the catalogue asks for two, so that the first may confirm.
Target ConfirmDecision(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const v1::Case ready = office.ReadyToDecide(code, "ABN-06");
  office.AskForTwoOfficers(true);
  const v1::Case proposed =
      Expect(office.Move(kWuhuaSecond, &Cases::DecideCase, ready, Listing(office))).case_();
  office.AskForTwoOfficers(false);
  v1::ConfirmDecisionRequest request;
  request.set_confirming_officer(Marked("复核人"));
  return MoveOf(office, code, &Cases::ConfirmDecision, proposed, request);
}

Target TransferCase(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::TransferCaseRequest request;
  v1::CaseTransfer& transfer = *request.mutable_transfer();
  transfer.set_organ("昆明市五华区财政局");
  transfer.set_number("五民移〔2024〕1号");
  transfer.set_transferred_on(office.Today());
  transfer.set_reasons("涉嫌违反政府采购法");
  return MoveOf(office, code, &Cases::TransferCase, office.Accept(office.Report(code)), request);
}

Target GetCase(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::GetCaseRequest request;
  request.set_name(ReportOfAgency(office, code).name());
  return QuestionOn(office, code, &Cases::GetCase, request);
}

Target ListCases(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = ReportOfAgency(office, code).name();
  v1::ListCasesRequest request;
  request.set_organization_code(code);
  return PageOn(office, code, &Cases::ListCases, request, &v1::ListCasesResponse::cases,
                [name](const v1::Case& found, Outcome& outcome) { outcome.done |= found.name() == name; });
}

Target ListDeadlines(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = office.Report(code).name();
  return PageOn(office, code, &Cases::ListDeadlines, v1::ListDeadlinesRequest(),
                &v1::ListDeadlinesResponse::deadlines,
                [name](const v1::Deadline& deadline, Outcome& outcome) {
                  outcome.done |= deadline.resource() == name;
                });
}

}  // namespace chengxin
