// Data folders of format version 1 that earlier programs wrote (tests/golden; make_golden.cc made them):
// format-1 before cases were known, format-1-cases with them, format-1-sealed with parts encrypted with two
// keys, and destroyed. They are never written again: as long as this program claims to read format version 1,
// it opens them, answers as it did then and folds their logs into the same views.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "domain/timestamps.h"
#include "storage/store.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;

constexpr std::string_view kLeafHash = "cd2a9779727e1856ddcb2689b5f758872485f7ad0d2f3105e201e9f899c9d60d";

constexpr std::string_view kCasesLeafHash =
    "6a7f4f20d0271f0dc476382f43970c6bf051744cac34e1d4d1715b232f8e098a";

constexpr std::string_view kSealedLeafHash =
    "1869e0dffd4e9ef100506a8223eba832130425aecb9837a1bc7ecb30334c5972";

class GoldenFolder : public testing::Test {
 protected:
  GoldenFolder() {
    std::filesystem::copy(CHENGXIN_SOURCE_DIR "/tests/golden/format-1", data_,
                          std::filesystem::copy_options::recursive);
  }

  const std::string one_ = CodeOfNumber(1);
  const std::string two_ = CodeOfNumber(2);
  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
};

TEST_F(GoldenFolder, IsOpenedAndAnswersAsItDidThen) {
  ASSERT_EQ(kFormatVersion, 1u) << "make a folder of the new version, and keep or refuse this one by intent";
  const auto opened = Store::Open({.folder = data_});
  ASSERT_TRUE(opened.ok()) << opened.status();
  const Store& store = **opened;
  EXPECT_EQ(store.head().revision, 7u);
  EXPECT_EQ(store.head().stamp, StampOfRevision(7));
  EXPECT_EQ(absl::BytesToHexString(store.head().leaf_hash), kLeafHash);
  const auto organization = *store.FindOrganization(one_, kNewest, Sealed::kMerge);
  ASSERT_TRUE(organization.has_value());
  EXPECT_EQ(organization->display_name(), "五华区晨光社会工作服务中心");
  EXPECT_EQ(organization->phone(), "0871-60000000");
  EXPECT_EQ((*store.FindOrganization(two_, 3, Sealed::kLeaveOut))->display_name(),
            "昆明市滇池环保协会（Ｄ）");
  EXPECT_EQ(
      (*store.FindRecord(one_, {.revision = 3, .ordinal = 1}, kNewest, Sealed::kMerge))->internal_note(),
      "内部备注");
  EXPECT_EQ((*store.FindListing({one_, v1::LIST_KIND_ABNORMAL, 1}, kNewest))->state(),
            v1::LISTING_STATE_ENDED);
  EXPECT_EQ((*store.FindStanding(one_, kNewest))->standing.facts_size(), 4);
  EXPECT_EQ(domain::TimeOf((*store.FindCompleteRead("registry-kunming", kNewest))->as_of()), FirstStamp());
  EXPECT_THAT(store.SearchNames("助老服务", 5)->codes, ElementsAre(CodeOfNumber(3)));
  EXPECT_THAT(store.SearchNames("滇池生态", 5)->codes, ElementsAre(two_));
  EXPECT_EQ(*store.RevisionAt(StampOfRevision(4)), 4u);
}

