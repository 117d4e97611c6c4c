// What is annotated personal or internal in proto/ reaches nobody whose it is not: in no answer, stream,
// error or line of the log (rule 62).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "chengxin/v1/annotations.pb.h"
#include "domain/seal.h"
#include "google/protobuf/descriptor.h"
#include "tests/access/law_office.h"

namespace chengxin {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using testing::IsEmpty;

std::vector<const MethodDescriptor*> MethodsOfTheContract() {
  std::vector<const MethodDescriptor*> methods;
  for (const google::protobuf::FileDescriptor* file :
       {v1::GetStatusRequest::descriptor()->file(), v1::CheckEligibilityRequest::descriptor()->file(),
        v1::GetListingRequest::descriptor()->file(), v1::GetOrganizationRequest::descriptor()->file(),
        v1::GetRecordRequest::descriptor()->file(), v1::GetCaseRequest::descriptor()->file(),
        v1::GetAwardRequest::descriptor()->file(), v1::ListAuditEntriesRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s)
      for (int m = 0; m < file->service(s)->method_count(); ++m)
        methods.push_back(file->service(s)->method(m));
  }
  return methods;
}

// The annotated fields of the type and of all that lie beneath it.
void Collect(const Descriptor* type, std::set<const Descriptor*>& seen,
             std::set<const FieldDescriptor*>& annotated) {
  if (!seen.insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->options().GetExtension(v1::sensitivity) != v1::SENSITIVITY_UNSPECIFIED)
      annotated.insert(field);
    if (field->message_type() != nullptr) Collect(field->message_type(), seen, annotated);
  }
}

TEST(Rule62Contract, WhatStreamsSendHasNoAnnotatedField) {
  int streams = 0;
  for (const MethodDescriptor* method : MethodsOfTheContract()) {
    if (!method->server_streaming()) continue;
    ++streams;
    EXPECT_FALSE(domain::HasAnnotatedFields(*method->output_type()))
        << method->full_name() << ": streams pass no redactor yet (Call::Redact)";
  }
  EXPECT_GT(streams, 0);
}

// The log of the server from its start.
class CapturedLog {
 public:
  CapturedLog() { testing::internal::CaptureStderr(); }
  ~CapturedLog() {
    if (!taken_) testing::internal::GetCapturedStderr();
  }
  std::string Take() {
    taken_ = true;
    return testing::internal::GetCapturedStderr();
  }

 private:
  bool taken_ = false;
};

class Rule62Sealed : public testing::Test {
 protected:
  // Resources in which every annotated field is set, as the authority that may see it reads them.
  void Fill();
  void FillRecord();
  void FillCase();
  void FillApplication();
  // Asks for all of it as somebody, whatever comes of it.
  void AskForEverything(std::string_view who);

  // Nothing of what is sealed is in any answer but its authority's, nor in the log.
  void ExpectSealed();

  CapturedLog log_;
  LawOffice office_;
  std::string code_;
  v1::Organization organization_;
  v1::CreditRecord record_;
  v1::Case case_;
  v1::Application application_;
  std::string listing_;
};

void Rule62Sealed::FillRecord() {
  v1::CreateRecordRequest penalty = office_.PenaltyOn(code_, kFiftyThousandYuan, "SER-04");
  // Known to the authority alone once it is corrected.
  penalty.mutable_record()->mutable_penalty()->set_facts(Marked("更正前的事实"));
  const auto filed = office_.Ask(kWuhua, &Records::CreateRecord, penalty);
  listing_ = Expect(filed).listing().name();
  v1::CorrectRecordRequest correction;
  *correction.mutable_record() = penalty.record();
  correction.mutable_record()->clear_deciding_officer();
  correction.mutable_record()->mutable_penalty()->set_facts("更正后的事实");
  correction.set_reason("事实有误");
  record_ =
      Expect(office_.Move(kWuhua, &Records::CorrectRecord, filed.response.record(), correction)).record();
}

