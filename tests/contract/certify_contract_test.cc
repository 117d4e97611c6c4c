// Certified checks over real gRPC: numbered, durable, readable again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CertifyContract : public LawContract {
 protected:
  CertifyContract() {
    for (int number : {1, 2, 3}) world_.Register(number);
  }
  v1::CertifyRequest RequestFor(v1::ReceiptSubject subject, const std::vector<int>& numbers) {
    v1::CertifyRequest request;
    request.set_subject(subject);
    for (int number : numbers) request.add_organization_codes(World::CodeOf(number).ToString());
    *request.mutable_context() = ContextOf(world_);
    request.set_request_id(world_.NextRequestId());
    return request;
  }
  v1::Receipt Certify(v1::ReceiptSubject subject, const std::vector<int>& numbers) {
    return Expect(Ask(kCulture, &Eligibility::Certify, RequestFor(subject, numbers))).receipt();
  }
  Answer<v1::GetReceiptResponse> Get(std::string_view who, const std::string& name) {
    v1::GetReceiptRequest request;
    request.set_name(name);
    return Ask(who, &Eligibility::GetReceipt, request);
  }
};

TEST_F(CertifyContract, Rule53AReceiptSaysWhoAskedForWhichProjectOfWhomAndWhat) {
  ListByPenalty(2, kFiftyThousandYuan, "SER-04");
  const v1::Receipt receipt = Certify(v1::RECEIPT_SUBJECT_CANDIDATES, {1, 2});
  EXPECT_EQ(receipt.purchaser(), "purchasers/km-culture");
  EXPECT_EQ(receipt.context().project(), "KMZC-2026-0117");
  ASSERT_EQ(receipt.answers_size(), 2);
  EXPECT_EQ(receipt.answers(0).verdict(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(receipt.answers(1).verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_GT(receipt.answers(1).findings_size(), 0);
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_UNSPECIFIED) << "candidates are each answered for themselves";
  EXPECT_THAT(receipt.name(), HasSubstr("receipts/CX2026-"));
  EXPECT_THAT(receipt.printed(), HasSubstr(World::CodeOf(2).ToString()));
  EXPECT_THAT(receipt.printed(), HasSubstr("KMZC-2026-0117"));
  EXPECT_EQ(receipt.revision(), served_.engine().revision());
  EXPECT_NE(receipt.basis().catalogue_version(), "");
}

TEST_F(CertifyContract, Rule53AReceiptIsTheSameEverAfter) {
  const v1::Receipt receipt = Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_ELIGIBLE);
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  EXPECT_EQ(Expect(Get(kCulture, receipt.name())).receipt().SerializeAsString(), receipt.SerializeAsString())
      << "rule 43: a later entry changes no old receipt";
  EXPECT_EQ(Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1}).verdict(), v1::VERDICT_INELIGIBLE);
}

