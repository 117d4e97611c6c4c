// What people are told when a watch breaks or ends.
#ifndef CHENGXIN_CLIENT_CLI_WATCH_END_H_
#define CHENGXIN_CLIENT_CLI_WATCH_END_H_

#include <cstdint>

#include "absl/status/status.h"
#include "client/cli/session.h"
#include "client/watch.h"

namespace chengxin::cli {

// The connection broke and the watch goes on after `cursor`.
void TellInterrupted(const Session& session, const absl::Status& why, uint64_t cursor);

// Where the watch came to and how to go on, unless the server does not have that revision; the failure, where
// there is one. Returns the exit code.
int EndWatch(const Session& session, const client::WatchEnd& end);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_WATCH_END_H_
