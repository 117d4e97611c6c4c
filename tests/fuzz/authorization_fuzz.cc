// Text as the authorization header of a call over TLS: whoever guesses is refused, and nobody falls.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "chengxin/v1/admin_service.grpc.pb.h"
#include "tests/access/secure_office.h"

namespace {

struct Target {
  Target() : admin(chengxin::v1::AdminService::NewStub(office.Connect())) {}

  chengxin::SecureOffice office;
  std::unique_ptr<chengxin::v1::AdminService::Stub> admin;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static Target& target = *new Target();
  std::string header(reinterpret_cast<const char*>(bytes), std::min<size_t>(size, 4'000));
  // What HTTP/2 does not carry never leaves the client.
  std::replace_if(
      header.begin(), header.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  grpc::ClientContext context;
  context.AddMetadata("authorization", header);
  chengxin::v1::GetStatusResponse response;
  const grpc::Status status = target.admin->GetStatus(&context, {}, &response);
  if (status.error_code() != grpc::StatusCode::UNAUTHENTICATED) std::abort();
  return 0;
}
