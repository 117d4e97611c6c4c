#include "client/import/csv_reader.h"

#include <memory>

#include "base/strings.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;

// Records as "row: field|field", malformed ones as "row! first line".
std::vector<std::string> ReadAll(std::string_view content) {
  const ScratchFolder folder;
  auto lines = LineReader::Open(folder.Write("a.csv", content), TextEncoding::kUtf8);
  EXPECT_TRUE(lines.ok()) << lines.status();
  CsvReader reader(**lines);
  std::vector<std::string> records;
  for (CsvRecord record; *reader.Next(record);) {
    std::string text = StrCat(record.row, record.problem.empty() ? ": " : "! ", record.raw);
    for (size_t i = 0; i < record.fields.size(); ++i) StrAppend(&text, i == 0 ? "" : "|", record.fields[i]);
    records.push_back(text);
  }
  return records;
}

TEST(CsvReader, SplitsFieldsAndKeepsEmptyOnes) {
  EXPECT_THAT(ReadAll("a,b,c\r\n,,\r\nx,,z"), ElementsAre("1: a|b|c", "2: ||", "3: x||z"));
}

TEST(CsvReader, ReadsQuotedFieldsWithCommasQuotesAndLineEnds) {
  EXPECT_THAT(ReadAll("a,\"b,\"\"c\"\"\",d\n\"第一行\r\n第二行\",e,f\n"),
              ElementsAre("1: a|b,\"c\"|d", "2: 第一行\r\n第二行|e|f"));
  EXPECT_THAT(ReadAll("\"\",\"\"\"\"\n"), ElementsAre("1: |\""));
}

TEST(CsvReader, SkipsBlankLinesButCountsThemAsASpreadsheetDoes) {
  EXPECT_THAT(ReadAll("a\n\n  \nb\n"), ElementsAre("1: a", "4: b"));
}

TEST(CsvReader, AStrayQuoteCostsItsOwnLineOnly) {
  EXPECT_THAT(ReadAll("a,b\nx,\"open\n1,2\n3,\"4\"\n5,6\n"),
              ElementsAre("1: a|b", "2! x,\"open", "3: 1|2", "4: 3|4", "5: 5|6"));
  EXPECT_THAT(ReadAll("x,y\"z\n\"a\"b,c\n1,2\n"), ElementsAre("1! x,y\"z", "2! \"a\"b,c", "3: 1|2"));
  EXPECT_THAT(ReadAll("1,2\n\"never ends\n3,4"), ElementsAre("1: 1|2", "2! \"never ends", "3: 3|4"));
}

TEST(CsvReader, AFieldOfTooManyLinesIsNoField) {
  std::string lines;
  for (size_t i = 1; i < kMaximumRecordLines; ++i) lines += "x\n";
  EXPECT_THAT(ReadAll("\"" + lines + "\",b\n"), testing::SizeIs(1));
  EXPECT_THAT(ReadAll("\"" + lines + "x\n\",b\n").front(), testing::StartsWith("1! "));
}

TEST(CsvReader, TooManyFieldsAndTooLongLinesAreRefusedAndReadingGoesOn) {
  const std::string limit(kMaximumFields - 1, ',');
  EXPECT_THAT(ReadAll(limit + "\nnext\n").front(), testing::StartsWith("1: "));
  EXPECT_THAT(ReadAll(limit + ",\nnext\n"), ElementsAre(testing::StartsWith("1! "), "2: next"));
  const std::string long_line(kMaximumLineBytes + 1, 'a');
  EXPECT_THAT(ReadAll(long_line + "\nnext\n"), ElementsAre(testing::StartsWith("1! "), "2: next"));
}

TEST(CsvReader, WhatIsWrittenIsReadBack) {
  for (const std::string_view field : {"", "a", "a,b", "\"", "line\nend", "\r\n", " space ", "，“”"}) {
    std::string text;
    AppendCsvField(field, text);
    text += ',';
    AppendCsvField("next", text);
    EXPECT_THAT(SplitCsvRecord(text), ElementsAre(std::string(field), "next"));
  }
}

}  // namespace
}  // namespace chengxin::client
