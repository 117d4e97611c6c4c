// Bytes as requests of every method that anybody may call, through gRPC into a server that has something to
// tell: nothing but an answer or a refusal may come of them.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "grpcpp/generic/generic_stub.h"
#include "server/access.h"
#include "tests/contract/served_world.h"

namespace {

using chengxin::ServedWorld;
using chengxin::server::kMethodCount;
using chengxin::server::Method;

// Methods of one request and one answer; streams are asked by their own tests.
bool IsFuzzed(Method method) {
  return chengxin::server::MayCall(chengxin::v1::ROLE_PUBLIC, method) && method != Method::kWatchListings &&
         method != Method::kDownloadListings;
}

struct Target {
  Target() : stub(world.channel()) {
    for (size_t i = 0; i < kMethodCount; ++i) {
      const auto method = static_cast<Method>(i);
      if (IsFuzzed(method)) methods.push_back("/" + std::string(chengxin::server::MethodName(method)));
    }
    for (int number = 1; number <= 3; ++number) world.world().Register(number);
    world.world().Penalize(chengxin::World::CodeOf(2), 5'000'000, "SER-04").status().IgnoreError();
  }

  ServedWorld world;
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub;
  std::vector<std::string> methods;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static Target& target = *new Target();
  if (size == 0) return 0;
  const grpc::Slice slice(bytes + 1, size - 1);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  grpc::CompletionQueue queue;
  const auto call = target.stub.PrepareUnaryCall(&context, target.methods[bytes[0] % target.methods.size()],
                                                 request, &queue);
  call->StartCall();
  grpc::Status status;
  call->Finish(&response, &status, &queue);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  switch (status.error_code()) {
    // A server that fell, hung or lost its way.
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::DATA_LOSS:
      std::abort();
    default:
      return 0;
  }
}
