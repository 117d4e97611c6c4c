#include "client/import/batch_ids.h"

#include <openssl/evp.h>

#include <cstdlib>

#include "absl/strings/escaping.h"
#include "base/log.h"
#include "base/strings.h"

namespace chengxin::client {
namespace {

constexpr size_t kIdBytes = 20;

std::string IdOf(std::string_view text) {
  return StrCat("import-",
                absl::BytesToHexString(ToAbsl(std::string_view(Sha256(text)).substr(0, kIdBytes))));
}

}  // namespace

std::string Sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &length,
                 EVP_sha256(), nullptr) != 1) {
    LogError("OpenSSL has no SHA-256");
    std::abort();
  }
  return digest;
}

// A line feed parts what is put together: neither source names nor numbers hold one.
BatchIds::BatchIds(std::string_view source, int64_t source_as_of_nanos)
    : run_(StrCat(source, "\n", source_as_of_nanos, "\n")) {}

std::string BatchIds::Next(std::string_view rows) {
  so_far_ = Sha256(StrCat(so_far_, rows));
  return IdOf(StrCat(run_, "batch\n", ++batches_, "\n", rows));
}

std::string BatchIds::End(std::string_view counts) const {
  return IdOf(StrCat(run_, "end\n", batches_, "\n", counts, "\n", so_far_));
}

}  // namespace chengxin::client
