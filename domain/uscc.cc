#include "domain/uscc.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_join.h"
#include "base/strings.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr int kModulus = 31;
// 3^(i-1) mod 31.
constexpr std::array<int, 17> kWeights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
// GB 11714, over 0-9A-Z: other values for letters than GB 32100's, since I, O, S, V, Z keep their places
// there.
constexpr std::array<int, 8> kOrganizationWeights = {3, 7, 9, 10, 5, 8, 4, 2};

constexpr std::array<int8_t, 128> MakeValues() {
  std::array<int8_t, 128> values{};
  values.fill(-1);
  for (size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<size_t>(kAlphabet[i])] = static_cast<int8_t>(i);
  return values;
}
constexpr std::array<int8_t, 128> kValues = MakeValues();

int OrganizationValue(char symbol) { return symbol <= '9' ? symbol - '0' : symbol - 'A' + 10; }

char CheckOf(const char* symbols) {
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) sum += kValues[static_cast<size_t>(symbols[i])] * kWeights[i];
  // The outer modulus matters: with remainder 0 the check character is '0'.
  return kAlphabet[static_cast<size_t>((kModulus - sum % kModulus) % kModulus)];
}

char OrganizationCheckOf(const char* body) {
  int sum = 0;
  for (size_t i = 0; i < kOrganizationWeights.size(); ++i)
    sum += OrganizationValue(body[i]) * kOrganizationWeights[i];
  const int check = 11 - sum % 11;
  if (check == 10) return 'X';
  return check == 11 ? '0' : static_cast<char>('0' + check);
}

// A byte of a UTF-8 character other than its first.
bool IsContinuation(char byte) { return (byte & 0xC0) == 0x80; }

// Trims white space at both ends (ideographic too), folds full-width ASCII to half width and lower case to
// upper.
std::string Normalize(std::string_view text) {
  std::string folded;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0xEF && i + 2 < text.size() && IsContinuation(text[i + 1]) && IsContinuation(text[i + 2])) {
      // U+FF01 to U+FF5E
      const int point = 0xF000 | (static_cast<unsigned char>(text[i + 1]) & 0x3F) << 6 |
                        (static_cast<unsigned char>(text[i + 2]) & 0x3F);
      if (point >= 0xFF01 && point <= 0xFF5E) {
        folded += static_cast<char>(point - 0xFF01 + '!');
        i += 2;
        continue;
      }
    }
    if (text.substr(i, 3) == "\u3000" || text.substr(i, 3) == "\ufeff") {
      folded += ' ';
      i += 2;
      continue;
    }
    folded += text[i];
  }
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  const auto first = std::find_if_not(folded.begin(), folded.end(), is_space);
  const auto last = std::find_if_not(folded.rbegin(), std::make_reverse_iterator(first), is_space).base();
  std::string trimmed(first, last);
  for (char& c : trimmed) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return trimmed;
}

// Characters of a UTF-8 text, as people count them.
size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

// What is wrong before any check character can be looked at.
std::vector<UsccFault> ShapeFaults(std::string_view text) {
  if (const size_t length = CountCharacters(text); length != kUsccLength) {
    return {{UsccProblem::kLength,
             StrCat("长度为", length, "，应为18位 (", length, " characters; expected 18)")}};
  }
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 128 || kValues[byte] < 0) {
      const size_t position = CountCharacters(text.substr(0, i)) + 1;
      return {{UsccProblem::kSymbol,
               StrCat("第", position, "位不是数字或大写字母（不用I、O、S、V、Z） (position ", position,
                      ": expected a digit or a letter other than I, O, S, V, Z)")}};
    }
  }
  for (size_t i = 2; i < 8; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return {
          {UsccProblem::kDivision,
           StrCat(
               "第3至8位应为数字的行政区划代码 (positions 3 to 8: expected the digits of a division code)")}};
    }
  }
  return {};
}

}  // namespace

Uscc Uscc::Pack(const std::array<uint8_t, kUsccLength>& values) {
  uint64_t high = 0, low = 0;
  for (size_t i = 0; i < 9; ++i) high = high << 5 | values[i];
  for (size_t i = 9; i < kUsccLength; ++i) low = low << 5 | values[i];
  return Uscc(high, low);
}

uint8_t Uscc::ValueAt(size_t index) const {
  const uint64_t half = index < 9 ? high_ : low_;
  return static_cast<uint8_t>(half >> (5 * (8 - index % 9)) & 31);
}

