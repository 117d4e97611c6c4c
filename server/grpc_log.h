// What gRPC itself has to say.
#ifndef CHENGXIN_SERVER_GRPC_LOG_H_
#define CHENGXIN_SERVER_GRPC_LOG_H_

namespace chengxin::server {

// Sends gRPC's own remarks, and those of protocol buffers, to our log at debug: what matters of them, whoever
// called gRPC is told and says itself, in one line. Of the process as a whole; before the first use of gRPC.
void CaptureGrpcLog();

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_GRPC_LOG_H_
