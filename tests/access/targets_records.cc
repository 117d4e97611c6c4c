// Credit records and reports (rules 7 to 13, 39).
#include "tests/access/table_targets.h"

namespace chengxin {

namespace {

v1::CreateRecordRequest HonourOn(LawOffice& office, const std::string& code, domain::CivilDay formed_on) {
  v1::CreateRecordRequest request;
  request.set_organization_code(code);
  request.set_request_id(office.NextRequestId());
  v1::CreditRecord& record = *request.mutable_record();
  record.set_formed_on(formed_on.ToString());
  record.mutable_honour()->set_title("优秀社会组织");
  record.mutable_honour()->set_organ("昆明市民政局");
  record.mutable_honour()->set_conferred_on(formed_on.ToString());
  return request;
}

// An authority and a source revise what the source delivered of the authority's organization.
Target RevisionOf(Target target) {
  target.source = kRecordsJob;
  return target;
}

}  // namespace

Target CreateRecord(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return CommandOn(office, code, &Records::CreateRecord,
                   office.PenaltyOn(code, kFiftyThousandYuan, "SER-04"));
}

Target GetRecord(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::GetRecordRequest request;
  request.set_name(office.Penalize(code, kFiftyThousandYuan, "SER-04").record().name());
  return QuestionOn(office, code, &Records::GetRecord, request);
}

Target ListRecords(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  office.Deliver(code);
  v1::ListRecordsRequest request;
  request.set_organization_code(code);
  return PageOn(office, code, &Records::ListRecords, request, &v1::ListRecordsResponse::records,
                [](const v1::CreditRecord&, Outcome& outcome) { outcome.done = true; });
}

Target ImportRecords(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return {.code = code, .source = kRecordsJob, .call = [&office, code](std::string_view who, v1::Role) {
            const auto told = office.Send(who, &Records::ImportRecords, office.DeliveryOn(code));
            return Outcome{.status = told.status,
                           .done = told.response.results_size() == 1 &&
                                   told.response.results(0).outcome() == v1::IMPORT_OUTCOME_CREATED};
          }};
}

Target CorrectRecord(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::CorrectRecordRequest request;
  *request.mutable_record() = office.DeliveryOn(code).records(0).record();
  request.mutable_record()->mutable_annual_inspection()->set_conclusion(
      v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED);
  request.set_reason("录入有误");
  return RevisionOf(MoveOf(office, code, &Records::CorrectRecord, office.Deliver(code), request));
}

Target WithdrawRecord(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::WithdrawRecordRequest request;
  request.mutable_withdrawal()->set_reason("年检结论被撤销");
  request.mutable_withdrawal()->set_basis("《行政处罚法》第四十八条");
  request.mutable_withdrawal()->set_decided_on(office.Today());
  return RevisionOf(MoveOf(office, code, &Records::WithdrawRecord, office.Deliver(code), request));
}

Target NoteReview(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const v1::Listing listing = office.Penalize(code, kFiftyThousandYuan, "SER-04").listing();
  v1::NoteReviewRequest request;
  request.set_item(listing.name());
  request.set_etag(listing.etag());
  v1::ReviewMark& review = *request.mutable_review();
  review.set_kind(v1::REVIEW_KIND_ADMINISTRATIVE_REVIEW);
  review.set_number("昆政复〔2024〕1号");
  review.set_organ("昆明市人民政府");
  review.set_since(office.Today());
  return CommandOn(office, code, &Records::NoteReview, request);
}

// Of a substantiated conduct that is on no list, which purchasers see while it counts, and of an annual
// inspection, which is of the archive.
Target GetCreditReport(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  office.Deliver(code);
  Expect(office.Move(kWuhua, &Cases::DecideCase, office.ReadyToDecide(code, ""),
                     office.documents().DecisionOn(v1::CASE_FINDING_SUBSTANTIATED)));
  v1::GetCreditReportRequest request;
  request.set_organization_code(code);
  request.set_format(v1::REPORT_FORMAT_HTML);
  return {.code = code, .call = [&office, request](std::string_view who, v1::Role role) {
            const auto told = office.Ask(who, &Records::GetCreditReport, request);
            const v1::CreditReport& report = told.response.report();
            const bool in_force = report.adverse_records_size() == 1;
            const bool archive = report.other_records_size() > 0;
            EXPECT_TRUE(in_force || !archive);
            const bool buys = role == v1::ROLE_PURCHASER || role == v1::ROLE_AGENCY;
            return Outcome{.status = told.status,
                           .done = buys ? in_force : archive,
                           .told_public = report.organization().code() == request.organization_code()};
          }};
}

Target DestroySealedParts(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::DestroySealedPartsRequest request;
  request.set_name("organizations/" + code);
  request.set_reason("该组织申请删除");
  request.set_basis("《个人信息保护法》第四十七条");
  return CommandOn(office, code, &Records::DestroySealedParts, request);
}

Target ListLateCaptures(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name =
      Expect(office.Ask(kWuhua, &Records::CreateRecord, HonourOn(office, code, office.today() - 30)))
          .record()
          .name();
  return PageOn(
      office, code, &Records::ListLateCaptures, v1::ListLateCapturesRequest(),
      &v1::ListLateCapturesResponse::records,
      [name](const v1::CreditRecord& record, Outcome& outcome) { outcome.done |= record.name() == name; });
}

}  // namespace chengxin
