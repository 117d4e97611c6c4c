// The log is one line an event, and no value can make it say what did not happen.
#include "base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

namespace chengxin {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

// What is written to standard error meanwhile.
std::string Written(const std::function<void()>& act) {
  ::testing::internal::CaptureStderr();
  act();
  return ::testing::internal::GetCapturedStderr();
}

auto LinesIn(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

class Log : public ::testing::Test {
 protected:
  ~Log() override { SetLogLevel(LogLevel::kInfo); }
};

TEST_F(Log, ALineHasTimeLevelMessageAndFields) {
  const std::string line = Written([] {
    LogInfo("opened", {{"revision", "42"}, {"folder", "/var/lib/chengxin"}});
  });
  EXPECT_THAT(line, MatchesRegex("[0-9-]+T[0-9:.]+[+-][0-9:]+ info opened revision=42 "
                                 "folder=/var/lib/chengxin\n"));
}

TEST_F(Log, AValueCannotForgeALine) {
  const std::string line = Written([] {
    LogInfo("import", {{"source", "a\n2026-11-24T10:00:00.000+08:00 info committed revision=9"}});
  });
  EXPECT_EQ(LinesIn(line), 1) << line;
  EXPECT_THAT(line, HasSubstr(R"(source="a\x0a2026-11-24T10:00:00.000+08:00 info committed revision=9")"));
}

TEST_F(Log, AMessageCannotForgeALineEither) {
  const std::string line = Written([] { LogError("failed\r\n2026-11-24 info all well"); });
  EXPECT_EQ(LinesIn(line), 1) << line;
  EXPECT_THAT(line, HasSubstr(R"(\x0d\x0a)"));
  EXPECT_THAT(line, Not(HasSubstr("\r")));
}

TEST_F(Log, AValueCannotForgeAField) {
  const std::string line = Written([] {
    LogInfo("call", {{"method", "Check role=admin"}, {"role", "public"}});
  });
  EXPECT_THAT(line, EndsWith("method=\"Check role=admin\" role=public\n"));
}

TEST_F(Log, AQuoteCannotEndItsOwnValue) {
  const std::string line = Written([] { LogInfo("call", {{"unit", "a\" role=\"admin"}}); });
  EXPECT_THAT(line, EndsWith(R"(unit="a\" role=\"admin")"
                             "\n"));
  const std::string backslash = Written([] { LogInfo("call", {{"unit", "a\\\" role=\"admin"}}); });
  EXPECT_THAT(backslash, EndsWith(R"(unit="a\\\" role=\"admin")"
                                  "\n"));
}

TEST_F(Log, AValueCannotSteerATerminal) {
  const std::string line = Written([] { LogInfo("call", {{"unit", std::string_view("\x1b[2J\0\x7f", 6)}}); });
  EXPECT_THAT(line, EndsWith(R"(unit="\x1b[2J\x00\x7f")"
                             "\n"));
}

TEST_F(Log, EmptyValuesAndChineseStayReadable) {
  const std::string line = Written([] { LogInfo("catalogue", {{"note", ""}, {"name", "昆明市"}}); });
  EXPECT_THAT(line, EndsWith("note=\"\" name=昆明市\n"));
}

// A percent or brace in a value is no instruction to the formatter.
TEST_F(Log, BracesAndPercentAreJustCharacters) {
  const std::string line = Written([] { LogInfo("x", {{"value", "{}%s%n{0}"}}); });
  EXPECT_THAT(line, EndsWith("value={}%s%n{0}\n"));
}

TEST_F(Log, LinesBelowTheLevelAreDropped) {
  EXPECT_EQ(Written([] { LogDebug("detail"); }), "");
  SetLogLevel(LogLevel::kError);
  EXPECT_EQ(Written([] {
              LogInfo("one");
              LogWarning("two");
            }),
            "");
  EXPECT_THAT(Written([] { LogError("three"); }), HasSubstr(" error three\n"));
  SetLogLevel(LogLevel::kDebug);
  EXPECT_THAT(Written([] { LogDebug("detail"); }), HasSubstr(" debug detail\n"));
}

}  // namespace
}  // namespace chengxin
