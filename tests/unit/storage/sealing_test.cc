// What is sealed, encrypted at rest (rule 62): who has the disk and not the key file learns nothing of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/store.h"
#include "storage/tables.h"
#include "tests/support/fault_env.h"
#include "tests/support/folder_bytes.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What the sample history holds of persons and of the authorities' own.
constexpr std::string_view kPhone = "0871-60000000";
constexpr std::string_view kSealedTexts[] = {kPhone, "6222000000000000", "内部备注"};

class SealingTest : public testing::Test {
 protected:
  using Keys = std::vector<std::string>;

  StoreOptions Options(const Keys& keys) {
    StoreOptions options = SmallOptions(data_, env_.env());
    if (!keys.empty()) options.sealing_keys = SealingKeysOf(keys);
    return options;
  }
  std::unique_ptr<Store> Open(const Keys& keys) {
    auto store = Store::Open(Options(keys));
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }
  void WriteSample(const Keys& keys) {
    const auto store = Open(keys);
    const absl::Status written = WriteSampleHistory(*store);
    ASSERT_TRUE(written.ok()) << written;
  }
  absl::Status RunVerify(const Keys& keys) {
    return Verify(Options(keys), folder_.path() + "/scratch-" + std::to_string(++runs_), nullptr);
  }
  absl::StatusOr<std::string> PhoneOf(const Store& store, const std::string& code, uint64_t at = kNewest) {
    const auto found = store.FindOrganization(code, at, Sealed::kMerge);
    if (!found.ok()) return found.status();
    return (*found)->phone();
  }
  log::v1::SealedPart RawPart(uint64_t revision, uint32_t ordinal) {
    const auto tables = *Tables::Open(Options({}));
    std::string row;
    EXPECT_TRUE(*tables->Get(Table::kSealed, SealedKey(revision, ordinal), row));
    log::v1::SealedPart part;
    EXPECT_TRUE(part.ParseFromString(row));
    return part;
  }
  void PutRawPart(uint64_t revision, uint32_t ordinal, const log::v1::SealedPart& part) {
    const auto tables = *Tables::Open(Options({}));
    EXPECT_TRUE(
        tables->db()
            .Put({}, tables->handle(Table::kSealed), SealedKey(revision, ordinal), part.SerializeAsString())
            .ok());
  }

  const std::string one_ = CodeOfNumber(1);
  const std::string two_ = CodeOfNumber(2);
  FaultEnv env_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  const std::string data_ = folder_.path() + "/data";
  int runs_ = 0;
};

TEST_F(SealingTest, Rule62NoFileOfTheFolderHoldsAByteOfWhatWasSealed) {
  for (const bool encrypted : {true, false}) {
    const Keys keys = encrypted ? Keys{"key-1"} : Keys{};
    WriteSample(keys);
    // First in the write-ahead log, and once opened again in table files.
    for (const bool opened_again : {false, true}) {
      if (opened_again) Open(keys).reset();
      for (const std::string_view text : kSealedTexts) {
        EXPECT_EQ(FilesHolding(data_, text).empty(), encrypted) << text << opened_again;
      }
    }
    EXPECT_THAT(FilesHolding(data_, "晨光"), Not(IsEmpty())) << "what is published is there to be found";
    const auto store = Open(keys);
    EXPECT_EQ(PhoneOf(*store, one_).value_or(""), kPhone);
    EXPECT_EQ((*store->FindRecord(one_, {3, 1}, kNewest, Sealed::kMerge))->internal_note(), "内部备注");
    EXPECT_EQ(store->ReadWholeChange(1)->events(0).organization().phone(), kPhone);
    EXPECT_TRUE(
        (*store->BeginGroup()->FindRequest("officer-of-wuhua", "request-3", "body", StampOfRevision(7)))
            ->same_body);
    std::filesystem::remove_all(data_);
  }
}

TEST_F(SealingTest, EachPartHasAKeyOfItsOwnAndNamesWhatItIsEncryptedWith) {
  WriteSample({"key-1"});
  const log::v1::SealedPart header = RawPart(1, 0);
  const log::v1::SealedPart part = RawPart(1, 1);
  for (const log::v1::SealedPart& one : {header, part}) {
    EXPECT_EQ(one.algorithm(), "AES-256-GCM");
    EXPECT_EQ(one.wrapped_by(), "key-1");
    EXPECT_EQ(one.key().size(), 12u + 32u + 16u);
    EXPECT_EQ(one.salt(), "") << "the salt would let what was sealed be guessed from its digest";
  }
  EXPECT_NE(header.key(), part.key());
}