TEST_F(CertifyContract, TheSameRequestAgainIsTheSameReceipt) {
  const v1::CertifyRequest request = RequestFor(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
  const auto first = Ask(kCulture, &Eligibility::Certify, request);
  world_.clock().Advance(absl::Hours(1));
  const auto again = Ask(kCulture, &Eligibility::Certify, request);
  EXPECT_EQ(Expect(first).receipt().name(), Expect(again).receipt().name());
}

TEST_F(CertifyContract, Rule49OneBadMemberMakesTheConsortiumBad) {
  ListByPenalty(2, kFiftyThousandYuan, "SER-04");
  const v1::Receipt receipt = Certify(v1::RECEIPT_SUBJECT_CONSORTIUM, {1, 2});
  EXPECT_EQ(receipt.verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(receipt.deciding_member_codes(), ElementsAre(World::CodeOf(2).ToString()));
  const auto twice = Ask(kCulture, &Eligibility::Certify, RequestFor(v1::RECEIPT_SUBJECT_CONSORTIUM, {1, 1}));
  EXPECT_EQ(twice.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(twice.status), "DUPLICATE_MEMBER");
}

TEST_F(CertifyContract, Rule41AReceiptNeedsPurposeProjectAndCutOff) {
  for (int field = 0; field < 3; ++field) {
    v1::CertifyRequest request = RequestFor(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
    if (field == 0) request.mutable_context()->clear_purpose();
    if (field == 1) request.mutable_context()->clear_project();
    if (field == 2) request.mutable_context()->clear_cut_off();
    const auto refused = Ask(kCulture, &Eligibility::Certify, request);
    EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << field;
    EXPECT_EQ(ReasonOf(refused.status), "PURPOSE_REQUIRED") << field;
  }
}

TEST_F(CertifyContract, Rule51NoAgeIsCertified) {
  v1::CertifyRequest request = RequestFor(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
  request.mutable_context()->set_minimum_age_years(3);
  EXPECT_EQ(ReasonOf(Ask(kCulture, &Eligibility::Certify, request).status), "AGE_REQUIREMENT");
}

TEST_F(CertifyContract, Rule54OnlyThePurchaserAndItsAgencyCertify) {
  const v1::CertifyRequest request = RequestFor(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
  for (const std::string& who : {std::string("public"), "organization:" + World::CodeOf(1).ToString(),
                                 std::string(kWuhua), std::string("finance:km"), std::string("audit"),
                                 std::string("sync:registry-kunming"), std::string("admin")}) {
    EXPECT_EQ(Ask(who, &Eligibility::Certify, request).status.error_code(),
              grpc::StatusCode::PERMISSION_DENIED)
        << who;
  }
  v1::CertifyRequest for_another = request;
  for_another.mutable_context()->set_purchaser("purchasers/km-culture");
  EXPECT_TRUE(Ask(kAgency, &Eligibility::Certify, for_another).ok());
  for_another.set_request_id(world_.NextRequestId());
  const auto refused = Ask("agency:km-agency", &Eligibility::Certify, for_another);
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(refused.status), "NOT_ENTRUSTED");
}

TEST_F(CertifyContract, AReceiptIsReadByItsPurchaserItsAgencyAndSupervision) {
  const std::string name = Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1}).name();
  for (const std::string_view who : {kCulture, std::string_view("finance:km"), std::string_view("audit")})
    EXPECT_TRUE(Get(who, name).ok()) << who;
  EXPECT_EQ(Get(kHealth, name).status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Get("agency:km-agency", name).status.error_code(), grpc::StatusCode::NOT_FOUND);
  for (const std::string_view who : {std::string_view("public"), kWuhua})
    EXPECT_EQ(Get(who, name).status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
  EXPECT_EQ(Get(kCulture, "receipts/CX2026-000099999").status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Get(kCulture, "receipts/CX2025" + name.substr(15)).status.error_code(),
            grpc::StatusCode::NOT_FOUND)
      << "the year is part of the number";
  EXPECT_THAT(FieldsOf(Get(kCulture, "receipts/17").status), ElementsAre("name"));

  v1::CertifyRequest request = RequestFor(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
  request.mutable_context()->set_purchaser("purchasers/km-culture");
  const v1::Receipt agencys = Expect(Ask(kAgency, &Eligibility::Certify, request)).receipt();
  EXPECT_EQ(agencys.agency(), "purchasers/km-agency");
  EXPECT_TRUE(Get("agency:km-agency", agencys.name()).ok()) << "what it asked for stays its own";
  for (const std::string_view who :
       {"purchaser:km-agency", "agency:km-culture", "agency:km-other+purchasers/km-culture"})
    EXPECT_EQ(Get(who, agencys.name()).status.error_code(), grpc::StatusCode::NOT_FOUND) << who;
  EXPECT_TRUE(Get(kCulture, agencys.name()).ok());
}

TEST_F(CertifyContract, TheNumberOfSubjectsIsChecked) {
  EXPECT_EQ(Ask(kCulture, &Eligibility::Certify, RequestFor(v1::RECEIPT_SUBJECT_ORGANIZATION, {1, 2}))
                .status.error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Ask(kCulture, &Eligibility::Certify, RequestFor(v1::RECEIPT_SUBJECT_CONSORTIUM, {1}))
                .status.error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Ask(kCulture, &Eligibility::Certify, RequestFor(v1::RECEIPT_SUBJECT_CANDIDATES, {}))
                .status.error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(CertifyContract, Rule42WhatIsCertifiedAgreesWithTheCheckAsOfItsInstant) {
  const v1::Receipt receipt = Certify(v1::RECEIPT_SUBJECT_ORGANIZATION, {1});
  world_.clock().Advance(absl::Hours(2));
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  v1::CheckEligibilityRequest check;
  check.set_organization_code(World::CodeOf(1).ToString());
  *check.mutable_context() = receipt.context();
  *check.mutable_as_of()->mutable_instant() = receipt.create_time();
  const auto then = Ask(kCulture, &Eligibility::CheckEligibility, check);
  EXPECT_EQ(Expect(then).eligibility().verdict(), receipt.verdict());
}

}  // namespace
}  // namespace chengxin
