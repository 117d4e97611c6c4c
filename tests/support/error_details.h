// What a status says for programs (google.rpc error details).
#ifndef CHENGXIN_TESTS_SUPPORT_ERROR_DETAILS_H_
#define CHENGXIN_TESTS_SUPPORT_ERROR_DETAILS_H_

#include <string>
#include <vector>

#include "grpcpp/support/status.h"

namespace chengxin {

// The reason of the status' ErrorInfo; empty where it has none.
std::string ReasonOf(const grpc::Status& status);
// The metadata of its ErrorInfo under a key; empty where there is none.
std::string MetadataOf(const grpc::Status& status, const std::string& key);
// The paths of its BadRequest, in order.
std::vector<std::string> FieldsOf(const grpc::Status& status);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_ERROR_DETAILS_H_
