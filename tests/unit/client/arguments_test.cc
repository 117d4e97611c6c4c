#include "client/cli/arguments.h"

#include <gtest/gtest.h>

#include <sstream>

#include "client/cli/instants.h"
#include "client/error.h"
#include "tests/support/fake_clock.h"

namespace chengxin::cli {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'795'000'000);

std::string FieldOf(const absl::Status& status) {
  const auto violations = client::ViolationsOf(status);
  return violations.empty() ? "" : violations[0].field();
}

// Rule 65: days and hours without an offset are those of Asia/Shanghai.
TEST(ParseInstant, Rule65AnHourWithoutAnOffsetIsShanghais) {
  const auto instant = ParseInstant("as-of", "2026-11-23 00:00", kNow);
  ASSERT_TRUE(instant.ok());
  EXPECT_EQ(FormatInstant(*instant), "2026-11-23 00:00:00");
  EXPECT_EQ(ParseInstant("as-of", "2026-11-22T16:00:00Z", kNow)->seconds(), instant->seconds());
  EXPECT_EQ(ParseInstant("as-of", "2026-11-23T00:00:00+08:00", kNow)->seconds(), instant->seconds());
  EXPECT_EQ(ParseInstant("as-of", "2026-11-23 00:00:00", kNow)->seconds(), instant->seconds());
}

TEST(ParseInstant, WhatIsPrintedCanBeAskedForAgainToTheNanosecond) {
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(1'795'000'000);
  stamp.set_nanos(123'456'789);
  const auto again = ParseInstant("known-at", FormatInstant(stamp), kNow);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->seconds(), stamp.seconds());
  EXPECT_EQ(again->nanos(), stamp.nanos());
  EXPECT_EQ(FormatToSecond(stamp).size(), 19u);
}

TEST(ParseInstant, NowIsTheClocks) {
  EXPECT_EQ(ParseInstant("as-of", "now", kNow)->seconds(), 1'795'000'000);
}

TEST(ParseInstant, ABareDayOrAnythingElseIsNotGuessed) {
  for (const char* text :
       {"", "2026-11-23", "2026-02-30 10:00", "2026-11-23 24:01", "2026-11-23T10:00:00", "23.11.2026 10:00",
        "2026-11-23 10:00 ", "yesterday", "2026-11-23 10", "2026/11/23 10:00"}) {
    const auto instant = ParseInstant("cut-off", text, kNow);
    EXPECT_EQ(instant.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_EQ(FieldOf(instant.status()), "cut-off") << text;
  }
}

TEST(ParseDay, WantsADayThatExists) {
  EXPECT_EQ(*ParseDay("decided-on", "2028-02-29"), "2028-02-29");
  for (const char* text : {"2027-02-29", "2026-13-01", "2026-1-1", "20260101", "today", ""})
    EXPECT_EQ(FieldOf(ParseDay("decided-on", text).status()), "decided-on") << text;
}

// Rule 24 turns on one fen.
TEST(ParseAmount, Rule24YuanAreReadExactly) {
  EXPECT_EQ(*ParseAmount("fine", "50000"), 5'000'000);
  EXPECT_EQ(*ParseAmount("fine", "49999.99"), 4'999'999);
  EXPECT_EQ(*ParseAmount("fine", "50,000.00"), 5'000'000);
  for (const char* text : {"", "-1", "1.001", "5万", "1e5", "99999999999999999999"})
    EXPECT_EQ(FieldOf(ParseAmount("fine", text).status()), "fine") << text;
}

TEST(ParsePurpose, NamesTheChoices) {
  EXPECT_EQ(*ParsePurpose("award"), v1::QUERY_PURPOSE_AWARD);
  EXPECT_EQ(*ParsePurpose("supervision"), v1::QUERY_PURPOSE_CONTRACT_SUPERVISION);
  const auto wrong = ParsePurpose("curiosity");
  EXPECT_EQ(FieldOf(wrong.status()), "purpose");
  EXPECT_NE(wrong.status().message().find("award, renewal, supervision, administrative"),
            absl::string_view::npos);
}

TEST(ResourceName, TakesTheIdAloneOrTheWholeName) {
  EXPECT_EQ(ResourceName("authorities/", "km-wuhua"), "authorities/km-wuhua");
  EXPECT_EQ(ResourceName("authorities/", "authorities/km-wuhua"), "authorities/km-wuhua");
  EXPECT_EQ(ResourceName("authorities/", ""), "");
}

TEST(ReadCodes, SkipsBlankLinesAndRemarksAndRemembersLines) {
  std::istringstream in(
      "\xEF\xBB\xBF"
      "A\r\n\n# remark\n  B  \nC");
  const auto codes = ReadCodes(in);
  ASSERT_EQ(codes.size(), 3u);
  EXPECT_EQ(codes[0].code, "A");
  EXPECT_EQ(codes[1].code, "B");
  EXPECT_EQ(codes[1].line, 4u);
  EXPECT_EQ(codes[2].line, 5u);
}

TEST(ReadFile, NamesTheFlagWhereThereIsNone) {
  std::istringstream in("from standard input");
  EXPECT_EQ(*ReadFile("file", "-", in), "from standard input");
  EXPECT_EQ(FieldOf(ReadFile("file", "/nowhere/codes.txt", in).status()), "file");
}

TEST(ParseJson, SaysWhatTheFileIsNot) {
  v1::CreditRecord record;
  EXPECT_TRUE(
      ParseJson("file", R"({"penalty": {"kinds": ["PENALTY_KIND_FINE"], "fine_fen": "5000000"}})", record)
          .ok());
  EXPECT_EQ(record.penalty().fine_fen(), 5'000'000);
  for (const char* json : {"", "[]", R"({"penalti": {}})", R"({"penalty": {"fine_fen": "many"}})", "{"}) {
    v1::CreditRecord other;
    EXPECT_EQ(FieldOf(ParseJson("file", json, other)), "file") << json;
  }
}

TEST(InstantFlags, FillBothClocks) {
  v1::AsOf as_of;
  const InstantFlags flags{.as_of = "", .known_at = "2026-11-01 09:00", .effective_at = "2026-06-30 17:00"};
  std::istringstream in;
  std::ostringstream out;
  FakeClock clock(kNow);
  Session session({.in = in, .out = out, .err = out}, clock);
  ASSERT_TRUE(flags.Fill(session, as_of).ok());
  EXPECT_FALSE(as_of.has_instant());
  EXPECT_EQ(FormatInstant(as_of.known_at()), "2026-11-01 09:00:00");
  EXPECT_EQ(FormatInstant(as_of.effective_at()), "2026-06-30 17:00:00");
}

}  // namespace
}  // namespace chengxin::cli
