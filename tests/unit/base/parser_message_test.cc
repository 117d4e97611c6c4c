// What CLI11 2.1 says, in Chinese first. The command lines' own tests say the same of real ones.
#include "base/parser_message.h"

#include <gtest/gtest.h>

namespace chengxin {
namespace {

TEST(ParserMessage, WhatIsMissing) {
  EXPECT_EQ(ParserMessage(106, "--price is required"), "缺少 --price (required)");
  EXPECT_EQ(ParserMessage(106, "--granted 或 (or) --refused is required"),
            "缺少 --granted 或 (or) --refused (required)");
  EXPECT_EQ(ParserMessage(106, "A subcommand is required"), "缺少命令 (a command is required)");
  EXPECT_EQ(ParserMessage(114, "--price: 1 required TEXT missing"), "--price 后面缺少值 (needs a value)");
  EXPECT_EQ(ParserMessage(114, "--facts: 1 required TEXT|@FILE missing"),
            "--facts 后面缺少值 (needs a value)");
}

TEST(ParserMessage, WhatIsTooMuch) {
  EXPECT_EQ(ParserMessage(109, "The following argument was not expected: --pirce"),
            "不认识的参数：--pirce (not expected)");
  EXPECT_EQ(ParserMessage(109, "The following arguments were not expected: a was not expected: b"),
            "不认识的参数：a was not expected: b (not expected)");
  EXPECT_EQ(ParserMessage(114, "--price: At Most 1 required but received 2"),
            "--price 至多给1个，给了2个 (at most 1; 2 given)");
  EXPECT_EQ(ParserMessage(114, "CODE: At least 2 required but received 1"),
            "CODE 至少给2个，给了1个 (at least 2; 1 given)");
  EXPECT_EQ(ParserMessage(114, "--active was given a disallowed flag override"),
            "--active 不带值 (takes no value)");
  EXPECT_EQ(ParserMessage(104, "--active: too many inputs for a flag"), "--active 不带值 (takes no value)");
}

TEST(ParserMessage, WhatGoesTogetherAndWhatDoesNot) {
  EXPECT_EQ(ParserMessage(108, "--by excludes --to"), "--by 不能与 --to 同用 (--by excludes --to)");
  EXPECT_EQ(ParserMessage(107, "--list-number requires --list"),
            "--list-number 须与 --list 同用 (--list-number requires --list)");
}

TEST(ParserMessage, AWrongValueIsNamedAsItWasGiven) {
  EXPECT_EQ(ParserMessage(104, "Could not convert: --timeout = a = b"),
            "--timeout 的值无法识别：a = b (not a value of its kind)");
  EXPECT_EQ(ParserMessage(104, "--active: Should be true/false or a number"),
            "--active 应为true或者false (expected true or false)");
  EXPECT_EQ(ParserMessage(105, "--output: xml: not in {a} not in {table,json}"),
            "--output：\"xml: not in {a}\" 应为下列之一 (expected one of)：table,json");
  EXPECT_EQ(ParserMessage(105, "--limit: Value 1 to 2 not in range 1 to 100"),
            "--limit：1 to 2 应为1至100 (expected 1 to 100)");
}

// Whatever the value says, our own words for it stay.
TEST(ParserMessage, WhatIsChineseAlreadyStays) {
  for (const char* ours :
       {"--limit: \"x\" 应为不小于0的整数 (expected a whole number, 0 or above)",
        "--limit: \"Value 1 not in range 2 to 3\" 应为不小于0的整数 (expected a whole number, 0 or above)",
        "--limit: \" not in {\" 应为不小于0的整数 (expected a whole number, 0 or above)"}) {
    EXPECT_EQ(ParserMessage(105, ours), ours);
  }
}

TEST(ParserMessage, WhatIsNotKnownComesWhole) {
  EXPECT_EQ(ParserMessage(112, "Long parsed but missing"),
            "命令行有误 (bad command line)：Long parsed but missing");
  for (const int known : {104, 105, 106, 107, 108, 109, 114}) {
    EXPECT_EQ(ParserMessage(known, "said otherwise"), "命令行有误 (bad command line)：said otherwise");
    EXPECT_EQ(ParserMessage(known, ""), "命令行有误 (bad command line)：");
  }
}

}  // namespace
}  // namespace chengxin
