#include "client/import/csv_rows.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/identity_number.h"

namespace chengxin::client {

absl::StatusOr<std::unique_ptr<RowReader>> CsvRows::Create(RowKind kind, std::unique_ptr<LineReader> lines,
                                                           AuthorityIds authorities) {
  std::unique_ptr<CsvRows> rows(new CsvRows(std::move(lines)));
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows->csv_.Next(rows->record_));
  if (!found) return absl::InvalidArgumentError("文件是空的：缺少表头行 (the file has no header row)");
  if (!rows->record_.problem.empty())
    return absl::InvalidArgumentError(StrCat("表头行有误：", rows->record_.problem));
  CHENGXIN_ASSIGN_OR_RETURN(rows->plan_,
                            ColumnPlan::Create(kind, rows->record_.fields, std::move(authorities)));
  return rows;
}

std::string CsvRows::Kept(const std::vector<std::string>& fields) const {
  std::string kept;
  bool first = true;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!plan_->is_kept(i)) continue;
    if (!first) kept += ',';
    first = false;
    AppendCsvField(fields[i], kept);
  }
  return kept;
}

// A row whose fields cannot be told apart: an identity number may stand anywhere in it. So nothing of it is
// kept where the file has such columns at all.
void CsvRows::RejectMalformed(SourceRow& row) {
  std::string reason = record_.problem;
  std::string raw = record_.raw;
  if (reason.empty()) {
    reason = StrCat("有 ", record_.fields.size(), " 列，表头有 ", plan_->header().size(),
                    " 列 (the number of fields differs from the header's)");
    for (const std::string& field : record_.fields) {
      if (&field != &record_.fields.front()) raw += ',';
      AppendCsvField(field, raw);
    }
  }
  const int64_t masked = domain::MaskIdentityNumbers(raw);
  if (plan_->has_identity()) {
    raw.clear();
  } else {
    identity_numbers_ += masked;
  }
  row.kept = Kept(std::vector<std::string>(plan_->header().size()));
  row.problem = RowProblem{"", std::string(FirstCharacters(raw, 200)), std::move(reason)};
}

absl::StatusOr<bool> CsvRows::Next(google::protobuf::Message& message, SourceRow& row) {
  message.Clear();
  row.problem.reset();
  for (;;) {
    CHENGXIN_ASSIGN_OR_RETURN(const bool more, csv_.Next(record_));
    if (!more) return false;
    row.number = record_.row;
    std::vector<std::string>& fields = record_.fields;
    const bool blank = std::all_of(fields.begin(), fields.end(), [](const auto& f) { return f.empty(); });
    if (record_.problem.empty() && blank) continue;
    if (!record_.problem.empty() || fields.size() != plan_->header().size()) {
      RejectMalformed(row);
      return true;
    }
    for (size_t i = 0; i < fields.size(); ++i) {
      if (!plan_->is_identity(i)) {
        identity_numbers_ += domain::MaskIdentityNumbers(fields[i]);
      } else if (!Trim(fields[i]).empty()) {
        ++identity_numbers_;
        fields[i].clear();
      }
    }
    row.kept = Kept(fields);
    row.problem = plan_->Fill(fields, message);
    return true;
  }
}

RowProblem CsvRows::Explain(const SourceRow& row, std::string_view field, std::string_view reason,
                            const google::protobuf::Message& prototype) const {
  RowProblem problem{std::string(field), "", std::string(reason)};
  const auto column = plan_->ColumnOf(field);
  if (!column.has_value()) return problem;
  problem.column = plan_->header()[*column];
  const std::vector<std::string> kept = SplitCsvRecord(row.kept);
  size_t place = 0;
  for (size_t i = 0; i < *column; ++i) place += plan_->is_kept(i) ? 1 : 0;
  if (place < kept.size()) problem.value = std::string(FirstCharacters(kept[place], 200));
  return problem;
}

}  // namespace chengxin::client
