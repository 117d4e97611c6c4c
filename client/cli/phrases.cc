#include "client/cli/phrases.h"

#include "base/strings.h"
#include "client/cli/instants.h"

namespace chengxin::cli {

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string joined;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

std::string Instant(bool is_set, const google::protobuf::Timestamp& instant) {
  return is_set ? FormatToSecond(instant) : "";
}

std::string After(std::string_view words, std::string_view value) {
  return value.empty() ? "" : StrCat(words, value);
}

std::string If(bool is_so, std::string_view words) { return is_so ? std::string(words) : ""; }

}  // namespace chengxin::cli
