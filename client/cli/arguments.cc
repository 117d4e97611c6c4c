#include "client/cli/arguments.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "absl/strings/ascii.h"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/characters.h"
#include "client/cli/choice.h"
#include "client/cli/instants.h"
#include "client/error.h"
#include "domain/civil_day.h"
#include "domain/money.h"
#include "google/protobuf/util/json_util.h"

namespace chengxin::cli {

namespace {

constexpr Choice<v1::QueryPurpose> kPurposes[] = {
    {"award", v1::QUERY_PURPOSE_AWARD},
    {"renewal", v1::QUERY_PURPOSE_RENEWAL},
    {"supervision", v1::QUERY_PURPOSE_CONTRACT_SUPERVISION},
    {"administrative", v1::QUERY_PURPOSE_ADMINISTRATIVE_SUPERVISION},
};
constexpr Choice<v1::ListKind> kLists[] = {
    {"severe", v1::LIST_KIND_SEVERE},
    {"abnormal", v1::LIST_KIND_ABNORMAL},
};
constexpr Choice<v1::RecordCategory> kCategories[] = {
    {"basic", v1::RECORD_CATEGORY_BASIC},           {"annual-report", v1::RECORD_CATEGORY_ANNUAL_REPORT},
    {"inspection", v1::RECORD_CATEGORY_INSPECTION}, {"penalty", v1::RECORD_CATEGORY_PENALTY},
    {"other", v1::RECORD_CATEGORY_OTHER},
};
constexpr Choice<v1::PenaltyKind> kKinds[] = {
    {"warning", v1::PENALTY_KIND_WARNING},
    {"fine", v1::PENALTY_KIND_FINE},
    {"confiscation", v1::PENALTY_KIND_CONFISCATION},
    {"suspension", v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY},
    {"closure", v1::PENALTY_KIND_ORDERED_CLOSURE},
    {"revocation", v1::PENALTY_KIND_REVOCATION},
    {"change-revoked", v1::PENALTY_KIND_CHANGE_REGISTRATION_REVOKED},
};

}  // namespace

absl::Status InstantFlags::Fill(Session& session, v1::AsOf& message) const {
  if (!as_of.empty() && as_of != "now") {
    CHENGXIN_ASSIGN_OR_RETURN(*message.mutable_instant(), session.Instant("as-of", as_of));
  }
  if (!known_at.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*message.mutable_known_at(), session.Instant("known-at", known_at));
  }
  if (!effective_at.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*message.mutable_effective_at(), session.Instant("effective-at", effective_at));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::QueryPurpose> ParsePurpose(std::string_view text) {
  return Choose("purpose", kPurposes, text);
}
absl::StatusOr<v1::ListKind> ParseList(std::string_view text) {
  if (text.empty()) return v1::LIST_KIND_UNSPECIFIED;
  return Choose("list", kLists, text);
}
absl::StatusOr<v1::RecordCategory> ParseCategory(std::string_view text) {
  if (text.empty()) return v1::RECORD_CATEGORY_UNSPECIFIED;
  return Choose("category", kCategories, text);
}
absl::StatusOr<v1::PenaltyKind> ParsePenaltyKind(std::string_view text) {
  return Choose("kind", kKinds, text);
}

absl::StatusOr<std::string> ParseDay(std::string_view flag, std::string_view text) {
  const absl::StatusOr<domain::CivilDay> day = domain::CivilDay::Parse(text);
  if (!day.ok())
    return client::FieldError(flag, StrCat("\"", text.substr(0, 60), "\": ", day.status().message()));
  if (day->year() < kFirstYear || day->year() > kLastYear)
    return client::FieldError(
        flag, StrCat("\"", text.substr(0, 60), "\" 应在", kFirstYear, "-01-01至", kLastYear,
                     "-12-31之间 (expected a day from ", kFirstYear, "-01-01 to ", kLastYear, "-12-31)"));
  return day->ToString();
}

absl::StatusOr<int64_t> ParseAmount(std::string_view flag, std::string_view text) {
  const absl::StatusOr<domain::Fen> fen = domain::ParseYuan(text);
  if (!fen.ok())
    return client::FieldError(flag, StrCat("应为以元为单位的金额 (expected yuan): ", fen.status().message()));
  if (*fen > domain::kLargestAmount)
    return client::FieldError(
        flag, StrCat("超过", domain::FormatYuan(domain::kLargestAmount), " (more than 10^12 yuan)"));
  return *fen;
}

absl::Status CheckCitedLaw(std::string_view ground, std::string_view cited_law) {
  if (cited_law.empty() || ground == "ABN-07" || ground == "SER-08") return absl::OkStatus();
  return client::FieldError(
      "cited-law",
      "只用于兜底情形ABN-07、SER-08，其他情形不需要 (only with the residual grounds ABN-07 and SER-08; "
      "others need none)");
}

std::string ResourceName(std::string_view collection, std::string_view text) {
  if (text.empty() || text.substr(0, collection.size()) == collection) return std::string(text);
  return StrCat(collection, text);
}

std::vector<FileCode> ReadCodes(std::istream& in) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::vector<FileCode> codes;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::string_view rest = line;
    if (number == 1 && rest.substr(0, kMark.size()) == kMark) rest.remove_prefix(kMark.size());
    const absl::string_view code = absl::StripAsciiWhitespace(ToAbsl(rest));
    if (!code.empty() && code.front() != '#') codes.push_back({std::string(code), number});
  }
  return codes;
}

absl::Status CheckRegularFile(std::string_view flag, const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status))
    return client::FieldError(flag, StrCat("是文件夹，应为文件 (a folder; expected a file) ", path));
  // What is not there is told by whoever opens it.
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return client::FieldError(
        flag, StrCat("不是普通文件，而是设备或管道 (a device or a pipe; expected a regular file) ", path));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadFile(std::string_view flag, const std::string& path,
                                     std::istream& standard_input, size_t largest) {
  const bool named = path != "-";
  std::ifstream file;
  if (named) {
    CHENGXIN_RETURN_IF_ERROR(CheckRegularFile(flag, path));
    file.open(path, std::ios::binary);
  }
  std::istream& in = named ? file : standard_input;
  std::string content;
  for (char block[1 << 16]; content.size() <= largest && (in.read(block, sizeof block) || in.gcount() > 0);)
    content.append(block, static_cast<size_t>(in.gcount()));
  if (named && (!file.is_open() || file.bad()))
    return client::FieldError(flag, StrCat("无法读取文件 (cannot read) ", path, ": ", std::strerror(errno)));
  if (content.size() > largest)
    return client::FieldError(
        flag, StrCat("超过", largest >> 20, " MiB (more than ", largest >> 20, " MiB) ", path));
  return content;
}

absl::Status ParseJson(std::string_view flag, const std::string& json, google::protobuf::Message& message) {
  if (const std::optional<size_t> wrong = FirstNotUtf8(json); wrong.has_value())
    return client::FieldError(
        flag, StrCat("第", *wrong, "字节起不是UTF-8文本 (not UTF-8 text from byte offset ", *wrong, ")"));
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  if (status.ok()) return absl::OkStatus();
  return client::FieldError(
      flag, StrCat("不是", message.GetDescriptor()->name(), "的JSON (not JSON of ",
                   message.GetDescriptor()->full_name(), "): ", std::string(status.message())));
}

}  // namespace chengxin::cli
