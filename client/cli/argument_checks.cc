#include "client/cli/argument_checks.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/characters.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

absl::Status CheckText(std::string_view name, std::string_view text, bool lines) {
  if (!IsUtf8(text)) return client::FieldError(name, "不是UTF-8文本 (not UTF-8 text)");
  if (HasControl(text, lines))
    return client::FieldError(name, lines ? "含有控制字符 (has control characters)"
                                          : "含有换行或控制字符 (has line breaks or control characters)");
  return absl::OkStatus();
}

// Without the dashes, as other errors name flags.
std::string NameOf(const CLI::Option& option) {
  const std::string name = option.get_name();
  return name.substr(std::min(name.find_first_not_of('-'), name.size()));
}

absl::Status CheckOptions(const CLI::App& app, const Session& session) {
  for (const CLI::Option* const option : app.get_options()) {
    if (option->get_type_name() == kPathType) continue;
    const bool lines = std::any_of(session.long_texts.begin(), session.long_texts.end(),
                                   [option](const LongText& text) { return text.option == option; });
    const std::string name = NameOf(*option);
    // Sent empty they would count as not given, and what they guard would go unguarded.
    const bool guard = name == "etag" || name == "request-id";
    for (const std::string& value : option->results()) {
      if (guard && value.empty()) return client::FieldError(name, "不能为空 (empty)");
      CHENGXIN_RETURN_IF_ERROR(CheckText(name, value, lines));
    }
  }
  for (const CLI::App* const verb : app.get_subcommands())
    CHENGXIN_RETURN_IF_ERROR(CheckOptions(*verb, session));
  return absl::OkStatus();
}

absl::Status ReadLongText(const LongText& text, std::istream& standard_input) {
  std::string& value = *text.value;
  if (text.option->count() == 0 || value.empty() || value.front() != '@') return absl::OkStatus();
  value.erase(0, 1);
  if (!value.empty() && value.front() == '@') return absl::OkStatus();
  const std::string name = NameOf(*text.option);
  CHENGXIN_ASSIGN_OR_RETURN(value, ReadFile(name, value, standard_input));
  if (!value.empty() && value.back() == '\n') value.pop_back();
  if (!value.empty() && value.back() == '\r') value.pop_back();
  return CheckText(name, value, /*lines=*/true);
}

}  // namespace

absl::Status CheckArguments(const CLI::App& app, const Session& session) {
  CHENGXIN_RETURN_IF_ERROR(CheckOptions(app, session));
  for (const LongText& text : session.long_texts) CHENGXIN_RETURN_IF_ERROR(ReadLongText(text, session.in()));
  return absl::OkStatus();
}

}  // namespace chengxin::cli
