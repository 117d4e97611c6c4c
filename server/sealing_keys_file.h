// The file of the keys that sealed parts are encrypted with (config/v1/sealing_keys.proto).
#ifndef CHENGXIN_SERVER_SEALING_KEYS_FILE_H_
#define CHENGXIN_SERVER_SEALING_KEYS_FILE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/sealing_keys.h"

namespace chengxin::server {

// The keys of the file; null where no path is given. NotFound, PermissionDenied, Unavailable: it cannot be
// read. FailedPrecondition: others than its owner may read or write it. InvalidArgument: what is wrong with
// its text or a key. All name the file, none says anything of a key but its id.
absl::StatusOr<std::shared_ptr<const storage::SealingKeys>> ReadSealingKeys(const std::string& path);

// Adds a new key, which seals from the next start on, behind those in the file; makes the file, for its
// owner's eyes alone, where there is none. Answers the key's id. The file holds either what it held or the
// key too, whatever happens; what it holds is never lost. Errors as ReadSealingKeys, and Unavailable where it
// cannot be written.
absl::StatusOr<std::string> AddSealingKey(const std::string& path, absl::Time now);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_SEALING_KEYS_FILE_H_
