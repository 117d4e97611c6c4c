// ListingService over real gRPC: the published list, its pages and its download.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Stub = v1::ListingService::Stub;

constexpr int64_t kFiftyThousandYuan = 5'000'000;  // fen
constexpr int64_t kSmallFine = 4'999'999;          // fen

class ListingContract : public testing::Test {
 protected:
  // Lists an organization and answers the listing's name.
  std::string Penalize(int number, int64_t fine_fen, std::string_view ground) {
    const auto committed = world_.Penalize(World::CodeOf(number), fine_fen, ground);
    EXPECT_TRUE(committed.ok()) << committed.status();
    if (!committed.ok()) return "";
    for (const log::v1::Event& event : committed->events)
      if (event.has_listing()) return event.listing().listing().name();
    return "";
  }
  Answer<v1::GetListingResponse> Get(std::string_view who, const std::string& name) {
    v1::GetListingRequest request;
    request.set_name(name);
    return ServedWorld::Ask(who, served_.listings(), &Stub::GetListing, request);
  }
  Answer<v1::ListListingsResponse> List(const v1::ListListingsRequest& request) {
    return ServedWorld::Ask("public", served_.listings(), &Stub::ListListings, request);
  }
  std::vector<v1::DownloadListingsResponse> Download(const v1::DownloadListingsRequest& request) {
    grpc::ClientContext context;
    ServedWorld::SpeakAs("public", context);
    const auto stream = served_.listings().DownloadListings(&context, request);
    std::vector<v1::DownloadListingsResponse> parts;
    v1::DownloadListingsResponse part;
    while (stream->Read(&part)) parts.push_back(part);
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return parts;
  }

  ServedWorld served_;
  World& world_ = served_.world();
};

TEST_F(ListingContract, Rule56AnybodyReadsAnEntryWithItsGroundBasisDecisionAndAuthority) {
  world_.Register(1);
  const auto answer = Get("public", Penalize(1, kFiftyThousandYuan, "SER-04"));
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  const v1::Listing& listing = answer.response.listing();
  EXPECT_EQ(listing.organization_code(), World::CodeOf(1).ToString());
  EXPECT_EQ(listing.organization_display_name(), World::OrganizationOf(1).display_name());
  EXPECT_EQ(listing.authority(), "authorities/km-wuhua");
  ASSERT_EQ(listing.grounds_size(), 1);
  EXPECT_NE(listing.grounds(0).legal_basis(), "");
  EXPECT_NE(listing.grounds(0).decision().number(), "");
  EXPECT_EQ(listing.grounds(0).decision().decided_on(), kFirstDay);
  EXPECT_EQ(listing.SerializeAsString().find("经办人甲"), std::string::npos) << "no personal data";
}

TEST_F(ListingContract, Rule35WhatHasEndedIsPublishedNoMoreButStaysInTheArchive) {
  world_.Register(1);
  const std::string abnormal = Penalize(1, kSmallFine, "ABN-05");
  ASSERT_TRUE(Get("public", abnormal).ok());
  Penalize(1, kSmallFine, "SER-05");
  EXPECT_EQ(Get("public", abnormal).status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Get("purchaser:km-culture", abnormal).status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Get("civil-affairs:km-panlong", abnormal).status.error_code(), grpc::StatusCode::NOT_FOUND);
  for (const std::string_view who : {"civil-affairs:km-wuhua", "civil-affairs:km", "audit"}) {
    const auto answer = Get(who, abnormal);
    ASSERT_TRUE(answer.ok()) << who << ": " << answer.status.error_message();
    EXPECT_EQ(answer.response.listing().end_reason(), v1::LISTING_END_REASON_MOVED_TO_SEVERE);
  }
}

TEST_F(ListingContract, ThePastOfTheListIsForThoseInCharge) {
  world_.Register(1);
  const absl::Time before = world_.clock().Now();
  world_.clock().Advance(absl::Hours(1));
  v1::GetListingRequest request;
  request.set_name(Penalize(1, kFiftyThousandYuan, "SER-04"));
  domain::SetTimestamp(world_.clock().Now(), *request.mutable_as_of()->mutable_instant());
  const auto ask = [&](std::string_view who) {
    return ServedWorld::Ask(who, served_.listings(), &Stub::GetListing, request);
  };
  EXPECT_EQ(ask("public").status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(ask("public").status), "ROLE_NOT_ALLOWED");
  EXPECT_TRUE(ask("audit").ok());
  EXPECT_TRUE(ask("civil-affairs:km-wuhua").ok());
  domain::SetTimestamp(before, *request.mutable_as_of()->mutable_instant());
  EXPECT_EQ(ask("audit").status.error_code(), grpc::StatusCode::NOT_FOUND) << "not yet listed then";
}

