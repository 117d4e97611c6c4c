// What the columns of a CSV file mean: worked out once from the header row, then applied to each row.
#ifndef CHENGXIN_CLIENT_IMPORT_COLUMN_PLAN_H_
#define CHENGXIN_CLIENT_IMPORT_COLUMN_PLAN_H_

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "client/import/field_value.h"
#include "client/import/row_reader.h"
#include "google/protobuf/message.h"

namespace chengxin::client {

// Immutable. The columns known are listed in docs/import.md; others are ignored, but kept in the rejects
// file.
class ColumnPlan {
 public:
  virtual ~ColumnPlan() = default;

  // For rows that are v1::Organization or v1::ImportRecord. InvalidArgument where columns that every row
  // needs are missing, naming them.
  static absl::StatusOr<std::unique_ptr<ColumnPlan>> Create(RowKind kind, std::vector<std::string> header,
                                                            AuthorityIds authorities);

  // Fills `row` from as many fields as the header has; identity columns are never looked at. The first
  // problem found; `row` is partly filled then.
  std::optional<RowProblem> Fill(const std::vector<std::string>& fields,
                                 google::protobuf::Message& row) const;

  const std::vector<std::string>& header() const { return header_; }
  bool is_identity(size_t column) const { return uses_[column] == Use::kIdentity; }
  // Whether it goes into the rejects file: all but identity columns and those a rejects file has put in
  // front.
  bool is_kept(size_t column) const { return uses_[column] == Use::kField || uses_[column] == Use::kIgnored; }
  bool has_identity() const;
  // Columns nobody reads, but for the rejects file's own.
  std::vector<std::string> ignored() const;
  // The column that fills a field the server names, for example "code" or "record.penalty.fine_fen"; none
  // where there is none.
  std::optional<size_t> ColumnOf(std::string_view field) const;

 protected:
  enum class Use { kField, kIgnored, kIdentity, kRejectNote };

  ColumnPlan(std::vector<std::string> header, AuthorityIds authorities)
      : header_(std::move(header)),
        uses_(header_.size(), Use::kIgnored),
        authorities_(std::move(authorities)) {}

  // Works out uses_ and targets_; `resolve` gives the target a header names, empty for none.
  template <typename Resolve>
  void PlanColumns(const Resolve& resolve);
  // InvalidArgument naming those of `required` that no column fills, by target and the header to write.
  absl::Status Require(const std::vector<std::pair<std::string_view, std::string_view>>& required) const;
  std::optional<size_t> FindTarget(std::string_view target) const;
  RowProblem Problem(size_t column, std::string_view value, std::string_view reason) const;
  // A problem where a second column fills the same target in this row.
  std::optional<RowProblem> FindRepeat(const std::vector<std::string>& fields, size_t column) const;

  virtual std::optional<RowProblem> FillRow(const std::vector<std::string>& fields,
                                            google::protobuf::Message& row) const = 0;

  const std::vector<std::string> header_;
  std::vector<Use> uses_;
  // What a column fills, for example "code" or "content.fine_wan"; empty for those that are not kField.
  std::vector<std::string> targets_;
  // The former column with the same target; npos for none.
  std::vector<size_t> repeats_;
  const AuthorityIds authorities_;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_COLUMN_PLAN_H_
