// Messages in gRPC's byte buffers.
//
// The services are registered with raw methods: bytes that are no message of the request's type are then
// answered as INVALID_ARGUMENT (gRPC's own parsing would say UNIMPLEMENTED, or end a stream of requests as if
// the client had finished), and requests and answers live in an arena on the answering thread.
#ifndef CHENGXIN_SERVER_WIRE_H_
#define CHENGXIN_SERVER_WIRE_H_

#include "absl/status/status.h"
#include "google/protobuf/message_lite.h"
#include "grpcpp/support/byte_buffer.h"

namespace chengxin::server {

// InvalidArgument where the bytes are no message of this type; text that is not UTF-8 is among the causes.
absl::Status ParseMessage(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message);

// Replaces `bytes` by the message's.
void SerializeMessage(const google::protobuf::MessageLite& message, grpc::ByteBuffer& bytes);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_WIRE_H_
