// The encodings that registers are exported in, and their way into UTF-8.
#ifndef CHENGXIN_CLIENT_IMPORT_TEXT_ENCODING_H_
#define CHENGXIN_CLIENT_IMPORT_TEXT_ENCODING_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace chengxin::client {

enum class TextEncoding {
  kUtf8,     // with or without byte order mark
  kGb18030,  // GBK and GB 2312 are parts of it
};

// Bytes from the start of a file that DetectEncoding wants to see, where there are as many.
inline constexpr size_t kDetectionBytes = 1 << 20;

// What decoding puts in the place of bytes that are no character: U+FFFD. A row that has it is rejected, so
// that a damaged name is never stored.
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// "utf-8", "gb18030", "gbk" or "gb2312", in either case. InvalidArgument otherwise.
absl::StatusOr<TextEncoding> ParseEncoding(std::string_view name);

// The encoding of a text that begins with `sample`. A byte order mark decides; else UTF-8 where the sample is
// valid UTF-8 but for a few damaged places; else GB18030 where it is valid as that. InvalidArgument where
// neither fits: guessing would turn names into other names.
absl::StatusOr<TextEncoding> DetectEncoding(std::string_view sample);

// Decodes a text piece by piece. Not thread-safe.
class Utf8Decoder {
 public:
  virtual ~Utf8Decoder() = default;

  // Unavailable where the machine's C library has no table for the encoding.
  static absl::StatusOr<std::unique_ptr<Utf8Decoder>> Create(TextEncoding encoding);

  // Appends `bytes` as valid UTF-8 to `out`, with kReplacement for what is no character. The start of a
  // character at the end of `bytes` is kept for the next call, unless `last`. A byte order mark at the start
  // of the text is dropped.
  virtual void Decode(std::string_view bytes, bool last, std::string& out) = 0;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_TEXT_ENCODING_H_
