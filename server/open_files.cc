#include "server/open_files.h"

#include <sys/resource.h>

#include "base/strings.h"

namespace chengxin::server {

absl::Status AllowOpenFiles(int64_t needed) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return absl::OkStatus();
  limit.rlim_cur = limit.rlim_max;
  // Where the system refuses, what is allowed already counts.
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= static_cast<rlim_t>(needed)) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      StrCat("允许打开的文件数为", static_cast<int64_t>(limit.rlim_cur), "，不足", needed,
             "：请提高上限（LimitNOFILE、ulimit -n）或降低maximum_connections (the process may open ",
             static_cast<int64_t>(limit.rlim_cur), " files and needs ", needed,
             "; raise LimitNOFILE or ulimit -n, or lower maximum_connections)"));
}

}  // namespace chengxin::server
