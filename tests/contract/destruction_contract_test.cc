// The destruction of what is kept sealed, over real gRPC (rule 62).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;

class DestructionContract : public LawContract {
 protected:
  DestructionContract() { Import(kPhone); }

  void Import(std::string_view phone) {
    v1::Organization organization = World::OrganizationOf(1);
    organization.set_phone(std::string(phone));
    EXPECT_TRUE(world_.Import({organization}).ok());
  }
  v1::DestroySealedPartsRequest Request(const std::string& name) {
    v1::DestroySealedPartsRequest request;
    request.set_name(name);
    request.set_reason("已注销，保存期限届满");
    request.set_basis("个人信息保护法第四十七条");
    request.set_request_id(world_.NextRequestId());
    return request;
  }
  Answer<v1::DestroySealedPartsResponse> Destroy(std::string_view who, const std::string& name) {
    return Ask(who, &Records::DestroySealedParts, Request(name));
  }
  v1::Organization Get(std::string_view who) {
    v1::GetOrganizationRequest request;
    request.set_code(code_);
    return Expect(Ask(who, &Organizations::GetOrganization, request)).organization();
  }

  static constexpr std::string_view kPhone = "0871-61234567";
  const std::string code_ = World::CodeOf(1).ToString();
  const std::string name_ = "organizations/" + code_;
};

TEST_F(DestructionContract, Rule62WhatWasSealedIsGoneAndTheRestIsAnsweredAsBefore) {
  Import("0871-67654321");
  ASSERT_EQ(Get(kWuhua).phone(), "0871-67654321");
  v1::Organization before = Get(kWuhua);
  const v1::Verdict verdict = VerdictOf(1);
  const auto destroyed = Expect(Destroy(kWuhua, name_));
  EXPECT_EQ(destroyed.parts(), 2) << "one of each version";
  before.clear_phone();
  EXPECT_EQ(Get(kWuhua).SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(VerdictOf(1), verdict);
  // What comes later is kept again.
  Import("0871-60001111");
  EXPECT_EQ(Get(kWuhua).phone(), "0871-60001111");
}

TEST_F(DestructionContract, ARepeatedRequestIsAnsweredAlikeAndAnotherDestroysNothingMore) {
  const v1::DestroySealedPartsRequest request = Request(name_);
  const auto first = Expect(Ask(kWuhua, &Records::DestroySealedParts, request));
  EXPECT_EQ(first.parts(), 1);
  const auto again = Expect(Ask(kWuhua, &Records::DestroySealedParts, request));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  const auto other = Expect(Destroy(kWuhua, name_));
  EXPECT_EQ(other.parts(), 0);
  EXPECT_EQ(other.revision(), first.revision());
}

// Its request's salt went too: whether it is the same request cannot be told any more.
TEST_F(DestructionContract, TheRequestThatBroughtItCannotBeRepeated) {
  v1::CreateRecordRequest filing = world_.PenaltyRequest(World::CodeOf(1), kSmallFine, "ABN-05", Today());
  filing.mutable_record()->set_internal_note("内部备注");
  const v1::CreditRecord record = Expect(Ask(kWuhua, &Records::CreateRecord, filing)).record();
  ASSERT_EQ(record.internal_note(), "内部备注");
  ASSERT_TRUE(Ask(kWuhua, &Records::CreateRecord, filing).ok());
  EXPECT_EQ(Expect(Destroy(kWuhua, record.name())).parts(), 1);
  const auto repeated = Ask(kWuhua, &Records::CreateRecord, filing);
  EXPECT_EQ(ReasonOf(repeated.status), "REQUEST_ID_REUSED");
  v1::GetRecordRequest get;
  get.set_name(record.name());
  EXPECT_EQ(Expect(Ask(kWuhua, &Records::GetRecord, get)).record().internal_note(), "");
}

// A correction keeps what the record said before, sealed too; without it a source that has not heard of the
// correction is told that the two contradict each other, and changes nothing.
TEST_F(DestructionContract, Rule13ACorrectionStandsThoughWhatItCorrectedWasDestroyed) {
  const v1::CreditRecord filed =
      Expect(Ask(kWuhua, &Records::CreateRecord,
                 world_.PenaltyRequest(World::CodeOf(1), kSmallFine, "ABN-05", Today())))
          .record();
  v1::CorrectRecordRequest correction;
  *correction.mutable_record()->mutable_penalty() = filed.penalty();
  correction.mutable_record()->set_formed_on(filed.formed_on());
  correction.mutable_record()->mutable_penalty()->set_facts("更正后的事实");
  correction.set_reason("事实录入有误");
  const auto corrected = Expect(Move(kWuhua, &Records::CorrectRecord, filed, correction)).record();
  ASSERT_NE(corrected.superseded(), "");
  EXPECT_GE(Expect(Destroy(kWuhua, filed.name())).parts(), 1);
  v1::GetRecordRequest get;
  get.set_name(filed.name());
  const v1::CreditRecord left = Expect(Ask(kWuhua, &Records::GetRecord, get)).record();
  EXPECT_EQ(left.superseded(), "");
  EXPECT_EQ(left.penalty().facts(), "更正后的事实");
}

TEST_F(DestructionContract, WhoeverIsNotTheAuthorityIsRefused) {
  EXPECT_EQ(ReasonOf(Destroy(kPanlong, name_).status), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(ReasonOf(Destroy(kKunming, name_).status), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(Destroy(kPanlong, name_).status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  for (const std::string_view who :
       {std::string_view("public"), kCulture, std::string_view("admin"), std::string_view("audit")}) {
    EXPECT_EQ(ReasonOf(Destroy(who, name_).status), "ROLE_NOT_ALLOWED") << who;
  }
  EXPECT_EQ(Destroy(kWuhua, "organizations/" + World::CodeOf(99).ToString()).status.error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Records::DestroySealedParts, {}).status),
              ElementsAre("request_id", "name", "reason", "basis"));
  EXPECT_EQ(Get(kWuhua).phone(), kPhone);
}

TEST_F(DestructionContract, ACasesComplainantAndNotesAreDestroyedByTheAuthorityItLiesWith) {
  v1::OpenCaseRequest request = ReportOn(1);
  request.set_origin(v1::CASE_ORIGIN_COMPLAINT);
  request.mutable_case_()->clear_contract();
  request.mutable_case_()->set_complainant("投诉人甲");
  const auto opened = Ask(kWuhua, &Cases::OpenCase, request);
  const std::string name = Expect(opened).case_().name();
  ASSERT_EQ(GetCase(kWuhua, name).complainant(), "投诉人甲");
  EXPECT_EQ(Destroy(kPanlong, name).status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Expect(Destroy(kWuhua, name)).parts(), 1);
  const v1::Case left = GetCase(kWuhua, name);
  EXPECT_EQ(left.complainant(), "");
  EXPECT_EQ(left.state(), opened.response.case_().state());
  // The case goes on.
  EXPECT_EQ(Accept(left).state(), v1::CASE_STATE_ACCEPTED);
}

}  // namespace
}  // namespace chengxin
