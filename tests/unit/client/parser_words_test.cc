// What is wrong with a command line is said in Chinese first, and ends with 2: officers read it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/client/command_run.h"

namespace chengxin::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(ParserWords, EveryComplaintOfTheParserIsInChineseFirst) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> complaints = {
      {{}, "错误：缺少命令 (a command is required)\n"},
      {{"award"}, "错误：缺少命令 (a command is required)\n"},
      {{"award", "get"}, "错误：缺少 NAME (required)\n"},
      {{"award", "renew", "52-1", "--starts-on", "2027-12-10"}, "错误：缺少 --ends-on (required)\n"},
      {{"clock", "advance"}, "错误：缺少 --to 或 (or) --by (required)\n"},
      {{"status", "--no-such-flag"}, "错误：不认识的命令或参数：--no-such-flag (unknown)\n"},
      {{"status", "stray", "words"}, "错误：不认识的命令或参数：stray words (unknown)\n"},
      {{"statsu"}, "错误：不认识的命令或参数：statsu (unknown)\n"},
      {{"award", "gte", "52-1"}, "错误：不认识的命令或参数：gte 52-1 (unknown)\n"},
      {{"clock", "advance", "--by", "P1D", "--to", "now"}, " 同用 ("},
      {{"status", "--server"}, "错误：--server 后面缺少值 (needs a value)\n"},
      {{"status", "--timeout", "soon"}, "错误：--timeout 的值无法识别：soon (not a value of its kind)\n"},
      {{"status", "-o", "xml"}, "应为下列之一 (expected one of)：table,json\n"},
      {{"listing", "list", "--limit", "all"}, "应为不小于0的整数"},
      {{"organization", "search", "养老", "--limit", "0"}, "应为1至100 (expected 1 to 100)\n"},
      {{"award", "list", "--active=perhaps"}, "--active"},
  };
  for (const auto& [arguments, words] : complaints) {
    const Result result = RunWith(arguments);
    EXPECT_EQ(result.code, 2) << testing::PrintToString(arguments);
    EXPECT_EQ(result.out, "") << testing::PrintToString(arguments);
    EXPECT_THAT(result.err, StartsWith("错误：")) << testing::PrintToString(arguments);
    EXPECT_THAT(result.err, HasSubstr(words)) << testing::PrintToString(arguments);
    EXPECT_THAT(result.err, HasSubstr("--help")) << testing::PrintToString(arguments);
    for (const char* english : {" is required", " was not expected", " were not expected",
                                "Could not convert", "Run with", "not in range", "bad command line"}) {
      EXPECT_THAT(result.err, testing::Not(HasSubstr(std::string(english) + " "))) << english;
      EXPECT_THAT(result.err, testing::Not(HasSubstr(std::string(english) + ":"))) << english;
    }
  }
}

// A terminal is given no control characters, whatever was typed.
TEST(ParserWords, WhatWasTypedIsShownPrintable) {
  const Result result = RunWith({"status", "\x1b[31mred"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, testing::Not(HasSubstr("\x1b")));
}

TEST(ParserWords, HelpIsNoComplaint) {
  const Result result = RunWith({"award", "renew", "--help"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.err, "");
}

}  // namespace
}  // namespace chengxin::cli
