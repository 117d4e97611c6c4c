// Where an import's batches go: a server's stream, or whatever stands for one.
#ifndef CHENGXIN_CLIENT_IMPORT_BATCH_SINK_H_
#define CHENGXIN_CLIENT_IMPORT_BATCH_SINK_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"

namespace chengxin::client {

// One stream of batches. Used from one thread, on which the acknowledgements are given out too.
template <typename RequestType>
class BatchSink {
 public:
  virtual ~BatchSink() = default;

  // Hands over a batch; may wait for acknowledgements of former ones. After an error nothing more is taken:
  // what was acknowledged is durable, the rest may or may not be.
  virtual absl::Status Send(RequestType batch) = 0;
  // Waits until all is acknowledged, and ends the stream. Errors as Send.
  virtual absl::Status Finish() = 0;
};

// What a kind of import sends and gets.
struct OrganizationBatches {
  using Row = v1::Organization;
  using Request = v1::ImportOrganizationsRequest;
  using Response = v1::ImportOrganizationsResponse;
};
struct RecordBatches {
  using Row = v1::ImportRecord;
  using Request = v1::ImportRecordsRequest;
  using Response = v1::ImportRecordsResponse;
};

// Opens a stream. `on_acknowledged` is called once a batch, in the order they were sent, during Send or
// Finish.
template <typename Batches>
using OpenSink = std::function<std::unique_ptr<BatchSink<typename Batches::Request>>(
    std::function<void(const typename Batches::Response&)> on_acknowledged)>;

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_BATCH_SINK_H_
