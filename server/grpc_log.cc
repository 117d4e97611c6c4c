#include "server/grpc_log.h"

#include <grpc/support/log.h>

#include "base/log.h"

namespace chengxin::server {

void CaptureGrpcLog() {
  gpr_set_log_function([](gpr_log_func_args* args) {
    LogDebug("grpc", {{"severity", gpr_log_severity_string(args->severity)}, {"text", args->message}});
  });
}

}  // namespace chengxin::server
