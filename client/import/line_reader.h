// The lines of a file of any size, decoded.
#ifndef CHENGXIN_CLIENT_IMPORT_LINE_READER_H_
#define CHENGXIN_CLIENT_IMPORT_LINE_READER_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/import/text_encoding.h"

namespace chengxin::client {

// Longest line taken, in bytes of UTF-8; of a longer one only this much is kept in memory.
inline constexpr size_t kMaximumLineBytes = 1 << 20;

// One physical line.
struct Line {
  // The text in UTF-8 with its end (LF, CR LF or CR); the first kMaximumLineBytes of it where too_long.
  std::string text;
  // From 1.
  int64_t number = 0;
  bool too_long = false;
};

// Reads a file, or standard input for "-", holding no more than a line and a block of it. Not thread-safe.
class LineReader {
 public:
  // Detects the encoding where none is given. NotFound or PermissionDenied for the file, InvalidArgument for
  // the encoding.
  static absl::StatusOr<std::unique_ptr<LineReader>> Open(const std::string& path,
                                                          std::optional<TextEncoding> encoding);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // The next line; false at the end of the file. DataLoss where reading fails.
  absl::StatusOr<bool> Next(Line& line);

  // What is read ahead of the next line, in UTF-8: at first the start of the file. Valid until the next call
  // of Next.
  std::string_view ahead() const { return std::string_view(text_).substr(start_); }
  TextEncoding encoding() const { return encoding_; }
  // Bytes of the file in lines given out and what is read ahead.
  uint64_t bytes_read() const { return bytes_read_; }
  // Size of the file in bytes; none where it is no regular file.
  std::optional<uint64_t> size() const { return size_; }

 private:
  explicit LineReader(std::FILE* file) : file_(file) {}
  absl::Status Fill();

  std::FILE* const file_;
  std::optional<uint64_t> size_;
  TextEncoding encoding_ = TextEncoding::kUtf8;
  std::unique_ptr<Utf8Decoder> decoder_;
  uint64_t bytes_read_ = 0;
  int64_t lines_ = 0;
  // Decoded text; what lies before start_ was given out.
  std::string text_;
  size_t start_ = 0;
  bool at_end_ = false;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_LINE_READER_H_
