#include "storage/sealing_keys.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "base/status.h"
#include "base/strings.h"
#include "storage/aead.h"
#include "storage/digest.h"

namespace chengxin::storage {

namespace {

constexpr std::string_view kNewKeysAlgorithm = "AES-256-GCM";
constexpr size_t kMaximumIdLength = 40;
// Random bytes at the end of an id: keys made on one day differ.
constexpr size_t kIdRandomBytes = 4;

bool IsId(std::string_view id) {
  return !id.empty() && id.size() <= kMaximumIdLength && std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-';
  });
}

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); });
}

// Why the key cannot be used; empty where it can.
std::string FaultOf(const config::v1::SealingKey& key, const SealingKeys& earlier) {
  if (!IsId(key.id())) {
    return "id应为1至40个字母、数字或连字符 (id: expected 1 to 40 letters, digits and hyphens)";
  }
  if (earlier.Find(key.id()) != nullptr) return "id已用于另一密钥 (id: is that of another key)";
  const AeadAlgorithm* const algorithm = FindAead(key.algorithm());
  if (algorithm == nullptr) {
    return StrCat("algorithm应为", KnownAeads(), " (algorithm: is unknown)");
  }
  const size_t digits = 2 * algorithm->key_bytes;
  if (!IsHex(key.key()) || key.key().size() != digits) {
    return StrCat("key应为", digits, "位十六进制数字 (key: expected ", digits, " hexadecimal digits)");
  }
  return {};
}

}  // namespace

absl::StatusOr<std::shared_ptr<const SealingKeys>> SealingKeys::Create(const config::v1::SealingKeys& keys) {
  if (keys.keys().empty()) return absl::InvalidArgumentError("没有密钥 (there is no key)");
  const std::shared_ptr<SealingKeys> made(new SealingKeys());
  for (const config::v1::SealingKey& key : keys.keys()) {
    if (const std::string fault = FaultOf(key, *made); !fault.empty()) {
      // An id of a wrong form may be anything, even the key in the wrong field.
      const std::string id = IsId(key.id()) ? StrCat("（", key.id(), "）") : "";
      return absl::InvalidArgumentError(StrCat("第", made->keys_.size() + 1, "个密钥", id, "：", fault));
    }
    made->keys_.push_back(
        {.id = key.id(), .algorithm = key.algorithm(), .bytes = absl::HexStringToBytes(key.key())});
  }
  return made;
}

const SealingKey* SealingKeys::Find(std::string_view id) const {
  // From the newest on: there are few, and it is nearly always that one.
  const auto found =
      std::find_if(keys_.rbegin(), keys_.rend(), [&](const auto& key) { return key.id == id; });
  return found == keys_.rend() ? nullptr : &*found;
}

absl::StatusOr<config::v1::SealingKey> NewSealingKey(absl::Time now) {
  const AeadAlgorithm& algorithm = *FindAead(kNewKeysAlgorithm);
  CHENGXIN_ASSIGN_OR_RETURN(const std::string random, RandomBytes(kIdRandomBytes + algorithm.key_bytes));
  config::v1::SealingKey key;
  key.set_id(StrCat(absl::FormatTime("%Y-%m-%d", now, absl::UTCTimeZone()), "-",
                    absl::BytesToHexString(random.substr(0, kIdRandomBytes))));
  key.set_algorithm(std::string(algorithm.name));
  key.set_key(absl::BytesToHexString(random.substr(kIdRandomBytes)));
  return key;
}

}  // namespace chengxin::storage