void Rule62Sealed::FillCase() {
  office_.AskForTwoOfficers(true);
  const v1::Case opened =
      Expect(office_.Ask(kWuhuaIntake, &Cases::OpenCase, office_.OwnCaseOn(code_, v1::CASE_ORIGIN_COMPLAINT)))
          .case_();
  v1::DecideCaseRequest decision = office_.documents().DecisionOn(v1::CASE_FINDING_NO_MEASURE);
  decision.set_deciding_officer(Marked("经办人"));
  const v1::Case proposed =
      Expect(office_.Move(kWuhua, &Cases::DecideCase, office_.Accept(opened), decision)).case_();
  v1::ConfirmDecisionRequest confirmation;
  confirmation.set_confirming_officer(Marked("复核人"));
  case_ = Expect(office_.Move(kWuhuaSecond, &Cases::ConfirmDecision, proposed, confirmation)).case_();
}

void Rule62Sealed::FillApplication() {
  v1::AnswerApplicationRequest answer = office_.AnswerOn();
  answer.set_granted(false);
  const v1::Application accepted =
      office_.Accept(office_.File(v1::APPLICATION_KIND_OBJECTION, code_, listing_));
  application_ = Expect(office_.Move(kWuhua, &Cases::AnswerApplication, accepted, answer)).application();
}

void Rule62Sealed::Fill() {
  code_ = office_.Register();
  FillRecord();
  FillCase();
  FillApplication();
  v1::GetOrganizationRequest get;
  get.set_code(code_);
  organization_ = Expect(office_.Ask(kWuhua, &Organizations::GetOrganization, get)).organization();
  v1::GetRecordRequest get_record;
  get_record.set_name(record_.name());
  record_ = Expect(office_.Ask(kWuhua, &Records::GetRecord, get_record)).record();
}

void Rule62Sealed::AskForEverything(std::string_view who) {
  const auto ask = [&](auto method, auto request, auto... set) {
    (set(request), ...);
    office_.Ask(who, method, request);
  };
  const auto name = [](const std::string& value) {
    return [value](auto& request) { request.set_name(value); };
  };
  const auto of = [&](auto& request) { request.set_organization_code(code_); };
  ask(&Organizations::GetOrganization, v1::GetOrganizationRequest(),
      [&](auto& request) { request.set_code(code_); });
  ask(&Organizations::BatchGetOrganizations, v1::BatchGetOrganizationsRequest(),
      [&](auto& request) { request.add_codes(code_); });
  ask(&Organizations::ListOrganizations, v1::ListOrganizationsRequest());
  ask(&Organizations::SearchOrganizations, v1::SearchOrganizationsRequest(),
      [&](auto& request) { request.set_query(std::string(kMarker)); });
  ask(&Records::GetRecord, v1::GetRecordRequest(), name(record_.name()));
  ask(&Records::ListRecords, v1::ListRecordsRequest(), of);
  ask(&Records::ListLateCaptures, v1::ListLateCapturesRequest());
  for (const v1::ReportFormat format : {v1::REPORT_FORMAT_JSON, v1::REPORT_FORMAT_HTML})
    ask(&Records::GetCreditReport, v1::GetCreditReportRequest(), of,
        [&](auto& request) { request.set_format(format); });
  ask(&Cases::GetCase, v1::GetCaseRequest(), name(case_.name()));
  ask(&Cases::ListCases, v1::ListCasesRequest());
  ask(&Cases::ListDeadlines, v1::ListDeadlinesRequest());
  ask(&Cases::GetApplication, v1::GetApplicationRequest(), name(application_.name()));
  ask(&Cases::ListApplications, v1::ListApplicationsRequest());
  ask(&Listings::GetListing, v1::GetListingRequest(), name(listing_));
  ask(&Listings::ListListings, v1::ListListingsRequest());
  ask(&Eligibility::CheckEligibility, v1::CheckEligibilityRequest(), of, [&](auto& request) {
    *request.mutable_context() = office_.CertificateOn(code_, v1::QUERY_PURPOSE_AWARD).context();
    request.set_view(v1::ELIGIBILITY_VIEW_FULL);
  });
  ask(&Audits::ListAuditEntries, v1::ListAuditEntriesRequest());
  const std::function<bool(const v1::DownloadListingsResponse&)> all = [](const auto&) { return true; };
  office_.Read(who, &Listings::DownloadListings, v1::DownloadListingsRequest(), all);
  const std::function<bool(const v1::WatchListingsResponse&)> until_synced =
      [](const v1::WatchListingsResponse& message) { return message.kind() != v1::WATCH_EVENT_KIND_SYNCED; };
  office_.Read(who, &Listings::WatchListings, v1::WatchListingsRequest(), until_synced);
}

