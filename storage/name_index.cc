#include "storage/name_index.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "storage/keys.h"

namespace chengxin::storage {

namespace {

constexpr uint32_t kInvalid = UINT32_MAX;

struct Character {
  uint32_t point = kInvalid;  // kInvalid for a byte that begins no valid sequence
  size_t size = 1;
};

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The character that `text`, which is not empty, begins with.
Character FirstCharacter(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  size_t size = 0;
  uint32_t point = 0;
  if (lead >= 0xC2 && lead < 0xE0) {
    size = 2;
    point = lead & 0x1F;
  } else if (lead >= 0xE0 && lead < 0xF0) {
    size = 3;
    point = lead & 0x0F;
  } else if (lead >= 0xF0 && lead < 0xF5) {
    size = 4;
    point = lead & 0x07;
  }
  if (size == 0 || text.size() < size) return {};
  for (size_t i = 1; i < size; ++i) {
    if (!IsContinuation(text[i])) return {};
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  return {point, size};
}

// White space, control characters and characters without width: what a reader does not see in a name.
bool IsUnseen(uint32_t point) {
  return point <= 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200F) || (point >= 0x2028 && point <= 0x202F) || point == 0x205F ||
         point == 0x2060 || point == 0x3000 || point == 0xFEFF;
}

void AppendAscii(uint32_t point, std::string& out) {
  const char letter = static_cast<char>(point);
  out.push_back(letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter);
}

// The keys of a folded name, in order, each once.
std::vector<std::string> NameKeys(std::string_view folded, std::string_view code) {
  std::vector<std::string> keys;
  std::vector<size_t> starts;
  for (size_t at = 0; at < folded.size(); at += FirstCharacter(folded.substr(at)).size) starts.push_back(at);
  for (size_t i = 0; i + 1 < starts.size(); ++i) {
    const size_t end =
        i + kIndexedCharacters < starts.size() ? starts[i + kIndexedCharacters] : folded.size();
    std::string key;
    key.reserve(end - starts[i] + 1 + code.size());
    key.append(folded.substr(starts[i], end - starts[i])).append(1, '\0').append(code);
    keys.push_back(std::move(key));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

std::string FoldName(std::string_view name) {
  constexpr uint32_t kFullWidthFirst = 0xFF01;
  constexpr uint32_t kFullWidthLast = 0xFF5E;
  constexpr uint32_t kWidthDistance = 0xFEE0;
  std::string folded;
  folded.reserve(name.size());
  while (!name.empty()) {
    const Character character = FirstCharacter(name);
    if (character.point >= kFullWidthFirst && character.point <= kFullWidthLast) {
      AppendAscii(character.point - kWidthDistance, folded);
    } else if (character.point < 0x80) {
      if (!IsUnseen(character.point)) AppendAscii(character.point, folded);
    } else if (!IsUnseen(character.point)) {
      folded.append(name.substr(0, character.size));
    }
    name.remove_prefix(character.size);
  }
  return folded;
}

size_t CountCharacters(std::string_view text) {
  size_t count = 0;
  for (; !text.empty(); text.remove_prefix(FirstCharacter(text).size)) ++count;
  return count;
}

std::string_view FirstCharacters(std::string_view text, size_t count) {
  size_t end = 0;
  for (; count > 0 && end < text.size(); --count) end += FirstCharacter(text.substr(end)).size;
  return text.substr(0, end);
}

void AppendNameChanges(std::string_view before, std::string_view now, std::string_view code,
                       std::vector<NameKeyChange>& changes) {
  if (before == now) return;
  std::vector<std::string> added = NameKeys(FoldName(now), code);
  if (!before.empty()) {
    const std::vector<std::string> old = NameKeys(FoldName(before), code);
    std::vector<std::string> fresh;
    std::set_difference(added.begin(), added.end(), old.begin(), old.end(), std::back_inserter(fresh));
    for (const std::string& key : old) {
      if (!std::binary_search(added.begin(), added.end(), key)) changes.push_back({key, false});
    }
    added = std::move(fresh);
  }
  for (std::string& key : added) changes.push_back({std::move(key), true});
}

std::optional<std::string_view> CodeOfNameKey(std::string_view key) {
  if (key.size() <= kCodeSize) return std::nullopt;
  return key.substr(key.size() - kCodeSize);
}

}  // namespace chengxin::storage
