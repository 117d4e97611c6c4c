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
  for (const char* text : {"public", "sync", "admin", "audit", "finance"}) {
    const auto identity = Identity::Parse(text);
    ASSERT_TRUE(identity.ok()) << text;
    EXPECT_THAT(identity->Metadata(), ElementsAre(Pair("chengxin-role", text)));
  }
  EXPECT_EQ(Identity::Parse("finance:km")->authority, "authorities/km");
}

TEST(Identity, SaysWhatWasExpectedOtherwise) {
  for (const char* text :
       {"", "officer", "civil-affairs", "civil-affairs:", "purchaser", "sync:x", "public:", "admin:km",
        "civil-affairs:KM", "civil-affairs:km wuhua", "civil-affairs:五华", "purchaser:a:b"}) {
    const auto identity = Identity::Parse(text);
    ASSERT_EQ(identity.status().code(), absl::StatusCode::kInvalidArgument) << text;
    ASSERT_EQ(ViolationsOf(identity.status()).size(), 1u) << text;
    EXPECT_EQ(ViolationsOf(identity.status())[0].field(), "as") << text;
  }
}

TEST(Identity, WithoutOneTheCallerIsThePublic) { EXPECT_TRUE(Identity().Metadata().empty()); }

}  // namespace
}  // namespace chengxin::client
