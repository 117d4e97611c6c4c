#include "client/import/row_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "base/status.h"
#include "base/strings.h"
#include "client/import/csv_rows.h"
#include "client/import/json_rows.h"

namespace chengxin::client {

ImportFormat DetectFormat(ImportFormat format, std::string_view path, std::string_view start) {
  if (format != ImportFormat::kDetect) return format;
  const std::string lower = absl::AsciiStrToLower(ToAbsl(path));
  if (absl::EndsWith(lower, ".csv")) return ImportFormat::kCsv;
  for (const char* ending : {".jsonl", ".ndjson", ".json"}) {
    if (absl::EndsWith(lower, ending)) return ImportFormat::kJsonLines;
  }
  const size_t first = start.find_first_not_of(" \t\r\n");
  return first != start.npos && start[first] == '{' ? ImportFormat::kJsonLines : ImportFormat::kCsv;
}

std::string_view FirstCharacters(std::string_view text, size_t characters) {
  size_t end = 0;
  for (; end < text.size(); ++end) {
    if ((text[end] & 0xC0) == 0x80) continue;
    if (characters == 0) break;
    --characters;
  }
  return text.substr(0, end);
}

absl::StatusOr<std::unique_ptr<RowReader>> RowReader::Create(RowKind kind, ImportFormat format,
                                                             std::unique_ptr<LineReader> lines,
                                                             AuthorityIds authorities) {
  if (format == ImportFormat::kDetect) format = DetectFormat(format, "", lines->ahead());
  if (format == ImportFormat::kJsonLines) return std::make_unique<JsonRows>(std::move(lines));
  return CsvRows::Create(kind, std::move(lines), std::move(authorities));
}

}  // namespace chengxin::client
