#include "storage/folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/strings.h"
#include "rocksdb/env.h"
#include "storage/status.h"

namespace chengxin::storage {

absl::Status CreateFolder(const std::string& folder, rocksdb::Env* env) {
  if (env != nullptr) return ToStatus(env->CreateDirIfMissing(folder), StrCat("create folder ", folder));
  const std::filesystem::path parent = std::filesystem::path(folder).parent_path();
  std::error_code error;
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) return absl::InternalError(StrCat("create folder ", parent.string(), ": ", error.message()));
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return absl::InternalError(StrCat("create folder ", folder, ": ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace chengxin::storage
