// A bureau with a case on its desk, for the tests of cases: requests that are right in everything, for the
// test to spoil.
#ifndef CHENGXIN_TESTS_UNIT_DOMAIN_CASE_OFFICE_H_
#define CHENGXIN_TESTS_UNIT_DOMAIN_CASE_OFFICE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/decide.h"
#include "tests/support/bureau.h"

namespace chengxin {

// Days below are of autumn 2026: 2026-09-01 is a Tuesday, 09-25 to 09-27 and 10-01 to 10-07 are holidays,
// 09-20 and 10-10 are worked. The calendar of 2027 is not loaded.
class CaseOffice {
 public:
  // An organization registered with 五华区民政局; it is 2026-09-01.
  CaseOffice();

  Bureau& bureau() { return bureau_; }
  const std::string& code() const { return code_; }
  void SetDay(std::string_view day) { bureau_.SetDay(day); }

  static v1::Principal Purchaser(std::string_view unit = "purchasers/wuhua-edu");
  static v1::Principal Agency(std::string_view unit = "purchasers/wuhua-agency");

  // What is opened: a purchaser's report (rule 14), a complaint, the authority's own case of a ground.
  v1::OpenCaseRequest Report();
  v1::OpenCaseRequest Complaint();
  v1::OpenCaseRequest Own(std::string_view ground);
  // Opens it and answers its name; the test ends where it is refused.
  std::string Open(const v1::Principal& principal, const v1::OpenCaseRequest& request);
  // The authority's own case of the ground.
  std::string OpenOwn(std::string_view ground) { return Open(Bureau::WuhuaIntake(), Own(ground)); }

  // As it is now.
  v1::Case Case(const std::string& name) const;
  std::vector<v1::Case> Cases() const { return *bureau_.view().ListCases(code_); }

  // The moves, by whoever is given, at the current version.
  template <typename Request>
  Request Move(const std::string& name) {
    Request request;
    request.set_name(name);
    request.set_etag(Case(name).etag());
    request.set_request_id(bureau_.NextRequestId());
    return request;
  }
  v1::ReturnCaseRequest Return(const std::string& name);
  v1::ResubmitCaseRequest Resubmit(const std::string& name);
  v1::DismissCaseRequest Dismiss(const std::string& name);
  v1::ForwardCaseRequest Forward(const std::string& name, std::string_view to);
  v1::ServeNoticeRequest Notice(const std::string& name, std::string_view ground, std::string_view served_on);
  v1::RecordStatementRequest Statement(const std::string& name, std::string_view received_on);
  v1::RecordStatementRequest Waiver(const std::string& name, std::string_view received_on);
  v1::DecideCaseRequest Decide(const std::string& name, v1::CaseFinding finding, std::string_view decided_on);
  v1::DecideCaseRequest List(const std::string& name, std::string_view ground, std::string_view decided_on);
  v1::TransferCaseRequest Transfer(const std::string& name);

  // As the bureau at 五华区 does it.
  absl::StatusOr<domain::Decision> Do(const domain::Command& command) {
    return bureau_.Do(Bureau::Wuhua(), command);
  }
  absl::StatusOr<domain::Decision> Try(const domain::Command& command) {
    return bureau_.Try(Bureau::Wuhua(), command);
  }
  // The same, where the test needs it done.
  void Must(const domain::Command& command);

  // Notice on the ground served on a day, by hand.
  void Serve(const std::string& name, std::string_view ground, std::string_view served_on);

  static v1::Evidence Evidence(std::string_view title);

 private:
  Bureau bureau_;
  std::string code_;
  int documents_ = 0;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_UNIT_DOMAIN_CASE_OFFICE_H_
