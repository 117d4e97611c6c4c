// The file of rows that were not taken, which can be corrected and imported again as it is.
#ifndef CHENGXIN_CLIENT_IMPORT_REJECTS_FILE_H_
#define CHENGXIN_CLIENT_IMPORT_REJECTS_FILE_H_

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/import/row_reader.h"

namespace chengxin::client {

// Where the rejects of `path` go: beside it, "km.csv" to "km.rejects.csv", "km.jsonl" to "km.rejects.jsonl";
// for standard input
// ("-") "stdin.rejects.csv" or ".jsonl" in the current folder.
std::string RejectsPath(std::string_view path, ImportFormat format);

// CSV: UTF-8 with byte order mark, CR LF, the columns kRejectColumns in front of the original ones. JSON
// Lines: the original members after "_reject_row", "_reject_field", "_reject_value", "_reject_reason". Both
// are ignored when it is read again. Written under another name in the same folder, readable by its owner
// alone, and put in place at once by Close. Not thread-safe.
class RejectsFile {
 public:
  // What Close did.
  struct Outcome {
    // Where the rejects are; empty where there were none.
    std::string path;
    // Where a former file of that name with other content was moved to ("km.rejects.1.csv"); empty where
    // there was none.
    std::string former;
  };

  // `kept_header` as RowReader gives it. Nothing is created before the first Add.
  RejectsFile(std::string path, ImportFormat format, std::string kept_header)
      : path_(std::move(path)), format_(format), kept_header_(std::move(kept_header)) {}
  // Without Close, what was written is dropped.
  ~RejectsFile();
  RejectsFile(const RejectsFile&) = delete;
  RejectsFile& operator=(const RejectsFile&) = delete;

  // Writes one row. Unavailable where the disk does not take it.
  absl::Status Add(const SourceRow& row, const RowProblem& problem);
  int64_t rows() const { return rows_; }

  // Puts the file in place. One with the same content stays as it is; one with other content, which somebody
  // may have corrected by hand, is moved aside first. Unavailable where the disk does not take it; nothing is
  // lost then but this run's rejects.
  absl::StatusOr<Outcome> Close();

 private:
  absl::Status Create();
  absl::Status Write(std::string_view text);
  absl::StatusOr<std::string> MoveFormerAside() const;

  const std::string path_;
  const ImportFormat format_;
  const std::string kept_header_;
  std::string partial_path_;
  std::FILE* file_ = nullptr;
  int64_t rows_ = 0;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_REJECTS_FILE_H_
