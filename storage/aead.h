// Authenticated encryption with associated data, from OpenSSL, by the names that stand in the log.
#ifndef CHENGXIN_STORAGE_AEAD_H_
#define CHENGXIN_STORAGE_AEAD_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace chengxin::storage {

// Bytes of the nonce before a ciphertext and of the tag behind it: those of GCM, whatever the cipher.
inline constexpr size_t kNonceSize = 12;
inline constexpr size_t kTagSize = 16;

struct AeadAlgorithm {
  // As a part of the log and the key file name it.
  std::string_view name;
  size_t key_bytes;
};

// Null where this program does not know the algorithm.
const AeadAlgorithm* FindAead(std::string_view name);
// The names it knows, for messages.
std::string KnownAeads();

// Answers nonce ‖ ciphertext ‖ tag. The same `bound` must be given to Decrypt; it is not stored. `key` has
// the algorithm's bytes and `nonce` kNonceSize. A nonce must not serve a key twice. Internal where OpenSSL
// fails. Both are thread-safe.
absl::StatusOr<std::string> Encrypt(const AeadAlgorithm& algorithm, std::string_view key,
                                    std::string_view nonce, std::string_view bound, std::string_view text);
// What was encrypted; DataLoss where key, bound or a byte of `sealed` is another.
absl::StatusOr<std::string> Decrypt(const AeadAlgorithm& algorithm, std::string_view key,
                                    std::string_view bound, std::string_view sealed);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_AEAD_H_
