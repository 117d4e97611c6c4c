#include "client/import/csv_reader.h"

#include <utility>

#include "base/status.h"

namespace chengxin::client {
namespace {

constexpr size_t kRawBytes = 1'000;

std::string_view WithoutEnd(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// The first bytes of a text, cut between characters.
std::string_view Beginning(std::string_view text) {
  if (text.size() <= kRawBytes) return text;
  size_t end = kRawBytes;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

// Puts `value` into the field at `count`, reusing the memory of a former record.
void Put(std::vector<std::string>& fields, size_t count, std::string_view value) {
  if (count < fields.size()) {
    fields[count].assign(value);
  } else {
    fields.emplace_back(value);
  }
}

// Splits a line that has no quote.
void SplitPlain(std::string_view line, std::vector<std::string>& fields) {
  size_t count = 0;
  for (;;) {
    const size_t comma = line.find(',');
    Put(fields, count++, line.substr(0, comma));
    if (comma == line.npos || count > kMaximumFields) break;
    line.remove_prefix(comma + 1);
  }
  fields.resize(count);
}

// Where a record stands after some of its lines.
enum class QuoteState { kFieldStart, kPlain, kQuoted, kAfterQuote, kBroken };

// Takes one line into the fields. The state is kQuoted after it where a quoted field goes on in the next
// line.
QuoteState TakeLine(std::string_view line, QuoteState state, std::vector<std::string>& fields) {
  const size_t length = WithoutEnd(line).size();
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool at_end = i >= length;
    if (state == QuoteState::kQuoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < length && line[i + 1] == '"') {
        fields.back() += c;
        ++i;
      } else {
        state = QuoteState::kAfterQuote;
      }
    } else if (at_end) {
      return state;
    } else if (c == ',') {
      fields.emplace_back();
      state = QuoteState::kFieldStart;
    } else if (state == QuoteState::kFieldStart && c == '"') {
      state = QuoteState::kQuoted;
    } else if (state == QuoteState::kAfterQuote || c == '"') {
      return QuoteState::kBroken;
    } else {
      fields.back() += c;
      state = QuoteState::kPlain;
    }
  }
  return state;
}

}  // namespace

absl::StatusOr<bool> CsvReader::NextLine(Line& line) {
  if (returned_.empty()) return lines_.Next(line);
  line = std::move(returned_.front());
  returned_.pop_front();
  return true;
}

bool CsvReader::Malformed(CsvRecord& record, std::string_view problem) {
  record.fields.clear();
  record.problem = problem;
  record.raw = Beginning(WithoutEnd(record_lines_.front().text));
  for (size_t i = record_lines_.size(); i > 1; --i) returned_.push_front(std::move(record_lines_[i - 1]));
  record_lines_.resize(1);
  return true;
}

absl::StatusOr<bool> CsvReader::ReadQuoted(CsvRecord& record) {
  record.fields.assign(1, "");
  size_t bytes = 0;
  QuoteState state = QuoteState::kFieldStart;
  for (;;) {
    const std::string_view text = record_lines_.back().text;
    bytes += text.size();
    state = TakeLine(text, state, record.fields);
    if (state == QuoteState::kBroken)
      return Malformed(
          record,
          "引号使用有误：含引号的值须整体加引号，其中的引号写两次 (a quote stands within a field "
          "that is not quoted, or text follows a closing quote)");
    if (state != QuoteState::kQuoted) break;
    Line next;
    const bool room = record_lines_.size() < kMaximumRecordLines && bytes < kMaximumLineBytes;
    bool more = false;
    if (room) {
      CHENGXIN_ASSIGN_OR_RETURN(more, NextLine(next));
    }
    if (!more) return Malformed(record, "引号没有结束 (a quoted field does not end)");
    record_lines_.push_back(std::move(next));
    if (record_lines_.back().too_long) return Malformed(record, "引号没有结束 (a quoted field does not end)");
  }
  record_lines_.resize(1);
  return true;
}

absl::StatusOr<bool> CsvReader::Next(CsvRecord& record) {
  record.problem.clear();
  record.raw.clear();
  Line& line = record_lines_.front();
  for (;;) {
    CHENGXIN_ASSIGN_OR_RETURN(const bool more, NextLine(line));
    if (!more) return false;
    record.row = ++rows_;
    if (line.too_long) return Malformed(record, "行超过 1 MiB (the line is longer than 1 MiB)");
    const std::string_view text = WithoutEnd(line.text);
    if (text.find_first_not_of(" \t") == text.npos) continue;
    if (text.find('"') == text.npos) {
      SplitPlain(text, record.fields);
    } else {
      CHENGXIN_RETURN_IF_ERROR(ReadQuoted(record).status());
    }
    if (record.fields.size() > kMaximumFields)
      return Malformed(record, "列数超过 1,000 (more than 1,000 fields)");
    return true;
  }
}

void AppendCsvField(std::string_view field, std::string& out) {
  // A space at an end is quoted too: some programs drop it otherwise.
  const bool plain = field.find_first_of(",\"\r\n") == field.npos &&
                     (field.empty() || (field.front() != ' ' && field.back() != ' '));
  if (plain) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::vector<std::string> SplitCsvRecord(std::string_view text) {
  std::vector<std::string> fields(1);
  TakeLine(text, QuoteState::kFieldStart, fields);
  return fields;
}

}  // namespace chengxin::client
