#include "client/import/json_rows.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "client/import/json_scrub.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"

namespace chengxin::client {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Puts one object into a message; an empty text where it could be done, else why not.
std::string Parse(std::string_view json, Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), &message);
  if (status.ok()) return std::string();
  const std::string_view why(status.message().data(), status.message().size());
  return StrCat("不是本格式的字段或值 (no such field, or no value of its type): ", FirstCharacters(why, 200));
}

// What stands in the field that a dotted path names, as text; empty where there is none. Parts in brackets
// are left out.
std::string ValueAt(const Message& message, std::string_view path) {
  const Message* owner = &message;
  for (;;) {
    const size_t dot = path.find('.');
    const std::string name(path.substr(0, std::min(dot, path.find('['))));
    const FieldDescriptor* field = owner->GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated()) return std::string();
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      std::string text;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING)
        return owner->GetReflection()->GetString(*owner, field);
      google::protobuf::TextFormat::PrintFieldValueToString(*owner, field, -1, &text);
      return text;
    }
    if (dot == path.npos) return std::string();
    owner = &owner->GetReflection()->GetMessage(*owner, field);
    path.remove_prefix(dot + 1);
  }
}

}  // namespace

absl::StatusOr<bool> JsonRows::Next(Message& message, SourceRow& row) {
  message.Clear();
  row.problem.reset();
  for (;;) {
    CHENGXIN_ASSIGN_OR_RETURN(const bool more, lines_->Next(line_));
    if (!more) return false;
    if (line_.text.find_first_not_of(" \t\r\n") == std::string::npos) continue;
    row.number = line_.number;
    // What cannot be told apart is not kept: an identity number may stand anywhere in it.
    row.kept = "{}";
    if (line_.too_long) {
      row.problem = RowProblem{"", "", "行超过 1 MiB (the line is longer than 1 MiB)"};
      return true;
    }
    auto scrubbed = ScrubJson(line_.text);
    if (!scrubbed.ok()) {
      row.problem = RowProblem{"", "", std::string(scrubbed.status().message())};
      return true;
    }
    identity_numbers_ += scrubbed->identity_numbers;
    row.kept = std::move(scrubbed->text);
    std::string problem;
    if (row.kept.find(kReplacement) != std::string::npos) {
      problem = "文字已损坏：有无法解码的字节 (damaged text: bytes that are no character)";
    } else if (scrubbed->empty) {
      problem = "没有内容；请在原文件中更正该行 (nothing in it: correct the row in the original file)";
    } else {
      problem = Parse(row.kept, message);
    }
    if (!problem.empty()) row.problem = RowProblem{"", "", std::move(problem)};
    return true;
  }
}

RowProblem JsonRows::Explain(const SourceRow& row, std::string_view field, std::string_view reason,
                             const Message& prototype) const {
  RowProblem problem{std::string(field), "", std::string(reason)};
  const std::unique_ptr<Message> message(prototype.New());
  if (Parse(row.kept, *message).empty())
    problem.value = std::string(FirstCharacters(ValueAt(*message, field), 200));
  return problem;
}

}  // namespace chengxin::client
