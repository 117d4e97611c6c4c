// What a case betrays before it is decided, over real gRPC: a report and a proposal are no finding, so that
// only the registering authority and those above it learn of them (rules 15, 46).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::HasSubstr;
using testing::Not;

class OpenCaseContract : public LawContract {
 protected:
  // Years whose calendar is loaded.
  OpenCaseContract() : LawContract(domain::CivilDay(2021, 3, 1)) { world_.Register(1); }

  // A penalty that meets a ground, filed without a decision: it has a proposal and a case.
  v1::CreditRecord FileProposed() {
    const auto filed = Ask(kWuhua, &Records::CreateRecord,
                           world_.PenaltyRequest(World::CodeOf(1), kFiftyThousandYuan, "", Today()));
    const v1::CreditRecord record = Expect(filed).record();
    EXPECT_EQ(record.proposal().ground(), "SER-04") << "the authority that filed it reads it whole";
    EXPECT_NE(record.case_(), "");
    return record;
  }
  v1::CreditRecord GetRecord(std::string_view who, const std::string& name) {
    v1::GetRecordRequest request;
    request.set_name(name);
    return Expect(Ask(who, &Records::GetRecord, request)).record();
  }
  v1::CreditRecord OnlyRecord(std::string_view who) {
    v1::ListRecordsRequest request;
    request.set_organization_code(World::CodeOf(1).ToString());
    const auto listed = Ask(who, &Records::ListRecords, request);
    EXPECT_EQ(Expect(listed).records_size(), 1) << who;
    return listed.response.records_size() == 1 ? listed.response.records(0) : v1::CreditRecord();
  }
  std::string DocumentOf(std::string_view who) {
    v1::GetCreditReportRequest request;
    request.set_organization_code(World::CodeOf(1).ToString());
    request.set_format(v1::REPORT_FORMAT_JSON);
    return Expect(Ask(who, &Records::GetCreditReport, request)).document();
  }
  // The entry wherever a reader finds it on the published list and in the report.
  std::vector<v1::Listing> EveryCopy(std::string_view who, const std::string& name) {
    using Listings = v1::ListingService::Stub;
    std::vector<v1::Listing> copies = {GetListing(who, name)};
    const auto listed =
        ServedWorld::Ask(who, served_.listings(), &Listings::ListListings, v1::ListListingsRequest());
    for (const v1::Listing& listing : Expect(listed).listings()) copies.push_back(listing);
    grpc::ClientContext context;
    ServedWorld::SpeakAs(who, context);
    const auto download = served_.listings().DownloadListings(&context, {});
    v1::DownloadListingsResponse part;
    while (download->Read(&part))
      for (const v1::Listing& listing : part.listings()) copies.push_back(listing);
    EXPECT_TRUE(download->Finish().ok());
    const v1::CreditReport report = ReportOf(who, 1);
    for (const v1::Listing& listing : report.listings()) copies.push_back(listing);
    return copies;
  }
  static std::string OrganizationItself() { return "organization:" + World::CodeOf(1).ToString(); }
};

TEST_F(OpenCaseContract, Rule46AProposalIsReadByTheRegisteringAuthorityAndThoseAboveAlone) {
  const v1::CreditRecord filed = FileProposed();
  for (const std::string_view who : {kWuhua, kKunming}) {
    for (const v1::CreditRecord& record : {GetRecord(who, filed.name()), OnlyRecord(who)}) {
      EXPECT_EQ(record.proposal().ground(), "SER-04") << who;
      EXPECT_EQ(record.case_(), filed.case_()) << who;
    }
  }
  for (const std::string& who : {OrganizationItself(), std::string("audit"), std::string("finance:km")}) {
    for (const v1::CreditRecord& record : {GetRecord(who, filed.name()), OnlyRecord(who)}) {
      EXPECT_TRUE(record.has_penalty()) << who;
      EXPECT_FALSE(record.has_proposal()) << who;
      EXPECT_EQ(record.case_(), "") << who;
    }
  }
}

TEST_F(OpenCaseContract, Rule46AReportTellsNobodyElseOfAProposal) {
  const v1::CreditRecord filed = FileProposed();
  for (const std::string_view who : {kWuhua, kKunming}) {
    ASSERT_EQ(ReportOf(who, 1).adverse_records_size(), 1) << who;
    EXPECT_TRUE(ReportOf(who, 1).adverse_records(0).has_proposal()) << who;
    EXPECT_THAT(DocumentOf(who), HasSubstr(filed.case_())) << who;
  }
  for (const std::string& who : {OrganizationItself(), std::string("audit"), std::string("finance:km"),
                                 std::string(kCulture), std::string(kPanlong), std::string("public")}) {
    ASSERT_EQ(ReportOf(who, 1).adverse_records_size(), 1) << who;
    EXPECT_FALSE(ReportOf(who, 1).adverse_records(0).has_proposal()) << who;
    EXPECT_EQ(ReportOf(who, 1).adverse_records(0).case_(), "") << who;
    EXPECT_THAT(DocumentOf(who), Not(HasSubstr(filed.case_()))) << who;
    EXPECT_THAT(DocumentOf(who), Not(HasSubstr("SER-04"))) << who;
  }
}

TEST_F(OpenCaseContract, Rule46ThePublishedListTellsNobodyElseOfTheCaseOnTwoYears) {
  const v1::Listing abnormal = Expect(Move(kWuhua, &Cases::DecideCase, ReadyToDecide(1, "ABN-06"),
                                           DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06")))
                                   .listing();
  GoTo(domain::CivilDay(2023, 1, 10));
  LetDuesHappen();
  const std::string opened = GetListing(kWuhua, abnormal.name()).escalation_case();
  ASSERT_NE(opened, "");
  for (const std::string_view who : {kWuhua, kKunming}) {
    const std::vector<v1::Listing> copies = EveryCopy(who, abnormal.name());
    EXPECT_EQ(copies.size(), 4u) << who;
    for (const v1::Listing& listing : copies) EXPECT_EQ(listing.escalation_case(), opened) << who;
  }
  for (const std::string& who : {OrganizationItself(), std::string("audit"), std::string(kCulture),
                                 std::string(kPanlong), std::string("public")}) {
    const std::vector<v1::Listing> copies = EveryCopy(who, abnormal.name());
    EXPECT_EQ(copies.size(), 4u) << who;
    for (const v1::Listing& listing : copies) {
      EXPECT_EQ(listing.escalation_case(), "") << who;
      EXPECT_EQ(listing.grounds(0).case_(), abnormal.grounds(0).case_()) << "decided, and so a ground";
    }
  }
}

}  // namespace
}  // namespace chengxin
