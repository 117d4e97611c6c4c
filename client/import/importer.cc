#include "client/import/importer.h"

#include <sys/stat.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "client/import/batch_ids.h"
#include "client/import/rejects_file.h"
#include "google/protobuf/timestamp.pb.h"

namespace chengxin::client {
namespace {

google::protobuf::RepeatedPtrField<v1::Organization>& RowsOf(v1::ImportOrganizationsRequest& request) {
  return *request.mutable_organizations();
}
google::protobuf::RepeatedPtrField<v1::ImportRecord>& RowsOf(v1::ImportRecordsRequest& request) {
  return *request.mutable_records();
}
RowKind KindOf(const v1::Organization&) { return RowKind::kOrganization; }
RowKind KindOf(const v1::ImportRecord&) { return RowKind::kRecord; }

absl::StatusOr<absl::Time> TimeOf(const ImportOptions& options) {
  if (options.source_as_of.has_value()) return *options.source_as_of;
  struct stat about {};
  if (options.path == "-" || stat(options.path.c_str(), &about) != 0)
    return absl::InvalidArgumentError(
        "须给出数据截至的时间 (give the instant that the source was read as of: standard input has none)");
  return absl::FromTimeT(about.st_mtime);
}

// Whether the same command may succeed another time: what the server or the file refuses, it refuses again.
bool MayPassLater(const absl::Status& why) {
  switch (why.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kUnimplemented:
      return false;
    default:
      return true;
  }
}

// The same failure with the words people need after it.
absl::Status Interrupted(const absl::Status& why, int64_t acknowledged) {
  const std::string_view again =
      MayPassLater(why)
          ? "；再次运行同一命令即可补齐，已确认的行不会重复 (not finished; run the same command again "
            "to complete it: nothing is taken twice)："
          : "；须先改正 (not finished; correct this first)：";
  absl::Status status(why.code(),
                      StrCat("导入没有完成，已确认 ", acknowledged, " 行", again, ToStd(why.message())));
  why.ForEachPayload(
      [&status](absl::string_view url, const absl::Cord& payload) { status.SetPayload(url, payload); });
  return status;
}

// The rejects would replace what is being read.
absl::Status CheckRejectsPath(const std::string& rejects, const std::string& input) {
  std::error_code error;
  if (rejects != input && !std::filesystem::equivalent(rejects, input, error)) return absl::OkStatus();
  return absl::InvalidArgumentError(StrCat("退回文件不能是所导入的文件 ", input,
                                           " (the rejects file must not be the file that is imported)"));
}

// One run. Rows wait in `waiting_` until their batch is acknowledged, so that rejects are written in the
// file's order.
template <typename Batches>
class ImportRun {
 public:
  using Row = typename Batches::Row;
  using Request = typename Batches::Request;
  using Response = typename Batches::Response;

  ImportRun(const ImportOptions& options, const OpenSink<Batches>& open) : options_(options), open_(open) {}

  ImportSummary Run() {
    absl::Status status = Prepare();
    if (status.ok()) {
      status = SendRows();
      if (status.ok()) status = SendMissing();
      if (status.ok()) status = SendEnd();
      if (!status.ok() && !too_many_missing_) status = Interrupted(status, summary_.rows_acknowledged);
      summary_.identity_numbers = reader_->identity_numbers();
      const absl::Status kept = KeepRejects();
      if (status.ok()) status = kept;
    }
    summary_.status = status;
    return std::move(summary_);
  }

 private:
  struct Batch {
    std::vector<SourceRow> rows;
    bool sent = false;
  };

  absl::Status Prepare() {
    if (options_.batch_rows < 1 || options_.batch_rows > kMaximumImportRows)
      return absl::InvalidArgumentError("每批行数应为 1 至 1,000 (a batch has 1 to 1,000 rows)");
    if (options_.source.empty()) return absl::InvalidArgumentError("须给出数据来源 (give the source)");
    source_ = options_.source.rfind("sources/", 0) == 0 ? options_.source : "sources/" + options_.source;
    CHENGXIN_ASSIGN_OR_RETURN(auto lines, LineReader::Open(options_.path, options_.encoding));
    CHENGXIN_ASSIGN_OR_RETURN(summary_.source_as_of, TimeOf(options_));
    const ImportFormat format = DetectFormat(options_.format, options_.path, lines->ahead());
    CHENGXIN_ASSIGN_OR_RETURN(
        reader_, RowReader::Create(KindOf(prototype_), format, std::move(lines), options_.authorities));
    summary_.ignored_columns = reader_->ignored_columns();
    const std::string path =
        options_.rejects_path.empty() ? RejectsPath(options_.path, format) : options_.rejects_path;
    CHENGXIN_RETURN_IF_ERROR(CheckRejectsPath(path, options_.path));
    rejects_ = std::make_unique<RejectsFile>(path, format, reader_->kept_header());
    ids_ = std::make_unique<BatchIds>(source_, absl::ToUnixNanos(summary_.source_as_of));
    return absl::OkStatus();
  }

