// Whatever bytes a file holds, reading it ends, crashes nothing and gives valid UTF-8. The corpus of former
// finds is replayed first.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/import/importer.h"
#include "client/import/json_scrub.h"
#include "gtest/gtest.h"
#include "tests/unit/import/recording_server.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::client {
namespace {

bool IsValidUtf8(std::string_view text) {
  auto decoder = *Utf8Decoder::Create(TextEncoding::kUtf8);
  std::string out;
  decoder->Decode("x", false, out);
  decoder->Decode(text, true, out);
  return out == absl::StrCat("x", std::string(text));
}

constexpr ImportFormat kFormats[] = {ImportFormat::kDetect, ImportFormat::kCsv, ImportFormat::kJsonLines};
constexpr std::optional<TextEncoding> kEncodings[] = {std::nullopt, TextEncoding::kUtf8,
                                                      TextEncoding::kGb18030};

// Imports `bytes` as organizations and as records.
void Read(std::string_view bytes, ImportFormat format, std::optional<TextEncoding> encoding) {
  const ScratchFolder folder;
  ImportOptions options;
  options.path = folder.Write("input", bytes);
  options.source = "registry-kunming";
  options.source_as_of = absl::UnixEpoch();
  options.format = format;
  options.encoding = encoding;
  options.batch_rows = 3;
  OrganizationServer organizations;
  RecordServer records;
  for (const ImportSummary& summary :
       {ImportOrganizations(options, organizations.Open()), ImportRecords(options, records.Open())}) {
    // A file is refused as a whole, or read to its end.
    EXPECT_TRUE(summary.status.ok() || summary.status.code() == absl::StatusCode::kInvalidArgument)
        << summary.status;
    EXPECT_EQ(summary.rows_read, summary.rows_acknowledged + summary.rejected_by_reader);
    EXPECT_EQ(summary.rejects_path.empty(), summary.rejected() == 0);
    EXPECT_TRUE(IsValidUtf8(Describe(summary)));
  }
  for (const std::string& file : folder.Files()) {
    EXPECT_TRUE(file == "input" || IsValidUtf8(folder.Read(file))) << file;
  }
}

void Scrub(std::string_view bytes) {
  const auto scrubbed = ScrubJson(bytes);
  if (!scrubbed.ok()) return;
  const auto again = ScrubJson(scrubbed->text);
  ASSERT_TRUE(again.ok()) << "what is scrubbed is JSON";
  EXPECT_EQ(again->text, scrubbed->text);
  EXPECT_EQ(again->identity_numbers, 0) << "nothing is left to scrub";
}

// Pieces that meet in files, rightly and wrongly put together.
std::string RandomFile(std::mt19937_64& random) {
  static const std::string kPieces[] = {"code,name,authority,status,established_on\n",
                                        "code,kind,formed_on,证件号码\n",
                                        "CF_XDR_SHXYM,CF_NR_FK,CF_CFLB\n",
                                        "51530100MJT000010G",
                                        ",",
                                        ",",
                                        "\n",
                                        "\r\n",
                                        "\r",
                                        "\"",
                                        "\"\"",
                                        "昆明",
                                        "2026-03-05",
                                        "罚款",
                                        "0.2",
                                        "km",
                                        "正常",
                                        "{\"code\":\"X\"}\n",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        ":",
                                        "\\u4e00",
                                        "\\ud83d",
                                        "\\",
                                        "null",
                                        "-0.1e9",
                                        "\xEF\xBB\xBF",
                                        "\xC0",
                                        "\xE6\x98",
                                        "\xFF",
                                        "\xB0\xA1",
                                        "\x81\x30\x81\x30",
                                        std::string(1, '\0'),
                                        "110999199003070037",
                                        "{\"record\":{\"penalty\":{\"kinds\":[\"PENALTY_KIND_FINE\"]}}}\n",
                                        "\"code\"",
                                        "\"idNumber\":\"1\"",
                                        " "};
  std::string file;
  // Most files begin as a file would.
  if (random() % 3 != 0) file = kPieces[random() % 3];
  for (size_t pieces = random() % 60; pieces > 0; --pieces) {
    if (random() % 8 == 0) {
      file += static_cast<char>(random() % 256);
    } else {
      file += kPieces[random() % std::size(kPieces)];
    }
  }
  return file;
}

TEST(Robustness, TheCorpusIsReplayed) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(CHENGXIN_SOURCE_DIR "/tests/unit/import/corpus")) {
    SCOPED_TRACE(entry.path());
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    for (const ImportFormat format : kFormats) {
      for (const auto encoding : kEncodings) Read(bytes, format, encoding);
    }
    Scrub(bytes);
    ++files;
  }
  EXPECT_GE(files, 5);
}

TEST(Robustness, RandomFilesAreReadToTheirEnd) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937_64 random(seed);
    const std::string bytes = RandomFile(random);
    Read(bytes, kFormats[random() % std::size(kFormats)], kEncodings[random() % std::size(kEncodings)]);
    Scrub(bytes);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace chengxin::client
