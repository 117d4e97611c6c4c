#include "client/cli/paging.h"

#include "client/cli/exit_codes.h"

namespace chengxin::cli {

int EndList(const Session& session, const Table& table, const absl::Status& status, bool more) {
  if (!session.json() && (status.ok() || table.rows() > 0)) table.Print(session.out());
  if (!status.ok()) return session.Fail(status);
  if (more) session.err() << "还有更多，用 --limit 0 列出全部 (there are more; --limit 0 lists all)\n";
  return kDone;
}

}  // namespace chengxin::cli
