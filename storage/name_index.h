// The index of registered names: which organizations' names contain a text, without scanning names.
//
// A name is folded (below), and each of its suffixes of two or more characters, cut to eight, becomes a key
// of the table `names`: suffix ‖ 0x00 ‖ code. A text of two to eight characters is then found by one scan of
// the keys that begin with it; a longer one by its first eight, and a look at the names found.
#ifndef CHENGXIN_STORAGE_NAME_INDEX_H_
#define CHENGXIN_STORAGE_NAME_INDEX_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chengxin::storage {

// Characters (UTF-8 code points) of a suffix that are indexed.
inline constexpr size_t kIndexedCharacters = 8;
// Characters that a search needs at least.
inline constexpr size_t kMinimumSearchCharacters = 2;

// The form in which names are compared: full width becomes half width, ASCII letters lower case; white space
// and control characters go. Bytes that are not UTF-8 stay as they are, each a character.
std::string FoldName(std::string_view name);

// Number of characters of a text.
size_t CountCharacters(std::string_view text);
// The first `count` characters of a text.
std::string_view FirstCharacters(std::string_view text, size_t count);

// A key that comes or goes.
struct NameKeyChange {
  std::string key;
  bool added = false;
};

// Appends what changes in the index when the registered name of `code` becomes `now`; `before` is empty for a
// new organization.
void AppendNameChanges(std::string_view before, std::string_view now, std::string_view code,
                       std::vector<NameKeyChange>& changes);

// The code that a key of the index leads to; nothing where it is too short to be one.
std::optional<std::string_view> CodeOfNameKey(std::string_view key);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_NAME_INDEX_H_
