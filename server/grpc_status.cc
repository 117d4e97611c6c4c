#include "server/grpc_status.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "base/log.h"
#include "google/rpc/status.pb.h"

namespace chengxin::server {

namespace {

constexpr absl::string_view kTypePrefix = "type.googleapis.com/";

bool IsInside(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  // The numbers of absl::StatusCode and grpc::StatusCode are the same.
  const auto code = static_cast<grpc::StatusCode>(status.code());
  if (IsInside(status.code())) {
    const std::string particulars(status.message());
    LogError("call failed inside", {{"status", particulars}});
    return grpc::Status(code, "服务内部错误，详见服务日志 (an error inside the server; see its log)");
  }
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  status.ForEachPayload([&details](absl::string_view url, const absl::Cord& payload) {
    if (url.substr(0, kTypePrefix.size()) != kTypePrefix) return;
    google::protobuf::Any& any = *details.add_details();
    any.set_type_url(std::string(url));
    any.set_value(std::string(payload));
  });
  return grpc::Status(code, details.message(),
                      details.details().empty() ? std::string() : details.SerializeAsString());
}

}  // namespace chengxin::server
