// The one border between our statuses and gRPC's.
#ifndef CHENGXIN_SERVER_GRPC_STATUS_H_
#define CHENGXIN_SERVER_GRPC_STATUS_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace chengxin::server {

// The status a caller gets: code and message, and the payloads under type.googleapis.com as details of a
// google.rpc.Status. What went wrong inside (Internal, Unknown, DataLoss) is logged and told to the caller
// without its particulars.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_GRPC_STATUS_H_
