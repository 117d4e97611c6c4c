#include "client/import/text_encoding.h"

#include <iconv.h>

#include <string>

#include "base/strings.h"
#include "client/import/line_reader.h"
#include "gtest/gtest.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::client {
namespace {

// UTF-8 into GB18030, as a registry's export has it.
std::string Gb18030(std::string text) {
  const iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string out(text.size() * 2 + 8, '\0');
  char* from = text.data();
  char* to = out.data();
  size_t from_left = text.size(), to_left = out.size();
  EXPECT_EQ(iconv(converter, &from, &from_left, &to, &to_left), 0u);
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

std::string DecodeInPieces(TextEncoding encoding, std::string_view bytes, size_t piece) {
  auto decoder = *Utf8Decoder::Create(encoding);
  std::string out;
  for (size_t at = 0; at < bytes.size(); at += piece)
    decoder->Decode(bytes.substr(at, piece), at + piece >= bytes.size(), out);
  return out;
}

TEST(TextEncoding, IsNamedInTheWaysPeopleNameIt) {
  EXPECT_EQ(*ParseEncoding("UTF-8"), TextEncoding::kUtf8);
  EXPECT_EQ(*ParseEncoding("utf8"), TextEncoding::kUtf8);
  EXPECT_EQ(*ParseEncoding("GBK"), TextEncoding::kGb18030);
  EXPECT_EQ(*ParseEncoding("gb2312"), TextEncoding::kGb18030);
  EXPECT_EQ(ParseEncoding("latin1").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(TextEncoding, IsDetectedFromTheText) {
  const std::string text = "统一社会信用代码,社会组织名称\n51530100MJT000010G,昆明市样例协会\n";
  EXPECT_EQ(*DetectEncoding(text), TextEncoding::kUtf8);
  EXPECT_EQ(*DetectEncoding("\xEF\xBB\xBF" + text), TextEncoding::kUtf8);
  EXPECT_EQ(*DetectEncoding("code,name\n"), TextEncoding::kUtf8);
  EXPECT_EQ(*DetectEncoding(""), TextEncoding::kUtf8);
  EXPECT_EQ(*DetectEncoding(Gb18030(text)), TextEncoding::kGb18030);
}

TEST(TextEncoding, AWorkbookOrUtf16SaysWhatToDoInstead) {
  const auto workbook = DetectEncoding(std::string_view("PK\x03\x04\x14\x00", 6));
  EXPECT_NE(workbook.status().message().find("CSV"), absl::string_view::npos);
  const auto utf16 = DetectEncoding(std::string_view("\xFF\xFE\x41\x00", 4));
  EXPECT_NE(utf16.status().message().find("UTF-16"), absl::string_view::npos);
}

TEST(TextEncoding, WhatIsNeitherIsNotGuessed) {
  std::string noise;
  for (int i = 0; i < 400; ++i) noise += "\xFF\x80";
  EXPECT_EQ(DetectEncoding(noise).status().code(), absl::StatusCode::kInvalidArgument);
}

// 㐀 and 𠀀 take four bytes in GB18030; every split of every character is tried.
TEST(TextEncoding, CharactersSplitBetweenPiecesStayWhole) {
  const std::string text = "㐀昆明市𠀀协会,a\n";
  const std::string gb = Gb18030(text);
  for (size_t piece = 1; piece <= gb.size(); ++piece)
    EXPECT_EQ(DecodeInPieces(TextEncoding::kGb18030, gb, piece), text) << piece;
  const std::string marked = "\xEF\xBB\xBF" + text;
  for (size_t piece = 1; piece <= marked.size(); ++piece)
    EXPECT_EQ(DecodeInPieces(TextEncoding::kUtf8, marked, piece), text) << piece;
}

TEST(TextEncoding, DamagedBytesAreMarkedAndTheRestIsKept) {
  const std::string replacement(kReplacement);
  // An overlong form, a surrogate, a lone continuation and an unfinished character.
  EXPECT_EQ(DecodeInPieces(TextEncoding::kUtf8,
                           "a\xC0\xAF"
                           "b",
                           1),
            "a" + replacement + replacement + "b");
  EXPECT_EQ(DecodeInPieces(TextEncoding::kUtf8, "a\xE6\x98", 1), "a" + replacement);
  EXPECT_EQ(DecodeInPieces(TextEncoding::kUtf8, "\xED\xA0\x80", 3).find(replacement), 0u);
  // The quote and the end of the line after a damaged byte are still there.
  EXPECT_EQ(DecodeInPieces(TextEncoding::kGb18030, "\xFF\"\n", 1), replacement + "\"\n");
}

TEST(LineReader, ReadsLinesWithAnyEnd) {
  const ScratchFolder folder;
  const std::string path = folder.Write("a.csv", "\xEF\xBB\xBFone\ntwo\r\nthree\rfour");
  auto reader = LineReader::Open(path, std::nullopt);
  ASSERT_TRUE(reader.ok());
  std::vector<std::string> lines;
  for (Line line; *(*reader)->Next(line);) lines.push_back(StrCat(line.number, ":", line.text));
  EXPECT_EQ(lines, (std::vector<std::string>{"1:one\n", "2:two\r\n", "3:three\r", "4:four"}));
  EXPECT_EQ((*reader)->bytes_read(), (*reader)->size());
}

// Beyond the first mebibyte the file comes in blocks of 64 KiB, whose ends cut characters of two and of four
// bytes.
TEST(LineReader, ReadsGb18030AcrossBlocks) {
  const ScratchFolder folder;
  const std::string line = "昆明市㐀样例𠀀协会,五华区,正常";
  std::string file;
  constexpr int kLines = 60'000;
  for (int i = 0; i < kLines; ++i) file += line + "\n";
  auto reader = LineReader::Open(folder.Write("a.csv", Gb18030(file)), std::nullopt);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ((*reader)->encoding(), TextEncoding::kGb18030);
  int lines = 0;
  for (Line read; *(*reader)->Next(read); ++lines) ASSERT_EQ(read.text, line + "\n") << read.number;
  EXPECT_EQ(lines, kLines);
}

TEST(LineReader, CutsALineThatIsTooLongAndGoesOn) {
  const ScratchFolder folder;
  const std::string exact(kMaximumLineBytes - 1, 'a');
  const std::string over(kMaximumLineBytes + 1, 'b');
  auto reader = LineReader::Open(folder.Write("a.csv", exact + "\n" + over + "\nlast\n"), std::nullopt);
  Line line;
  ASSERT_TRUE(*(*reader)->Next(line));
  EXPECT_FALSE(line.too_long);
  ASSERT_TRUE(*(*reader)->Next(line));
  EXPECT_TRUE(line.too_long);
  EXPECT_EQ(line.text.size(), kMaximumLineBytes);
  ASSERT_TRUE(*(*reader)->Next(line));
  EXPECT_EQ(line.text, "last\n");
  EXPECT_FALSE(*(*reader)->Next(line));
}

TEST(LineReader, SaysWhyAFileCannotBeOpened) {
  const ScratchFolder folder;
  EXPECT_EQ(LineReader::Open(folder.path("none"), std::nullopt).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(LineReader::Open(folder.path("."), std::nullopt).ok());
}

}  // namespace
}  // namespace chengxin::client
