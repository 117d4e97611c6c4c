// Rows of a CSV file.
#ifndef CHENGXIN_CLIENT_IMPORT_CSV_ROWS_H_
#define CHENGXIN_CLIENT_IMPORT_CSV_ROWS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "client/import/column_plan.h"
#include "client/import/csv_reader.h"
#include "client/import/row_reader.h"

namespace chengxin::client {

// Not thread-safe.
class CsvRows final : public RowReader {
 public:
  // Reads the header row. InvalidArgument where there is none, or where it lacks columns.
  static absl::StatusOr<std::unique_ptr<RowReader>> Create(RowKind kind, std::unique_ptr<LineReader> lines,
                                                           AuthorityIds authorities);

  absl::StatusOr<bool> Next(google::protobuf::Message& message, SourceRow& row) override;
  RowProblem Explain(const SourceRow& row, std::string_view field, std::string_view reason,
                     const google::protobuf::Message& prototype) const override;
  ImportFormat format() const override { return ImportFormat::kCsv; }
  std::string kept_header() const override { return Kept(plan_->header()); }
  std::vector<std::string> ignored_columns() const override { return plan_->ignored(); }

 private:
  explicit CsvRows(std::unique_ptr<LineReader> lines) : RowReader(std::move(lines)), csv_(*lines_) {}

  void RejectMalformed(SourceRow& row);
  std::string Kept(const std::vector<std::string>& fields) const;

  CsvReader csv_;
  std::unique_ptr<ColumnPlan> plan_;
  CsvRecord record_;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_CSV_ROWS_H_
