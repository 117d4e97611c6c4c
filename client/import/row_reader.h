// The rows of a file to import, whatever its format.
#ifndef CHENGXIN_CLIENT_IMPORT_ROW_READER_H_
#define CHENGXIN_CLIENT_IMPORT_ROW_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "client/import/field_value.h"
#include "client/import/line_reader.h"
#include "google/protobuf/message.h"

namespace chengxin::client {

// What a row is.
enum class RowKind {
  kOrganization,  // chengxin.v1.Organization
  kRecord,        // chengxin.v1.ImportRecord
};

enum class ImportFormat {
  kDetect,     // by the file's ending (.csv, .jsonl, .ndjson, .json), else JSON Lines where it begins with {
  kCsv,        // RFC 4180 with a header row
  kJsonLines,  // one JSON object a line
};

// Why a row is not taken. Holds no identity number.
struct RowProblem {
  // The column of the file (CSV) or field (JSON); empty where it is the whole row.
  std::string column;
  // What stood there, at most 200 characters.
  std::string value;
  // What was wrong and what was expected, Chinese first.
  std::string reason;
};

// One row as it stood in the file.
struct SourceRow {
  // CSV: the row as a spreadsheet counts it, header row included; JSON Lines: the line. From 1.
  int64_t number = 0;
  // What goes into a rejects file: a CSV record of the kept columns, or a JSON object; identity numbers are
  // left out.
  std::string kept;
  // Set where the row cannot be sent.
  std::optional<RowProblem> problem;
};

// Reads rows one after another. Not thread-safe.
class RowReader {
 public:
  virtual ~RowReader() = default;

  // The reader for a file's format. InvalidArgument where a CSV header is missing, or lacks columns that
  // every row needs.
  static absl::StatusOr<std::unique_ptr<RowReader>> Create(RowKind kind, ImportFormat format,
                                                           std::unique_ptr<LineReader> lines,
                                                           AuthorityIds authorities);

  // The next row into `message`, which is of the kind's type; false at the end. A row with a problem is a
  // row. DataLoss where reading fails.
  virtual absl::StatusOr<bool> Next(google::protobuf::Message& message, SourceRow& row) = 0;
  // The problem a server found, in terms of the file; `field` as the server names it, `prototype` any message
  // of the kind's type.
  virtual RowProblem Explain(const SourceRow& row, std::string_view field, std::string_view reason,
                             const google::protobuf::Message& prototype) const = 0;

  // kCsv or kJsonLines.
  virtual ImportFormat format() const = 0;
  // The kept columns' headers as a CSV record; empty for JSON Lines.
  virtual std::string kept_header() const { return std::string(); }
  // Headers of columns that nothing reads.
  virtual std::vector<std::string> ignored_columns() const { return {}; }

  // Identity numbers dropped or masked up to now.
  int64_t identity_numbers() const { return identity_numbers_; }
  const LineReader& lines() const { return *lines_; }

 protected:
  explicit RowReader(std::unique_ptr<LineReader> lines) : lines_(std::move(lines)) {}

  const std::unique_ptr<LineReader> lines_;
  int64_t identity_numbers_ = 0;
};

// The format that `format` means for this file.
ImportFormat DetectFormat(ImportFormat format, std::string_view path, std::string_view start);

// The first `characters` of a text.
std::string_view FirstCharacters(std::string_view text, size_t characters);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_ROW_READER_H_
