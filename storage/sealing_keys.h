// The keys that wrap the keys of sealed parts (design: one idea; rule 62).
#ifndef CHENGXIN_STORAGE_SEALING_KEYS_H_
#define CHENGXIN_STORAGE_SEALING_KEYS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/config/v1/sealing_keys.pb.h"

namespace chengxin::storage {

struct SealingKey {
  std::string id;
  std::string algorithm;
  std::string bytes;
};

// The keys of one key file; never changes.
class SealingKeys {
 public:
  // InvalidArgument naming the key by its place and id, never its bytes: no key at all, an id that is not 1
  // to 40 letters, digits and hyphens or is given twice, an unknown algorithm, a key that is not exactly as
  // many hexadecimal digits as its algorithm needs.
  static absl::StatusOr<std::shared_ptr<const SealingKeys>> Create(const config::v1::SealingKeys& keys);

  // Null where it is not there.
  const SealingKey* Find(std::string_view id) const;
  // What is sealed from now on is wrapped by it.
  const SealingKey& newest() const { return keys_.back(); }

 private:
  SealingKeys() = default;

  std::vector<SealingKey> keys_;
};

// A new random key with an id that tells the day and will not come again. Internal where the system's source
// of randomness fails.
absl::StatusOr<config::v1::SealingKey> NewSealingKey(absl::Time now);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_SEALING_KEYS_H_
