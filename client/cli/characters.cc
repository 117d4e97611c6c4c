#include "client/cli/characters.h"

namespace chengxin::cli {

Character FirstOf(std::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t bytes = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (bytes == 0 || lead >= 0xF5 || text.size() < bytes) return {kNoCharacter, 1};
  uint32_t code = lead & (0xFFU >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {kNoCharacter, 1};
    code = code << 6 | (byte(i) & 0x3FU);
  }
  constexpr uint32_t kShortest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kShortest[bytes] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
    return {kNoCharacter, 1};
  return {code, bytes};
}

std::optional<size_t> FirstNotUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Character c = FirstOf(text.substr(at));
    if (c.code == kNoCharacter) return at;
    at += c.bytes;
  }
  return std::nullopt;
}

bool IsUtf8(std::string_view text) { return !FirstNotUtf8(text).has_value(); }

bool HasControl(std::string_view text, bool lines) {
  while (!text.empty()) {
    const Character c = FirstOf(text);
    const bool line = c.code == '\n' || c.code == '\r' || c.code == '\t';
    if ((c.code < 0x20 && !(lines && line)) || (c.code >= 0x7F && c.code <= 0x9F)) return true;
    text.remove_prefix(c.bytes);
  }
  return false;
}

}  // namespace chengxin::cli