TEST_F(SealingTest, ThePlatformVerifiesWithTheKeysAndSaysWhichIsMissingWithoutThem) {
  WriteSample({"key-1"});
  const absl::Status verified = RunVerify({"key-1"});
  EXPECT_TRUE(verified.ok()) << verified;
  for (const Keys& keys : {Keys{}, Keys{"key-2"}}) {
    const absl::Status refused = RunVerify(keys);
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(refused.message()), HasSubstr("key-1"));
  }
}

TEST_F(SealingTest, AFolderIsNotOpenedWithoutTheKeyOfItsLastChange) {
  WriteSample({"key-1"});
  for (const Keys& keys : {Keys{}, Keys{"key-2"}}) {
    const auto refused = Store::Open(Options(keys));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(refused.status().message()), HasSubstr("key-1"));
  }
  EXPECT_EQ(PhoneOf(*Open({"key-1"}), one_).value_or(""), kPhone);
}

TEST_F(SealingTest, ANewKeySealsFromThenOnAndTheOldOneIsNeededToReadWhatItSealed) {
  WriteSample({"key-1"});
  {
    const auto store = Open({"key-1", "key-2"});
    ASSERT_TRUE(CommitNext(*store, {OrganizationEvent(CodeOfNumber(3), "昆明市官渡区助老服务社")}).ok());
    EXPECT_EQ(PhoneOf(*store, one_).value_or(""), kPhone);
  }
  EXPECT_EQ(RawPart(7, 1).wrapped_by(), "key-2");
  EXPECT_EQ(RawPart(1, 1).wrapped_by(), "key-1");
  const auto store = Open({"key-2"});
  EXPECT_EQ(PhoneOf(*store, CodeOfNumber(3)).value_or(""), kPhone);
  const auto unread = PhoneOf(*store, one_);
  EXPECT_EQ(unread.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(unread.status().message()), HasSubstr("key-1"));
  EXPECT_EQ(store->ReadWholeChange(1).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(store->FindOrganization(one_, kNewest, Sealed::kLeaveOut).ok()) << "what is public stays so";
}

TEST_F(SealingTest, WhatWasNotEncryptedStaysReadableOnceThereAreKeys) {
  WriteSample({});
  const auto store = Open({"key-1"});
  ASSERT_TRUE(CommitNext(*store, {OrganizationEvent(CodeOfNumber(3), "昆明市官渡区助老服务社")}).ok());
  EXPECT_EQ(PhoneOf(*store, one_).value_or(""), kPhone);
  EXPECT_EQ(PhoneOf(*store, CodeOfNumber(3)).value_or(""), kPhone);
}

TEST_F(SealingTest, APartMovedToAnotherPlaceIsNotReadThere) {
  WriteSample({"key-1"});
  const auto store_part = RawPart(1, 1);
  ASSERT_EQ(RawPart(1, 2).algorithm(), "AES-256-GCM");
  PutRawPart(1, 2, store_part);
  const auto read = PhoneOf(*Open({"key-1"}), two_, 1);
  EXPECT_EQ(read.status().code(), absl::StatusCode::kDataLoss) << "the other organization's is not its own";
  EXPECT_EQ(RunVerify({"key-1"}).code(), absl::StatusCode::kDataLoss);
}

TEST_F(SealingTest, AForgedPartIsNotRead) {
  WriteSample({"key-1"});
  const log::v1::SealedPart part = RawPart(1, 1);
  std::vector<log::v1::SealedPart> forgeries(3, part);
  forgeries[0].mutable_content()->back() ^= 1;
  forgeries[1].mutable_key()->front() ^= 1;
  forgeries[2].set_algorithm("AES-256-CBC");
  for (const log::v1::SealedPart& forged : forgeries) {
    PutRawPart(1, 1, forged);
    EXPECT_EQ(PhoneOf(*Open({"key-1"}), one_, 1).status().code(), absl::StatusCode::kDataLoss);
  }
  PutRawPart(1, 1, part);
  EXPECT_EQ(PhoneOf(*Open({"key-1"}), one_, 1).value_or(""), kPhone);
}

}  // namespace
}  // namespace chengxin::storage