  void Stamp(Request& request) const {
    request.set_source(source_);
    const absl::Time second = absl::FromUnixSeconds(absl::ToUnixSeconds(summary_.source_as_of));
    request.mutable_source_as_of()->set_seconds(absl::ToUnixSeconds(second));
    request.mutable_source_as_of()->set_nanos(
        static_cast<int32_t>(absl::ToInt64Nanoseconds(summary_.source_as_of - second)));
  }

  absl::Status SendRows() {
    sink_ = open_([this](const Response& response) { OnAcknowledged(response); });
    bool more = true;
    while (more) {
      Request request;
      Batch batch;
      auto read = ReadBatch(request, batch);
      if (!read.ok()) {
        // What is on its way is waited for, so that the counts are true.
        const absl::Status finished = sink_->Finish();
        return finished.ok() ? read.status() : finished;
      }
      more = *read;
      CHENGXIN_RETURN_IF_ERROR(SendBatch(std::move(request), std::move(batch)));
    }
    CHENGXIN_RETURN_IF_ERROR(sink_->Finish());
    RejectUnsent();
    if (!waiting_.empty())
      return absl::InternalError("有批次没有得到确认 (the stream ended with batches not acknowledged)");
    Tell();
    return failure_;
  }

  // Reads until the batch is full; false at the end of the file.
  absl::StatusOr<bool> ReadBatch(Request& request, Batch& batch) {
    auto& rows = RowsOf(request);
    for (size_t bytes = 0; batch.rows.size() < options_.batch_rows && bytes < kBatchBytes;) {
      SourceRow source_row;
      Row* row = rows.Add();
      CHENGXIN_ASSIGN_OR_RETURN(const bool more, reader_->Next(*row, source_row));
      if (!more) {
        rows.RemoveLast();
        return false;
      }
      ++summary_.rows_read;
      Note(*row);
      bytes += source_row.kept.size();
      if (source_row.problem.has_value()) {
        rows.RemoveLast();
        ++summary_.rejected_by_reader;
      } else {
        bytes += row->ByteSizeLong();
      }
      batch.rows.push_back(std::move(source_row));
    }
    return true;
  }

  absl::Status SendBatch(Request request, Batch batch) {
    if (batch.rows.empty()) return absl::OkStatus();
    batch.sent = !RowsOf(request).empty();
    const bool sent = batch.sent;
    waiting_.push_back(std::move(batch));
    if (!sent) {
      RejectUnsent();
      return failure_;
    }
    Stamp(request);
    request.set_request_id(ids_->Next(Sha256(request.SerializeAsString())));
    CHENGXIN_RETURN_IF_ERROR(sink_->Send(std::move(request)));
    return failure_;
  }

  void OnAcknowledged(const Response& response) {
    RejectUnsent();
    if (waiting_.empty())
      return Fail(absl::InternalError("确认了没有发送的批次 (a batch never sent is acknowledged)"));
    const Batch batch = std::move(waiting_.front());
    waiting_.pop_front();
    int result = 0;
    for (const SourceRow& row : batch.rows) {
      if (row.problem.has_value()) {
        Reject(row, *row.problem);
      } else if (result == response.results_size()) {
        return Fail(absl::InternalError("结果少于行数 (fewer results than rows)"));
      } else {
        Tally(row, response.results(result++));
      }
    }
    summary_.revision = response.revision();
    RejectUnsent();
    Tell();
  }

