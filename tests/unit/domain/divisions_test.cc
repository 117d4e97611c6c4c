// Divisions with their history: rule 4.
#include "domain/divisions.h"

#include <gtest/gtest.h>

#include "domain/catalogue.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::domain {
namespace {

Divisions Deployed() {
  Divisions divisions;
  const v1::Catalogue catalogue = LoadDeployedCatalogue();
  for (const v1::Division& row : catalogue.divisions()) {
    EXPECT_TRUE(divisions.Add(row.code(), row.display_name(), row.first_listed(), row.last_listed()).ok())
        << row.ShortDebugString();
  }
  return divisions;
}

// 晋宁县 became 晋宁区 in 2016, 呈贡县 became 呈贡区 in 2011; organizations keep the code they were given.
TEST(Rule4, ADivisionThatNoLongerExistsStaysValid) {
  const Divisions divisions = Deployed();
  for (const int code : {530122, 530121, 530115, 530114}) EXPECT_TRUE(divisions.ever_listed(code)) << code;
  EXPECT_EQ(divisions.NameOn(530122, CivilDay(2016, 11, 30)), "晋宁县");
  EXPECT_EQ(divisions.NameOn(530122, CivilDay(2016, 12, 1)), "");
  EXPECT_EQ(divisions.NameOn(530115, CivilDay(2016, 11, 30)), "");
  EXPECT_EQ(divisions.NameOn(530115, CivilDay(2016, 12, 1)), "晋宁区");
}

TEST(Rule4, ACodeThatWasNeverListedIsUnknown) {
  const Divisions divisions = Deployed();
  for (const int code : {530199, 0, -1, 999999, 53010}) EXPECT_FALSE(divisions.ever_listed(code)) << code;
  EXPECT_EQ(divisions.NameOn(530199, CivilDay(2026, 1, 1)), "");
}

TEST(Rule4, EveryAuthorityOfKunmingHasADivisionOfToday) {
  const Divisions divisions = Deployed();
  const v1::Catalogue catalogue = LoadDeployedCatalogue();
  for (const v1::Authority& authority : catalogue.authorities()) {
    EXPECT_NE(divisions.NameOn(authority.division(), CivilDay(2026, 11, 24)), "") << authority.id();
  }
}

TEST(Divisions, OneCodeMayHaveBeenListedTwiceUnderTwoNames) {
  Divisions divisions;
  ASSERT_TRUE(divisions.Add(530100, "甲市", "1980-12", "1990-06").ok());
  ASSERT_TRUE(divisions.Add(530100, "乙市", "1995-01", "").ok());
  EXPECT_EQ(divisions.NameOn(530100, CivilDay(1990, 6, 30)), "甲市");
  EXPECT_EQ(divisions.NameOn(530100, CivilDay(1992, 1, 1)), "");
  EXPECT_EQ(divisions.NameOn(530100, CivilDay(2026, 1, 1)), "乙市");
  EXPECT_EQ(divisions.size(), 1u);
}

TEST(Divisions, WrongRowsAreRefused) {
  Divisions divisions;
  EXPECT_FALSE(divisions.Add(53010, "五位", "1980-12", "").ok());
  EXPECT_FALSE(divisions.Add(5301000, "七位", "1980-12", "").ok());
  EXPECT_FALSE(divisions.Add(530100, "月份", "1980-13", "").ok());
  EXPECT_FALSE(divisions.Add(530100, "日期", "1980-12-01", "").ok());
  EXPECT_FALSE(divisions.Add(530100, "颠倒", "1990-01", "1989-12").ok());
  EXPECT_EQ(divisions.size(), 0u);
}

}  // namespace
}  // namespace chengxin::domain
