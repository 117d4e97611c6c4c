// Records of a CSV file (RFC 4180): quoted fields, doubled quotes, line ends within quotes.
#ifndef CHENGXIN_CLIENT_IMPORT_CSV_READER_H_
#define CHENGXIN_CLIENT_IMPORT_CSV_READER_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "client/import/line_reader.h"

namespace chengxin::client {

// Most lines one record may have; a field of 4,000 characters seldom has more than a few dozen. It bounds how
// often a line is read again where quotes do not match.
inline constexpr size_t kMaximumRecordLines = 100;
// Most fields of a record.
inline constexpr size_t kMaximumFields = 1'000;

// One record.
struct CsvRecord {
  // Its fields, unquoted; of a malformed record, empty.
  std::vector<std::string> fields;
  // The row as a spreadsheet counts it, from 1: the header row and blank rows count.
  int64_t row = 0;
  // Why it is no record, in Chinese and English; empty where it is one.
  std::string problem;
  // The text of a malformed record's first line, at most 1,000 bytes of it.
  std::string raw;
};

// Reads records from a LineReader, holding no more than one record. Blank lines are skipped. A record whose
// quotes do not match costs its first line only: reading goes on with the line after it, so that one stray
// quote does not swallow the rest of the file. Not thread-safe.
class CsvReader {
 public:
  // `lines` must outlive this.
  explicit CsvReader(LineReader& lines) : lines_(lines) {}

  // The next record; false at the end of the file. DataLoss where reading fails.
  absl::StatusOr<bool> Next(CsvRecord& record);

 private:
  absl::StatusOr<bool> NextLine(Line& line);
  absl::StatusOr<bool> ReadQuoted(CsvRecord& record);
  bool Malformed(CsvRecord& record, std::string_view problem);

  LineReader& lines_;
  // Lines read before and given back.
  std::deque<Line> returned_;
  // The lines of the record being read; the first one is kept between calls for its memory.
  std::vector<Line> record_lines_ = std::vector<Line>(1);
  int64_t rows_ = 0;
};

// Appends one field, quoted where it must be, without a separator.
void AppendCsvField(std::string_view field, std::string& out);
// Reads back one record written with AppendCsvField and commas; nothing else is expected of it.
std::vector<std::string> SplitCsvRecord(std::string_view text);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_CSV_READER_H_
