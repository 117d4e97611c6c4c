// What of a request gets into the audit trail, for every request of the contract.
#include "server/audit_subjects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/strings.h"
#include "chengxin/v1/admin_service.pb.h"
#include "chengxin/v1/annotations.pb.h"
#include "chengxin/v1/audit_service.pb.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "google/protobuf/descriptor.h"
#include "server/call_metrics.h"

namespace chengxin::server {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using AllRequests = std::tuple<
    v1::ActivateCatalogueRequest, v1::GetCatalogueRequest, v1::GetStatusRequest, v1::AdvanceClockRequest,
    v1::ListAuditEntriesRequest, v1::ExportAuditEntriesRequest, v1::CreateAwardRequest, v1::RenewAwardRequest,
    v1::CloseAwardRequest, v1::GetAwardRequest, v1::ListAwardsRequest, v1::WatchAwardsRequest,
    v1::OpenCaseRequest, v1::AcceptCaseRequest, v1::ReturnCaseRequest, v1::ResubmitCaseRequest,
    v1::DismissCaseRequest, v1::ForwardCaseRequest, v1::ServeNoticeRequest, v1::RecordStatementRequest,
    v1::DecideCaseRequest, v1::ConfirmDecisionRequest, v1::TransferCaseRequest, v1::GetCaseRequest,
    v1::ListCasesRequest, v1::ListDeadlinesRequest, v1::FileApplicationRequest, v1::AcceptApplicationRequest,
    v1::RejectApplicationRequest, v1::AnswerApplicationRequest, v1::RevokeRepairRequest,
    v1::GetApplicationRequest, v1::ListApplicationsRequest, v1::CheckEligibilityRequest,
    v1::BatchCheckEligibilityRequest, v1::CheckConsortiumRequest, v1::CertifyRequest, v1::GetReceiptRequest,
    v1::GetListingRequest, v1::ListListingsRequest, v1::DownloadListingsRequest, v1::GetListStateRequest,
    v1::WatchListingsRequest, v1::GetOrganizationRequest, v1::BatchGetOrganizationsRequest,
    v1::ListOrganizationsRequest, v1::SearchOrganizationsRequest, v1::ImportOrganizationsRequest,
    v1::ChangeOrganizationCodeRequest, v1::MergeOrganizationRequest, v1::CreateRecordRequest,
    v1::GetRecordRequest, v1::ListRecordsRequest, v1::ImportRecordsRequest, v1::CorrectRecordRequest,
    v1::WithdrawRecordRequest, v1::NoteReviewRequest, v1::GetCreditReportRequest,
    v1::DestroySealedPartsRequest, v1::ListLateCapturesRequest>;

template <typename Visit>
void ForEachRequest(const Visit& visit) {
  std::apply([&](auto... request) { (visit(request), ...); }, AllRequests());
}

// Deep enough for every field; messages that hold themselves end here.
constexpr int kDeepest = 8;

// Puts a text into every text field: one that tells where the field is sensitive or lies within one that is.
void Fill(Message& message, bool secret, int depth) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const bool sensitive =
        secret || field->options().GetExtension(v1::sensitivity) != v1::SENSITIVITY_UNSPECIFIED;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const std::string text = sensitive ? "SECRET" : StrCat("open-", field->name());
      if (field->is_repeated()) {
        reflection.AddString(&message, field, text);
      } else {
        reflection.SetString(&message, field, text);
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_map() &&
               depth < kDeepest) {
      Fill(field->is_repeated() ? *reflection.AddMessage(&message, field)
                                : *reflection.MutableMessage(&message, field),
           sensitive, depth + 1);
    }
  }
}

TEST(AuditSubjects, EveryRequestOfTheContractIsLookedAtBelow) {
  std::set<std::string> looked_at, contract;
  ForEachRequest([&](const auto& request) { looked_at.insert(request.GetDescriptor()->full_name()); });
  ForEachRequest([&](const auto& request) {
    const google::protobuf::FileDescriptor& file = *request.GetDescriptor()->file();
    for (int s = 0; s < file.service_count(); ++s)
      for (int m = 0; m < file.service(s)->method_count(); ++m)
        contract.insert(file.service(s)->method(m)->input_type()->full_name());
  });
  EXPECT_EQ(looked_at, contract);
  EXPECT_EQ(contract.size(), kMethodCount);
}

