// The rows of the table `sealed`: what lies in them, encrypted or not, and what is left of one that was
// destroyed. Private to storage.
#ifndef CHENGXIN_STORAGE_SEALED_PARTS_H_
#define CHENGXIN_STORAGE_SEALED_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/log/v1/change.pb.h"
#include "storage/sealing_keys.h"
#include "storage/tables.h"

namespace chengxin::storage {

// Random bytes that one part takes, the first kDigestSize of them its salt.
size_t RandomPerPart(const SealingKeys* keys);

// The row of a part at `key` (SealedKey): encrypted with a key of its own, which the newest of `keys` wraps;
// as it is where `keys` is null. `random` are RandomPerPart bytes that serve nothing else. Internal where
// OpenSSL fails.
absl::StatusOr<std::string> SealedRow(std::string_view key, std::string_view random, std::string_view content,
                                      const SealingKeys* keys);
// The row of a part that the Change at `revision` destroys.
std::string DestroyedRow(uint64_t revision);

// Salt and content of a row; nothing where it was destroyed. FailedPrecondition naming the key that would
// open it where that is not among `keys`; DataLoss where the row does not parse, or is not what was sealed at
// this key.
absl::StatusOr<std::optional<log::v1::SealedPart>> OpenSealedRow(std::string_view key, std::string_view row,
                                                                 const SealingKeys* keys);
// The same of the part at a place; nothing also where there is none.
absl::StatusOr<std::optional<log::v1::SealedPart>> ReadSealedPart(const Rows& rows, uint64_t revision,
                                                                  uint32_t ordinal);

// Where parts of the resource of this name are, of every version, with the headers of their Changes: in
// order, without those destroyed. Nothing where there is no such resource.
absl::StatusOr<std::vector<log::v1::SealedPlace>> ReadSealedPlaces(const Rows& rows, std::string_view name);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_SEALED_PARTS_H_
