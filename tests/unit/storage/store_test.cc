// What a group becomes: the log, the views, their history, and what is remembered of requests.
#include "storage/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "storage/digest.h"
#include "storage/tables.h"
#include "tests/support/catalogue_files.h"
#include "tests/support/fault_env.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StoreTest : public testing::Test {
 protected:
  StoreTest() { Open(); }

  StoreOptions Options() { return SmallOptions(folder_.path() + "/data", env_.env()); }
  void Open() {
    store_.reset();
    auto store = Store::Open(Options());
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }
  void WriteSample() {
    const absl::Status written = WriteSampleHistory(*store_);
    ASSERT_TRUE(written.ok()) << written;
  }
  uint64_t Commit(std::vector<log::v1::Event> events) {
    const auto revision = CommitNext(*store_, std::move(events));
    EXPECT_TRUE(revision.ok()) << revision.status();
    return revision.value_or(0);
  }
  std::string NameAt(std::string_view code, uint64_t at) {
    const auto found = store_->FindOrganization(code, at, Sealed::kLeaveOut);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() && found->has_value() ? (*found)->display_name() : "";
  }

  const std::string one_ = CodeOfNumber(1);
  const std::string two_ = CodeOfNumber(2);
  FaultEnv env_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreTest, ANewFolderIsEmpty) {
  EXPECT_EQ(store_->head().revision, 0u);
  EXPECT_EQ(store_->ReadChangeBytes(1).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(*store_->RevisionAt(absl::InfiniteFuture()), 0u);
  EXPECT_FALSE(store_->FindCatalogue(kNewest)->has_value());
}

TEST_F(StoreTest, EachChangeOfTheLogNamesTheHashOfTheOneBefore) {
  WriteSample();
  const Head head = store_->head();
  EXPECT_EQ(head.revision, 6u);
  EXPECT_EQ(head.stamp, StampOfRevision(6));
  std::string before;
  for (uint64_t revision = 1; revision <= 6; ++revision) {
    const auto bytes = store_->ReadChangeBytes(revision);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    log::v1::Change change;
    ASSERT_TRUE(change.ParseFromString(*bytes));
    EXPECT_EQ(change.revision(), revision);
    EXPECT_EQ(change.previous_leaf_hash(), before);
    before = LeafHash(*bytes);
  }
  EXPECT_EQ(head.leaf_hash, before);
}

TEST_F(StoreTest, NothingPersonalOrInternalIsInTheLogAndItIsThereBesideIt) {
  WriteSample();
  const std::string bytes = *store_->ReadChangeBytes(1);
  EXPECT_EQ(bytes.find("0871-60000000"), std::string::npos);
  EXPECT_EQ(bytes.find("6222000000000000"), std::string::npos);
  EXPECT_EQ(store_->ReadChangeBytes(3)->find("内部备注"), std::string::npos);
  const log::v1::Change whole = *store_->ReadWholeChange(1);
  EXPECT_EQ(whole.events(0).organization().phone(), "0871-60000000");
  EXPECT_EQ((*store_->FindOrganization(one_, kNewest, Sealed::kMerge))->bank_account(), "6222000000000000");
  EXPECT_EQ((*store_->FindOrganization(one_, kNewest, Sealed::kLeaveOut))->bank_account(), "");
}

TEST_F(StoreTest, EveryResourceIsFoundAsItWasKnownAtAnyRevision) {
  WriteSample();
  EXPECT_EQ(NameAt(two_, 0), "");
  EXPECT_EQ(NameAt(two_, 3), "昆明市滇池环保协会（Ｄ）");
  EXPECT_EQ(NameAt(two_, 4), "昆明市滇池生态保护协会");
  const domain::ListingId abnormal{.code = one_, .list = v1::LIST_KIND_ABNORMAL, .episode = 1};
  EXPECT_FALSE(store_->FindListing(abnormal, 2)->has_value());
  EXPECT_EQ((*store_->FindListing(abnormal, 4))->state(), v1::LISTING_STATE_LISTED);
  EXPECT_EQ((*store_->FindListing(abnormal, kNewest))->state(), v1::LISTING_STATE_ENDED);
  EXPECT_FALSE(store_->FindRecord(one_, {.revision = 3, .ordinal = 1}, 2, Sealed::kMerge)->has_value());
  EXPECT_EQ((*store_->FindRecord(one_, {.revision = 3, .ordinal = 1}, 3, Sealed::kMerge))->internal_note(),
            "内部备注");
  const auto standing = *store_->FindStanding(one_, 4);
  ASSERT_TRUE(standing.has_value());
  EXPECT_EQ(standing->revision, 3u);
  EXPECT_EQ(standing->standing.facts_size(), 2);
  EXPECT_EQ((*store_->FindStanding(one_, kNewest))->standing.facts_size(), 4);
}

TEST_F(StoreTest, OnlyACompleteReadingOfASourceCountsAsItsFreshness) {
  WriteSample();
  EXPECT_FALSE(store_->FindCompleteRead("registry-kunming", 1)->has_value());
  const auto read = *store_->FindCompleteRead("registry-kunming", kNewest);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(domain::TimeOf(read->as_of()), FirstStamp());
  // The next run must not read behind the incomplete one.
  const auto last = *store_->BeginGroup()->FindSourceRead("registry-kunming");
  EXPECT_EQ(domain::TimeOf(last->as_of()), StampOfRevision(6));
}

TEST_F(StoreTest, AnInstantMeansTheLastRevisionStampedAtOrBeforeIt) {
  WriteSample();
  EXPECT_EQ(*store_->RevisionAt(FirstStamp() - absl::Nanoseconds(1)), 0u);
  EXPECT_EQ(*store_->RevisionAt(FirstStamp()), 1u);
  EXPECT_EQ(*store_->RevisionAt(StampOfRevision(3) - absl::Nanoseconds(1)), 2u);
  EXPECT_EQ(*store_->RevisionAt(StampOfRevision(3)), 3u);
  EXPECT_EQ(*store_->RevisionAt(absl::InfiniteFuture()), 6u);
  EXPECT_EQ(*store_->RevisionAt(absl::InfinitePast()), 0u);
}

TEST_F(StoreTest, AGroupSeesItsOwnChangesAndTheStoreSeesThemOnlyOnceCommitted) {
  const auto group = store_->BeginGroup();
  ASSERT_TRUE(group->Append(ChangeOf(1, {OrganizationEvent(one_, "甲")}, "r-1", "body")).ok());
  ASSERT_TRUE(group->Append(ChangeOf(2, {RecordEvent(one_, {.revision = 2, .ordinal = 1}, "key")})).ok());
  EXPECT_EQ((*group->FindOrganization(one_))->phone(), "0871-60000000");
  EXPECT_EQ(group->ListRecords(one_)->size(), 1u);
  EXPECT_TRUE(group->FindRecordByKey(one_, "", "key")->has_value());
  EXPECT_TRUE((*group->FindRequest("officer-of-wuhua", "r-1", "body", StampOfRevision(2)))->same_body);
  EXPECT_EQ(group->ReadWhole(1)->events(0).organization().phone(), "0871-60000000");
  EXPECT_EQ(group->ChangedStandings(2).size(), 1u);
  EXPECT_EQ(NameAt(one_, kNewest), "");
  ASSERT_TRUE(store_->Commit(*group).ok());
  EXPECT_EQ(NameAt(one_, kNewest), "甲");
  EXPECT_EQ(store_->head().revision, 2u);
  EXPECT_EQ(group->ChangedStandings(2).size(), 1u);
}

TEST_F(StoreTest, AGroupThatIsDroppedLeavesNothingBehind) {
  {
    const auto group = store_->BeginGroup();
    ASSERT_TRUE(group->Append(ChangeOf(1, {OrganizationEvent(one_, "甲")})).ok());
  }
  EXPECT_EQ(Commit({OrganizationEvent(two_, "乙")}), 1u);
  EXPECT_EQ(NameAt(one_, kNewest), "");
}

TEST_F(StoreTest, HowChangesWereGroupedDoesNotShow) {
  WriteSample();
  const TemporaryFolder other_folder;
  const auto other = *Store::Open(SmallOptions(other_folder.path() + "/data", env_.env()));
  const auto group = other->BeginGroup();
  for (uint64_t revision = 1; revision <= 6; ++revision) {
    log::v1::Change change = *store_->ReadWholeChange(revision);
    NewChange again;
    again.events.assign(change.events().begin(), change.events().end());
    change.clear_events();
    again.envelope = change;
    ASSERT_TRUE(group->Append(std::move(again)).ok());
  }
  ASSERT_TRUE(other->Commit(*group).ok());
  for (const uint64_t at : {uint64_t{1}, uint64_t{3}, uint64_t{5}, kNewest}) {
    EXPECT_EQ((*other->FindStanding(one_, at)).has_value(), (*store_->FindStanding(one_, at)).has_value());
    if (!(*store_->FindStanding(one_, at)).has_value()) continue;
    EXPECT_EQ((*other->FindStanding(one_, at))->standing.SerializeAsString(),
              (*store_->FindStanding(one_, at))->standing.SerializeAsString());
  }
}

TEST_F(StoreTest, WhatDoesNotFollowIsRefusedAndTheGroupGoesOn) {
  Commit({OrganizationEvent(one_, "甲")});
  const auto group = store_->BeginGroup();
  EXPECT_EQ(group->Append(ChangeOf(3, {})).status().code(), absl::StatusCode::kFailedPrecondition);
  NewChange stale = ChangeOf(2, {});
  domain::SetTimestamp(StampOfRevision(1), *stale.envelope.mutable_stamp());
  EXPECT_EQ(group->Append(std::move(stale)).status().code(), absl::StatusCode::kFailedPrecondition);
  log::v1::Event nameless = OrganizationEvent(one_, "甲");
  nameless.mutable_organization()->set_name("organizations/short");
  EXPECT_EQ(group->Append(ChangeOf(2, {nameless})).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(group->Append(ChangeOf(2, {log::v1::Event()})).status().code(),
            absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(group->Append(ChangeOf(2, {OrganizationEvent(one_, "乙")})).ok());
  ASSERT_TRUE(store_->Commit(*group).ok());
  EXPECT_EQ(NameAt(one_, kNewest), "乙");
}

TEST_F(StoreTest, TheCatalogueInForceIsTheOneLastActivated) {
  v1::Catalogue catalogue = LoadDeployedCatalogue();
  const std::string first = catalogue.version();
  Commit({CatalogueEvent(catalogue)});
  catalogue.set_version("后来的一版");
  Commit({CatalogueEvent(catalogue)});
  EXPECT_EQ((*store_->FindCatalogue(1))->catalogue.version(), first);
  EXPECT_EQ((*store_->FindCatalogue(kNewest))->catalogue.version(), "后来的一版");
  EXPECT_EQ((*store_->FindCatalogue(kNewest))->revision, 2u);
  Open();
  EXPECT_EQ(store_->BeginGroup()->catalogue()->version(), "后来的一版");
}

TEST_F(StoreTest, PagesGoOnAfterTheLastItemOfThePageBefore) {
  WriteSample();
  std::vector<std::string> codes;
  const auto note = [&](v1::Organization organization) {
    codes.push_back(organization.code());
    return false;  // one a page
  };
  ASSERT_TRUE(store_->ScanOrganizations("", kNewest, Sealed::kLeaveOut, note).ok());
  ASSERT_TRUE(store_->ScanOrganizations(codes.back(), kNewest, Sealed::kLeaveOut, note).ok());
  ASSERT_TRUE(store_->ScanOrganizations(codes.back(), kNewest, Sealed::kLeaveOut, note).ok());
  EXPECT_THAT(codes, ElementsAre(one_, two_));

  std::vector<std::string> records;
  const auto note_record = [&](v1::CreditRecord record) {
    records.push_back(record.source_key());
    return true;
  };
  ASSERT_TRUE(store_->ScanRecords(one_, std::nullopt, kNewest, Sealed::kLeaveOut, note_record).ok());
  ASSERT_TRUE(
      store_->ScanRecords(one_, domain::RecordId{3, 1}, kNewest, Sealed::kLeaveOut, note_record).ok());
  ASSERT_TRUE(store_->ScanRecords(one_, std::nullopt, 4, Sealed::kLeaveOut, note_record).ok());
  ASSERT_TRUE(store_->ScanRecords(two_, std::nullopt, kNewest, Sealed::kLeaveOut, note_record).ok());
  EXPECT_THAT(records, ElementsAre("key-1", "key-2", "key-2", "key-1"));

  std::vector<std::string> listings;
  ASSERT_TRUE(store_
                  ->ScanListings(std::nullopt, kNewest,
                                 [&](const v1::Listing& listing) {
                                   listings.push_back(listing.name());
                                   return true;
                                 })
                  .ok());
  EXPECT_THAT(listings, ElementsAre("listings/" + one_ + "-A1", "listings/" + one_ + "-S1"));
}

TEST_F(StoreTest, ListingsThatChangedAreToldOnceInTheOrderOfTheirFirstChange) {
  WriteSample();
  const domain::ListingId abnormal{.code = one_, .list = v1::LIST_KIND_ABNORMAL, .episode = 1};
  const domain::ListingId severe{.code = one_, .list = v1::LIST_KIND_SEVERE, .episode = 1};
  EXPECT_THAT(*store_->ListingsChangedBetween(0, 6), ElementsAre(abnormal, severe));
  EXPECT_THAT(*store_->ListingsChangedBetween(2, 3), ElementsAre(abnormal));
  EXPECT_THAT(*store_->ListingsChangedBetween(3, 4), IsEmpty());
  EXPECT_THAT(*store_->ListingsChangedBetween(5, 5), IsEmpty());
}

TEST_F(StoreTest, AVersionAmongManyIsFound) {
  for (int i = 1; i <= 40; ++i) Commit({OrganizationEvent(one_, "第" + std::to_string(i) + "次")});
  Commit({OrganizationEvent(two_, "乙")});
  for (const uint64_t at : {1, 7, 20, 40}) {
    std::vector<std::string> names;
    ASSERT_TRUE(store_
                    ->ScanOrganizations("", at, Sealed::kLeaveOut,
                                        [&](v1::Organization organization) {
                                          names.push_back(organization.display_name());
                                          return true;
                                        })
                    .ok());
    EXPECT_THAT(names, ElementsAre("第" + std::to_string(at) + "次"));
  }
  int standings = 0;
  ASSERT_TRUE(store_->ScanStandings([&](const log::v1::Standing&, uint64_t) { ++standings; }).ok());
  EXPECT_EQ(standings, 2);
}

// -- requests

class RequestTest : public StoreTest {
 protected:
  std::optional<PastRequest> Find(std::string_view subject, std::string_view id, std::string_view body,
                                  absl::Time now) {
    const auto found = store_->BeginGroup()->FindRequest(subject, id, body, now);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.value_or(std::nullopt);
  }
  // Commits a Change with a request_id, stamped as given.
  void CommitAt(absl::Time stamp, std::string_view id, std::string_view body) {
    NewChange change = ChangeOf(store_->head().revision + 1, {OrganizationEvent(one_, "甲")}, id, body);
    domain::SetTimestamp(stamp, *change.envelope.mutable_stamp());
    ASSERT_TRUE(CommitAlone(*store_, std::move(change)).ok());
  }
  size_t RequestRows() {
    store_.reset();
    size_t rows = 0;
    {
      const auto tables = *Tables::Open(Options());
      const auto iterator = tables->IterateAll(Table::kRequests, false);
      for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) ++rows;
    }
    Open();
    return rows;
  }
};

TEST_F(RequestTest, ARequestIsRememberedForItsPrincipalWithItsBody) {
  CommitAt(FirstStamp(), "r", "body");
  const auto found = Find("officer-of-wuhua", "r", "body", FirstStamp());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->revision, 1u);
  EXPECT_TRUE(found->same_body);
  EXPECT_FALSE(Find("officer-of-wuhua", "r", "another body", FirstStamp())->same_body);
  EXPECT_FALSE(Find("officer-of-panlong", "r", "body", FirstStamp()).has_value());
  EXPECT_FALSE(Find("officer-of-wuhua", "s", "body", FirstStamp()).has_value());
}

TEST_F(RequestTest, ItIsForgottenThirtyDaysAfterItsStampToTheNanosecond) {
  CommitAt(FirstStamp(), "r", "body");
  const absl::Time forgotten = FirstStamp() + absl::Hours(24 * 30);
  EXPECT_TRUE(Find("officer-of-wuhua", "r", "body", forgotten - absl::Nanoseconds(1)).has_value());
  EXPECT_FALSE(Find("officer-of-wuhua", "r", "body", forgotten).has_value());
}

TEST_F(RequestTest, RowsOfForgottenRequestsGoAsChangesComeAndNotBefore) {
  for (int i = 0; i < 10; ++i) CommitAt(FirstStamp() + absl::Seconds(i), "r-" + std::to_string(i), "body");
  EXPECT_EQ(RequestRows(), 10u);
  CommitAt(FirstStamp() + absl::Hours(24 * 30), "later-1", "body");
  // One has aged, one has come.
  EXPECT_EQ(RequestRows(), 10u);
  // Nine have aged; four go with each Change.
  CommitAt(FirstStamp() + absl::Hours(24 * 31), "later-2", "body");
  EXPECT_EQ(RequestRows(), 7u);
  CommitAt(FirstStamp() + absl::Hours(24 * 31) + absl::Seconds(1), "later-3", "body");
  EXPECT_EQ(RequestRows(), 4u);
  CommitAt(FirstStamp() + absl::Hours(24 * 31) + absl::Seconds(2), "later-4", "body");
  EXPECT_EQ(RequestRows(), 4u);
}

TEST_F(RequestTest, AnIdThatIsUsedAgainAfterThirtyDaysIsANewRequest) {
  CommitAt(FirstStamp(), "r", "body");
  const absl::Time later = FirstStamp() + absl::Hours(24 * 40);
  CommitAt(later, "r", "another body");
  CommitAt(later + absl::Seconds(1), "s", "body");
  const auto found = Find("officer-of-wuhua", "r", "another body", later + absl::Seconds(2));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->revision, 2u);
  EXPECT_TRUE(found->same_body);
}

