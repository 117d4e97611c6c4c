#include "domain/identity_number.h"

#include <array>

#include "absl/time/civil_time.h"
#include "domain/uscc.h"

namespace chengxin::domain {

namespace {

constexpr size_t kLength = 18;

// One character of a text, folded to half width: a digit, 'X', 'A' for other letters, or ' ' for all else.
struct Symbol {
  char folded = ' ';
  size_t bytes = 1;
};

char FoldAscii(char c) {
  if (c >= '0' && c <= '9') return c;
  if (c == 'x' || c == 'X') return 'X';
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 'A' : ' ';
}

Symbol SymbolAt(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  // U+FF01 to U+FF5E are ASCII in full width.
  if (byte(0) != 0xEF || at + 2 >= text.size() || (byte(1) != 0xBC && byte(1) != 0xBD))
    return {FoldAscii(text[at]), 1};
  const int point = 0xF000 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return {point >= 0xFF01 && point <= 0xFF5E ? FoldAscii(static_cast<char>(point - 0xFF01 + '!')) : ' ', 3};
}

bool IsResidentIdentityNumber(std::string_view folded) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kChecks = "10X98765432";
  if (folded.size() != kLength || folded[0] == '0' || folded[0] == '9') return false;
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) {
    if (folded[i] < '0' || folded[i] > '9') return false;
    sum += (folded[i] - '0') * kWeights[i];
  }
  if (kChecks[static_cast<size_t>(sum % 11)] != folded[17]) return false;
  const auto number = [&](size_t from, size_t count) {
    int value = 0;
    for (const char c : folded.substr(from, count)) value = value * 10 + (c - '0');
    return value;
  };
  const int year = number(6, 4), month = number(10, 2), day = number(12, 2);
  const absl::CivilDay born(year, month, day);
  return year >= 1880 && year <= 2100 && born.month() == month && born.day() == day;
}

// Whether a text may hold an identity number: a cheap look for 17 digits in a row, full-width ones (EF BC 90
// to 99) too. Says yes more often than need be, never less.
bool HasManyDigits(std::string_view text) {
  int run = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= '0' && byte <= '9') || (byte >= 0x90 && byte <= 0x99)) {
      if (++run == 17) return true;
    } else if (byte != 0xEF && byte != 0xBC) {
      run = 0;
    }
  }
  return false;
}

}  // namespace

int64_t MaskIdentityNumbers(std::string& text) {
  int64_t count = 0;
  if (!HasManyDigits(text)) return 0;
  for (size_t at = 0; at < text.size();) {
    if (SymbolAt(text, at).folded == ' ') {
      at += SymbolAt(text, at).bytes;
      continue;
    }
    // A run of digits and letters: a number within a longer one is another number.
    std::string folded;
    size_t end = at;
    while (end < text.size()) {
      const Symbol symbol = SymbolAt(text, end);
      if (symbol.folded == ' ') break;
      if (folded.size() <= kLength) folded += symbol.folded;
      end += symbol.bytes;
    }
    if (IsResidentIdentityNumber(folded)) {
      const auto code = Uscc::Parse(std::string_view(text).substr(at, end - at));
      if (!code.ok() || !code->is_social_organization()) {
        text.replace(at, end - at, kMaskedIdentityNumber);
        end = at + kMaskedIdentityNumber.size();
        ++count;
      }
    }
    at = end;
  }
  return count;
}

}  // namespace chengxin::domain
