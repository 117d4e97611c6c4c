// Imports over a stream: batches in, acknowledgements out, in the order of the batches.
#ifndef CHENGXIN_SERVER_IMPORT_STREAM_H_
#define CHENGXIN_SERVER_IMPORT_STREAM_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/service_context.h"

namespace chengxin::server {

using RawBidiReactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// Each batch is a command. A few are on their way to the disk at once (kMaximumImportBatchesInFlight); the
// next is read when one of them has been acknowledged, so that a client sending faster than the disk writes
// is held back by flow control. The first batch that is refused ends the stream with its status, after all
// batches before it were acknowledged; batches after it may have been written and can be sent again.
RawBidiReactor* ReceiveOrganizations(ServiceContext& service, grpc::CallbackServerContext& context);
RawBidiReactor* ReceiveRecords(ServiceContext& service, grpc::CallbackServerContext& context);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_IMPORT_STREAM_H_
