// Characters of UTF-8 text.
#ifndef CHENGXIN_CLIENT_CLI_CHARACTERS_H_
#define CHENGXIN_CLIENT_CLI_CHARACTERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chengxin::cli {

// One character: its code point and bytes; one byte and kNoCharacter where it is not UTF-8.
inline constexpr uint32_t kNoCharacter = 0xFFFFFFFF;
struct Character {
  uint32_t code;
  size_t bytes;
};

// The first character of a text that is not empty.
Character FirstOf(std::string_view text);

bool IsUtf8(std::string_view text);
// The offset of the first byte that is not.
std::optional<size_t> FirstNotUtf8(std::string_view text);

// Whether characters that steer a device are among it; line breaks and tabs only where `lines` says so.
bool HasControl(std::string_view text, bool lines);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_CHARACTERS_H_
