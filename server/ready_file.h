// The file that tells starters where the server listens.
#ifndef CHENGXIN_SERVER_READY_FILE_H_
#define CHENGXIN_SERVER_READY_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace chengxin::server {

// Lines "key=value": pid, listen_port and, where there is a metrics page, metrics_port.
struct ReadyFacts {
  int pid = 0;
  int listen_port = 0;
  int metrics_port = 0;  // 0: none
};

// There while the server serves: whoever finds it can connect. It appears whole, and goes with this object.
class ReadyFile {
 public:
  // Removes what an earlier process left. Ok where there is nothing.
  static absl::Status Clear(const std::string& path);
  // Unavailable where it cannot be written.
  static absl::StatusOr<std::unique_ptr<ReadyFile>> Write(const std::string& path, const ReadyFacts& facts);
  ~ReadyFile();

 private:
  explicit ReadyFile(std::string path) : path_(std::move(path)) {}

  const std::string path_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_READY_FILE_H_
