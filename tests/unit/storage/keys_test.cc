// The bytes of keys and values, as docs/storage-format.md writes them down.
#include "storage/keys.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>

#include "chengxin/log/v1/change.pb.h"
#include "storage/derived_rows.h"

namespace chengxin::storage {
namespace {

using std::string_literals::operator""s;

const std::string kCode = "52530102MJT0000019";

TEST(Keys, NumbersAreBigEndianSoThatBytesSortAsNumbers) {
  EXPECT_EQ(RevisionKey(0x0102030405060708), "\x01\x02\x03\x04\x05\x06\x07\x08"s);
  EXPECT_LT(RevisionKey(255), RevisionKey(256));
  EXPECT_EQ(SealedKey(1, 2), "\0\0\0\0\0\0\0\x01\0\0\0\x02"s);
  EXPECT_EQ(ReadBigEndian64(RevisionKey(UINT64_MAX)), UINT64_MAX);
}

TEST(Keys, TheNewestVersionOfAResourceIsItsFirstRow) {
  EXPECT_LT(VersionKey(kCode, 8), VersionKey(kCode, 7));
  EXPECT_EQ(RevisionOf(VersionKey(kCode, 7)), 7u);
  EXPECT_EQ(ResourceOf(VersionKey(kCode, 7)), kCode);
  EXPECT_EQ(VersionKey("", 1), "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE"s);
}

TEST(Keys, RecordsAndListingsSortByCodeThenByAge) {
  EXPECT_EQ(RecordResource(kCode, {.revision = 3, .ordinal = 1}), kCode + "\0\0\0\0\0\0\0\x03\0\0\0\x01"s);
  const domain::ListingId listing{.code = kCode, .list = v1::LIST_KIND_SEVERE, .episode = 1};
  EXPECT_EQ(ListingResource(listing), kCode + "\x02\0\0\0\x01"s);
  EXPECT_EQ(ParseListingResource(ListingResource(listing)), listing);
  EXPECT_EQ(ParseListingResource(kCode), std::nullopt);
  EXPECT_EQ(ParseListingResource(kCode + "\x07\0\0\0\x01"s), std::nullopt);
}

TEST(Keys, ARecordIsFoundByItsSourcesKeyAlsoWhereTheSourceIsNamedInFull) {
  EXPECT_EQ(RecordKeyKey(kCode, "court-defaulters", "k"), kCode + "court-defaulters\0k"s);
  EXPECT_EQ(RecordKeyKey(kCode, "sources/court-defaulters", "k"),
            RecordKeyKey(kCode, "court-defaulters", "k"));
  EXPECT_EQ(RecordKeyKey(kCode, "", "k"), kCode + "\0k"s);
}

TEST(Keys, AVersionSaysWhichEventMadeItAndWhetherMoreIsSealed) {
  log::v1::SourceRead read;
  read.set_source("sources/a");
  std::string value;
  WriteVersion(2, true, read, value);
  EXPECT_EQ(value, "\0\0\0\x02\x01"s + read.SerializeAsString());
  const auto version = ReadVersion(value);
  ASSERT_TRUE(version.has_value());
  EXPECT_EQ(version->ordinal, 2u);
  EXPECT_TRUE(version->sealed);
  EXPECT_EQ(ReadVersion("\0\0\0\x01"s), std::nullopt);
}

TEST(Keys, ARequestKeepsRevisionStampAndDigest) {
  const std::string digest(kDigestSize, 'd');
  const std::string value = RequestValue({.revision = 1, .stamp_ns = 2, .digest = digest});
  EXPECT_EQ(value, "\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x02"s + digest);
  EXPECT_EQ(ParseRequestValue(value)->stamp_ns, 2);
  EXPECT_FALSE(ParseRequestValue(value + "x").has_value());
}

TEST(Keys, DuesSortByInstantThenKindThenResource) {
  const auto due = [](int64_t ns, v1::DeadlineKind kind, std::string_view resource) {
    log::v1::Due one;
    one.set_nominal_ns(ns);
    one.set_kind(kind);
    one.set_resource(std::string(resource));
    return one;
  };
  const log::v1::Due in_order[] = {due(1, v1::DEADLINE_KIND_ESCALATION, "listings/b"),
                                   due(256, v1::DEADLINE_KIND_REDECISION, "cases/1-1"),
                                   due(256, v1::DEADLINE_KIND_DISPLAY_END, "listings/a"),
                                   due(256, v1::DEADLINE_KIND_DISPLAY_END, "listings/b")};
  for (size_t i = 0; i < std::size(in_order); ++i) {
    const auto parsed = ParseDueKey(DueKey(in_order[i]));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(parsed->SerializeAsString(), in_order[i].SerializeAsString());
    if (i > 0) {
      EXPECT_LT(DueKey(in_order[i - 1]), DueKey(in_order[i]));
    }
  }
  EXPECT_FALSE(ParseDueKey("").has_value());
  EXPECT_FALSE(ParseDueKey(std::string(9, '\1')).has_value()) << "no resource";
  EXPECT_FALSE(ParseDueKey(std::string(8, '\0') + "\x7f"
                                                  "cases/1-1")
                   .has_value())
      << "no such kind";
}

TEST(Keys, ADocketHasTheNewestFirstAndNoPartyIsTheBeginningOfAnother) {
  const std::string prefix = DocketPrefix(Party::Authority("km"), Docket::kCases, false);
  EXPECT_LT(DocketKey(prefix, {300, 1}), DocketKey(prefix, {2, 9}));
  EXPECT_LT(DocketKey(prefix, {2, 9}), DocketKey(prefix, {2, 1}));
  EXPECT_EQ(IdOfDocketKey(DocketKey(prefix, {300, 7})), (domain::RecordId{300, 7}));
  EXPECT_FALSE(IdOfDocketKey("short").has_value());
  EXPECT_FALSE(DocketPrefix(Party::Authority("km-wuhua"), Docket::kCases, false).starts_with(prefix));
  EXPECT_NE(prefix, DocketPrefix(Party::Purchaser("km"), Docket::kCases, false));
}

TEST(Keys, AnAliasIsReadAsItWasWritten) {
  const auto alias = ParseAliasValue(AliasValue({.first_code = "52530102MJT000010G", .revision = 7}));
  ASSERT_TRUE(alias.has_value());
  EXPECT_EQ(alias->first_code, "52530102MJT000010G");
  EXPECT_EQ(alias->revision, 7u);
  EXPECT_FALSE(ParseAliasValue("52530102MJT000010G").has_value());
}

}  // namespace
}  // namespace chengxin::storage