TEST_F(ListingContract, AWrongNameIsWrongAndAnUnknownOneNotFound) {
  const auto wrong = Get("public", "listings/none");
  EXPECT_EQ(wrong.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(wrong.status), ElementsAre("name"));
  EXPECT_EQ(Get("public", "listings/" + World::CodeOf(1).ToString() + "-S1").status.error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(ListingContract, AllPagesAreOfOneRevisionWhateverHappensMeanwhile) {
  std::vector<std::string> names;
  for (int number : {1, 2, 3, 4, 5}) {
    world_.Register(number);
    names.push_back(Penalize(number, kFiftyThousandYuan, "SER-04"));
  }
  world_.Register(6);
  v1::ListListingsRequest request;
  request.set_page_size(2);
  std::vector<std::string> seen;
  std::vector<uint64_t> revisions;
  do {
    const auto page = List(request);
    ASSERT_TRUE(page.ok()) << page.status.error_message();
    for (const auto& listing : page.response.listings()) seen.push_back(listing.name());
    revisions.push_back(page.response.revision());
    if (revisions.size() == 1) Penalize(6, kFiftyThousandYuan, "SER-04");
    request.set_page_token(page.response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, names);
  EXPECT_THAT(revisions, testing::Each(revisions.front()));
  request.set_page_token("");
  request.set_page_size(1'000);
  EXPECT_EQ(List(request).response.listings_size(), 6);
}

TEST_F(ListingContract, AFilterChoosesByListAuthorityAndOrganization) {
  for (int number : {1, 2}) world_.Register(number);
  const std::string severe = Penalize(1, kFiftyThousandYuan, "SER-04");
  const std::string abnormal = Penalize(2, kSmallFine, "ABN-05");
  const auto names = [&](const v1::ListingFilter& filter) {
    v1::ListListingsRequest request;
    *request.mutable_filter() = filter;
    const auto answer = List(request);
    EXPECT_TRUE(answer.ok()) << answer.status.error_message();
    std::vector<std::string> found;
    for (const auto& listing : answer.response.listings()) found.push_back(listing.name());
    return found;
  };
  v1::ListingFilter filter;
  EXPECT_THAT(names(filter), ElementsAre(severe, abnormal));
  filter.set_list(v1::LIST_KIND_ABNORMAL);
  EXPECT_THAT(names(filter), ElementsAre(abnormal));
  filter.Clear();
  filter.set_organization_code(World::CodeOf(1).ToString());
  EXPECT_THAT(names(filter), ElementsAre(severe));
  filter.set_list(v1::LIST_KIND_ABNORMAL);
  EXPECT_THAT(names(filter), IsEmpty());
  filter.Clear();
  filter.set_authority("authorities/km-panlong");
  EXPECT_THAT(names(filter), IsEmpty());
}

TEST_F(ListingContract, EveryWrongPartOfAFilterIsNamed) {
  v1::ListListingsRequest request;
  request.mutable_filter()->set_list(static_cast<v1::ListKind>(7));
  request.mutable_filter()->set_authority("km");
  request.mutable_filter()->set_organization_code("x");
  EXPECT_THAT(FieldsOf(List(request).status),
              ElementsAre("filter.list", "filter.authority", "filter.organization_code"));
}

TEST_F(ListingContract, PageSizesAndTokensAreChecked) {
  v1::ListListingsRequest request;
  request.set_page_size(1'001);
  EXPECT_THAT(FieldsOf(List(request).status), ElementsAre("page_size"));
  request.set_page_size(1'000);
  EXPECT_TRUE(List(request).ok());
  request.set_page_token("bm90IGEgdG9rZW4");
  EXPECT_THAT(FieldsOf(List(request).status), ElementsAre("page_token"));
}

TEST_F(ListingContract, ADownloadIsTheWholeListInPartsOfOneRevision) {
  constexpr int kEntries = 501;
  std::vector<v1::Organization> organizations;
  for (int number = 1; number <= kEntries; ++number) organizations.push_back(World::OrganizationOf(number));
  ASSERT_TRUE(world_.Import(std::move(organizations)).ok());
  for (int number = 1; number <= kEntries; ++number) Penalize(number, kFiftyThousandYuan, "SER-04");
  const auto parts = Download({});
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].listings_size(), 500);
  EXPECT_FALSE(parts[0].complete());
  EXPECT_EQ(parts[1].listings_size(), 1);
  EXPECT_TRUE(parts[1].complete());
  EXPECT_EQ(parts[0].revision(), parts[1].revision());
}

TEST_F(ListingContract, AnEmptyListDownloadsAsOneCompletePart) {
  const auto parts = Download({});
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_TRUE(parts[0].complete());
  EXPECT_EQ(parts[0].listings_size(), 0);
}

TEST_F(ListingContract, TheStateCountsBothLists) {
  for (int number : {1, 2}) world_.Register(number);
  Penalize(1, kSmallFine, "ABN-05");
  Penalize(2, kFiftyThousandYuan, "SER-04");
  const uint64_t listed = served_.engine().revision();
  world_.Register(3);
  const auto state = ServedWorld::Ask("public", served_.listings(), &Stub::GetListState, {});
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state.response.abnormal_count(), 1);
  EXPECT_EQ(state.response.severe_count(), 1);
  EXPECT_EQ(state.response.list_revision(), listed);
  EXPECT_EQ(state.response.revision(), listed + 1);
}

}  // namespace
}  // namespace chengxin
