// One watch of a purchaser's contractors (rule 59).
#ifndef CHENGXIN_SERVER_AWARD_WATCH_H_
#define CHENGXIN_SERVER_AWARD_WATCH_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/service_context.h"
#include "server/watch_hub.h"

namespace chengxin::server {

// Sends the caller's active awards as they are and a SYNCED mark, or, where it resumes, the alerts since its
// cursor and a SYNCED mark; then every alert; heartbeats while nothing changes. Ends with UNAVAILABLE and
// SHUTTING_DOWN, the cursor in its metadata, when the services stop.
grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchAwards(ServiceContext& service, WatchHub& hub,
                                                        grpc::CallbackServerContext& context,
                                                        const grpc::ByteBuffer& request);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AWARD_WATCH_H_
