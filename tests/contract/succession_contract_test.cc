// Changes of the code and mergers over real gRPC.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::IsEmpty;

class SuccessionContract : public LawContract {
 protected:
  SuccessionContract() {
    for (int number : {1, 2}) world_.Register(number);
  }
  Answer<v1::GetOrganizationResponse> Get(std::string_view who, const std::string& code) {
    v1::GetOrganizationRequest request;
    request.set_code(code);
    return Ask(who, &Organizations::GetOrganization, request);
  }
  v1::ChangeOrganizationCodeRequest Change(int from, int to) {
    const std::string code = World::CodeOf(from).ToString();
    v1::ChangeOrganizationCodeRequest request;
    request.set_organization_code(code);
    request.set_new_code(World::CodeOf(to).ToString());
    request.set_reason("登记管理机关换发证书");
    request.set_etag(Expect(Get(kWuhua, code)).organization().etag());
    request.set_request_id(world_.NextRequestId());
    return request;
  }
  v1::MergeOrganizationRequest Merge(int from, int into) {
    const std::string code = World::CodeOf(from).ToString();
    v1::MergeOrganizationRequest request;
    request.set_organization_code(code);
    request.set_successor_code(World::CodeOf(into).ToString());
    request.set_merged_on(Today());
    request.set_number("五民许〔2026〕12号");
    request.set_etag(Expect(Get(kWuhua, code)).organization().etag());
    request.set_request_id(world_.NextRequestId());
    return request;
  }
};

TEST_F(SuccessionContract, EveryCodeEverKnownLeadsToTheSameRecord) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  const auto changed = Ask(kWuhua, &Organizations::ChangeOrganizationCode, Change(1, 50));
  EXPECT_EQ(Expect(changed).organization().code(), World::CodeOf(50).ToString());
  EXPECT_THAT(changed.response.organization().former_codes(), Contains(World::CodeOf(1).ToString()));
  for (int number : {1, 50}) {
    EXPECT_EQ(Expect(Get("public", World::CodeOf(number).ToString())).organization().code(),
              World::CodeOf(50).ToString());
    EXPECT_EQ(VerdictOf(number), v1::VERDICT_INELIGIBLE) << "a new code sheds no bar";
    EXPECT_EQ(ReportOf(kWuhua, number).listings_size(), 1);
  }
  EXPECT_EQ(GetListing("public", listing.name()).organization_code(), World::CodeOf(50).ToString())
      << "rule 56: what is published shows the code in force";
  // The organization reads its own record under its new code.
  EXPECT_EQ(ReportOf("organization:" + World::CodeOf(50).ToString(), 50).adverse_records_size(), 1);
}

TEST_F(SuccessionContract, Rule56EveryCodeEverKnownFindsTheEntryOnThePublishedList) {
  using Listings = v1::ListingService::Stub;
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  ListByPenalty(2, kFiftyThousandYuan, "SER-04");
  const uint64_t before = served_.engine().revision();
  ASSERT_TRUE(Ask(kWuhua, &Organizations::ChangeOrganizationCode, Change(1, 50)).ok());
  for (const int number : {1, 50}) {
    v1::ListingFilter filter;
    filter.set_organization_code(World::CodeOf(number).ToString());
    v1::ListListingsRequest list;
    *list.mutable_filter() = filter;
    const auto listed = ServedWorld::Ask("public", served_.listings(), &Listings::ListListings, list);
    ASSERT_EQ(Expect(listed).listings_size(), 1) << number;
    EXPECT_EQ(listed.response.listings(0).name(), listing.name()) << number;

    v1::DownloadListingsRequest whole;
    *whole.mutable_filter() = filter;
    grpc::ClientContext download_context;
    ServedWorld::SpeakAs("public", download_context);
    v1::DownloadListingsResponse part;
    const auto download = served_.listings().DownloadListings(&download_context, whole);
    ASSERT_TRUE(download->Read(&part)) << number;
    ASSERT_EQ(part.listings_size(), 1) << number;
    EXPECT_EQ(part.listings(0).name(), listing.name()) << number;
    EXPECT_FALSE(download->Read(&part));
    EXPECT_TRUE(download->Finish().ok());

    // From the beginning, and resumed before the code changed.
    for (const uint64_t resume : {uint64_t{0}, before}) {
      v1::WatchListingsRequest watch;
      *watch.mutable_filter() = filter;
      watch.set_resume_revision(resume);
      grpc::ClientContext context;
      ServedWorld::SpeakAs("public", context);
      const auto stream = served_.listings().WatchListings(&context, watch);
      v1::WatchListingsResponse message;
      ASSERT_TRUE(stream->Read(&message)) << number;
      EXPECT_EQ(message.listing().name(), listing.name()) << number << " from " << resume;
      ASSERT_TRUE(stream->Read(&message)) << number;
      EXPECT_EQ(message.kind(), v1::WATCH_EVENT_KIND_SYNCED) << number << " from " << resume;
      context.TryCancel();
    }
  }
}