void Rule62Sealed::ExpectSealed() {
  EXPECT_THAT(office_.Leaks(), IsEmpty());
  const std::string log = log_.Take();
  EXPECT_NE(log.find("serving"), std::string::npos) << "this is the log: " << log;
  EXPECT_EQ(log.find(kMarker), std::string::npos) << log;
}

TEST_F(Rule62Sealed, EveryAnnotatedFieldIsItsAuthoritysAloneInAnswersStreamsErrorsAndTheLog) {
  Fill();
  std::set<const Descriptor*> seen;
  std::set<const FieldDescriptor*> annotated;
  for (const MethodDescriptor* method : MethodsOfTheContract())
    Collect(method->output_type(), seen, annotated);
  EXPECT_GT(annotated.size(), 0u);
  const std::map<const Descriptor*, const Message*> resources = {
      {v1::Organization::descriptor(), &organization_},
      {v1::CreditRecord::descriptor(), &record_},
      {v1::Case::descriptor(), &case_},
      {v1::Application::descriptor(), &application_}};
  for (const FieldDescriptor* field : annotated) {
    const auto found = resources.find(field->containing_type());
    ASSERT_NE(found, resources.end()) << field->full_name() << ": no resource of this test has it";
    const std::string value = found->second->GetReflection()->GetString(*found->second, field);
    EXPECT_NE(value.find(kMarker), std::string::npos)
        << field->full_name() << ": not shown to the authority, so this test shows nothing of it";
  }
  for (const std::string& who :
       {std::string(kPublic), LawOffice::OwnerOf(code_), LawOffice::OwnerOf(World::CodeOf(0).ToString()),
        std::string(kCulture), std::string(kAgency), std::string(kPanlong), std::string(kKunming),
        std::string("finance:authorities/km-wuhua"), std::string("finance:authorities/km"),
        std::string(kAuditor), std::string(kRegister), std::string(kAdministrator)})
    AskForEverything(who);
  ExpectSealed();
}

// What is wrong with a sealed field is said without the field's content.
TEST_F(Rule62Sealed, ErrorsDoNotRepeatWhatIsSealed) {
  v1::Organization organization = office_.NewOrganization();
  for (int i = 0; i < 200; ++i) organization.mutable_phone()->append(kMarker);
  const auto told =
      office_.Send(kRegister, &Organizations::ImportOrganizations, office_.RegisterRows({organization}));
  ASSERT_EQ(Expect(told).results(0).outcome(), v1::IMPORT_OUTCOME_REJECTED);
  EXPECT_EQ(told.response.results(0).field(), "phone");
  const std::string code = office_.Register();
  v1::FileApplicationRequest request = office_.ApplicationOn(v1::APPLICATION_KIND_OBJECTION, "nothing");
  for (int i = 0; i < 500; ++i) request.mutable_application()->mutable_contact()->append(kMarker);
  const auto refused = office_.Ask(LawOffice::OwnerOf(code), &Cases::FileApplication, request);
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(refused.status.error_message().find(kMarker), std::string::npos);
  EXPECT_EQ(refused.status.error_details().find(kMarker), std::string::npos);
  ExpectSealed();
}

}  // namespace
}  // namespace chengxin
