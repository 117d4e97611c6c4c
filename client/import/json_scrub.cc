#include "client/import/json_scrub.h"

#include <optional>

#include "absl/status/status.h"
#include "base/status.h"
#include "base/strings.h"
#include "client/import/identity_numbers.h"
#include "domain/identity_number.h"

namespace chengxin::client {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(uint32_t point, std::string& out) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

std::optional<char> SimpleEscape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return std::nullopt;
  }
}

// Reads the object from start to end, writing what may stay as it goes.
class Scrubber {
 public:
  explicit Scrubber(std::string_view text) : text_(text) {}

  absl::StatusOr<ScrubbedJson> Run() {
    SkipSpace();
    if (!At('{')) return Wrong("应为 JSON 对象 (expected a JSON object)");
    CHENGXIN_RETURN_IF_ERROR(Object(1, result_.text));
    SkipSpace();
    if (at_ != text_.size()) return Wrong("对象之后还有内容 (text after the object)");
    result_.empty = result_.text == "{}";
    return std::move(result_);
  }

 private:
  absl::Status Wrong(std::string_view what) const {
    size_t characters = 1;
    for (const char c : text_.substr(0, at_)) characters += (c & 0xC0) != 0x80 ? 1 : 0;
    return absl::InvalidArgumentError(StrCat("第 ", characters, " 个字符：", what));
  }
  bool At(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool Take(char c) {
    if (!At(c)) return false;
    ++at_;
    return true;
  }
  void SkipSpace() {
    while (At(' ') || At('\t') || At('\r') || At('\n')) ++at_;
  }

  absl::Status Object(size_t depth, std::string& out) {
    if (depth > kMaximumJsonDepth) return Wrong("嵌套过深 (nested too deeply)");
    ++at_;
    out += '{';
    SkipSpace();
    bool first = true;
    for (bool more = !Take('}'); more;) {
      SkipSpace();
      std::string key;
      CHENGXIN_RETURN_IF_ERROR(String(key));
      SkipSpace();
      if (!Take(':')) return Wrong("应为冒号 (expected a colon)");
      std::string value;
      CHENGXIN_RETURN_IF_ERROR(Value(depth, value));
      const bool identity = IsIdentityColumn(key);
      if (identity && value != "null" && value != "\"\"") ++result_.identity_numbers;
      if (!identity && !(depth == 1 && key.rfind(kRejectMemberPrefix, 0) == 0)) {
        if (!first) out += ',';
        first = false;
        result_.identity_numbers += domain::MaskIdentityNumbers(key);
        AppendJsonString(key, out);
        out += ':';
        out += value;
      }
      SkipSpace();
      if (Take('}')) break;
      if (!Take(',')) return Wrong("应为逗号或右花括号 (expected a comma or a closing brace)");
    }
    out += '}';
    return absl::OkStatus();
  }

  absl::Status Array(size_t depth, std::string& out) {
    if (depth > kMaximumJsonDepth) return Wrong("嵌套过深 (nested too deeply)");
    ++at_;
    out += '[';
    SkipSpace();
    for (bool more = !Take(']'); more;) {
      CHENGXIN_RETURN_IF_ERROR(Value(depth, out));
      SkipSpace();
      if (Take(']')) break;
      if (!Take(',')) return Wrong("应为逗号或右方括号 (expected a comma or a closing bracket)");
      out += ',';
    }
    out += ']';
    return absl::OkStatus();
  }

  absl::Status Value(size_t depth, std::string& out) {
    SkipSpace();
    if (At('{')) return Object(depth + 1, out);
    if (At('[')) return Array(depth + 1, out);
    if (At('"')) {
      std::string value;
      CHENGXIN_RETURN_IF_ERROR(String(value));
      result_.identity_numbers += domain::MaskIdentityNumbers(value);
      AppendJsonString(value, out);
      return absl::OkStatus();
    }
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      out += word;
      return absl::OkStatus();
    }
    return Number(out);
  }

  absl::Status Number(std::string& out) {
    const size_t start = at_;
    const auto digits = [this] {
      const size_t from = at_;
      while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
      return at_ > from;
    };
    Take('-');
    const bool zero = At('0');
    const size_t whole = at_;
    bool good = digits() && (!zero || at_ == whole + 1);
    if (good && Take('.')) good = digits();
    if (good && (Take('e') || Take('E'))) {
      if (!Take('+')) Take('-');
      good = digits();
    }
    if (!good) return Wrong("应为一个值 (expected a value)");
    std::string number(text_.substr(start, at_ - start));
    const int64_t masked = domain::MaskIdentityNumbers(number);
    result_.identity_numbers += masked;
    if (masked > 0) {
      AppendJsonString(number, out);
    } else {
      out += number;
    }
    return absl::OkStatus();
  }

  absl::Status String(std::string& out) {
    if (!Take('"')) return Wrong("应为字符串 (expected a string)");
    for (;;) {
      if (at_ >= text_.size()) return Wrong("字符串没有结束 (a string does not end)");
      const char c = text_[at_];
      if (c == '"') break;
      if (static_cast<unsigned char>(c) < 0x20)
        return Wrong("字符串中有控制字符 (a control character in a string)");
      if (c == '\\') {
        CHENGXIN_RETURN_IF_ERROR(Escape(out));
      } else {
        out += c;
        ++at_;
      }
    }
    ++at_;
    return absl::OkStatus();
  }

  absl::Status Escape(std::string& out) {
    ++at_;
    const char kind = at_ < text_.size() ? text_[at_] : '\0';
    if (const auto simple = SimpleEscape(kind)) {
      out += *simple;
      ++at_;
      return absl::OkStatus();
    }
    std::optional<uint32_t> point = HexUnit();
    if (point.has_value() && *point >= 0xD800 && *point < 0xDC00 && Take('\\')) {
      const std::optional<uint32_t> low = HexUnit();
      if (!low.has_value() || *low < 0xDC00 || *low > 0xDFFF) return Wrong("转义有误 (a wrong escape)");
      point = 0x10000 + ((*point - 0xD800) << 10) + (*low - 0xDC00);
    }
    if (!point.has_value() || (*point >= 0xD800 && *point <= 0xDFFF))
      return Wrong("转义有误 (a wrong escape)");
    AppendUtf8(*point, out);
    return absl::OkStatus();
  }

  // "uXXXX" at the place reached.
  std::optional<uint32_t> HexUnit() {
    if (!At('u') || at_ + 5 > text_.size()) return std::nullopt;
    uint32_t value = 0;
    for (const char c : text_.substr(at_ + 1, 4)) {
      const bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!letter && !IsDigit(c)) return std::nullopt;
      value = value * 16 + static_cast<uint32_t>(letter ? (c | 0x20) - 'a' + 10 : c - '0');
    }
    at_ += 5;
    return value;
  }

  const std::string_view text_;
  size_t at_ = 0;
  ScrubbedJson result_;
};

}  // namespace

absl::StatusOr<ScrubbedJson> ScrubJson(std::string_view line) { return Scrubber(line).Run(); }

void AppendJsonString(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 0xF];
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace chengxin::client
