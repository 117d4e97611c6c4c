// One JSON object of a JSON Lines file, read over before anything else sees it.
#ifndef CHENGXIN_CLIENT_IMPORT_JSON_SCRUB_H_
#define CHENGXIN_CLIENT_IMPORT_JSON_SCRUB_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace chengxin::client {

// Deepest nesting of objects and arrays.
inline constexpr size_t kMaximumJsonDepth = 32;
// Members at the top of a row of a rejects file, which are dropped on reading.
inline constexpr std::string_view kRejectMemberPrefix = "_reject_";

// An object without what must not be read.
struct ScrubbedJson {
  // The object in JSON, without white space between its parts.
  std::string text;
  // Identity numbers dropped with their members, and masked within strings.
  int64_t identity_numbers = 0;
  // Whether members were left after dropping.
  bool empty = true;
};

// Checks that `line` is one JSON object (RFC 8259, valid UTF-8) and gives it back without members that
// IsIdentityColumn names, at any depth, without members at the top that begin with kRejectMemberPrefix, and
// with identity numbers in strings masked, escaped ones too. InvalidArgument with what is wrong and at which
// character; the message never holds text of the line, which might be an identity number.
absl::StatusOr<ScrubbedJson> ScrubJson(std::string_view line);

// Appends `text`, which is UTF-8, as a JSON string.
void AppendJsonString(std::string_view text, std::string& out);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_JSON_SCRUB_H_
