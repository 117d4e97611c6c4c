#include "client/cli/watch_run.h"

#include "CLI/CLI.hpp"
#include "base/strings.h"
#include "client/cli/counts.h"
#include "client/cli/exit_codes.h"
#include "client/cli/table.h"

namespace chengxin::cli {

void AddWatchFlags(CLI::App& verb, WatchFlags& flags) {
  AddRevisionFlag(verb, "--resume", flags.resume, "从此版本之后继续 (continue after this revision)");
  verb.add_option("--heartbeat", flags.heartbeat, "心跳间隔秒数 (seconds between heartbeats)")
      ->check(CLI::Range(1, 300));
  verb.add_flag("--heartbeats", flags.heartbeats, "也显示心跳 (show heartbeats too)");
}

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