  void Tally(const SourceRow& row, const v1::ImportResult& result) {
    ++summary_.rows_acknowledged;
    switch (result.outcome()) {
      case v1::IMPORT_OUTCOME_CREATED:
        ++summary_.created;
        break;
      case v1::IMPORT_OUTCOME_UPDATED:
        ++summary_.updated;
        break;
      case v1::IMPORT_OUTCOME_UNCHANGED:
        ++summary_.unchanged;
        break;
      case v1::IMPORT_OUTCOME_OUTDATED:
        ++summary_.outdated;
        break;
      default:
        ++summary_.rejected_by_server;
        Reject(row, reader_->Explain(row, result.field(), result.reason(), prototype_));
    }
  }

  // Batches at the front that hold nothing but the reader's rejects wait for nobody.
  void RejectUnsent() {
    while (!waiting_.empty() && !waiting_.front().sent) {
      for (const SourceRow& row : waiting_.front().rows) Reject(row, *row.problem);
      waiting_.pop_front();
    }
  }

  void Reject(const SourceRow& row, const RowProblem& problem) {
    if (failure_.ok()) failure_ = rejects_->Add(row, problem);
  }
  void Fail(absl::Status failure) {
    if (failure_.ok()) failure_ = std::move(failure);
  }

  // The codes of a register's file, for who is missing from it.
  void Note(const v1::Organization& row) {
    if (options_.complete && options_.list_held != nullptr) missing_.Saw(row.code());
  }
  void Note(const v1::ImportRecord&) {}

  bool IsComplete() const {
    return options_.complete && (summary_.rejected() == 0 || options_.complete_despite_rejects);
  }

  // Rule 50: what a complete file of a register has no more is told before the run ends, so that no answer
  // comes from a fresh register and an organization it does not have.
  absl::Status SendMissing() {
    if constexpr (std::is_same_v<Row, v1::Organization>) {
      if (!IsComplete() || options_.list_held == nullptr) return absl::OkStatus();
      if (missing_.unreadable() > 0 && !options_.accept_missing) {
        summary_.unreadable_codes = missing_.unreadable();
        return absl::OkStatus();
      }
      const absl::StatusOr<std::vector<v1::Organization>> found =
          missing_.Find(options_.list_held, source_, summary_.source_as_of, options_.accept_missing);
      // The same command again would end the same way: its message says what to do.
      too_many_missing_ = absl::IsFailedPrecondition(found.status());
      if (!found.ok() || found->empty()) return found.status();
      const std::vector<v1::Organization>& rows = *found;
      absl::Status refused;
      sink_ = open_([&](const Response& response) { TallyMissing(response, refused); });
      for (size_t next = 0; next < rows.size();) {
        Request request;
        for (; next < rows.size() && RowsOf(request).size() < static_cast<int>(options_.batch_rows); ++next)
          *RowsOf(request).Add() = rows[next];
        Stamp(request);
        request.set_request_id(ids_->Next(Sha256(request.SerializeAsString())));
        CHENGXIN_RETURN_IF_ERROR(sink_->Send(std::move(request)));
      }
      CHENGXIN_RETURN_IF_ERROR(sink_->Finish());
      return refused;
    } else {
      return absl::OkStatus();
    }
  }

  void TallyMissing(const Response& response, absl::Status& refused) {
    summary_.revision = response.revision();
    for (const v1::ImportResult& result : response.results()) {
      if (result.outcome() == v1::IMPORT_OUTCOME_UPDATED) ++summary_.missing;
      if (result.outcome() != v1::IMPORT_OUTCOME_REJECTED || !refused.ok()) continue;
      refused = absl::FailedPreconditionError(
          StrCat("登记库中已无的组织未能记录 (a missing organization was not taken)：", result.field(), " ",
                 result.reason()));
    }
  }

  // The end of the run goes over a stream of its own: whether the run is complete depends on what became of
  // all its rows.
  absl::Status SendEnd() {
    Request end;
    Stamp(end);
    end.set_end_of_run(true);
    end.set_complete(IsComplete());
    end.set_rejected_by_reader(summary_.rejected_by_reader);
    end.set_identity_numbers_dropped(reader_->identity_numbers());
    end.set_request_id(ids_->End(Sha256(end.SerializeAsString())));
    bool acknowledged = false;
    sink_ = open_([&](const Response& response) {
      acknowledged = true;
      summary_.revision = response.revision();
    });
    const bool complete = end.complete();
    CHENGXIN_RETURN_IF_ERROR(sink_->Send(std::move(end)));
    CHENGXIN_RETURN_IF_ERROR(sink_->Finish());
    if (!acknowledged)
      return absl::InternalError("结束没有得到确认 (the end of the run was not acknowledged)");
    summary_.complete = complete;
    return absl::OkStatus();
  }

