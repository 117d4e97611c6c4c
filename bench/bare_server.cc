// The limit of a check over gRPC: a callback server that answers with constants of the same message shapes. A
// process of its own, without interceptors or metrics.
//   chengxin-bare-server READY_FILE UNARY_RESPONSE BATCH_RESPONSE [CERTIFICATE KEY CLIENT_AUTHORITIES]
// Files with serialized responses, and for TLS in PEM.
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "chengxin/v1/eligibility_service.grpc.pb.h"

namespace {

using chengxin::v1::BatchCheckEligibilityRequest;
using chengxin::v1::BatchCheckEligibilityResponse;
using chengxin::v1::CheckEligibilityRequest;
using chengxin::v1::CheckEligibilityResponse;

std::string Read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

class BareService final : public chengxin::v1::EligibilityService::CallbackService {
 public:
  BareService(const char* unary, const char* batch) {
    if (!unary_.ParseFromString(Read(unary)) || !batch_.ParseFromString(Read(batch))) std::abort();
  }

  grpc::ServerUnaryReactor* CheckEligibility(grpc::CallbackServerContext* context,
                                             const CheckEligibilityRequest*,
                                             CheckEligibilityResponse* response) override {
    *response = unary_;
    return Finish(context);
  }
  grpc::ServerUnaryReactor* BatchCheckEligibility(grpc::CallbackServerContext* context,
                                                  const BatchCheckEligibilityRequest*,
                                                  BatchCheckEligibilityResponse* response) override {
    *response = batch_;
    return Finish(context);
  }

 private:
  static grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  CheckEligibilityResponse unary_;
  BatchCheckEligibilityResponse batch_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 7) {
    std::fprintf(stderr,
                 "usage: %s READY_FILE UNARY_RESPONSE BATCH_RESPONSE [CERTIFICATE KEY CLIENT_AUTHORITIES]\n",
                 argv[0]);
    return 2;
  }
  BareService service(argv[2], argv[3]);
  int port = 0;
  grpc::ServerBuilder builder;
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  if (argc == 7) {
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_key_cert_pairs.push_back({.private_key = Read(argv[5]), .cert_chain = Read(argv[4])});
    options.pem_root_certs = Read(argv[6]);
    credentials = grpc::SslServerCredentials(options);
  }
  builder.AddListeningPort("127.0.0.1:0", credentials, &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  const std::string unfinished = std::string(argv[1]) + ".new";
  std::ofstream(unfinished) << port << "\n";
  if (std::rename(unfinished.c_str(), argv[1]) != 0) return 1;
  server->Wait();
}
