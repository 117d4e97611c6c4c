#include "server/wire.h"

#include "base/strings.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/slice.h"

namespace chengxin::server {

namespace {

bool Parse(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message) {
  // An empty request has no slice at all.
  if (bytes.Length() == 0) return true;
  grpc::Slice slice;
  if (bytes.TrySingleSlice(&slice).ok())
    return message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
  grpc::ByteBuffer copy(bytes);  // of references to the slices
  grpc::ProtoBufferReader reader(&copy);
  return reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
}

}  // namespace

absl::Status ParseMessage(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message) {
  if (Parse(bytes, message)) return absl::OkStatus();
  return absl::InvalidArgumentError(StrCat("请求不是有效的", message.GetTypeName(),
                                           "消息，文字须为UTF-8编码 (the request is not a valid ",
                                           message.GetTypeName(), " message; text must be UTF-8)"));
}

void SerializeMessage(const google::protobuf::MessageLite& message, grpc::ByteBuffer& bytes) {
  const size_t size = message.ByteSizeLong();
  grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  grpc::ByteBuffer whole(&slice, 1);
  bytes.Swap(&whole);
}

}  // namespace chengxin::server
