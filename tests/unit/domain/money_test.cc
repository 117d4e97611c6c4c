// Amounts in fen: rule 11.
#include "domain/money.h"

#include <gtest/gtest.h>

#include <limits>

namespace chengxin::domain {
namespace {

TEST(Rule11, YuanBecomeFenExactly) {
  EXPECT_EQ(*ParseYuan("50000"), 5'000'000);
  EXPECT_EQ(*ParseYuan("50,000.00"), 5'000'000);
  EXPECT_EQ(*ParseYuan("49999.99"), 4'999'999);
  EXPECT_EQ(*ParseYuan("0.1"), 10);
  EXPECT_EQ(*ParseYuan(" 1,234,567.8 "), 123'456'780);
  EXPECT_EQ(*ParseYuan("0"), 0);
}

// 双公示 writes 万元: a fine of 2,000 yuan stands there as 0.2.
TEST(Rule11, TenThousandYuanBecomeFenExactly) {
  EXPECT_EQ(*ParseWanYuan("0.2"), 200'000);
  EXPECT_EQ(*ParseWanYuan("5.0"), 5'000'000);
  EXPECT_EQ(*ParseWanYuan("4.999999"), 4'999'999);
  EXPECT_EQ(*ParseWanYuan("200"), 200'000'000);
  EXPECT_EQ(*ParseWanYuan("0.000001"), 1);
}

// 0.29 and 1.13 have no exact binary fraction.
TEST(Rule11, NoAmountPassesThroughAFraction) {
  EXPECT_EQ(*ParseYuan("0.29"), 29);
  EXPECT_EQ(*ParseYuan("1.13"), 113);
  EXPECT_EQ(*ParseWanYuan("1.13"), 1'130'000);
  EXPECT_EQ(*ParseYuan("90071992547409.93"), 9'007'199'254'740'993);
}

TEST(Rule11, WhatIsNoAmountIsRefused) {
  for (const char* wrong : {"", " ", "-1", "+1", "1e3", "1.005", ".5", "1.", "1..2", "1,00", "10,0000",
                            ",100", "1,,000", "五万", "５00", "50000元", "1 000", "1.2.3", "NaN"}) {
    EXPECT_EQ(ParseYuan(wrong).status().code(), absl::StatusCode::kInvalidArgument) << wrong;
  }
  EXPECT_FALSE(ParseWanYuan("0.0000001").ok());
}

TEST(Rule11, AnAmountThatDoesNotFitIsRefused) {
  EXPECT_EQ(*ParseYuan("92233720368547758.07"), std::numeric_limits<Fen>::max());
  EXPECT_FALSE(ParseYuan("92233720368547758.08").ok());
  EXPECT_FALSE(ParseYuan("999999999999999999999999").ok());
}

TEST(Money, IsWrittenForPeople) {
  EXPECT_EQ(FormatYuan(5'000'000), "50,000.00元");
  EXPECT_EQ(FormatYuan(4'999'999), "49,999.99元");
  EXPECT_EQ(FormatYuan(0), "0.00元");
  EXPECT_EQ(FormatYuan(7), "0.07元");
  EXPECT_EQ(FormatYuan(99'999), "999.99元");
  EXPECT_EQ(FormatYuan(100'000'000), "1,000,000.00元");
  EXPECT_EQ(FormatYuan(-100'050), "-1,000.50元");
  EXPECT_EQ(FormatYuan(std::numeric_limits<Fen>::min()), "-92,233,720,368,547,758.08元");
}

}  // namespace
}  // namespace chengxin::domain
