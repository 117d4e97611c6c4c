// SHA-256 and random salts, from OpenSSL.
#ifndef CHENGXIN_STORAGE_DIGEST_H_
#define CHENGXIN_STORAGE_DIGEST_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace chengxin::storage {

// SHA-256(first ‖ second), 32 bytes. Thread-safe. Ends the program where OpenSSL has no SHA-256 or no memory:
// there is no state of the log to go on from without it.
std::string Sha256(std::string_view first, std::string_view second = {});

// RFC 9162 leaf hash of a Change's bytes: SHA-256(0x00 ‖ bytes).
std::string LeafHash(std::string_view bytes);

// The key of a request in the table `requests`: SHA-256(subject ‖ 0x00 ‖ request_id).
std::string RequestKey(std::string_view subject, std::string_view request_id);

// Random bytes for salts. Internal where the system's source fails.
absl::StatusOr<std::string> RandomBytes(size_t count);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_DIGEST_H_
