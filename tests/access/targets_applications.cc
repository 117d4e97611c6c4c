// Applications of organizations (rules 30 to 38).
#include "tests/access/table_targets.h"

namespace chengxin {

namespace {

// A severe listing of the organization, whose penalty 五华区 filed.
std::string Listed(LawOffice& office, const std::string& code) {
  return office.Penalize(code, kFiftyThousandYuan, "SER-04").listing().name();
}

v1::Application Objection(LawOffice& office, const std::string& code) {
  return office.File(v1::APPLICATION_KIND_OBJECTION, code, Listed(office, code));
}

}  // namespace

Target FileApplication(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return CommandOn(office, code, &Cases::FileApplication,
                   office.ApplicationOn(v1::APPLICATION_KIND_OBJECTION, Listed(office, code)));
}

Target AcceptApplication(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return MoveOf(office, code, &Cases::AcceptApplication, Objection(office, code));
}

Target RejectApplication(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::RejectApplicationRequest request;
  request.set_reasons("不属于异议申请的范围");
  return MoveOf(office, code, &Cases::RejectApplication, Objection(office, code), request);
}

Target AnswerApplication(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::AnswerApplicationRequest request = office.AnswerOn();
  request.set_granted(false);
  return MoveOf(office, code, &Cases::AnswerApplication, office.Accept(Objection(office, code)), request);
}

// Two years after the listing the repair was granted, on a report that was forged.
Target RevokeRepair(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string listing = Listed(office, code);
  office.Advance(absl::Hours(24) * 735);
  v1::AnswerApplicationRequest answer = office.AnswerOn();
  answer.set_verified_on(office.Today());
  const v1::Application accepted = office.Accept(office.File(v1::APPLICATION_KIND_REPAIR, code, listing));
  const v1::Application granted =
      Expect(office.Move(kWuhua, &Cases::AnswerApplication, accepted, answer)).application();
  v1::RevokeRepairRequest request;
  request.set_reasons("整改报告系伪造");
  *request.mutable_notice() = office.documents().NoticeOn("");
  *request.add_evidence() = Documents::Proof("鉴定意见");
  return MoveOf(office, code, &Cases::RevokeRepair, granted, request);
}

Target GetApplication(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::GetApplicationRequest request;
  request.set_name(Objection(office, code).name());
  return QuestionOn(office, code, &Cases::GetApplication, request);
}

Target ListApplications(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = Objection(office, code).name();
  return PageOn(office, code, &Cases::ListApplications, v1::ListApplicationsRequest(),
                &v1::ListApplicationsResponse::applications,
                [name](const v1::Application& application, Outcome& outcome) {
                  outcome.done |= application.name() == name;
                });
}

}  // namespace chengxin
