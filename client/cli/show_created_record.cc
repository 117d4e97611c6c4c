#include "client/cli/show_created_record.h"

#include <utility>

#include "client/cli/exit_codes.h"
#include "client/cli/print_resources.h"

namespace chengxin::cli {

int CreateAndShow(Session& session, v1::CreateRecordRequest request) {
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->CreateRecord(std::move(request));
  if (!answer.ok()) return session.Fail(answer.status());
  if (session.json()) {
    session.PrintJson(*answer);
    return kDone;
  }
  session.out() << "已记录 (recorded)，版本 " << answer->revision() << '\n';
  Print(session.out(), answer->record());
  if (answer->has_listing()) {
    session.out() << "\n列入 (listed)\n";
    Print(session.out(), answer->listing());
  }
  if (answer->has_moved_listing()) {
    session.out() << "\n随之移出 (ended as moved)\n";
    Print(session.out(), answer->moved_listing());
  }
  return kDone;
}

}  // namespace chengxin::cli
