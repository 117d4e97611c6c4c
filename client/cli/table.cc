#include "client/cli/table.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <utility>

#include "client/cli/characters.h"

namespace chengxin::cli {

namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// Wide and full-width characters (UAX #11 W and F), joined where what lies between is not assigned.
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26A1, 0x26A1},   {0x2705, 0x2705},   {0x274C, 0x274C},
    {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},
    {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
    {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

// Combining marks, joiners, variation selectors, marks of direction.
constexpr Range kNoWidth[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x20D0, 0x20F0}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x302A, 0x302D},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

// Marks of direction may make one text look like another.
constexpr Range kSteering[] = {
    {0x00, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}};

template <size_t N>
bool In(const Range (&ranges)[N], uint32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const Range& r) { return r.first <= c && c <= r.last; });
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const Character c = FirstOf(text);
    text.remove_prefix(c.bytes);
    width += c.code == kNoCharacter ? 1 : In(kNoWidth, c.code) ? 0 : In(kWide, c.code) ? 2 : 1;
  }
  return width;
}

std::string Printable(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const Character c = FirstOf(text);
    if (c.code == '\n' || c.code == '\t' || c.code == '\r') {
      clean += ' ';
    } else if (c.code == kNoCharacter || In(kSteering, c.code)) {
      clean += '?';
    } else {
      clean += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return clean;
}

std::string Padded(std::string_view text, size_t width) {
  std::string padded(text);
  const size_t own = DisplayWidth(text);
  if (own < width) padded.append(width - own, ' ');
  return padded;
}

void Table::Add(std::vector<std::string> cells) {
  assert(cells.size() <= heading_.size());
  cells.resize(heading_.size());
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back(std::move(cells));
}

void Table::Print(std::ostream& out) const {
  std::vector<size_t> widths;
  for (size_t column = 0; column < heading_.size(); ++column) {
    size_t width = DisplayWidth(heading_[column]);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[column]));
    widths.push_back(width);
  }
  const auto print = [&](const std::vector<std::string>& row) {
    std::string line;
    for (size_t column = 0; column < row.size(); ++column) {
      if (column > 0) line += "  ";
      line += Padded(row[column], widths[column]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  };
  print(heading_);
  for (const auto& row : rows_) print(row);
}

void Properties::Add(std::string_view name, std::string_view value) {
  if (!value.empty()) rows_.emplace_back(Printable(name), Printable(value));
}

void Properties::Print(std::ostream& out) const {
  size_t width = 0;
  for (const auto& [name, value] : rows_) width = std::max(width, DisplayWidth(name));
  for (const auto& [name, value] : rows_) out << Padded(name, width) << "  " << value << '\n';
}

}  // namespace chengxin::cli
