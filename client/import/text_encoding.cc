#include "client/import/text_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "base/strings.h"

namespace chengxin::client {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// What stands at the start of some bytes, read as UTF-8.
enum class Utf8Piece { kCharacter, kBroken, kUnfinished };

// The shape of the character a first byte begins: its length and the range of its second byte, which is
// narrower for some first bytes so that overlong forms, surrogates and values beyond U+10FFFF are broken
// (Unicode, table 3-7).
struct Utf8Shape {
  size_t length = 0;
  uint8_t second_low = 0x80;
  uint8_t second_high = 0xBF;
};

Utf8Shape ShapeOf(uint8_t first) {
  if (first < 0x80) return {1};
  if (first < 0xC2) return {};
  if (first < 0xE0) return {2};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first < 0xF0) return {3};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first < 0xF4) return {4};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {};
}

Utf8Piece ReadUtf8(std::string_view bytes, size_t& length) {
  const Utf8Shape shape = ShapeOf(static_cast<uint8_t>(bytes[0]));
  length = 1;
  if (shape.length == 0) return Utf8Piece::kBroken;
  for (size_t i = 1; i < shape.length; ++i) {
    if (i == bytes.size()) return Utf8Piece::kUnfinished;
    const uint8_t byte = static_cast<uint8_t>(bytes[i]);
    const uint8_t low = i == 1 ? shape.second_low : 0x80;
    const uint8_t high = i == 1 ? shape.second_high : 0xBF;
    if (byte < low || byte > high) return Utf8Piece::kBroken;
    length = i + 1;
  }
  return Utf8Piece::kCharacter;
}

// Characters beyond ASCII and broken places of a sample, read as UTF-8.
struct Utf8Evidence {
  size_t characters = 0;
  size_t broken = 0;
};

Utf8Evidence Weigh(std::string_view sample) {
  Utf8Evidence evidence;
  for (size_t at = 0; at < sample.size();) {
    size_t length = 1;
    const Utf8Piece piece = ReadUtf8(sample.substr(at), length);
    if (piece == Utf8Piece::kUnfinished) break;
    if (piece == Utf8Piece::kBroken) ++evidence.broken;
    if (piece == Utf8Piece::kCharacter && length > 1) ++evidence.characters;
    at += length;
  }
  return evidence;
}

size_t CountReplacements(std::string_view text) {
  size_t count = 0;
  for (size_t at = text.find(kReplacement); at != text.npos; at = text.find(kReplacement, at + 1)) ++count;
  return count;
}

