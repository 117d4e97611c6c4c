#include "server/message_text.h"

#include <memory>
#include <string>

#include "base/strings.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace chengxin::server {

namespace {

// Gathers what text format's parser complains about, by line.
class LineErrors : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    // The parser counts from 0 and people from 1; -1 is the end of the text.
    if (!text_.empty()) text_ += "; ";
    StrAppend(&text_, "第", line + 1, "行第", column + 1, "列 (line ", line + 1, ", column ", column + 1,
              "): ", message);
  }
  void AddWarning(int line, int column, const std::string& message) override {}

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

absl::Status ReadMessageText(std::string_view text, google::protobuf::Message& message) {
  LineErrors errors;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  const std::unique_ptr<google::protobuf::Message> read(message.New());
  if (!parser.ParseFromString(std::string(text), read.get()))
    return absl::InvalidArgumentError(errors.text());
  message.MergeFrom(*read);
  return absl::OkStatus();
}

}  // namespace chengxin::server
