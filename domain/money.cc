#include "domain/money.h"

#include <limits>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "base/strings.h"

namespace chengxin::domain {

namespace {

absl::Status Wrong(std::string_view text, int decimals, std::string_view why) {
  return absl::InvalidArgumentError(StrCat("\"", text.substr(0, 40), "\" ", why,
                                           "; expected an amount with at most ", decimals, " decimals"));
}

// Whether commas stand where thousands are parted, or nowhere.
bool GroupedRight(std::string_view whole) {
  const size_t first = whole.find(',');
  if (first == std::string_view::npos) return true;
  if (first == 0 || first > 3) return false;
  for (size_t i = first; i < whole.size(); i += 4) {
    if (whole[i] != ',' || i + 4 > whole.size() || whole.substr(i + 1, 3).find(',') != std::string_view::npos)
      return false;
  }
  return true;
}

// A decimal number with at most `decimals` decimals, times 10^decimals.
absl::StatusOr<Fen> ParseScaled(std::string_view given, int decimals) {
  const std::string_view text = ToStd(absl::StripAsciiWhitespace(ToAbsl(given)));
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty()))
    return Wrong(text, decimals, "is no amount");
  if (!GroupedRight(whole)) return Wrong(text, decimals, "has commas that do not part thousands");
  Fen amount = 0;
  const auto add = [&amount](char c) {
    if (c < '0' || c > '9') return false;
    return !__builtin_mul_overflow(amount, Fen{10}, &amount) &&
           !__builtin_add_overflow(amount, Fen{c - '0'}, &amount);
  };
  for (const char c : whole) {
    if (c != ',' && !add(c)) return Wrong(text, decimals, "is no amount or too large");
  }
  for (size_t i = 0; i < fraction.size() || i < static_cast<size_t>(decimals); ++i) {
    const char c = i < fraction.size() ? fraction[i] : '0';
    if (i >= static_cast<size_t>(decimals)) {
      if (c != '0') return Wrong(text, decimals, "is finer than one fen");
    } else if (!add(c)) {
      return Wrong(text, decimals, "is no amount or too large");
    }
  }
  return amount;
}

}  // namespace

absl::StatusOr<Fen> ParseYuan(std::string_view text) { return ParseScaled(text, 2); }
absl::StatusOr<Fen> ParseWanYuan(std::string_view text) { return ParseScaled(text, 6); }

std::string FormatYuan(Fen amount) {
  const bool negative = amount < 0;
  const uint64_t fen = negative ? ~static_cast<uint64_t>(amount) + 1 : static_cast<uint64_t>(amount);
  std::string whole = StrCat(fen / kFenPerYuan);
  for (size_t i = whole.size(); i > 3;) {
    i -= 3;
    whole.insert(i, 1, ',');
  }
  return absl::StrFormat("%s%s.%02d元", negative ? "-" : "", whole, static_cast<int>(fen % kFenPerYuan));
}

}  // namespace chengxin::domain