TEST(Rule62, NoPersonalOrInternalFieldOfAnyRequestGetsIntoTheAuditTrail) {
  int secrets = 0;
  ForEachRequest([&](auto request) {
    Fill(request, /*secret=*/false, 0);
    if (request.SerializeAsString().find("SECRET") != std::string::npos) ++secrets;
    v1::AuditEntry entry;
    DescribeRequest(request, entry);
    EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr("SECRET"))) << request.GetTypeName();
  });
  EXPECT_GE(secrets, 7) << "the requests hold sensitive fields";
}

TEST(Rule55, EveryRequestOnSomebodySaysOnWhom) {
  std::set<std::string> on_nobody;
  ForEachRequest([&](auto request) {
    Fill(request, /*secret=*/false, 0);
    v1::AuditEntry entry;
    DescribeRequest(request, entry);
    if (entry.subjects().empty()) on_nobody.insert(std::string(request.GetDescriptor()->name()));
  });
  // What is asked of all, of the caller's own, or by words that may be anybody's name; imports, whose Changes
  // name each organization.
  EXPECT_THAT(on_nobody, testing::UnorderedElementsAre(
                             "ActivateCatalogueRequest", "AdvanceClockRequest", "GetCatalogueRequest",
                             "GetStatusRequest", "GetListStateRequest", "ImportOrganizationsRequest",
                             "ImportRecordsRequest", "ListDeadlinesRequest", "ListLateCapturesRequest",
                             "SearchOrganizationsRequest", "WatchAwardsRequest"));
}

TEST(Rule55, ACheckSaysForWhichPurposeAndProject) {
  v1::BatchCheckEligibilityRequest request;
  request.add_organization_codes("51530100MJT000010G");
  request.add_organization_codes("52530102MJT000028R");
  request.mutable_context()->set_purpose(v1::QUERY_PURPOSE_RENEWAL);
  request.mutable_context()->set_project("KMZC-2026-0117");
  request.mutable_context()->set_purchaser("purchasers/km-culture");
  v1::AuditEntry entry;
  DescribeRequest(request, entry);
  EXPECT_THAT(entry.subjects(),
              ElementsAre("51530100MJT000010G", "52530102MJT000028R", "purchasers/km-culture"));
  EXPECT_EQ(entry.purpose(), v1::QUERY_PURPOSE_RENEWAL);
  EXPECT_EQ(entry.project(), "KMZC-2026-0117");
}

TEST(Rule62, AnIdentityNumberTypedInTheWrongPlaceIsMasked) {
  v1::CheckEligibilityRequest request;
  request.set_organization_code("110999199003070037");
  request.mutable_context()->set_project("项目 110999199003070037");
  v1::AuditEntry entry;
  DescribeRequest(request, entry);
  EXPECT_EQ(entry.subjects_size(), 1);
  EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr("110999")));
}

TEST(AuditSubjects, AtMostAThousandAndNoneLongerThanALine) {
  v1::BatchGetOrganizationsRequest request;
  for (int i = 0; i < kMaximumAuditSubjects + 1; ++i) request.add_codes(StrCat("c", i));
  v1::AuditEntry entry;
  DescribeRequest(request, entry);
  EXPECT_EQ(entry.subjects_size(), kMaximumAuditSubjects);
  EXPECT_EQ(entry.subjects(kMaximumAuditSubjects - 1), "c999");

  EXPECT_EQ(AuditText(std::string(kMaximumAuditTextBytes, 'x')).size(), kMaximumAuditTextBytes);
  EXPECT_EQ(AuditText(std::string(kMaximumAuditTextBytes + 1, 'x')).size(), kMaximumAuditTextBytes);
  // Cut before the character that does not fit.
  std::string text(kMaximumAuditTextBytes - 1, 'x');
  EXPECT_EQ(AuditText(text + "名"), text);
}

}  // namespace
}  // namespace chengxin::server