  absl::Status KeepRejects() {
    CHENGXIN_ASSIGN_OR_RETURN(const RejectsFile::Outcome outcome, rejects_->Close());
    summary_.rejects_path = outcome.path;
    summary_.former_rejects_path = outcome.former;
    return absl::OkStatus();
  }

  void Tell() {
    if (options_.observer == nullptr) return;
    const LineReader& lines = reader_->lines();
    options_.observer->OnProgress({summary_.rows_read, summary_.rows_acknowledged, summary_.rejected(),
                                   lines.bytes_read(), lines.size()});
  }

  const ImportOptions& options_;
  const OpenSink<Batches>& open_;
  const Row prototype_;
  std::string source_;
  std::unique_ptr<RowReader> reader_;
  std::unique_ptr<RejectsFile> rejects_;
  std::unique_ptr<BatchIds> ids_;
  MissingOrganizations missing_;
  bool too_many_missing_ = false;
  std::deque<Batch> waiting_;
  // The first failure on this side while acknowledgements came in.
  absl::Status failure_;
  ImportSummary summary_;
  // Last: its callback uses all of the above.
  std::unique_ptr<BatchSink<Request>> sink_;
};

}  // namespace

ImportSummary ImportOrganizations(const ImportOptions& options, const OpenSink<OrganizationBatches>& open) {
  return ImportRun<OrganizationBatches>(options, open).Run();
}

ImportSummary ImportRecords(const ImportOptions& options, const OpenSink<RecordBatches>& open) {
  return ImportRun<RecordBatches>(options, open).Run();
}

std::string Describe(const ImportSummary& summary) {
  std::string text;
  const int64_t open = summary.rows_read - summary.rows_acknowledged - summary.rejected_by_reader;
  StrAppend(&text, "读取 ", summary.rows_read, " 行：采用 ", summary.rows_taken(), " 行（新增 ",
            summary.created, "，更新 ", summary.updated, "，未变 ", summary.unchanged, "，已有更新版本 ",
            summary.outdated, "），退回 ", summary.rejected(), " 行",
            open > 0 ? StrCat("，没有答复 ", open, " 行") : "", " (", summary.rows_read, " read, ",
            summary.rows_taken(), " taken: ", summary.created, " created, ", summary.updated, " updated, ",
            summary.unchanged, " unchanged, ", summary.outdated, " outdated; ", summary.rejected(),
            " rejected", open > 0 ? StrCat("; ", open, " without an answer") : "", ")\n");
  if (summary.missing > 0)
    StrAppend(&text, "登记库中已无 ", summary.missing,
              " 个组织，已记录 (no longer in the register, recorded as such)\n");
  if (summary.unreadable_codes > 0)
    StrAppend(&text, "有 ", summary.unreadable_codes,
              " 行读不出代码，未判断登记库中已无的组织 (rows without a readable code: nobody was recorded as "
              "missing)\n");
  if (summary.identity_numbers > 0)
    StrAppend(&text, "去除证件号码 ", summary.identity_numbers,
              " 个，未读入也未保存 (identity numbers dropped)\n");
  if (!summary.rejects_path.empty())
    StrAppend(&text, "退回的行在 ", summary.rejects_path,
              "，更正后可直接再导入 (rejected rows: correct this file and import it)\n");
  if (!summary.former_rejects_path.empty())
    StrAppend(&text, "以前的退回文件移至 ", summary.former_rejects_path, " (the former file was moved)\n");
  if (!summary.ignored_columns.empty()) {
    text += "未使用的列 (columns not used)：";
    for (size_t i = 0; i < summary.ignored_columns.size(); ++i)
      StrAppend(&text, i == 0 ? "" : "、", summary.ignored_columns[i]);
    text += "\n";
  }
  if (summary.status.ok())
    StrAppend(&text, summary.complete ? "来源已记为完整读取 (recorded as a complete reading of the source)\n"
                                      : "来源未记为完整读取 (not recorded as a complete reading)\n");
  return text;
}

}  // namespace chengxin::client
