#include "tests/support/error_details.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace chengxin {

namespace {

// The detail of one type, or an empty one.
template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  Detail found;
  if (!details.ParseFromString(status.error_details())) return found;
  for (const google::protobuf::Any& any : details.details())
    if (any.UnpackTo(&found)) break;
  return found;
}

}  // namespace

std::string ReasonOf(const grpc::Status& status) { return DetailOf<google::rpc::ErrorInfo>(status).reason(); }

std::string MetadataOf(const grpc::Status& status, const std::string& key) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  const auto found = info.metadata().find(key);
  return found == info.metadata().end() ? "" : found->second;
}

std::vector<std::string> FieldsOf(const grpc::Status& status) {
  std::vector<std::string> fields;
  const auto request = DetailOf<google::rpc::BadRequest>(status);
  for (const auto& violation : request.field_violations()) fields.push_back(violation.field());
  return fields;
}

}  // namespace chengxin
