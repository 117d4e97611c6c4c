// RecordService over real gRPC: file, get, list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using Stub = v1::RecordService::Stub;

constexpr int64_t kFiftyThousandYuan = 5'000'000;  // fen
constexpr int64_t kSmallFine = 4'999'999;          // fen
constexpr std::string_view kWuhua = "civil-affairs:km-wuhua";

class RecordContract : public testing::Test {
 protected:
  Answer<v1::CreateRecordResponse> File(std::string_view who, const v1::CreateRecordRequest& request) {
    return ServedWorld::Ask(who, served_.records(), &Stub::CreateRecord, request);
  }
  Answer<v1::GetRecordResponse> Get(std::string_view who, std::string_view name) {
    v1::GetRecordRequest request;
    request.set_name(std::string(name));
    return ServedWorld::Ask(who, served_.records(), &Stub::GetRecord, request);
  }
  Answer<v1::ListRecordsResponse> List(std::string_view who, std::string_view code) {
    v1::ListRecordsRequest request;
    request.set_organization_code(std::string(code));
    return ServedWorld::Ask(who, served_.records(), &Stub::ListRecords, request);
  }

  ServedWorld served_;
  World& world_ = served_.world();
  const domain::Uscc code_ = world_.Register(1);
};

TEST_F(RecordContract, Rule24AFineOfExactlyFiftyThousandYuanListsInOneAct) {
  const auto filed = File(kWuhua, world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status.error_message();
  EXPECT_EQ(filed.response.record().category(), v1::RECORD_CATEGORY_PENALTY);
  EXPECT_EQ(filed.response.record().listing(), filed.response.listing().name());
  EXPECT_EQ(filed.response.listing().list(), v1::LIST_KIND_SEVERE);
  EXPECT_EQ(filed.response.listing().grounds(0).ground(), "SER-04");
  EXPECT_FALSE(filed.response.has_moved_listing());
  EXPECT_EQ(filed.response.revision(), served_.engine().revision());
}

TEST_F(RecordContract, TheSameRequestAgainIsAnsweredAsTheFirstTime) {
  const v1::CreateRecordRequest request = world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04");
  const auto first = File(kWuhua, request);
  const auto again = File(kWuhua, request);
  ASSERT_TRUE(again.ok()) << again.status.error_message();
  EXPECT_EQ(again.response.SerializeAsString(), first.response.SerializeAsString());
}

TEST_F(RecordContract, ARequestIdServesOneRequest) {
  v1::CreateRecordRequest request = world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04");
  ASSERT_TRUE(File(kWuhua, request).ok());
  request.mutable_record()->mutable_penalty()->set_fine_fen(kFiftyThousandYuan + 1);
  const auto answer = File(kWuhua, request);
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(answer.status), "REQUEST_ID_REUSED");
}

TEST_F(RecordContract, Rule25ASecondSmallFineMovesTheAbnormalEntryToTheSevereList) {
  ASSERT_TRUE(File(kWuhua, world_.PenaltyRequest(code_, kSmallFine, "ABN-05")).ok());
  const auto second = File(kWuhua, world_.PenaltyRequest(code_, kSmallFine, "SER-05"));
  ASSERT_TRUE(second.ok()) << second.status.error_message();
  EXPECT_EQ(second.response.listing().list(), v1::LIST_KIND_SEVERE);
  EXPECT_EQ(second.response.moved_listing().list(), v1::LIST_KIND_ABNORMAL);
  EXPECT_EQ(second.response.moved_listing().moved_to(), second.response.listing().name());
}

