#include "server/ready_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <utility>

#include "base/status.h"
#include "base/strings.h"

namespace chengxin::server {

namespace {

absl::Status Failed(std::string_view path) {
  return absl::UnavailableError(
      StrCat("无法写入就绪文件", path, " (cannot write the ready file): ", std::strerror(errno)));
}

}  // namespace

absl::Status ReadyFile::Clear(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return Failed(path);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<ReadyFile>> ReadyFile::Write(const std::string& path,
                                                            const ReadyFacts& facts) {
  // Beside it first: a rename shows it whole or not at all.
  const std::string draft = path + ".draft";
  {
    std::ofstream out(draft, std::ios::trunc);
    out << "pid=" << facts.pid << "\nlisten_port=" << facts.listen_port << "\n";
    if (facts.metrics_port != 0) out << "metrics_port=" << facts.metrics_port << "\n";
    out.flush();
    if (!out) return Failed(draft);
  }
  if (std::rename(draft.c_str(), path.c_str()) != 0) return Failed(path);
  return std::unique_ptr<ReadyFile>(new ReadyFile(path));
}

ReadyFile::~ReadyFile() { ::unlink(path_.c_str()); }

}  // namespace chengxin::server
