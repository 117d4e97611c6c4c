// Resource names are built and taken apart in one way only.
#include "domain/resource_names.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace chengxin::domain {
namespace {

constexpr char kCode[] = "51530100MJT000010G";

TEST(ResourceNames, AreTakenApartAsTheyWereBuilt) {
  EXPECT_EQ(OrganizationName(kCode), "organizations/51530100MJT000010G");
  EXPECT_EQ(ParseOrganizationName(OrganizationName(kCode)), kCode);
  const RecordId id{.revision = std::numeric_limits<uint64_t>::max(),
                    .ordinal = std::numeric_limits<uint32_t>::max()};
  const auto record = ParseRecordName(RecordNameOf(kCode, id));
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->code, kCode);
  EXPECT_EQ(record->id, id);
  EXPECT_EQ(RecordNameOf(kCode, {.revision = 7, .ordinal = 1}),
            "organizations/51530100MJT000010G/records/7-1");
  EXPECT_EQ(ParseAuthorityName(AuthorityName("km-wuhua")), "km-wuhua");
  EXPECT_EQ(ParseSourceName(SourceName("o60-lists")), "o60-lists");
  EXPECT_EQ(ParsePurchaserName("purchasers/km-culture"), "km-culture");
}

TEST(ResourceNames, AListingSaysItsListAndEpisode) {
  const ListingId severe{.code = kCode, .list = v1::LIST_KIND_SEVERE, .episode = 1};
  EXPECT_EQ(ListingNameOf(severe), "listings/51530100MJT000010G-S1");
  EXPECT_EQ(ParseListingName(ListingNameOf(severe)), severe);
  const ListingId abnormal{.code = kCode, .list = v1::LIST_KIND_ABNORMAL, .episode = 12};
  EXPECT_EQ(ListingNameOf(abnormal), "listings/51530100MJT000010G-A12");
  EXPECT_EQ(ParseListingName(ListingNameOf(abnormal)), abnormal);
}

// A registry may have confirmed a code whose check character fails (rule 5); its records have names too.
TEST(Rule5, AConfirmedCodeHasNames) {
  EXPECT_TRUE(ParseRecordName("organizations/53100000500020462H/records/7-1").has_value());
  EXPECT_TRUE(ParseListingName("listings/53100000500020462H-S1").has_value());
}

TEST(ResourceNames, NothingElseIsARecord) {
  for (const char* wrong :
       {"organizations/51530100MJT000010G/records/", "organizations/51530100MJT000010G/records/7",
        "organizations/51530100MJT000010G/records/7-", "organizations/51530100MJT000010G/records/-1",
        "organizations/51530100MJT000010G/records/07-1", "organizations/51530100MJT000010G/records/7-01",
        "organizations/51530100MJT000010G/records/0-1", "organizations/51530100MJT000010G/records/7-1/",
        "organizations/51530100MJT000010G/records/7-1 ", "organizations/51530100MJT000010G/records/+7-1",
        "organizations/51530100MJT000010G/records/18446744073709551616-1",
        "organizations/51530100MJT000010G/records/7-4294967296",
        "organizations/51530100mjt000010g/records/7-1", "organizations/51530100MJT000010/records/7-1",
        "organizations//records/7-1", "records/7-1", ""}) {
    EXPECT_FALSE(ParseRecordName(wrong).has_value()) << wrong;
  }
}

TEST(ResourceNames, NothingElseIsAListing) {
  for (const char* wrong :
       {"listings/51530100MJT000010G", "listings/51530100MJT000010G-S", "listings/51530100MJT000010G-S0",
        "listings/51530100MJT000010G-S01", "listings/51530100MJT000010G-B1", "listings/51530100MJT000010G-s1",
        "listings/51530100MJT000010G-S1x", "listings/51530100MJT000010G-S4294967296",
        "listings/5153010 MJT000010G-S1", "51530100MJT000010G-S1", "listings/", ""}) {
    EXPECT_FALSE(ParseListingName(wrong).has_value()) << wrong;
  }
}

TEST(ResourceNames, NothingElseIsAnOrganizationOrAnId) {
  for (const char* wrong :
       {"organizations/", "organizations/a/b", "organization/a", "51530100MJT000010G", ""}) {
    EXPECT_FALSE(ParseOrganizationName(wrong).has_value()) << wrong;
  }
  for (const std::string& wrong :
       {std::string("authorities/"), std::string("authorities/KM"), std::string("authorities/km/wuhua"),
        std::string("authorities/km wuhua"), std::string("sources/km"), "authorities/" + std::string(64, 'a'),
        std::string("authorities/昆明"), std::string("km")}) {
    EXPECT_FALSE(ParseAuthorityName(wrong).has_value()) << wrong;
  }
  EXPECT_TRUE(ParseAuthorityName("authorities/" + std::string(63, 'a')).has_value());
}

}  // namespace
}  // namespace chengxin::domain
