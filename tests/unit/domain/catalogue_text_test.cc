// Putting the catalogue together from its files.
#include "domain/catalogue_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chengxin::domain {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The message of the error; empty where the files go together.
std::string ErrorOf(const std::vector<CatalogueFile>& files) {
  const auto catalogue = AssembleCatalogue(files);
  if (catalogue.ok()) return {};
  EXPECT_EQ(catalogue.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(catalogue.status().message());
}

constexpr char kDivisions[] = "code,name,first_listed,last_listed\n";
constexpr char kHolidays[] = "date,kind,name\n";

TEST(CatalogueText, JoinsTheRowsOfAllFilesInTheOrderOfTheirNames) {
  const auto catalogue = AssembleCatalogue(std::vector<CatalogueFile>{
      {"b.txtpb", "version: \"1\" grounds { id: \"KM-02\" }"},
      {"a.txtpb", "grounds { id: \"ABN-01\" } authorities { id: \"km\" }"},
  });
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  EXPECT_EQ(catalogue->version(), "1");
  ASSERT_EQ(catalogue->grounds_size(), 2);
  EXPECT_EQ(catalogue->grounds(0).id(), "ABN-01");
  EXPECT_EQ(catalogue->grounds(1).id(), "KM-02");
}

TEST(CatalogueText, ReadsDivisionsWithTheirHistory) {
  const auto catalogue = AssembleCatalogue(std::vector<CatalogueFile>{
      {"divisions.csv",
       "\xEF\xBB\xBF"
       "code,name,first_listed,last_listed\r\n530122,晋宁县,1980-12,2016-11\r\n530115,\"晋宁区\",2016-12,"},
  });
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  ASSERT_EQ(catalogue->divisions_size(), 2);
  EXPECT_EQ(catalogue->divisions(0).code(), 530122);
  EXPECT_EQ(catalogue->divisions(0).last_listed(), "2016-11");
  EXPECT_EQ(catalogue->divisions(1).display_name(), "晋宁区");
  EXPECT_EQ(catalogue->divisions(1).last_listed(), "");
}

TEST(Rule64, OnlyYearsWithRowsAreLoaded) {
  const auto catalogue = AssembleCatalogue(std::vector<CatalogueFile>{
      {"holidays.csv",
       std::string(kHolidays) + "2026-01-01,off,元旦\n2026-01-04,work,元旦\n\n2024-10-01,off,国庆节\n"},
  });
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  ASSERT_EQ(catalogue->calendar_size(), 2);
  EXPECT_EQ(catalogue->calendar(0).year(), 2024);
  EXPECT_EQ(catalogue->calendar(1).year(), 2026);
  EXPECT_EQ(catalogue->calendar(1).days_off(0), "2026-01-01");
  EXPECT_EQ(catalogue->calendar(1).working_days(0), "2026-01-04");
}

TEST(CatalogueText, NamesFileLineAndColumnOfAMistake) {
  EXPECT_THAT(ErrorOf({{"grounds.txtpb", "grounds {\n  id: \"SER-04\"\n  lisst: LIST_KIND_SEVERE\n}\n"}}),
              StartsWith("grounds.txtpb:3:"));
  EXPECT_THAT(ErrorOf({{"grounds.txtpb", "grounds {\n"}}), StartsWith("grounds.txtpb:2:1: "));
}

TEST(CatalogueText, AFieldThatStandsOnceMayStandInOneFileOnly) {
  const std::string error = ErrorOf({{"a.txtpb", "version: \"1\""}, {"b.txtpb", "version: \"2\""}});
  EXPECT_THAT(error, StartsWith("b.txtpb:1: version"));
  EXPECT_THAT(error, HasSubstr("a.txtpb"));
}

TEST(CatalogueText, NamesTheLineOfAWrongDivision) {
  const auto error_of = [](const std::string& rows) {
    return ErrorOf({{"divisions.csv", kDivisions + rows}});
  };
  EXPECT_THAT(error_of("530102,五华区,1980-12,\n53010x,盘龙区,1980-12,\n"), StartsWith("divisions.csv:3: "));
  EXPECT_THAT(error_of("53010,盘龙区,1980-12,\n"), StartsWith("divisions.csv:2: "));
  EXPECT_THAT(error_of("530102,,1980-12,\n"), StartsWith("divisions.csv:2: "));
  EXPECT_THAT(error_of("530102,五华区,1980-13,\n"), StartsWith("divisions.csv:2: "));
  EXPECT_THAT(error_of("530102,五华区,1980-12,1979-12\n"), StartsWith("divisions.csv:2: "));
  EXPECT_THAT(error_of("530102,五华区,1980-12\n"), StartsWith("divisions.csv:2: "));
  EXPECT_THAT(error_of("530102,\"五华区,1980-12,\n"), StartsWith("divisions.csv:2: "));
  EXPECT_THAT(error_of("530102,\"五华\"区,1980-12,\n"), StartsWith("divisions.csv:2: "));
}

TEST(CatalogueText, NamesTheLineOfAWrongHoliday) {
  const auto error_of = [](const std::string& rows) { return ErrorOf({{"holidays.csv", kHolidays + rows}}); };
  EXPECT_THAT(error_of("2025-02-29,off,春节\n"), StartsWith("holidays.csv:2: "));
  EXPECT_THAT(error_of("2026-01-01,free,元旦\n"), StartsWith("holidays.csv:2: "));
  EXPECT_THAT(error_of("2026-01-01,off,元旦\n2026-01-01,off,元旦\n"), StartsWith("holidays.csv:3: "));
  // 2026-01-05 is a Monday: nothing is exchanged there.
  EXPECT_THAT(error_of("2026-01-05,work,元旦\n"), StartsWith("holidays.csv:2: "));
}

TEST(CatalogueText, ATableMustBeginWithItsColumnNames) {
  EXPECT_THAT(ErrorOf({{"divisions.csv", "530102,五华区,1980-12,\n"}}), StartsWith("divisions.csv:1: "));
  EXPECT_THAT(ErrorOf({{"holidays.csv", ""}}), StartsWith("holidays.csv:1: "));
}

TEST(CatalogueText, AMisspeltTableIsAnErrorAndOtherFilesAreLeftAlone) {
  EXPECT_THAT(ErrorOf({{"holiday.csv", kHolidays}}), StartsWith("holiday.csv:1: "));
  EXPECT_EQ(ErrorOf({{"README.md", "not a catalogue"}}), "");
}

}  // namespace
}  // namespace chengxin::domain
