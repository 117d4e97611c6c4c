// Small files that people or deployments write and a program reads whole.
#ifndef CHENGXIN_BASE_TEXT_FILE_H_
#define CHENGXIN_BASE_TEXT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace chengxin {

// Who may have to do with a file besides its owner.
enum class FileSecrecy {
  kOpen,     // anybody may read it
  kGuarded,  // only its owner may write it
  kSecret,   // only its owner may read or write it
};

// NotFound, PermissionDenied, Unavailable: cannot be read. InvalidArgument: larger than allowed.
// FailedPrecondition: others may do what they must not. All name the file.
absl::StatusOr<std::string> ReadTextFile(const std::string& path, size_t maximum_bytes, FileSecrecy secrecy);

// What tells whether a file was changed; 0 where there is none.
uint64_t FileStamp(const std::string& path);

}  // namespace chengxin

#endif  // CHENGXIN_BASE_TEXT_FILE_H_
