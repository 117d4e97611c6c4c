// A page over HTTP from loopback.
#ifndef CHENGXIN_TESTS_SUPPORT_HTTP_GET_H_
#define CHENGXIN_TESTS_SUPPORT_HTTP_GET_H_

#include <string>

#include "absl/status/statusor.h"

namespace chengxin {

// The whole answer, headers included, of GET `path` at 127.0.0.1:`port`. Unavailable where nobody answers.
absl::StatusOr<std::string> HttpGet(int port, const std::string& path);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_HTTP_GET_H_