std::optional<Uscc> Uscc::FromStored(std::string_view text) {
  if (text.size() != kUsccLength) return std::nullopt;
  std::array<uint8_t, kUsccLength> values;
  for (size_t i = 0; i < kUsccLength; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 128 || kValues[byte] < 0) return std::nullopt;
    values[i] = static_cast<uint8_t>(kValues[byte]);
    if (i >= 2 && i < 8 && values[i] > 9) return std::nullopt;
  }
  return Pack(values);
}

UsccInspection Uscc::Inspect(std::string_view text) {
  std::string normalized;
  // Codes mostly come as they should be; nothing is to be folded then.
  const bool plain = text.size() == kUsccLength && std::all_of(text.begin(), text.end(), [](char c) {
                       return static_cast<unsigned char>(c) < 128 && kValues[static_cast<size_t>(c)] >= 0;
                     });
  if (!plain) {
    normalized = Normalize(text);
    text = normalized;
  }
  UsccInspection inspection;
  inspection.faults = ShapeFaults(text);
  if (!inspection.faults.empty()) return inspection;
  std::array<uint8_t, kUsccLength> values;
  for (size_t i = 0; i < kUsccLength; ++i)
    values[i] = static_cast<uint8_t>(kValues[static_cast<size_t>(text[i])]);
  inspection.code = Pack(values);
  if (const char expected = OrganizationCheckOf(text.data() + 8); text[16] != expected) {
    inspection.faults.push_back(
        {UsccProblem::kOrganizationCheck,
         StrCat("第17位（组织机构代码校验码，GB 11714）为", text.substr(16, 1), "，应为",
                std::string(1, expected), " (position 17, check of the organization code: expected ",
                std::string(1, expected), ")")});
  }
  if (const char expected = CheckOf(text.data()); text[17] != expected) {
    inspection.faults.push_back(
        {UsccProblem::kCheck,
         StrCat("第18位（校验码，GB 32100）为", text.substr(17, 1), "，应为", std::string(1, expected),
                " (position 18, check of the code: expected ", std::string(1, expected), ")")});
  }
  return inspection;
}

absl::StatusOr<Uscc> Uscc::Parse(std::string_view text) {
  UsccInspection inspection = Inspect(text);
  if (!inspection.ok()) return absl::InvalidArgumentError(inspection.Describe());
  return *inspection.code;
}

absl::StatusOr<Uscc> Uscc::WithChecks(std::string_view first8, std::string_view body8) {
  std::string text = StrCat(first8, body8);
  const bool symbols = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 128 && kValues[static_cast<size_t>(c)] >= 0;
  });
  if (first8.size() != 8 || body8.size() != 8 || !symbols) {
    return absl::InvalidArgumentError(
        StrCat("expected 8 and 8 symbols of a code, not \"", first8, "\" and \"", body8, "\""));
  }
  text += OrganizationCheckOf(text.data() + 8);
  text += CheckOf(text.data());
  return Parse(text);
}

std::array<char, kUsccLength> Uscc::symbols() const {
  std::array<char, kUsccLength> symbols;
  // Every answer to a check spells its code: each half from its last symbol on, without a division.
  uint64_t high = high_, low = low_;
  for (size_t i = 9; i-- > 0; high >>= 5, low >>= 5) {
    symbols[i] = kAlphabet[high & 31];
    symbols[i + 9] = kAlphabet[low & 31];
  }
  return symbols;
}

std::string Uscc::ToString() const {
  std::string text;
  AppendTo(text);
  return text;
}

void Uscc::AppendTo(std::string& out) const {
  const std::array<char, kUsccLength> all = symbols();
  out.append(all.data(), all.size());
}

char Uscc::department() const { return kAlphabet[ValueAt(0)]; }
char Uscc::category() const { return kAlphabet[ValueAt(1)]; }

int Uscc::division() const {
  int division = 0;
  for (size_t i = 2; i < 8; ++i) division = division * 10 + ValueAt(i);
  return division;
}

bool Uscc::is_social_organization() const {
  const char second = category();
  return department() == '5' && (second == '1' || second == '2' || second == '3' || second == '9');
}

std::string UsccInspection::Describe() const {
  return absl::StrJoin(faults, "；",
                       [](std::string* out, const UsccFault& fault) { StrAppend(out, fault.description); });
}

}  // namespace chengxin::domain
