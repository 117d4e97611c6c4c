#include "client/import/rejects_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/status.h"
#include "base/strings.h"
#include "client/import/column_names.h"
#include "client/import/csv_reader.h"
#include "client/import/json_scrub.h"

namespace chengxin::client {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kMostFormerFiles = 999;

absl::Status DiskError(std::string_view path) {
  return absl::UnavailableError(
      StrCat("无法写退回文件 ", path, "：", std::strerror(errno), " (the rejects file cannot be written)"));
}

// The ending of the last part of a path, with its dot; empty where it has none.
std::string_view EndingOf(std::string_view path) {
  const size_t folder = path.rfind('/');
  const size_t dot = path.rfind('.');
  const size_t name = folder == path.npos ? 0 : folder + 1;
  return dot == path.npos || dot <= name ? std::string_view() : path.substr(dot);
}

bool SameContent(const std::string& first, const std::string& second) {
  std::ifstream one(first, std::ios::binary);
  std::ifstream other(second, std::ios::binary);
  if (!one || !other) return false;
  using Bytes = std::istreambuf_iterator<char>;
  return std::equal(Bytes(one), Bytes(), Bytes(other), Bytes());
}

}  // namespace

std::string RejectsPath(std::string_view path, ImportFormat format) {
  const std::string_view ending = format == ImportFormat::kJsonLines ? ".jsonl" : ".csv";
  if (path == "-") return StrCat("stdin.rejects", ending);
  return StrCat(path.substr(0, path.size() - EndingOf(path).size()), ".rejects", ending);
}

RejectsFile::~RejectsFile() {
  if (file_ != nullptr) std::fclose(file_);
  if (!partial_path_.empty()) unlink(partial_path_.c_str());
}

absl::Status RejectsFile::Write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) return DiskError(path_);
  return absl::OkStatus();
}

absl::Status RejectsFile::Create() {
  partial_path_ = StrCat(path_, ".XXXXXX");
  const int file = mkstemp(partial_path_.data());
  if (file < 0) {
    partial_path_.clear();
    return DiskError(path_);
  }
  file_ = fdopen(file, "wb");
  if (file_ == nullptr) {
    close(file);
    return DiskError(path_);
  }
  if (format_ == ImportFormat::kJsonLines) return absl::OkStatus();
  std::string header(kByteOrderMark);
  for (const std::string_view column : kRejectColumns) StrAppend(&header, column, ",");
  return Write(StrCat(header, kept_header_, "\r\n"));
}

absl::Status RejectsFile::Add(const SourceRow& row, const RowProblem& problem) {
  if (file_ == nullptr) CHENGXIN_RETURN_IF_ERROR(Create());
  ++rows_;
  std::string text;
  if (format_ == ImportFormat::kJsonLines) {
    text = StrCat("{\"", kRejectMemberPrefix, "row\":", row.number);
    const auto member = [&text](std::string_view name, std::string_view value) {
      StrAppend(&text, ",\"", kRejectMemberPrefix, name, "\":");
      AppendJsonString(value, text);
    };
    member("field", problem.column);
    member("value", problem.value);
    member("reason", problem.reason);
    // The row's own object goes on where its brace was.
    if (row.kept != "{}") text += ',';
    StrAppend(&text, std::string_view(row.kept).substr(1), "\n");
    return Write(text);
  }
  text = StrCat(row.number);
  for (const std::string_view field : {std::string_view(problem.column), std::string_view(problem.value),
                                       std::string_view(problem.reason)}) {
    text += ',';
    AppendCsvField(field, text);
  }
  return Write(StrCat(text, ",", row.kept, "\r\n"));
}

absl::StatusOr<std::string> RejectsFile::MoveFormerAside() const {
  const std::string_view ending = EndingOf(path_);
  const std::string_view stem = std::string_view(path_).substr(0, path_.size() - ending.size());
  for (int i = 1; i <= kMostFormerFiles; ++i) {
    const std::string former = StrCat(stem, ".", i, ending);
    // A link fails where the name is taken, unlike a rename, which would replace what is there.
    if (link(path_.c_str(), former.c_str()) == 0) return former;
    if (errno != EEXIST) return DiskError(former);
  }
  return absl::UnavailableError(
      StrCat("以前的退回文件太多，请清理：", stem, ".*", ending, " (too many former rejects files)"));
}

absl::StatusOr<RejectsFile::Outcome> RejectsFile::Close() {
  Outcome outcome;
  if (file_ == nullptr) return outcome;
  std::FILE* file = file_;
  file_ = nullptr;
  const bool written = std::fflush(file) == 0 && fsync(fileno(file)) == 0;
  if (std::fclose(file) != 0 || !written) return DiskError(path_);
  struct stat about {};
  if (stat(path_.c_str(), &about) == 0 && !SameContent(path_, partial_path_)) {
    CHENGXIN_ASSIGN_OR_RETURN(outcome.former, MoveFormerAside());
  }
  if (rename(partial_path_.c_str(), path_.c_str()) != 0) return DiskError(path_);
  partial_path_.clear();
  outcome.path = path_;
  return outcome;
}

}  // namespace chengxin::client
