#include "base/strings.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace chengxin {
namespace {

TEST(Strings, CrossTheBorderToAbseilUnchanged) {
  const std::string text("a\0b中", 6);
  EXPECT_EQ(ToStd(ToAbsl(text)), text);
  EXPECT_EQ(ToAbsl(text).size(), 6u);
  EXPECT_TRUE(ToStd(ToAbsl(std::string_view())).empty());
}

TEST(Strings, StrCatTakesEveryKindOfPiece) {
  const std::string_view view = "view";
  const std::string string = "string";
  EXPECT_EQ(StrCat(view, "/", string, "/", absl::string_view("absl"), "/", 42, "/",
                   std::numeric_limits<uint64_t>::max()),
            "view/string/absl/42/18446744073709551615");
  EXPECT_EQ(StrCat(std::string_view(), ""), "");
}

TEST(Strings, StrAppendKeepsWhatStoodThere) {
  std::string out = "第";
  StrAppend(&out, std::string_view("7"), "项", -1);
  EXPECT_EQ(out, "第7项-1");
}

}  // namespace
}  // namespace chengxin
