// Parts of lines for people.
#ifndef CHENGXIN_CLIENT_CLI_PHRASES_H_
#define CHENGXIN_CLIENT_CLI_PHRASES_H_

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/timestamp.pb.h"

namespace chengxin::cli {

// The parts that are not empty, joined.
std::string Join(const std::vector<std::string>& parts, std::string_view separator = "，");
// The instant to the second; empty where it is not set.
std::string Instant(bool is_set, const google::protobuf::Timestamp& instant);
// The words, then the value; nothing where there is no value.
std::string After(std::string_view words, std::string_view value);
// The words where it is so.
std::string If(bool is_so, std::string_view words);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PHRASES_H_
