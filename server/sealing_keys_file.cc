#include "server/sealing_keys_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "base/status.h"
#include "base/strings.h"
#include "base/text_file.h"
#include "google/protobuf/text_format.h"
#include "server/message_text.h"

namespace chengxin::server {

namespace {

// Thousands of keys; more is a mistake.
constexpr size_t kMaximumFileBytes = 1 << 20;
constexpr std::string_view kHeading =
    "# 密封密钥：丢失任何一个，其所密封的内容即无法读取；请另行备份，勿与数据目录同处。\n"
    "# (The sealing keys: what one of them sealed is lost with it. Keep a copy, not beside the data "
    "folder.)\n";

absl::Status OfFile(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(), StrCat(path, ": ", ToStd(status.message())));
}

absl::Status CannotWrite(const std::string& path) {
  return absl::UnavailableError(StrCat("无法写入", path, " (cannot write the file): ", std::strerror(errno)));
}

absl::StatusOr<config::v1::SealingKeys> ReadKeys(const std::string& path) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string text,
                            ReadTextFile(path, kMaximumFileBytes, FileSecrecy::kSecret));
  config::v1::SealingKeys keys;
  // What the parser complains about quotes the text, which may be a key.
  if (!ReadMessageText(text, keys).ok()) {
    return absl::InvalidArgumentError(
        StrCat(path, ": 不是SealingKeys的文本格式 (is not SealingKeys in text format)"));
  }
  return keys;
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    text.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

// So that the name of a file survives a power failure too.
void SyncFolderOf(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const int opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return;
  ::fsync(opened);
  ::close(opened);
}

// Puts `text` in the place of the file, or makes it where `is_new`: then one that somebody else has made
// meanwhile is left as it is.
absl::Status PutFile(const std::string& path, std::string_view text, bool is_new) {
  std::string beside = path + ".XXXXXX";
  const int file = ::mkostemp(beside.data(), O_CLOEXEC);  // of mode 0600
  if (file < 0) return CannotWrite(beside);
  bool done = WriteAll(file, text) && ::fsync(file) == 0;
  // Who adds a key need not be who serves: the file stays its owner's.
  struct stat facts {};
  if (!is_new)
    done = done && ::stat(path.c_str(), &facts) == 0 && ::fchown(file, facts.st_uid, facts.st_gid) == 0;
  done = ::close(file) == 0 && done;
  done =
      done && (is_new ? ::link(beside.c_str(), path.c_str()) : ::rename(beside.c_str(), path.c_str())) == 0;
  absl::Status status = done ? absl::OkStatus() : CannotWrite(path);
  if (is_new || !done) ::unlink(beside.c_str());
  if (done) SyncFolderOf(path);
  return status;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const storage::SealingKeys>> ReadSealingKeys(const std::string& path) {
  if (path.empty()) return nullptr;
  CHENGXIN_ASSIGN_OR_RETURN(const config::v1::SealingKeys keys, ReadKeys(path));
  auto made = storage::SealingKeys::Create(keys);
  if (!made.ok()) return OfFile(path, made.status());
  return made;
}

absl::StatusOr<std::string> AddSealingKey(const std::string& path, absl::Time now) {
  absl::StatusOr<config::v1::SealingKeys> keys = ReadKeys(path);
  const bool is_new = absl::IsNotFound(keys.status());
  if (is_new) {
    keys = config::v1::SealingKeys();
  } else if (!keys.ok()) {
    return keys.status();
  }
  CHENGXIN_ASSIGN_OR_RETURN(*keys->add_keys(), storage::NewSealingKey(now));
  // What cannot be read later must not be written now.
  const auto usable = storage::SealingKeys::Create(*keys);
  if (!usable.ok()) return OfFile(path, usable.status());
  std::string text;
  google::protobuf::TextFormat::PrintToString(*keys, &text);
  CHENGXIN_RETURN_IF_ERROR(PutFile(path, StrCat(kHeading, text), is_new));
  return keys->keys().rbegin()->id();
}

}  // namespace chengxin::server
