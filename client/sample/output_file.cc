#include "client/sample/output_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/strings.h"

namespace chengxin::sample {

OutputFile::OutputFile(std::string path)
    : path_(std::move(path)), partial_(path_ + ".partial"), file_(std::fopen(partial_.c_str(), "wb")) {}

OutputFile::~OutputFile() {
  if (file_ != nullptr) std::fclose(file_);
}

void OutputFile::Write(std::string_view text) {
  if (file_ != nullptr && std::fwrite(text.data(), 1, text.size(), file_) != text.size()) failed_ = true;
}

absl::Status OutputFile::Close() {
  std::FILE* file = std::exchange(file_, nullptr);
  if (file == nullptr || std::fclose(file) != 0 || failed_ ||
      std::rename(partial_.c_str(), path_.c_str()) != 0) {
    return absl::UnavailableError(
        StrCat("无法写文件 ", path_, "：", std::strerror(errno), " (the file cannot be written)"));
  }
  return absl::OkStatus();
}

}  // namespace chengxin::sample
