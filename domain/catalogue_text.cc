#include "domain/catalogue_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/divisions.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view WithoutByteOrderMark(std::string_view text) {
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  return text;
}

absl::Status WrongLine(std::string_view file, int line, std::string_view what) {
  return absl::InvalidArgumentError(StrCat(file, ":", line, ": ", what));
}

// Keeps the first error of a text-format file.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  explicit FirstError(std::string_view file) : file_(file) {}

  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    if (!status_.ok()) return;
    // protobuf counts from 0 and says -1 where it does not know.
    status_ = absl::InvalidArgumentError(
        StrCat(file_, ":", std::max(line, 0) + 1, ":", std::max(column, 0) + 1, ": ", message));
  }
  absl::Status status() const { return status_; }

 private:
  const std::string_view file_;
  absl::Status status_;
};

// Adds one text-format file. `set_by` says which file gave each singular field.
absl::Status AddText(const CatalogueFile& file, std::map<std::string, std::string>& set_by,
                     v1::Catalogue& catalogue) {
  v1::Catalogue part;
  FirstError errors(file.name);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  if (!parser.ParseFromString(std::string(WithoutByteOrderMark(file.content)), &part)) {
    if (!errors.status().ok()) return errors.status();
    return WrongLine(file.name, 1, "不是目录的文本格式 (not the text format of a catalogue)");
  }
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  part.GetReflection()->ListFields(part, &fields);
  for (const auto* field : fields) {
    if (field->is_repeated()) continue;
    const auto [first, added] = set_by.emplace(field->name(), file.name);
    if (!added) {
      return WrongLine(file.name, 1,
                       StrCat(field->name(), "已在", first->second, "中给出 (", field->name(), " stands in ",
                              first->second, " already)"));
    }
  }
  catalogue.MergeFrom(part);
  return absl::OkStatus();
}

// Takes the fields of one line apart; nothing where a quote is left open or stands within an unquoted field.
std::optional<std::vector<std::string>> SplitFields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  bool closed = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[++i];
      } else {
        quoted = false;
        closed = true;
      }
    } else if (c == ',') {
      fields.emplace_back();
      closed = false;
    } else if (c == '"' && fields.back().empty() && !closed) {
      quoted = true;
    } else if (c == '"' || closed) {
      return std::nullopt;
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return fields;
}

struct Row {
  int line = 0;
  std::vector<std::string> fields;
};

// The rows of a table under its line of column names; empty lines are skipped.
absl::StatusOr<std::vector<Row>> ReadTable(const CatalogueFile& file, std::string_view columns) {
  const size_t width = static_cast<size_t>(std::count(columns.begin(), columns.end(), ',')) + 1;
  std::vector<Row> rows;
  std::string_view rest = WithoutByteOrderMark(file.content);
  for (int line = 1; line == 1 || !rest.empty(); ++line) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (line == 1) {
      if (text != columns) return WrongLine(file.name, line, StrCat("应为列名 (expected) ", columns));
      continue;
    }
    if (text.empty()) continue;
    std::optional<std::vector<std::string>> fields = SplitFields(text);
    if (!fields.has_value() || fields->size() != width) {
      return WrongLine(file.name, line, StrCat("应为", width, "列 (expected ", width, " fields): ", columns));
    }
    rows.push_back({line, *std::move(fields)});
  }
  return rows;
}

absl::Status AddDivisions(const CatalogueFile& file, v1::Catalogue& catalogue) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<Row> rows,
                            ReadTable(file, "code,name,first_listed,last_listed"));
  Divisions judge;
  for (const Row& row : rows) {
    int code = 0;
    if (!absl::SimpleAtoi(row.fields[0], &code)) {
      return WrongLine(
          file.name, row.line,
          StrCat("\"", row.fields[0], "\"不是六位区划代码 (expected a division code of six digits)"));
    }
    if (row.fields[1].empty()) {
      return WrongLine(file.name, row.line, "缺少名称 (the name is missing)");
    }
    if (const absl::Status status = judge.Add(code, row.fields[1], row.fields[2], row.fields[3]);
        !status.ok()) {
      return WrongLine(file.name, row.line, ToStd(status.message()));
    }
    v1::Division& division = *catalogue.add_divisions();
    division.set_code(code);
    division.set_display_name(row.fields[1]);
    division.set_first_listed(row.fields[2]);
    division.set_last_listed(row.fields[3]);
  }
  return absl::OkStatus();
}

absl::Status AddHolidays(const CatalogueFile& file, v1::Catalogue& catalogue) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<Row> rows, ReadTable(file, "date,kind,name"));
  std::map<int, v1::CalendarYear> years;
  std::set<std::string> seen;
  for (const Row& row : rows) {
    const std::string& date = row.fields[0];
    const absl::StatusOr<CivilDay> day = CivilDay::Parse(date);
    if (!day.ok()) {
      return WrongLine(file.name, row.line, StrCat("\"", date, "\" ", ToStd(day.status().message())));
    }
    if (!seen.insert(date).second) {
      return WrongLine(file.name, row.line, StrCat(date, "重复 (stands twice)"));
    }
    v1::CalendarYear& year = years[day->year()];
    if (row.fields[1] == "off") {
      year.add_days_off(date);
    } else if (row.fields[1] == "work" && day->is_weekend()) {
      year.add_working_days(date);
    } else if (row.fields[1] == "work") {
      return WrongLine(
          file.name, row.line,
          StrCat(date, "不是周末，无需调休 (is no day of a week-end; expected an exchanged day)"));
    } else {
      return WrongLine(file.name, row.line,
                       StrCat("\"", row.fields[1], "\"：应为off或work (expected off or work)"));
    }
  }
  for (auto& [number, year] : years) {
    year.set_year(number);
    *catalogue.add_calendar() = std::move(year);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Catalogue> AssembleCatalogue(absl::Span<const CatalogueFile> files) {
  std::vector<const CatalogueFile*> ordered;
  for (const CatalogueFile& file : files) ordered.push_back(&file);
  std::sort(ordered.begin(), ordered.end(),
            [](const CatalogueFile* a, const CatalogueFile* b) { return a->name < b->name; });
  v1::Catalogue catalogue;
  std::map<std::string, std::string> set_by;
  for (const CatalogueFile* file : ordered) {
    if (EndsWith(file->name, ".txtpb")) {
      CHENGXIN_RETURN_IF_ERROR(AddText(*file, set_by, catalogue));
    } else if (file->name == kDivisionsFile) {
      CHENGXIN_RETURN_IF_ERROR(AddDivisions(*file, catalogue));
    } else if (file->name == kHolidaysFile) {
      CHENGXIN_RETURN_IF_ERROR(AddHolidays(*file, catalogue));
    } else if (EndsWith(file->name, ".csv")) {
      return WrongLine(file->name, 1,
                       "表名应为divisions.csv或holidays.csv (expected divisions.csv or holidays.csv)");
    }
  }
  return catalogue;
}

}  // namespace chengxin::domain