// -- sealed parts

// A salt used twice would show which sealed parts are alike.
TEST_F(StoreTest, NoTwoSealedPartsHaveTheSameSalt) {
  constexpr uint64_t kChanges = 150;
  {
    const auto group = store_->BeginGroup();
    for (uint64_t revision = 1; revision <= kChanges; ++revision) {
      const std::string code = CodeOfNumber(static_cast<int>(revision));
      ASSERT_TRUE(group->Append(ChangeOf(revision, {OrganizationEvent(code, "甲")})).ok());
      EXPECT_FALSE(group->SealedContents(revision).at(0).empty());
    }
    ASSERT_TRUE(store_->Commit(*group).ok());
  }
  store_.reset();
  const auto tables = *Tables::Open(Options());
  std::set<std::string> salts;
  const RowIterator rows = tables->IterateAll(Table::kSealed, /*streaming=*/false);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    log::v1::SealedPart part;
    ASSERT_TRUE(part.ParseFromArray(rows->value().data(), static_cast<int>(rows->value().size())));
    EXPECT_EQ(part.salt().size(), 32u);
    EXPECT_TRUE(salts.insert(part.salt()).second);
  }
  // One for each request, one for each organization's telephone.
  EXPECT_EQ(salts.size(), 2 * kChanges);
}

