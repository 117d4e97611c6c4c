#include "server/grpc_log.h"

#include <grpc/support/log.h>

#include <string>

#include "base/log.h"
#include "google/protobuf/stubs/logging.h"

namespace chengxin::server {

void CaptureGrpcLog() {
  gpr_set_log_function([](gpr_log_func_args* args) {
    LogDebug("grpc", {{"severity", gpr_log_severity_string(args->severity)}, {"text", args->message}});
  });
  google::protobuf::SetLogHandler(
      [](google::protobuf::LogLevel, const char*, int, const std::string& message) {
        LogDebug("protobuf", {{"text", message}});
      });
}

}  // namespace chengxin::server
