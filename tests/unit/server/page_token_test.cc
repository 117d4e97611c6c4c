#include "server/page_token.h"

#include <gtest/gtest.h>

#include <string>

#include "base/strings.h"
#include "domain/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "tests/support/fake_clock.h"

namespace chengxin::server {
namespace {

constexpr absl::Duration kLifetime = absl::Hours(1);

class PageTokenTest : public testing::Test {
 protected:
  FakeClock clock_{absl::FromUnixSeconds(1'795'572'000)};
  PageTokens tokens_{std::string(32, 'k'), clock_, kLifetime};
};

// The field that a status finds fault with.
std::string FieldOf(const absl::Status& status) {
  const auto payload = status.GetPayload(ToAbsl(domain::kBadRequestUrl));
  google::rpc::BadRequest wrong;
  if (!payload.has_value() || !wrong.ParseFromString(std::string(*payload))) return "";
  return wrong.field_violations(0).field();
}

TEST_F(PageTokenTest, ATokenLeadsOnFromWhereThePageEnded) {
  const std::string token = tokens_.Make("ListListings 五华区", {.revision = 42, .after = "listings/1"});
  const auto cursor = tokens_.Read("ListListings 五华区", token);
  ASSERT_TRUE(cursor.ok()) << cursor.status();
  EXPECT_EQ(cursor->revision, 42u);
  EXPECT_EQ(cursor->after, "listings/1");
}

TEST_F(PageTokenTest, ATokenCanStandInAnAddress) {
  const std::string token = tokens_.Make("q", {.revision = UINT64_MAX, .after = "名录/甲\xff"});
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos)
      << token;
}

TEST_F(PageTokenTest, ATokenServesItsOwnQuestionAlone) {
  const std::string token = tokens_.Make("ListListings 五华区", {.revision = 42, .after = "x"});
  const auto cursor = tokens_.Read("ListListings 盘龙区", token);
  EXPECT_EQ(cursor.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldOf(cursor.status()), "page_token");
}

TEST_F(PageTokenTest, WhereQuestionAndCursorMeetCannotBeShifted) {
  // The same bytes after one another, cut elsewhere.
  const std::string token = tokens_.Make("ab", {.revision = 1, .after = ""});
  EXPECT_FALSE(tokens_.Read("a", token).ok());
  EXPECT_FALSE(tokens_.Read("abc", token).ok());
}

TEST_F(PageTokenTest, EveryAlteredCharacterIsNoticed) {
  const std::string token = tokens_.Make("q", {.revision = 7, .after = "listings/52530102MJT000010G-S1"});
  for (size_t i = 0; i + 1 < token.size(); ++i) {
    std::string altered = token;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    const auto cursor = tokens_.Read("q", altered);
    EXPECT_EQ(cursor.status().code(), absl::StatusCode::kInvalidArgument) << "character " << i;
  }
}

TEST_F(PageTokenTest, WhatIsNoTokenIsSaidToBeNone) {
  const std::string token = tokens_.Make("q", {.revision = 7, .after = ""});
  for (const std::string& wrong : {std::string("x"), std::string("!!!"), token.substr(0, token.size() / 2),
                                   token + token, std::string(100'000, 'A')}) {
    EXPECT_EQ(FieldOf(tokens_.Read("q", wrong).status()), "page_token") << wrong.substr(0, 40);
  }
}

TEST_F(PageTokenTest, AnotherServersTokenIsRefused) {
  const PageTokens other(std::string(32, 'o'), clock_, kLifetime);
  EXPECT_FALSE(tokens_.Read("q", other.Make("q", {.revision = 7, .after = ""})).ok());
}

// Otherwise a token kept for a year would show what has been repaired since.
TEST_F(PageTokenTest, Rule35ATokenEndsWithItsLifetime) {
  const std::string token = tokens_.Make("q", {.revision = 7, .after = ""});
  clock_.Advance(kLifetime);
  EXPECT_TRUE(tokens_.Read("q", token).ok());
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(FieldOf(tokens_.Read("q", token).status()), "page_token");
}

}  // namespace
}  // namespace chengxin::server