TEST_F(SuccessionContract, ACodeOfAnotherOrganizationIsRefused) {
  const auto refused = Ask(kWuhua, &Organizations::ChangeOrganizationCode, Change(1, 2));
  ExpectRefused(refused, "SUCCESSION");
  EXPECT_EQ(MetadataOf(refused.status, "organization_code"), World::CodeOf(2).ToString());
}

TEST_F(SuccessionContract, Rule18OnlyTheRegisteringAuthorityChangesACode) {
  const v1::ChangeOrganizationCodeRequest request = Change(1, 50);
  EXPECT_EQ(ReasonOf(Ask(kPanlong, &Organizations::ChangeOrganizationCode, request).status),
            "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(ReasonOf(Ask("sync:registry-kunming", &Organizations::ChangeOrganizationCode, request).status),
            "ROLE_NOT_ALLOWED");
  v1::ChangeOrganizationCodeRequest stale = request;
  stale.set_etag("old");
  const auto aborted = Ask(kWuhua, &Organizations::ChangeOrganizationCode, stale);
  EXPECT_EQ(aborted.status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(MetadataOf(aborted.status, "etag"), request.etag());
}

TEST_F(SuccessionContract, Rule2ANewCodeIsChecked) {
  v1::ChangeOrganizationCodeRequest request = Change(1, 50);
  request.set_new_code("x");
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Organizations::ChangeOrganizationCode, request).status),
              testing::ElementsAre("new_code"));
}

TEST_F(SuccessionContract, ASuccessorInheritsTheListingsInForce) {
  const v1::Listing listing = ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  const auto merged = Ask(kWuhua, &Organizations::MergeOrganization, Merge(1, 2));
  EXPECT_EQ(Expect(merged).organization().status(), v1::REGISTRATION_STATUS_CANCELLED);
  EXPECT_EQ(merged.response.organization().successor(), "organizations/" + World::CodeOf(2).ToString());
  EXPECT_EQ(merged.response.successor().code(), World::CodeOf(2).ToString());
  EXPECT_EQ(VerdictOf(2), v1::VERDICT_INELIGIBLE) << "a merger sheds no bar";
  EXPECT_THAT(WherePublic(listing), IsEmpty());
  EXPECT_EQ(ReportOf("public", 2).listings_size(), 1);
}

TEST_F(SuccessionContract, ADecisionMaySayThatTheListingsAreNotInherited) {
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  v1::MergeOrganizationRequest request = Merge(1, 2);
  request.set_not_inherited_reason("失信行为与承继的业务无关，经登记管理机关决定");
  ASSERT_TRUE(Ask(kWuhua, &Organizations::MergeOrganization, request).ok());
  EXPECT_EQ(VerdictOf(2), v1::VERDICT_ELIGIBLE);
}

TEST_F(SuccessionContract, WhatHasEndedSucceedsNobody) {
  ASSERT_TRUE(Ask(kWuhua, &Organizations::MergeOrganization, Merge(1, 2)).ok());
  world_.Register(3);
  ExpectRefused(Ask(kWuhua, &Organizations::MergeOrganization, Merge(3, 1)), "SUCCESSION");
}

}  // namespace
}  // namespace chengxin
