#include "domain/field_checks.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "base/strings.h"
#include "domain/money.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kRequired = "必填 (required)";

// The bytes of the well-formed UTF-8 character at the start of `text`; 0 where there is none (Unicode 15,
// table 3-7).
size_t CharacterSize(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < size) return 0;
  unsigned char least = 0x80, most = 0xBF;
  if (first == 0xE0) least = 0xA0;  // no overlong forms
  if (first == 0xED) most = 0x9F;   // no surrogates
  if (first == 0xF0) least = 0x90;
  if (first == 0xF4) most = 0x8F;  // nothing above U+10FFFF
  if (byte(1) < least || byte(1) > most) return 0;
  for (size_t i = 2; i < size; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  return size;
}

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
}

bool IsBlank(std::string_view text) {
  while (!text.empty()) {
    if (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')) {
      text.remove_prefix(1);
    } else if (text.substr(0, 3) == "\u3000") {
      text.remove_prefix(3);
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<size_t> CountCharacters(std::string_view text) {
  size_t count = 0;
  while (!text.empty()) {
    const size_t size = CharacterSize(text);
    if (size == 0) return std::nullopt;
    text.remove_prefix(size);
    ++count;
  }
  return count;
}

std::string FieldChecks::PathOf(std::string_view name) const {
  return path_.empty() ? std::string(name) : StrCat(path_, ".", name);
}

void FieldChecks::Add(std::string_view name, std::string_view description) const {
  violations_.Add(PathOf(name), description);
}

bool FieldChecks::Check(bool good, std::string_view name, std::string_view description) const {
  if (!good) Add(name, description);
  return good;
}

bool FieldChecks::RequiredText(std::string_view name, std::string_view value, size_t maximum) const {
  return Check(!IsBlank(value), name, kRequired) && OptionalText(name, value, maximum);
}

bool FieldChecks::OptionalText(std::string_view name, std::string_view value, size_t maximum) const {
  const std::optional<size_t> length = CountCharacters(value);
  if (!Check(length.has_value(), name, "应为有效的UTF-8文本 (expected valid UTF-8)")) return false;
  if (*length > maximum) {
    Add(name, StrCat("长", *length, "个字符，至多", maximum, "个 (", *length, " characters; at most ",
                     maximum, ")"));
    return false;
  }
  return Check(std::none_of(value.begin(), value.end(), IsControl), name,
               "含有控制字符 (holds control characters)");
}

std::optional<CivilDay> FieldChecks::OptionalDay(std::string_view name, std::string_view value) const {
  if (value.empty()) return std::nullopt;
  const absl::StatusOr<CivilDay> day = CivilDay::Parse(value);
  if (day.ok()) return *day;
  Add(name, ToStd(day.status().message()));
  return std::nullopt;
}

std::optional<CivilDay> FieldChecks::RequiredDay(std::string_view name, std::string_view value) const {
  if (!Check(!value.empty(), name, kRequired)) return std::nullopt;
  return OptionalDay(name, value);
}

std::optional<CivilDay> FieldChecks::RequiredPastDay(std::string_view name, std::string_view value) const {
  return PastDay(name, RequiredDay(name, value));
}

std::optional<CivilDay> FieldChecks::OptionalPastDay(std::string_view name, std::string_view value) const {
  return PastDay(name, OptionalDay(name, value));
}

std::optional<CivilDay> FieldChecks::PastDay(std::string_view name, std::optional<CivilDay> day) const {
  if (!day.has_value() || *day <= today_) return day;
  Add(name, StrCat("不得晚于今天", today_.ToString(), "（北京时间） (in the future; today is ",
                   today_.ToString(), " in Asia/Shanghai)"));
  return std::nullopt;
}

void FieldChecks::NotBefore(std::string_view name, const std::optional<CivilDay>& day,
                            std::string_view earlier_name, const std::optional<CivilDay>& earlier) const {
  if (!day.has_value() || !earlier.has_value() || *day >= *earlier) return;
  Add(name, StrCat("不得早于", earlier_name, "的", earlier->ToString(), " (before ", earlier_name, ", ",
                   earlier->ToString(), ")"));
}

bool FieldChecks::InRange(std::string_view name, int64_t value, int64_t least, int64_t most) const {
  if (value >= least && value <= most) return true;
  Add(name,
      StrCat("为", value, "，应为", least, "至", most, " (", value, "; expected ", least, " to ", most, ")"));
  return false;
}

bool FieldChecks::NotNegative(std::string_view name, int64_t value) const {
  return Check(value >= 0, name, "不得为负数 (must not be negative)");
}

bool FieldChecks::Amount(std::string_view name, int64_t fen) const {
  if (!NotNegative(name, fen)) return false;
  if (fen <= kLargestAmount) return true;
  Add(name, StrCat("为", fen, "分，不得超过", kLargestAmount, "分，即", FormatYuan(kLargestAmount), " (", fen,
                   " fen; at most ", kLargestAmount, ", 10^12 yuan)"));
  return false;
}

absl::Status RefuseFields(const Refusal& refusal, const FieldViolations& violations) {
  absl::Status status = ToStatus(refusal);
  status.SetPayload(ToAbsl(kBadRequestUrl), absl::Cord(violations.message().SerializeAsString()));
  return status;
}

}  // namespace chengxin::domain
