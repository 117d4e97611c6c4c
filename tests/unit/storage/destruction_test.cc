// The destruction of sealed parts by a Change (rule 62): nothing of them is left in the folder, and
// everything else stands, to the byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/resource_names.h"
#include "storage/store.h"
#include "storage/tables.h"
#include "tests/support/fault_env.h"
#include "tests/support/folder_bytes.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

using Places = std::vector<std::pair<uint64_t, uint32_t>>;

Places PairsOf(const std::vector<log::v1::SealedPlace>& places) {
  Places pairs;
  for (const log::v1::SealedPlace& place : places) pairs.emplace_back(place.revision(), place.ordinal());
  return pairs;
}

// With sealed parts encrypted or as they are.
class DestructionTest : public testing::TestWithParam<bool> {
 protected:
  DestructionTest() {
    Open();
    EXPECT_TRUE(WriteSampleHistory(*store_).ok());
    // 滇池's phone is its alone, so that it can be looked for.
    log::v1::Event moved = OrganizationEvent(two_, "昆明市滇池生态保护协会");
    moved.mutable_organization()->set_phone(std::string(kPhone));
    EXPECT_TRUE(CommitNext(*store_, {moved}).ok());
  }

  StoreOptions Options() {
    StoreOptions options = SmallOptions(data_, env_.env());
    if (GetParam()) options.sealing_keys = SealingKeysOf({"key-1"});
    return options;
  }
  void Open() {
    store_.reset();
    auto store = Store::Open(Options());
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }
  absl::Status RunVerify() {
    store_.reset();
    const absl::Status verified =
        Verify(Options(), folder_.path() + "/scratch-" + std::to_string(++runs_), nullptr);
    return verified;
  }
  std::vector<log::v1::SealedPlace> PlacesOf(const std::string& name) {
    auto places = store_->BeginGroup()->ListSealedParts(name);
    EXPECT_TRUE(places.ok()) << places.status();
    return places.value_or(std::vector<log::v1::SealedPlace>());
  }
  uint64_t Destroy(const std::string& name) {
    const auto revision = CommitNext(*store_, {DestructionEvent(name, PlacesOf(name))});
    EXPECT_TRUE(revision.ok()) << revision.status();
    return revision.value_or(0);
  }
  v1::Organization Organization(const std::string& code, uint64_t at) {
    return **store_->FindOrganization(code, at, Sealed::kMerge);
  }
  std::string RawRow(uint64_t revision, uint32_t ordinal) {
    std::string row;
    const auto tables = *Tables::Open(Options());
    EXPECT_TRUE(*tables->Get(Table::kSealed, SealedKey(revision, ordinal), row));
    return row;
  }
  void PutRawRow(uint64_t revision, uint32_t ordinal, const std::string& row) {
    const auto tables = *Tables::Open(Options());
    EXPECT_TRUE(tables->db().Put({}, tables->handle(Table::kSealed), SealedKey(revision, ordinal), row).ok());
  }

  static constexpr std::string_view kPhone = "0871-61234567";
  const std::string one_ = CodeOfNumber(1);
  const std::string two_ = CodeOfNumber(2);
  const std::string name_ = domain::OrganizationName(CodeOfNumber(2));
  FaultEnv env_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
  std::unique_ptr<Store> store_;
  int runs_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Sealed, DestructionTest, testing::Bool(),
                         [](const auto& tested) { return tested.param ? "Encrypted" : "AsItIs"; });

TEST_P(DestructionTest, EveryVersionOfAResourceIsFoundWithTheHeadersOfItsChanges) {
  EXPECT_THAT(PairsOf(PlacesOf(name_)),
              ElementsAre(Pair(1, 0), Pair(1, 2), Pair(4, 0), Pair(4, 1), Pair(7, 0), Pair(7, 1)));
  EXPECT_THAT(PairsOf(PlacesOf(domain::RecordNameOf(one_, {3, 1}))), ElementsAre(Pair(3, 0), Pair(3, 1)));
  EXPECT_THAT(PlacesOf(domain::OrganizationName(CodeOfNumber(9))), IsEmpty());
  EXPECT_THAT(PlacesOf("listings/" + one_ + "-A1"), IsEmpty());
  ASSERT_TRUE(CommitNext(*store_, {CaseEvent({8, 1}, one_, v1::CASE_STATE_RECEIVED),
                                   ApplicationEvent({8, 2}, one_, v1::APPLICATION_STATE_FILED)})
                  .ok());
  EXPECT_THAT(PairsOf(PlacesOf("cases/8-1")), ElementsAre(Pair(8, 0), Pair(8, 1)));
  EXPECT_THAT(PairsOf(PlacesOf("applications/8-2")), ElementsAre(Pair(8, 0), Pair(8, 2)));
}

