#include "client/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "client/error.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Identity, AnOfficerSpeaksForTheAuthority) {
  const auto identity = Identity::Parse("civil-affairs:km-wuhua");
  ASSERT_TRUE(identity.ok());
  EXPECT_THAT(identity->Metadata(), ElementsAre(Pair("chengxin-role", "civil-affairs"),
                                                Pair("chengxin-authority", "authorities/km-wuhua")));
  EXPECT_EQ(Identity::Parse("civil-affairs:authorities/km-wuhua")->authority, "authorities/km-wuhua");
}

TEST(Identity, APurchaserSpeaksForTheUnit) {
  EXPECT_THAT(
      Identity::Parse("purchaser:km-culture")->Metadata(),
      ElementsAre(Pair("chengxin-role", "purchaser"), Pair("chengxin-unit", "purchasers/km-culture")));
  EXPECT_EQ(Identity::Parse("agency:km-bidding")->unit, "purchasers/km-bidding");
}

TEST(Identity, AnOrganizationSpeaksForItselfByItsCode) {
  EXPECT_EQ(Identity::Parse("organization:51530100mjt000010g")->unit, "51530100MJT000010G");
  EXPECT_FALSE(Identity::Parse("organization:51530100").ok());
}

TEST(Identity, SomeRolesAreBoundToNothing) {
  for (const char* text : {"public", "admin", "audit"}) {
    const auto identity = Identity::Parse(text);
    ASSERT_TRUE(identity.ok()) << text;
    EXPECT_THAT(identity->Metadata(), ElementsAre(Pair("chengxin-role", text)));
  }
  EXPECT_EQ(Identity::Parse("finance:km")->authority, "authorities/km");
}

TEST(Identity, ASyncJobSpeaksForItsSource) {
  EXPECT_THAT(Identity::Parse("sync:registry-kunming")->Metadata(),
              ElementsAre(Pair("chengxin-role", "sync"), Pair("chengxin-unit", "sources/registry-kunming")));
  EXPECT_EQ(Identity::Parse("sync:sources/tax-violations")->unit, "sources/tax-violations");
}

TEST(Identity, AnAgencySaysByWhomItIsEntrusted) {
  Identity agency = *Identity::Parse("agency:km-agency");
  EXPECT_TRUE(agency.Entrust("km-culture").ok());
  EXPECT_TRUE(agency.Entrust("purchasers/km-health/projects/KMZC-2026-1").ok());
  EXPECT_THAT(agency.Metadata(),
              ElementsAre(Pair("chengxin-role", "agency"), Pair("chengxin-unit", "purchasers/km-agency"),
                          Pair("chengxin-entrustments",
                               "purchasers/km-culture,purchasers/km-health/projects/KMZC-2026-1")));
  for (const char* text : {"", "KM", "km-culture/", "km-culture/projects/", "km-culture/projects/a,b",
                           "km-culture/projects/a b", "km-culture/projects/昆采1号"}) {
    const absl::Status wrong = agency.Entrust(text);
    ASSERT_EQ(ViolationsOf(wrong).size(), 1u) << text;
    EXPECT_EQ(ViolationsOf(wrong)[0].field(), "entrusted-by") << text;
  }
  Identity purchaser = *Identity::Parse("purchaser:km-culture");
  EXPECT_FALSE(purchaser.Entrust("km-culture").ok());
}

TEST(Identity, SaysWhatWasExpectedOtherwise) {
  for (const char* text : {"", "officer", "civil-affairs", "civil-affairs:", "purchaser", "sync", "finance",
                           "public:", "admin:km", "civil-affairs:KM", "civil-affairs:km wuhua",
                           "civil-affairs:五华", "purchaser:a:b"}) {
    const auto identity = Identity::Parse(text);
    ASSERT_EQ(identity.status().code(), absl::StatusCode::kInvalidArgument) << text;
    ASSERT_EQ(ViolationsOf(identity.status()).size(), 1u) << text;
    EXPECT_EQ(ViolationsOf(identity.status())[0].field(), "as") << text;
  }
}

TEST(Identity, WithoutOneTheCallerIsThePublic) { EXPECT_TRUE(Identity().Metadata().empty()); }

}  // namespace
}  // namespace chengxin::client
