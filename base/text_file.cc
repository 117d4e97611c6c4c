#include "base/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/strings.h"

namespace chengxin {

namespace {

absl::Status CannotRead(const std::string& path, int error) {
  const std::string message = StrCat("无法读取文件", path, " (cannot read the file): ", std::strerror(error));
  if (error == ENOENT) return absl::NotFoundError(message);
  if (error == EACCES) return absl::PermissionDeniedError(message);
  return absl::UnavailableError(message);
}

// Of the open file, so that what was checked is what is read.
absl::Status CheckSecrecy(int file, const std::string& path, FileSecrecy secrecy) {
  struct stat facts {};
  if (::fstat(file, &facts) != 0) return CannotRead(path, errno);
  mode_t forbidden = 0;
  if (secrecy == FileSecrecy::kGuarded) forbidden = S_IWGRP | S_IWOTH;
  if (secrecy == FileSecrecy::kSecret) forbidden = S_IRWXG | S_IRWXO;
  if ((facts.st_mode & forbidden) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      secrecy == FileSecrecy::kSecret
          ? StrCat(path, ": 他人不得读写，应为chmod 600 (others may read or write it; expected mode 0600)")
          : StrCat(path, ": 他人不得改写，应为chmod go-w (others may write it; expected its owner alone)"));
}

}  // namespace

absl::StatusOr<std::string> ReadTextFile(const std::string& path, size_t maximum_bytes, FileSecrecy secrecy) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return CannotRead(path, errno);
  if (absl::Status allowed = CheckSecrecy(file, path, secrecy); !allowed.ok()) {
    ::close(file);
    return allowed;
  }
  std::string text;
  std::array<char, 4096> part;
  ssize_t count = 0;
  while (text.size() <= maximum_bytes && (count = ::read(file, part.data(), part.size())) > 0) {
    text.append(part.data(), static_cast<size_t>(count));
  }
  const int error = errno;
  ::close(file);
  if (count < 0) return CannotRead(path, error);
  if (text.size() > maximum_bytes) {
    return absl::InvalidArgumentError(
        StrCat("文件", path, "过大 (is larger than ", maximum_bytes, " bytes)"));
  }
  return text;
}

uint64_t FileStamp(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return 0;
  // Mixed so that a file put in the place of another, or written again within the clock's tick, differs.
  uint64_t stamp = 0;
  for (const auto part :
       {static_cast<uint64_t>(facts.st_ino), static_cast<uint64_t>(facts.st_size),
        static_cast<uint64_t>(facts.st_mtim.tv_sec), static_cast<uint64_t>(facts.st_mtim.tv_nsec),
        static_cast<uint64_t>(facts.st_ctim.tv_sec), static_cast<uint64_t>(facts.st_ctim.tv_nsec),
        static_cast<uint64_t>(facts.st_mode)})
    stamp = stamp * 0x9E3779B97F4A7C15ULL + part + 1;
  return stamp;
}

}  // namespace chengxin
