// Recording one item and telling what came of it.
#ifndef CHENGXIN_CLIENT_CLI_SHOW_CREATED_RECORD_H_
#define CHENGXIN_CLIENT_CLI_SHOW_CREATED_RECORD_H_

#include "chengxin/v1/record_service.pb.h"
#include "client/cli/session.h"

namespace chengxin::cli {

// Sends the request and shows the record, the listing it led to and the entry that ended as moved. Returns
// the exit code.
int CreateAndShow(Session& session, v1::CreateRecordRequest request);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_SHOW_CREATED_RECORD_H_
