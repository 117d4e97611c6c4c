// chengxind --verify.
#ifndef CHENGXIN_SERVER_VERIFY_H_
#define CHENGXIN_SERVER_VERIFY_H_

#include <string>

#include "absl/status/status.h"
#include "chengxin/config/v1/config.pb.h"

namespace chengxin::server {

// Folds the log of the configured data folder into `scratch_folder` (empty: a folder made beside the data
// folder and removed again) and compares every view byte by byte. Shows its progress on standard error where
// that is a terminal, and says the outcome in one last line on standard output. Then the audit trail of the
// folder is read, where there is one, and its chain is checked. Ok where all is equal; errors as
// storage::Verify, DataLoss naming the first difference.
absl::Status VerifyDataFolder(const config::v1::ServerConfig& config, const std::string& scratch_folder);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_VERIFY_H_