// Of two events of one Change only the last is a version; what the first sealed lies there all the same.
TEST_P(DestructionTest, WhatAnEarlierEventOfTheSameChangeSealedIsFoundToo) {
  log::v1::Event last = OrganizationEvent(one_, "乙");
  last.mutable_organization()->clear_phone();
  last.mutable_organization()->clear_bank_account();
  ASSERT_TRUE(CommitNext(*store_, {OrganizationEvent(one_, "甲"), last}).ok());
  const Places places = PairsOf(PlacesOf(domain::OrganizationName(one_)));
  EXPECT_THAT(places, testing::Contains(Pair(8, 1)));
}

TEST_P(DestructionTest, Rule62WhatWasSealedIsGoneFromEveryVersionAndAllElseStands) {
  std::vector<std::string> log_before;
  for (uint64_t revision = 1; revision <= 7; ++revision) {
    log_before.push_back(*store_->ReadChangeBytes(revision));
  }
  ASSERT_EQ(Organization(two_, kNewest).phone(), kPhone);
  const Head head = store_->head();
  const uint64_t revision = Destroy(name_);
  for (const uint64_t at : {uint64_t{1}, uint64_t{4}, kNewest}) {
    EXPECT_EQ(Organization(two_, at).phone(), "") << at;
    EXPECT_EQ(Organization(two_, at).bank_account(), "") << at;
  }
  EXPECT_EQ(Organization(two_, kNewest).display_name(), "昆明市滇池生态保护协会");
  EXPECT_EQ(Organization(one_, kNewest).phone(), "0871-60000000") << "of the same Change, and not of it";
  EXPECT_EQ(store_->ReadWholeChange(1)->events(1).organization().phone(), "");
  EXPECT_EQ(store_->ReadWholeChange(1)->events(0).organization().phone(), "0871-60000000");
  for (size_t i = 0; i < log_before.size(); ++i) {
    EXPECT_EQ(*store_->ReadChangeBytes(i + 1), log_before[i]) << "revision " << i + 1;
  }
  log::v1::Change change;
  ASSERT_TRUE(change.ParseFromString(*store_->ReadChangeBytes(revision)));
  EXPECT_EQ(change.previous_leaf_hash(), head.leaf_hash);
  EXPECT_EQ(change.events(0).destruction().resource(), name_);
  EXPECT_THAT(PlacesOf(name_), IsEmpty());
  const absl::Status verified = RunVerify();
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_P(DestructionTest, AGroupSeesAtOnceWhatItHasDestroyed) {
  auto group = store_->BeginGroup();
  const auto places = *group->ListSealedParts(name_);
  ASSERT_TRUE(group->Append(ChangeOf(8, {DestructionEvent(name_, places)})).ok());
  EXPECT_EQ((*group->FindOrganization(two_))->phone(), "");
  EXPECT_THAT(*group->ListSealedParts(name_), IsEmpty());
  // What is recorded of it later is sealed anew.
  ASSERT_TRUE(group->Append(ChangeOf(9, {OrganizationEvent(two_, "滇池")})).ok());
  ASSERT_TRUE(store_->Commit(*group).ok());
  group.reset();  // before its store goes
  EXPECT_EQ(Organization(two_, kNewest).phone(), "0871-60000000");
  EXPECT_THAT(PairsOf(PlacesOf(name_)), ElementsAre(Pair(9, 0), Pair(9, 1)));
  const absl::Status verified = RunVerify();
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_P(DestructionTest, ARequestWithoutItsSaltIsNoLongerRecognized) {
  const auto find = [&] {
    return *store_->BeginGroup()->FindRequest("officer-of-wuhua", "request-4", "body", StampOfRevision(9));
  };
  ASSERT_TRUE(find()->same_body);
  Destroy(name_);
  const auto past = find();
  ASSERT_TRUE(past.has_value());
  EXPECT_EQ(past->revision, 4u);
  EXPECT_FALSE(past->same_body);
}

TEST_P(DestructionTest, WhatLiesAheadOrNowhereIsNoPlaceToDestroy) {
  log::v1::SealedPlace ahead;
  ahead.set_revision(8);
  ahead.set_ordinal(1);
  for (const log::v1::SealedPlace& place : {ahead, log::v1::SealedPlace()}) {
    EXPECT_EQ(CommitNext(*store_, {DestructionEvent(name_, {place})}).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

TEST_P(DestructionTest, Rule62NothingIsLeftOfItInAnyFile) {
  Open();  // what was written is in table files
  store_.reset();
  const std::string row = RawRow(7, 1);
  // The end of the row: the phone, or a ciphertext and its key.
  const std::string bytes = GetParam() ? row.substr(row.size() / 2, 24) : std::string(kPhone);
  ASSERT_THAT(FilesHolding(data_, bytes), Not(IsEmpty()));
  Open();
  Destroy(name_);
  EXPECT_THAT(FilesHolding(data_, bytes), Not(IsEmpty())) << "nothing has rewritten the files yet";
  const absl::Status purged = store_->PurgeDestroyed();
  ASSERT_TRUE(purged.ok()) << purged;
  ASSERT_TRUE(store_->PurgeDestroyed().ok()) << "nothing is left to do";
  store_.reset();
  EXPECT_THAT(FilesHolding(data_, bytes), IsEmpty());
  const absl::Status verified = RunVerify();
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_P(DestructionTest, WhatNobodyPurgedIsPurgedWhenTheFolderIsOpened) {
  store_.reset();
  const std::string row = RawRow(7, 1);
  const std::string bytes = GetParam() ? row.substr(row.size() / 2, 24) : std::string(kPhone);
  Open();
  Destroy(name_);
  store_.reset();
  ASSERT_THAT(FilesHolding(data_, bytes), Not(IsEmpty()));
  const absl::Status verified = RunVerify();
  EXPECT_TRUE(verified.ok()) << "what is still to be purged is no view: " << verified;
  Open();
  store_.reset();
  EXPECT_THAT(FilesHolding(data_, bytes), IsEmpty());
}

// A place among many: the files around it are rewritten, the others' parts stay.
TEST_P(DestructionTest, AmongManyTheOthersStay) {
  for (int i = 10; i < 400; ++i) {
    ASSERT_TRUE(CommitNext(*store_, {OrganizationEvent(CodeOfNumber(i), "组织" + std::to_string(i))}).ok());
  }
  const std::string name = domain::OrganizationName(CodeOfNumber(200));
  Destroy(name);
  ASSERT_TRUE(store_->PurgeDestroyed().ok());
  for (int i = 10; i < 400; ++i) {
    EXPECT_EQ(Organization(CodeOfNumber(i), kNewest).phone(), i == 200 ? "" : "0871-60000000") << i;
  }
  const absl::Status verified = RunVerify();
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_P(DestructionTest, APartBroughtBackOrTakenAwayByHandIsFound) {
  store_.reset();
  const std::string row = RawRow(7, 1);
  Open();
  const uint64_t revision = Destroy(name_);
  store_.reset();
  const std::string destroyed = RawRow(7, 1);
  PutRawRow(7, 1, row);
  const absl::Status brought_back = RunVerify();
  EXPECT_EQ(brought_back.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(brought_back.message()), HasSubstr("orders to be destroyed"));

  PutRawRow(7, 1, destroyed);
  ASSERT_TRUE(RunVerify().ok());
  log::v1::SealedPart other;
  other.set_destroyed_by(revision);
  PutRawRow(1, 1, other.SerializeAsString());
  const absl::Status taken_away = RunVerify();
  EXPECT_EQ(taken_away.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(taken_away.message()), HasSubstr("does not order"));
}

}  // namespace
}  // namespace chengxin::storage
