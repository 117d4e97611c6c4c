// Batches over a client's import streams, which mend broken connections themselves.
#ifndef CHENGXIN_CLIENT_IMPORT_CLIENT_SINK_H_
#define CHENGXIN_CLIENT_IMPORT_CLIENT_SINK_H_

#include "client/client.h"
#include "client/import/batch_sink.h"

namespace chengxin::client {

// `client` must outlive what they open.
OpenSink<OrganizationBatches> OrganizationsOver(Client& client, const ImportStreamOptions& options = {});
OpenSink<RecordBatches> RecordsOver(Client& client, const ImportStreamOptions& options = {});

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_CLIENT_SINK_H_
