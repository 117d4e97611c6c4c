#include "client/request_id.h"

#include <cstdint>
#include <random>

#include "absl/strings/str_format.h"

namespace chengxin::client {

std::string NewRequestId() {
  std::random_device system;
  std::string id;
  for (int i = 0; i < 4; ++i) id += absl::StrFormat("%08x", static_cast<uint32_t>(system()));
  return id;
}

}  // namespace chengxin::client
