#include "client/cli/watch_end.h"

#include "base/strings.h"
#include "client/cli/exit_codes.h"
#include "client/cli/table.h"

namespace chengxin::cli {

void TellInterrupted(const Session& session, const absl::Status& why, uint64_t cursor) {
  session.err() << "连接中断，将从版本 " << cursor << " 之后继续 (interrupted, resuming after revision "
                << cursor << "): " << Printable(ToStd(why.message())) << '\n';
  session.err().flush();
}

int EndWatch(const Session& session, const client::WatchEnd& end) {
  if (end.cursor > 0 && end.status.code() != absl::StatusCode::kOutOfRange) {
    session.err() << "已到版本 " << end.cursor << "，用 --resume " << end.cursor
                  << " 继续 (seen up to revision " << end.cursor << "; continue with --resume)\n";
  }
  return end.status.ok() ? kDone : session.Fail(end.status);
}

}  // namespace chengxin::cli
