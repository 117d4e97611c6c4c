// Rows of a JSON Lines file.
#ifndef CHENGXIN_CLIENT_IMPORT_JSON_ROWS_H_
#define CHENGXIN_CLIENT_IMPORT_JSON_ROWS_H_

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "client/import/row_reader.h"

namespace chengxin::client {

// Each line is the protobuf JSON of the message read into; blank lines are skipped. Not thread-safe.
class JsonRows final : public RowReader {
 public:
  explicit JsonRows(std::unique_ptr<LineReader> lines) : RowReader(std::move(lines)) {}

  absl::StatusOr<bool> Next(google::protobuf::Message& message, SourceRow& row) override;
  RowProblem Explain(const SourceRow& row, std::string_view field, std::string_view reason,
                     const google::protobuf::Message& prototype) const override;
  ImportFormat format() const override { return ImportFormat::kJsonLines; }

 private:
  Line line_;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_JSON_ROWS_H_
