// An import run over one stream: batches go out in a window, acknowledgements come back in order, a broken
// connection is mended.
#ifndef CHENGXIN_CLIENT_IMPORT_STREAM_H_
#define CHENGXIN_CLIENT_IMPORT_STREAM_H_

#include <cstddef>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"

namespace chengxin::client {

class Connection;

// Rows the server takes in one batch.
inline constexpr size_t kMaximumBatchRows = 1000;

struct ImportStreamOptions {
  // Batches sent and not yet acknowledged, at most.
  size_t window = 8;
  // Without any acknowledgement for this long the connection counts as broken.
  absl::Duration stall = absl::Seconds(60);
};

// Sends the batches of one run. Not thread-safe: one thread sends, and its callback runs on that thread.
//
// Each batch is remembered until it is acknowledged. Where the connection breaks, a new one is opened after a
// pause and what was not acknowledged is sent again with the same request_ids, which changes nothing twice.
// An acknowledged batch is durable.
template <typename Request, typename Response>
class ImportStream {
 public:
  // Called once for each batch, in the order sent, during Send or Finish.
  using OnAcknowledged = std::function<void(const Request& batch, const Response& acknowledgement)>;

  // `connection` must outlive it.
  ImportStream(Connection& connection, const ImportStreamOptions& options, OnAcknowledged on_acknowledged);
  // Abandons what is not acknowledged.
  ~ImportStream();
  ImportStream(const ImportStream&) = delete;
  ImportStream& operator=(const ImportStream&) = delete;

  // Sends one batch, waiting while the window is full. An empty request_id is filled in. Errors are the
  // server's (the run is over: what was acknowledged stays) or, when mending did not succeed, UNAVAILABLE
  // with the request_id of the first batch without an answer (UnknownOutcomeRequestId). After an error every
  // later call returns it too.
  absl::Status Send(Request batch);
  // Waits until everything is acknowledged and ends the stream. Errors as Send.
  absl::Status Finish();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

using OrganizationImport = ImportStream<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>;
using RecordImport = ImportStream<v1::ImportRecordsRequest, v1::ImportRecordsResponse>;

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_STREAM_H_