TEST_F(RecordContract, Rule18OnlyTheRegisteringAuthorityFiles) {
  for (const std::string_view who : {"civil-affairs:km-panlong", "civil-affairs:km"}) {
    const auto answer = File(who, world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04"));
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    EXPECT_EQ(ReasonOf(answer.status), "NOT_REGISTERING_AUTHORITY") << who;
  }
  for (const std::string_view who : {"public", "purchaser:km-culture", "agency:km-agency", "finance:km",
                                     "audit", "sync:registry-kunming", "admin"}) {
    const auto answer = File(who, world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04"));
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    EXPECT_EQ(ReasonOf(answer.status), "ROLE_NOT_ALLOWED") << who;
  }
  EXPECT_EQ(world_.VerdictOf(code_), v1::VERDICT_ELIGIBLE) << "nothing was recorded";
}

TEST_F(RecordContract, EachRefusalSaysItsReason) {
  const auto mismatch = File(kWuhua, world_.PenaltyRequest(code_, kFiftyThousandYuan, "ABN-05"));
  EXPECT_EQ(mismatch.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(mismatch.status), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(mismatch.status, "expected"), "SER-04");

  const auto notice = File(kWuhua, world_.PenaltyRequest(code_, kFiftyThousandYuan, "ABN-06"));
  EXPECT_EQ(ReasonOf(notice.status), "NOTICE_REQUIRED");

  const auto residual = File(kWuhua, world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-08"));
  EXPECT_EQ(ReasonOf(residual.status), "RESIDUAL_GROUND_WITHOUT_LAW");

  const auto unknown = File(kWuhua, world_.PenaltyRequest(World::CodeOf(9), kFiftyThousandYuan, "SER-04"));
  EXPECT_EQ(unknown.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(unknown.status), "ORGANIZATION_NOT_FOUND");

  v1::CreateRecordRequest stale = world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04");
  stale.set_organization_etag("r0");
  const auto aborted = File(kWuhua, stale);
  EXPECT_EQ(aborted.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(aborted.status), "STALE_ETAG");
  EXPECT_NE(MetadataOf(aborted.status, "etag"), "");
}

TEST_F(RecordContract, EveryWrongFieldIsNamedAtOnce) {
  v1::CreateRecordRequest request = world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04");
  request.clear_request_id();
  request.set_organization_code("5253");
  request.mutable_record()->mutable_penalty()->set_decided_on("2026-02-30");
  const auto answer = File(kWuhua, request);
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(answer.status),
              testing::IsSupersetOf({"request_id", "organization_code", "record.penalty.decided_on"}));
}

TEST_F(RecordContract, Rule61RecordsAreReadByThoseInChargeAndByTheOrganizationItself) {
  const auto filed = File(kWuhua, world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status.error_message();
  const std::string name = filed.response.record().name();
  for (const std::string& who :
       {std::string(kWuhua), std::string("civil-affairs:km"), std::string("civil-affairs:mca"),
        std::string("finance:km"), std::string("audit"), "organization:" + code_.ToString()}) {
    const auto answer = Get(who, name);
    ASSERT_TRUE(answer.ok()) << who << ": " << answer.status.error_message();
    EXPECT_EQ(answer.response.record().name(), name);
    EXPECT_EQ(List(who, code_.ToString()).response.records_size(), 1) << who;
  }
  for (const std::string& who :
       {std::string("public"), std::string("purchaser:km-culture"), std::string("agency:km-agency"),
        std::string("civil-affairs:km-panlong"), std::string("sync:registry-kunming"), std::string("admin"),
        "organization:" + World::CodeOf(2).ToString()}) {
    EXPECT_EQ(Get(who, name).status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    const auto list = List(who, code_.ToString());
    EXPECT_EQ(list.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    EXPECT_EQ(ReasonOf(list.status), "ROLE_NOT_ALLOWED") << who;
  }
}

TEST_F(RecordContract, Rule62TheOfficerAndTheNotesAreForTheRegisteringAuthorityAlone) {
  v1::CreateRecordRequest request = world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04");
  request.mutable_record()->set_internal_note("内部备注");
  const auto filed = File(kWuhua, request);
  ASSERT_TRUE(filed.ok()) << filed.status.error_message();
  EXPECT_EQ(filed.response.record().deciding_officer(), "经办人甲");
  const std::string name = filed.response.record().name();
  EXPECT_EQ(Get(kWuhua, name).response.record().internal_note(), "内部备注");
  for (const std::string& who : {std::string("civil-affairs:km"), std::string("finance:km"),
                                 std::string("audit"), "organization:" + code_.ToString()}) {
    const auto answer = Get(who, name);
    ASSERT_TRUE(answer.ok()) << who;
    EXPECT_EQ(answer.response.record().internal_note(), "") << who;
    EXPECT_EQ(answer.response.record().deciding_officer(), "") << who;
    EXPECT_EQ(answer.response.record().penalty().fine_fen(), kFiftyThousandYuan) << who;
  }
}

TEST_F(RecordContract, WhatIsNotThereIsNotFoundAndAWrongNameIsWrong) {
  const auto wrong = Get(kWuhua, "organizations/52530102/records/1-1");
  EXPECT_EQ(wrong.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(wrong.status), ElementsAre("name"));
  EXPECT_EQ(Get(kWuhua, "organizations/" + code_.ToString() + "/records/999-1").status.error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(List("audit", World::CodeOf(9).ToString()).status.error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(RecordContract, ARecordIsNotThereBeforeThePlatformKnewIt) {
  const absl::Time before = world_.clock().Now();
  world_.clock().Advance(absl::Hours(1));
  const auto filed = File(kWuhua, world_.PenaltyRequest(code_, kFiftyThousandYuan, "SER-04"));
  ASSERT_TRUE(filed.ok());
  v1::GetRecordRequest request;
  request.set_name(filed.response.record().name());
  domain::SetTimestamp(before, *request.mutable_as_of()->mutable_instant());
  EXPECT_EQ(ServedWorld::Ask(kWuhua, served_.records(), &Stub::GetRecord, request).status.error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(RecordContract, RecordsComeOldestFirstAndInPages) {
  for (int i = 0; i < 5; ++i) {
    v1::CreateRecordRequest request = world_.PenaltyRequest(code_, 1'000'00, "");
    ASSERT_TRUE(File(kWuhua, request).ok());
  }
  v1::ListRecordsRequest request;
  request.set_organization_code(code_.ToString());
  request.set_page_size(2);
  std::vector<uint64_t> revisions;
  do {
    const auto page = ServedWorld::Ask("audit", served_.records(), &Stub::ListRecords, request);
    ASSERT_TRUE(page.ok()) << page.status.error_message();
    for (const auto& record : page.response.records()) revisions.push_back(record.revision());
    request.set_page_token(page.response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(revisions.size(), 5u);
  EXPECT_TRUE(std::is_sorted(revisions.begin(), revisions.end()));

  request.set_page_token("");
  request.set_category(v1::RECORD_CATEGORY_OTHER);
  EXPECT_EQ(ServedWorld::Ask("audit", served_.records(), &Stub::ListRecords, request).response.records_size(),
            0);
  request.set_page_token("x");
  EXPECT_THAT(FieldsOf(ServedWorld::Ask("audit", served_.records(), &Stub::ListRecords, request).status),
              ElementsAre("page_token"));
}

TEST(RecordContractBefore, WithoutACatalogueNothingIsRecorded) {
  ServedWorld served{World::Empty()};
  const auto answer =
      ServedWorld::Ask(kWuhua, served.records(), &Stub::CreateRecord,
                       served.world().PenaltyRequest(World::CodeOf(1), kFiftyThousandYuan, "SER-04"));
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(answer.status), "NO_CATALOGUE");
}

}  // namespace
}  // namespace chengxin