TEST_F(GoldenFolder, FoldsIntoTheSameViews) {
  const absl::Status verified = Verify({.folder = data_}, folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_F(GoldenFolder, TakesFurtherChanges) {
  const auto store = *Store::Open({.folder = data_});
  const auto again =
      *store->BeginGroup()->FindRequest("officer-of-wuhua", "request-3", "body", StampOfRevision(8));
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->same_body);
  EXPECT_EQ(CommitNext(*store, {OrganizationEvent(CodeOfNumber(4), "新登记的组织")}).value_or(0), 8u);
}

TEST_F(GoldenFolder, GainsTheTablesThatCameSinceAndNoRowsInThem) {
  const auto store = *Store::Open({.folder = data_});
  const auto unexpected = [](const auto&) {
    ADD_FAILURE() << "a row that the log does not give";
    return true;
  };
  EXPECT_TRUE(store->ScanDues(std::nullopt, absl::InfiniteFuture(), unexpected).ok());
  EXPECT_TRUE(
      store->ScanCases(Party::Authority("km-wuhua"), std::nullopt, false, kNewest, Sealed::kMerge, unexpected)
          .ok());
  EXPECT_EQ(store->FindFirstCode(one_, kNewest)->value_or(""), one_);
  EXPECT_EQ(store->simulated_clock(), std::nullopt);
}

class GoldenCases : public testing::Test {
 protected:
  GoldenCases() {
    std::filesystem::copy(CHENGXIN_SOURCE_DIR "/tests/golden/format-1-cases", data_,
                          std::filesystem::copy_options::recursive);
  }

  const std::string one_ = CodeOfNumber(1);
  const std::string two_ = CodeOfNumber(2);
  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
};

TEST_F(GoldenCases, AreOpenedAndAnswerAsTheyDidThen) {
  const auto opened = Store::Open({.folder = data_});
  ASSERT_TRUE(opened.ok()) << opened.status();
  const Store& store = **opened;
  EXPECT_EQ(store.head().revision, 7u);
  EXPECT_EQ(absl::BytesToHexString(store.head().leaf_hash), kCasesLeafHash);
  const auto decided = *store.FindCase({2, 1}, kNewest, Sealed::kMerge);
  ASSERT_TRUE(decided.has_value());
  EXPECT_EQ(decided->state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(decided->complainant(), "投诉人甲");
  EXPECT_EQ((*store.FindCase({2, 1}, 3, Sealed::kLeaveOut))->authority(), "authorities/km-wuhua");
  EXPECT_EQ((*store.FindApplication({5, 3}, kNewest, Sealed::kMerge))->state(),
            v1::APPLICATION_STATE_ACCEPTED);
  EXPECT_EQ((*store.FindAward({2, 4}, kNewest))->state(), v1::AWARD_STATE_CLOSED);
  EXPECT_EQ((*store.FindReceipt(3, kNewest))->agency(), "purchasers/yunling");
  EXPECT_EQ(store.FindFirstCode(CodeOfNumber(11), kNewest)->value_or(""), one_);
  EXPECT_EQ(store.FindFirstCode(CodeOfNumber(12), 5)->value_or(""), "");

  std::vector<std::string> open_cases, active_awards, dues;
  EXPECT_TRUE(store
                  .ScanCases(Party::Authority("km-wuhua"), std::nullopt, true, kNewest, Sealed::kLeaveOut,
                             [&](const v1::Case& the_case) {
                               open_cases.push_back(the_case.name());
                               return true;
                             })
                  .ok());
  EXPECT_THAT(open_cases, ElementsAre("cases/2-2"));
  EXPECT_TRUE(store
                  .ScanAwards(Party::Organization(one_), std::nullopt, true, kNewest,
                              [&](const v1::Award& award) {
                                active_awards.push_back(award.name());
                                return true;
                              })
                  .ok());
  EXPECT_THAT(active_awards, ElementsAre("awards/2-3"));
  EXPECT_TRUE(store
                  .ScanDues(std::nullopt, FirstStamp() + absl::Hours(24 * 365),
                            [&](const log::v1::Due& due) {
                              dues.push_back(due.resource());
                              return true;
                            })
                  .ok());
  EXPECT_THAT(dues, ElementsAre(domain::ListingNameOf({one_, v1::LIST_KIND_ABNORMAL, 1})));
}

TEST_F(GoldenCases, FoldIntoTheSameViews) {
  const absl::Status verified = Verify({.folder = data_}, folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

class GoldenSealed : public testing::Test {
 protected:
  GoldenSealed() {
    std::filesystem::copy(CHENGXIN_SOURCE_DIR "/tests/golden/format-1-sealed", data_,
                          std::filesystem::copy_options::recursive);
  }
  StoreOptions Options() const {
    return {.folder = data_, .sealing_keys = SealingKeysOf({"golden-1", "golden-2"})};
  }

  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
};

TEST_F(GoldenSealed, IsOpenedWithItsKeysAndAnswersAsItDidThen) {
  const auto opened = Store::Open(Options());
  ASSERT_TRUE(opened.ok()) << opened.status();
  const Store& store = **opened;
  EXPECT_EQ(store.head().revision, 9u);
  EXPECT_EQ(absl::BytesToHexString(store.head().leaf_hash), kSealedLeafHash);
  const auto phone_of = [&](int number, uint64_t at) {
    return (*store.FindOrganization(CodeOfNumber(number), at, Sealed::kMerge))->phone();
  };
  EXPECT_EQ(phone_of(1, kNewest), "0871-60000000") << "not encrypted";
  EXPECT_EQ(phone_of(3, kNewest), "0871-60000000") << "with the first key";
  EXPECT_EQ(phone_of(4, kNewest), "0871-60000000") << "with the second key";
  for (const uint64_t at : {uint64_t{1}, uint64_t{4}, kNewest}) EXPECT_EQ(phone_of(2, at), "") << "destroyed";
  EXPECT_EQ(store.ReadWholeChange(8)->events(0).destruction().places_size(), 4);
}

TEST_F(GoldenSealed, FoldsIntoTheSameViews) {
  const absl::Status verified = Verify(Options(), folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

}  // namespace
}  // namespace chengxin::storage
