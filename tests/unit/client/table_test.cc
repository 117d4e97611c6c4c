#include "client/cli/table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace chengxin::cli {
namespace {

TEST(DisplayWidth, ChineseTakesTwoColumns) {
  EXPECT_EQ(DisplayWidth("昆明"), 4u);
  EXPECT_EQ(DisplayWidth("4A级"), 4u);
  EXPECT_EQ(DisplayWidth("（一）"), 6u);
  EXPECT_EQ(DisplayWidth("〔2026〕3号"), 11u);
  EXPECT_EQ(DisplayWidth("𠀀"), 2u);
  EXPECT_EQ(DisplayWidth(""), 0u);
}

TEST(DisplayWidth, CombiningMarksTakeNone) {
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);
  EXPECT_EQ(DisplayWidth("a\xE2\x80\x8B"
                         "b"),
            2u);
}

TEST(DisplayWidth, WhatIsNoUtf8CountsByTheByte) {
  EXPECT_EQ(DisplayWidth("\xFF"), 1u);
  EXPECT_EQ(DisplayWidth("\xE6\x98"), 2u);
  EXPECT_EQ(DisplayWidth("\xC0\x80"), 2u);      // an overlong form
  EXPECT_EQ(DisplayWidth("\xED\xA0\x80"), 3u);  // a surrogate
}

TEST(Printable, NamesCannotSteerTheTerminal) {
  EXPECT_EQ(Printable("\x1B[31m红\x07"), "?[31m红?");
  EXPECT_EQ(Printable("一\n二\t三"), "一 二 三");
  EXPECT_EQ(Printable("\xE2\x80\xAE反"), "?反");
  EXPECT_EQ(Printable("\xFF\xE6\x98"), "???");
  EXPECT_EQ(Printable("昆明市五华区"), "昆明市五华区");
}

TEST(Table, ColumnsLineUpUnderChineseHeadings) {
  Table table({"代码", "结论", "名称"});
  table.Add({"A", "不得选择 INELIGIBLE", "甲"});
  table.Add({"BBBBBB", "可以选择 ELIGIBLE"});
  std::ostringstream out;
  table.Print(out);
  EXPECT_EQ(out.str(),
            "代码    结论                 名称\n"
            "A       不得选择 INELIGIBLE  甲\n"
            "BBBBBB  可以选择 ELIGIBLE\n");
}

TEST(Properties, LeavesOutWhatIsNotThere) {
  Properties lines;
  lines.Add("名称", "甲");
  lines.Add("电话", "");
  lines.Add("登记管理机关", "authorities/km");
  std::ostringstream out;
  lines.Print(out);
  EXPECT_EQ(out.str(), "名称          甲\n登记管理机关  authorities/km\n");
}

}  // namespace
}  // namespace chengxin::cli
