#include "client/import/client_sink.h"

#include <utility>

namespace chengxin::client {
namespace {

template <typename Batches>
class StreamSink final : public BatchSink<typename Batches::Request> {
 public:
  using Stream = ImportStream<typename Batches::Request, typename Batches::Response>;

  explicit StreamSink(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}

  absl::Status Send(typename Batches::Request batch) override { return stream_->Send(std::move(batch)); }
  absl::Status Finish() override { return stream_->Finish(); }

 private:
  const std::unique_ptr<Stream> stream_;
};

}  // namespace

OpenSink<OrganizationBatches> OrganizationsOver(Client& client, const ImportStreamOptions& options) {
  return [&client, options](std::function<void(const v1::ImportOrganizationsResponse&)> on_acknowledged) {
    auto forward = [acknowledge = std::move(on_acknowledged)](
                       const v1::ImportOrganizationsRequest&,
                       const v1::ImportOrganizationsResponse& response) { acknowledge(response); };
    return std::make_unique<StreamSink<OrganizationBatches>>(
        client.ImportOrganizations(options, std::move(forward)));
  };
}

OpenSink<RecordBatches> RecordsOver(Client& client, const ImportStreamOptions& options) {
  return [&client, options](std::function<void(const v1::ImportRecordsResponse&)> on_acknowledged) {
    auto forward = [acknowledge = std::move(on_acknowledged)](const v1::ImportRecordsRequest&,
                                                              const v1::ImportRecordsResponse& response) {
      acknowledge(response);
    };
    return std::make_unique<StreamSink<RecordBatches>>(client.ImportRecords(options, std::move(forward)));
  };
}

}  // namespace chengxin::client
