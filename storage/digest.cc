#include "storage/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "absl/status/status.h"

namespace chengxin::storage {

namespace {

constexpr size_t kSha256Size = 32;

// The algorithm fetched once and a context reused: fetching costs more than hashing a short message.
class Hasher {
 public:
  std::string Hash(std::string_view first, std::string_view second) {
    std::string digest(kSha256Size, '\0');
    unsigned int size = 0;
    if (algorithm_ == nullptr || context_ == nullptr ||
        EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) != 1 ||
        EVP_DigestUpdate(context_.get(), first.data(), first.size()) != 1 ||
        EVP_DigestUpdate(context_.get(), second.data(), second.size()) != 1 ||
        EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()), &size) != 1) {
      std::fputs("OpenSSL cannot compute SHA-256\n", stderr);
      std::abort();
    }
    return digest;
  }

 private:
  struct Free {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD, Free> algorithm_{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

}  // namespace

std::string Sha256(std::string_view first, std::string_view second) {
  static thread_local Hasher hasher;
  return hasher.Hash(first, second);
}

std::string LeafHash(std::string_view bytes) { return Sha256(std::string_view("\0", 1), bytes); }

std::string RequestKey(std::string_view subject, std::string_view request_id) {
  std::string text;
  text.reserve(subject.size() + 1 + request_id.size());
  text.append(subject).append(1, '\0').append(request_id);
  return Sha256(text);
}

absl::StatusOr<std::string> RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    return absl::InternalError("OpenSSL has no random bytes for salts");
  }
  return bytes;
}

}  // namespace chengxin::storage
