#include "server/authenticator.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/uscc.h"
#include "server/principal_table.h"

namespace chengxin::server {
namespace {

std::string OwnCode() { return domain::Uscc::WithChecks("52530102", "MJT00001")->ToString(); }

TEST(DevelopmentAuthenticator, WhoSaysNothingIsThePublic) {
  const auto principal = PrincipalOf({});
  ASSERT_TRUE(principal.ok()) << principal.status();
  EXPECT_EQ(principal->role(), v1::ROLE_PUBLIC);
  EXPECT_EQ(principal->subject(), "public");
}

TEST(DevelopmentAuthenticator, AnOfficerIsBoundToAnAuthority) {
  const auto principal = PrincipalOf(
      {.subject = "officer-7", .role = "civil-affairs", .authority = "authorities/km-wuhua", .unit = ""});
  ASSERT_TRUE(principal.ok()) << principal.status();
  EXPECT_EQ(principal->subject(), "officer-7");
  EXPECT_EQ(principal->role(), v1::ROLE_CIVIL_AFFAIRS);
  EXPECT_EQ(principal->authority(), "authorities/km-wuhua");
}

TEST(DevelopmentAuthenticator, ASubjectIsMadeUpFromWhatTheRoleIsBoundTo) {
  EXPECT_EQ(PrincipalOf({.role = "purchaser", .unit = "purchasers/km-culture"})->subject(),
            "purchaser:purchasers/km-culture");
  EXPECT_EQ(PrincipalOf({.role = "civil-affairs", .authority = "authorities/km"})->subject(),
            "civil-affairs:authorities/km");
  EXPECT_EQ(PrincipalOf({.role = "sync", .unit = "sources/registry-kunming"})->subject(),
            "sync:sources/registry-kunming");
  EXPECT_EQ(PrincipalOf({.role = "audit"})->subject(), "audit");
}

TEST(DevelopmentAuthenticator, AnOrganizationIsKnownByItsCode) {
  std::string lower = OwnCode();
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  const auto principal = PrincipalOf({.role = "organization", .unit = lower});
  ASSERT_TRUE(principal.ok()) << principal.status();
  EXPECT_EQ(principal->unit(), OwnCode());
}

TEST(Rule61, AnAgencySaysWhomItActsForAndElseForNobody) {
  EXPECT_EQ(PrincipalOf({.role = "agency", .unit = "purchasers/km-agency"})->entrustments_size(), 0);
  const auto agency =
      PrincipalOf({.role = "agency",
                   .unit = "purchasers/km-agency",
                   .entrustments = "purchasers/km-culture,purchasers/km-health/projects/KMZC-2026-1"});
  ASSERT_TRUE(agency.ok()) << agency.status();
  ASSERT_EQ(agency->entrustments_size(), 2);
  EXPECT_EQ(agency->entrustments(0), "purchasers/km-culture");
  EXPECT_EQ(agency->entrustments(1), "purchasers/km-health/projects/KMZC-2026-1");
  const auto many = [](int count) {
    std::string entrustments = "purchasers/x";
    while (--count > 0) entrustments += ",purchasers/x";
    return PrincipalOf({.role = "agency", .unit = "purchasers/km-agency", .entrustments = entrustments}).ok();
  };
  EXPECT_TRUE(many(100));
  EXPECT_FALSE(many(101));
}

TEST(Rule61, ThePrincipalsFileEntrustsAgenciesAloneAndBindsSyncAndFinance) {
  const auto is_right = [](v1::Role role, const char* authority, const char* unit, const char* entrustment) {
    config::v1::Principals file;
    v1::Principal& principal = *file.add_rows()->mutable_principal();
    principal.set_subject("somebody");
    principal.set_role(role);
    principal.set_authority(authority);
    principal.set_unit(unit);
    if (*entrustment != 0) principal.add_entrustments(entrustment);
    return PrincipalTable::Compile(file).ok();
  };
  EXPECT_TRUE(is_right(v1::ROLE_AGENCY, "", "purchasers/a", ""));
  EXPECT_TRUE(is_right(v1::ROLE_AGENCY, "", "purchasers/a", "purchasers/x/projects/昆采〔2026〕1号"));
  EXPECT_FALSE(is_right(v1::ROLE_AGENCY, "", "purchasers/a", "x"));
  EXPECT_FALSE(is_right(v1::ROLE_PURCHASER, "", "purchasers/a", "purchasers/x"));
  EXPECT_TRUE(is_right(v1::ROLE_SYNC, "", "sources/registry-kunming", ""));
  EXPECT_FALSE(is_right(v1::ROLE_SYNC, "", "", ""));
  EXPECT_TRUE(is_right(v1::ROLE_FINANCE, "authorities/km", "", ""));
  EXPECT_FALSE(is_right(v1::ROLE_FINANCE, "", "", ""));
}

TEST(DevelopmentAuthenticator, EveryRoleHasANameAndNoneHasTwo) {
  for (int number = v1::ROLE_PUBLIC; number <= v1::Role_MAX; ++number) {
    const auto role = static_cast<v1::Role>(number);
    EXPECT_NE(NameOf(role), "") << number;
    EXPECT_EQ(RoleOf(NameOf(role)), role);
  }
  EXPECT_EQ(NameOf(v1::ROLE_UNSPECIFIED), "");
  EXPECT_FALSE(RoleOf("Civil-Affairs").has_value());
}

TEST(DevelopmentAuthenticator, AWrongClaimIsToldWhatWasExpected) {
  const std::string too_long(kMaximumIdentityLength + 1, 'x');
  const struct {
    ClaimedIdentity claimed;
    std::string_view expected;
  } cases[] = {
      {{.role = "king"}, "chengxin-role"},
      {{.role = "civil-affairs"}, "authorities/{id}"},
      {{.role = "civil-affairs", .authority = "km-wuhua"}, "authorities/{id}"},
      {{.role = "civil-affairs", .authority = "authorities/"}, "authorities/{id}"},
      {{.role = "civil-affairs", .authority = "authorities/km", .unit = "purchasers/x"}, "no chengxin-unit"},
      {{.role = "purchaser"}, "purchasers/{id}"},
      {{.role = "purchaser", .unit = "km-culture"}, "purchasers/{id}"},
      {{.role = "agency", .authority = "authorities/km", .unit = "purchasers/x"}, "no chengxin-authority"},
      {{.role = "finance"}, "authorities/{id}"},
      {{.role = "sync"}, "sources/{id}"},
      {{.role = "sync", .unit = "registry-kunming"}, "sources/{id}"},
      {{.role = "sync", .unit = "purchasers/km-culture"}, "sources/{id}"},
      {{.role = "agency", .unit = "purchasers/x", .entrustments = "km-culture"}, "purchasers/{id}"},
      {{.role = "agency", .unit = "purchasers/x", .entrustments = "purchasers/a,"}, "purchasers/{id}"},
      {{.role = "purchaser", .unit = "purchasers/x", .entrustments = "purchasers/x"}, "an agency alone"},
      {{.role = "organization"}, "code"},
      {{.role = "organization", .unit = "purchasers/km-culture"}, "code"},
      {{.authority = "authorities/km"}, "no chengxin-authority"},
      {{.subject = too_long}, "at most 100 bytes"},
  };
  for (const auto& [claimed, expected] : cases) {
    const auto principal = PrincipalOf(claimed);
    EXPECT_EQ(principal.status().code(), absl::StatusCode::kUnauthenticated)
        << claimed.role << ' ' << claimed.authority;
    EXPECT_NE(std::string(principal.status().message()).find(expected), std::string::npos)
        << principal.status();
  }
  EXPECT_TRUE(PrincipalOf({.subject = std::string_view(too_long).substr(1)}).ok()) << "100 bytes are allowed";
}

}  // namespace
}  // namespace chengxin::server
