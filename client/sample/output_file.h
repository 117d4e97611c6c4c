// A file that appears when it is whole.
#ifndef CHENGXIN_CLIENT_SAMPLE_OUTPUT_FILE_H_
#define CHENGXIN_CLIENT_SAMPLE_OUTPUT_FILE_H_

#include <cstdio>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace chengxin::sample {

// Writes to path + ".partial" and renames. Errors are kept until Close. Not thread-safe.
class OutputFile {
 public:
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void Write(std::string_view text);
  // Unavailable where any of it did not reach the disk; the former file stays then.
  absl::Status Close();

 private:
  const std::string path_;
  const std::string partial_;
  std::FILE* file_;
  bool failed_ = false;
};

}  // namespace chengxin::sample

#endif  // CHENGXIN_CLIENT_SAMPLE_OUTPUT_FILE_H_
