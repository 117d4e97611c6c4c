// How many files the process may have open.
#ifndef CHENGXIN_SERVER_OPEN_FILES_H_
#define CHENGXIN_SERVER_OPEN_FILES_H_

#include <cstdint>

#include "absl/status/status.h"

namespace chengxin::server {

// Lets the process open as many files as the system allows it. FailedPrecondition where those are fewer than
// `needed`, saying what to change. Of the whole process.
absl::Status AllowOpenFiles(int64_t needed);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_OPEN_FILES_H_