class FromUtf8 : public Utf8Decoder {
 public:
  void Decode(std::string_view bytes, bool last, std::string& out) override {
    std::string joined;
    std::string_view rest = bytes;
    if (!kept_.empty()) {
      joined = StrCat(kept_, bytes);
      kept_.clear();
      rest = joined;
    }
    if (at_start_) {
      if (!last && rest.size() < kByteOrderMark.size() && StartsWith(kByteOrderMark, rest)) {
        kept_ = rest;
        return;
      }
      at_start_ = false;
      if (StartsWith(rest, kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
    }
    // Whole runs of good characters are appended at once.
    size_t good = 0;
    while (good < rest.size()) {
      if (static_cast<uint8_t>(rest[good]) < 0x80) {
        ++good;
        continue;
      }
      size_t length = 1;
      const Utf8Piece piece = ReadUtf8(rest.substr(good), length);
      if (piece == Utf8Piece::kCharacter) {
        good += length;
        continue;
      }
      out.append(rest.substr(0, good));
      rest.remove_prefix(good);
      good = 0;
      if (piece == Utf8Piece::kUnfinished && !last) {
        kept_ = rest;
        return;
      }
      out.append(kReplacement);
      rest.remove_prefix(length);
    }
    out.append(rest);
  }

 private:
  bool at_start_ = true;
  // The start of a character whose end has not come yet.
  std::string kept_;
};

class FromGb18030 : public Utf8Decoder {
 public:
  explicit FromGb18030(iconv_t converter) : converter_(converter) {}
  ~FromGb18030() override { iconv_close(converter_); }
  FromGb18030(const FromGb18030&) = delete;
  FromGb18030& operator=(const FromGb18030&) = delete;

  void Decode(std::string_view bytes, bool last, std::string& out) override {
    std::string joined = StrCat(kept_, bytes);
    kept_.clear();
    char* in = joined.data();
    size_t in_left = joined.size();
    while (in_left > 0) {
      char buffer[4096];
      char* to = buffer;
      size_t to_left = sizeof(buffer);
      const size_t result = iconv(converter_, &in, &in_left, &to, &to_left);
      const int error = errno;
      out.append(buffer, sizeof(buffer) - to_left);
      if (result != static_cast<size_t>(-1) || error == E2BIG) continue;
      if (error == EINVAL && !last) {
        kept_.assign(in, in_left);
        return;
      }
      // One byte is given up, not two: the second may be a quote or the end of the line.
      out.append(kReplacement);
      ++in;
      --in_left;
    }
  }

 private:
  const iconv_t converter_;
  std::string kept_;
};

}  // namespace

absl::StatusOr<TextEncoding> ParseEncoding(std::string_view name) {
  const std::string lower = absl::AsciiStrToLower(ToAbsl(name));
  if (lower == "utf-8" || lower == "utf8") return TextEncoding::kUtf8;
  if (lower == "gb18030" || lower == "gbk" || lower == "gb2312") return TextEncoding::kGb18030;
  return absl::InvalidArgumentError(
      StrCat("编码“", name, "”未知；应为 utf-8、gb18030、gbk 或 gb2312 (unknown encoding)"));
}

absl::StatusOr<TextEncoding> DetectEncoding(std::string_view sample) {
  if (StartsWith(sample, "PK\x03\x04") || StartsWith(sample, "\xD0\xCF\x11\xE0")) {
    return absl::InvalidArgumentError(
        "这是 Excel 工作簿或压缩文件；请另存为 CSV 再导入 (a workbook or archive: save it as CSV first)");
  }
  if (StartsWith(sample, "\xFF\xFE") || StartsWith(sample, "\xFE\xFF")) {
    return absl::InvalidArgumentError(
        "文件是 UTF-16 编码；请另存为 UTF-8 或 GB18030 (UTF-16 is not read: save it as UTF-8 or GB18030)");
  }
  if (StartsWith(sample, kByteOrderMark)) return TextEncoding::kUtf8;
  const Utf8Evidence utf8 = Weigh(sample);
  // GB18030 text seldom holds what looks like UTF-8; a hundred good characters for each broken place leaves
  // no doubt.
  if (utf8.broken == 0 || utf8.characters >= 100 * utf8.broken) return TextEncoding::kUtf8;
  auto decoder = Utf8Decoder::Create(TextEncoding::kGb18030);
  if (!decoder.ok()) return decoder.status();
  std::string text;
  (*decoder)->Decode(sample, /*last=*/false, text);
  const size_t broken = CountReplacements(text);
  if (100 * broken <= utf8.broken) return TextEncoding::kGb18030;
  return absl::InvalidArgumentError(
      "无法判断文件编码：既不是 UTF-8 也不是 GB18030；请用 --encoding 指明 (neither UTF-8 nor GB18030: name "
      "it with --encoding)");
}

absl::StatusOr<std::unique_ptr<Utf8Decoder>> Utf8Decoder::Create(TextEncoding encoding) {
  if (encoding == TextEncoding::kUtf8) return std::make_unique<FromUtf8>();
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    return absl::UnavailableError(
        "本机 C 库没有 GB18030 编码表 (the C library of this machine lacks GB18030)");
  }
  return std::make_unique<FromGb18030>(converter);
}

}  // namespace chengxin::client
