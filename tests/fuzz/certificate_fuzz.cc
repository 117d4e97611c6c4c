// Bytes as a client's certificate: read, or refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/client_certificate.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const auto read =
      chengxin::server::ReadCertificate(std::string_view(reinterpret_cast<const char*>(bytes), size));
  if (read.ok() && read->sha256.size() != 32) __builtin_trap();
  return 0;
}
