// One watch of the published list (design: the feed and the published list).
#ifndef CHENGXIN_SERVER_LISTING_WATCH_H_
#define CHENGXIN_SERVER_LISTING_WATCH_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/service_context.h"
#include "server/watch_hub.h"

namespace chengxin::server {

// Sends the list as it is and a SYNCED mark, or, where it resumes, the net difference and a SYNCED mark; then
// every change; heartbeats while nothing changes; GOODBYE with the cursor when the services stop. Events are
// the feed's bytes, shared by all watches. A slow reader lags behind by its cursor and holds nobody up.
grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchListings(ServiceContext& service, WatchHub& hub,
                                                          grpc::CallbackServerContext& context,
                                                          const grpc::ByteBuffer& request);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_LISTING_WATCH_H_
