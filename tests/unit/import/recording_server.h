// Stands for a server in tests of an import: keeps what it was sent, answers as told, and breaks off when
// told.
#ifndef CHENGXIN_TESTS_UNIT_IMPORT_RECORDING_SERVER_H_
#define CHENGXIN_TESTS_UNIT_IMPORT_RECORDING_SERVER_H_

#include <algorithm>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "client/import/batch_sink.h"

namespace chengxin {

inline const auto& RowsOf(const v1::ImportOrganizationsRequest& request) { return request.organizations(); }
inline const auto& RowsOf(const v1::ImportRecordsRequest& request) { return request.records(); }

template <typename Batches>
class RecordingServer {
 public:
  using Row = typename Batches::Row;
  using Request = typename Batches::Request;
  using Response = typename Batches::Response;

  // What becomes of a row; by default it is created.
  std::function<v1::ImportResult(const Row&)> judge;
  // Batches taken before the connection breaks.
  size_t breaks_after = std::numeric_limits<size_t>::max();
  absl::Status break_status = absl::UnavailableError("connection reset");
  // Acknowledgements held back while a stream is open.
  size_t window = 4;

  // All requests taken, ends of runs too.
  std::vector<Request> requests;
  size_t most_in_flight = 0;

  client::OpenSink<Batches> Open() {
    return [this](std::function<void(const Response&)> on_acknowledged) {
      return std::make_unique<Stream>(*this, std::move(on_acknowledged));
    };
  }

  std::vector<Row> Rows() const {
    std::vector<Row> rows;
    for (const Request& request : requests)
      rows.insert(rows.end(), RowsOf(request).begin(), RowsOf(request).end());
    return rows;
  }
  std::vector<std::string> RequestIds() const {
    std::vector<std::string> ids;
    for (const Request& request : requests) ids.push_back(request.request_id());
    return ids;
  }
  // Everything it was sent, as text.
  std::string Everything() const {
    std::string text;
    for (const Request& request : requests) text += request.DebugString() + request.SerializeAsString();
    return text;
  }

 private:
  class Stream final : public client::BatchSink<Request> {
   public:
    Stream(RecordingServer& server, std::function<void(const Response&)> on_acknowledged)
        : server_(server), on_acknowledged_(std::move(on_acknowledged)) {}

    absl::Status Send(Request batch) override {
      if (server_.requests.size() == server_.breaks_after) return server_.break_status;
      server_.requests.push_back(batch);
      waiting_.push_back(std::move(batch));
      server_.most_in_flight = std::max(server_.most_in_flight, waiting_.size());
      while (waiting_.size() >= server_.window) Acknowledge();
      return absl::OkStatus();
    }
    absl::Status Finish() override {
      while (!waiting_.empty()) Acknowledge();
      return absl::OkStatus();
    }

   private:
    void Acknowledge() {
      Response response;
      response.set_request_id(waiting_.front().request_id());
      response.set_revision(++server_.revision_);
      for (const Row& row : RowsOf(waiting_.front())) {
        v1::ImportResult result;
        result.set_outcome(v1::IMPORT_OUTCOME_CREATED);
        *response.add_results() = server_.judge ? server_.judge(row) : result;
      }
      waiting_.pop_front();
      on_acknowledged_(response);
    }

    RecordingServer& server_;
    const std::function<void(const Response&)> on_acknowledged_;
    std::deque<Request> waiting_;
  };

  uint64_t revision_ = 0;
};

using OrganizationServer = RecordingServer<client::OrganizationBatches>;
using RecordServer = RecordingServer<client::RecordBatches>;

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_UNIT_IMPORT_RECORDING_SERVER_H_
