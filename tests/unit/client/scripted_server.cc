#include "tests/unit/client/scripted_server.h"

#include <chrono>

#include "base/strings.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/security/server_credentials.h"

namespace chengxin::client {

namespace {

grpc::Status WithDetail(grpc::StatusCode code, const std::string& message,
                        const google::protobuf::Message& detail) {
  google::rpc::Status rich;
  rich.set_code(code);
  rich.set_message(message);
  rich.add_details()->PackFrom(detail);
  return grpc::Status(code, message, rich.SerializeAsString());
}

}  // namespace

grpc::Status Failure(grpc::StatusCode code, const std::string& message, std::string_view reason) {
  if (reason.empty()) return grpc::Status(code, message);
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("chengxin");
  return WithDetail(code, message, info);
}

grpc::Status WrongField(const std::string& field, const std::string& description) {
  google::rpc::BadRequest bad;
  auto& violation = *bad.add_field_violations();
  violation.set_field(field);
  violation.set_description(description);
  return WithDetail(grpc::StatusCode::INVALID_ARGUMENT, field + ": " + description, bad);
}

ScriptedServer::ScriptedServer() : clock_(absl::FromUnixSeconds(1'795'000'000)), sleeper_(clock_) {}

std::string ScriptedServer::Start() {
  if (server_ != nullptr) return address_;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(static_cast<v1::AdminService::Service*>(this));
  builder.RegisterService(static_cast<v1::AuditService::Service*>(this));
  builder.RegisterService(static_cast<v1::AwardService::Service*>(this));
  builder.RegisterService(static_cast<v1::CaseService::Service*>(this));
  builder.RegisterService(static_cast<v1::EligibilityService::Service*>(this));
  builder.RegisterService(static_cast<v1::ListingService::Service*>(this));
  builder.RegisterService(static_cast<v1::OrganizationService::Service*>(this));
  builder.RegisterService(static_cast<v1::RecordService::Service*>(this));
  server_ = builder.BuildAndStart();
  address_ = StrCat("127.0.0.1:", port);
  return address_;
}

ScriptedServer::~ScriptedServer() {
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
}

std::unique_ptr<Client> ScriptedServer::MakeClient(ClientOptions options) {
  options.address = Start();
  options.clock = &clock_;
  options.sleeper = &sleeper_;
  return *Client::Create(std::move(options));
}

}  // namespace chengxin::client
