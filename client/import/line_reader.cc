#include "client/import/line_reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/status.h"
#include "base/strings.h"

namespace chengxin::client {
namespace {

constexpr size_t kBlockBytes = 64 << 10;

absl::Status OpenError(const std::string& path, int error) {
  const std::string message = StrCat("无法打开文件 ", path, "：", std::strerror(error));
  if (error == ENOENT) return absl::NotFoundError(message);
  if (error == EACCES) return absl::PermissionDeniedError(message);
  return absl::InvalidArgumentError(message);
}

// Where the line ends that begins at `start`: past LF, CR LF or a CR that is known not to be followed by LF;
// npos where the text does not hold the end yet.
size_t EndOfLine(std::string_view text, size_t start, bool at_end) {
  const size_t feed = text.find('\n', start);
  const size_t end = std::min(text.substr(0, feed).find('\r', start), feed);
  if (end == text.npos) return text.npos;
  if (text[end] == '\n') return end + 1;
  if (end + 1 < text.size()) return text[end + 1] == '\n' ? end + 2 : end + 1;
  return at_end ? end + 1 : text.npos;
}

}  // namespace

absl::StatusOr<std::unique_ptr<LineReader>> LineReader::Open(const std::string& path,
                                                             std::optional<TextEncoding> encoding) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return OpenError(path, errno);
  std::unique_ptr<LineReader> reader(new LineReader(file));
  struct stat about {};
  if (fstat(fileno(file), &about) != 0) return OpenError(path, errno);
  if (S_ISDIR(about.st_mode)) return OpenError(path, EISDIR);
  if (S_ISREG(about.st_mode)) reader->size_ = static_cast<uint64_t>(about.st_size);

  std::string sample(kDetectionBytes, '\0');
  sample.resize(std::fread(sample.data(), 1, sample.size(), file));
  if (std::ferror(file) != 0) return absl::DataLossError(StrCat("读取文件失败：", path));
  if (encoding.has_value()) {
    reader->encoding_ = *encoding;
  } else {
    CHENGXIN_ASSIGN_OR_RETURN(reader->encoding_, DetectEncoding(sample));
  }
  CHENGXIN_ASSIGN_OR_RETURN(reader->decoder_, Utf8Decoder::Create(reader->encoding_));
  reader->bytes_read_ = sample.size();
  reader->at_end_ = std::feof(file) != 0;
  reader->decoder_->Decode(sample, reader->at_end_, reader->text_);
  return reader;
}

LineReader::~LineReader() {
  if (file_ != stdin) std::fclose(file_);
}

absl::Status LineReader::Fill() {
  char block[kBlockBytes];
  const size_t count = std::fread(block, 1, sizeof(block), file_);
  if (std::ferror(file_) != 0) return absl::DataLossError("读取文件失败 (reading the file failed)");
  bytes_read_ += count;
  at_end_ = std::feof(file_) != 0;
  text_.erase(0, start_);
  start_ = 0;
  decoder_->Decode(std::string_view(block, count), at_end_, text_);
  return absl::OkStatus();
}

absl::StatusOr<bool> LineReader::Next(Line& line) {
  line.text.clear();
  line.too_long = false;
  for (;;) {
    const size_t end = EndOfLine(text_, start_, at_end_);
    const bool found = end != std::string::npos;
    const std::string_view part =
        std::string_view(text_).substr(start_, (found ? end : text_.size()) - start_);
    const size_t room = kMaximumLineBytes - line.text.size();
    line.too_long = line.too_long || part.size() > room;
    if (found || at_end_) {
      line.text.append(part.substr(0, room));
      start_ += part.size();
      if (!found && line.text.empty()) return false;
      line.number = ++lines_;
      return true;
    }
    // A CR at the very end waits: what follows says whether the line ends with it.
    const size_t taken = !part.empty() && part.back() == '\r' ? part.size() - 1 : part.size();
    line.text.append(part.substr(0, std::min(taken, room)));
    start_ += taken;
    CHENGXIN_RETURN_IF_ERROR(Fill());
  }
}

}  // namespace chengxin::client