TEST_F(StoreTest, DestroyingASealedPartLeavesEveryHashAndTheFoldIntact) {
  WriteSample();
  const std::string bytes = *store_->ReadChangeBytes(1);
  const Head head = store_->head();
  store_.reset();
  {
    const auto tables = *Tables::Open(Options());
    ASSERT_TRUE(tables->db().Delete({}, tables->handle(Table::kSealed), SealedKey(1, 1)).ok());
  }
  const absl::Status verified = Verify(Options(), folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
  Open();
  EXPECT_EQ(*store_->ReadChangeBytes(1), bytes);
  EXPECT_EQ(store_->head().leaf_hash, head.leaf_hash);
  const auto organization = *store_->FindOrganization(one_, kNewest, Sealed::kMerge);
  EXPECT_EQ(organization->phone(), "");
  EXPECT_EQ(organization->display_name(), "五华区晨光社会工作服务中心");
  EXPECT_EQ((*store_->FindOrganization(two_, 1, Sealed::kMerge))->phone(), "0871-60000000");
}

TEST_F(StoreTest, TheSameContentIsSealedUnderAnotherSaltEachTime) {
  Commit({OrganizationEvent(one_, "甲")});
  Commit({OrganizationEvent(one_, "甲")});
  log::v1::Change first, second;
  ASSERT_TRUE(first.ParseFromString(*store_->ReadChangeBytes(1)));
  ASSERT_TRUE(second.ParseFromString(*store_->ReadChangeBytes(2)));
  EXPECT_EQ(first.events(0).sealed_digest().size(), kDigestSize);
  EXPECT_NE(first.events(0).sealed_digest(), second.events(0).sealed_digest());
  EXPECT_NE(first.request_digest(), second.request_digest());
}

}  // namespace
}  // namespace chengxin::storage
