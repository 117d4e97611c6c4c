// The whole published list over a stream.
#ifndef CHENGXIN_SERVER_LISTING_DOWNLOAD_H_
#define CHENGXIN_SERVER_LISTING_DOWNLOAD_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/service_context.h"

namespace chengxin::server {

// Sends the list as it is at one revision, part by part; the next part is read when the one before is on its
// way. The last part, which may be empty, is marked complete.
grpc::ServerWriteReactor<grpc::ByteBuffer>* DownloadListings(ServiceContext& service,
                                                             grpc::CallbackServerContext& context,
                                                             const grpc::ByteBuffer& request);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_LISTING_DOWNLOAD_H_
