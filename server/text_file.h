// Small files that a deployment writes and the server reads whole.
#ifndef CHENGXIN_SERVER_TEXT_FILE_H_
#define CHENGXIN_SERVER_TEXT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace chengxin::server {

// Who may have to do with a file besides its owner.
enum class FileSecrecy {
  kOpen,     // anybody may read it
  kGuarded,  // only its owner may write it
  kSecret,   // only its owner may read or write it
};

// NotFound, PermissionDenied, Unavailable: cannot be read. InvalidArgument: larger than allowed.
// FailedPrecondition: others may do what they must not. All name the file.
absl::StatusOr<std::string> ReadTextFile(const std::string& path, size_t maximum_bytes, FileSecrecy secrecy);

// Merges protobuf text format into `message`. InvalidArgument with line and column of every fault.
absl::Status ReadMessageText(std::string_view text, google::protobuf::Message& message);

// What tells whether a file was changed; 0 where there is none.
uint64_t FileStamp(const std::string& path);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_TEXT_FILE_H_
