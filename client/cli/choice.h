// Flags whose value is one of a few words.
#ifndef CHENGXIN_CLIENT_CLI_CHOICE_H_
#define CHENGXIN_CLIENT_CLI_CHOICE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "client/error.h"
#include "google/protobuf/repeated_field.h"

namespace chengxin::cli {

template <typename Enum>
struct Choice {
  std::string_view text;
  Enum value;
};

// The value of a word; InvalidArgument naming the flag and what was expected.
template <typename Enum, size_t N>
absl::StatusOr<Enum> Choose(std::string_view flag, const Choice<Enum> (&choices)[N], std::string_view text) {
  std::string expected;
  for (const Choice<Enum>& choice : choices) {
    if (choice.text == text) return choice.value;
    StrAppend(&expected, expected.empty() ? "" : ", ", choice.text);
  }
  return client::FieldError(flag, StrCat("\"", text.substr(0, 60),
                                         "\" 不是可用的值 (is not a choice), 应为 (expected) ", expected));
}

// Every word of a flag that may be repeated, likewise.
template <typename Enum, size_t N>
absl::Status ChooseAll(std::string_view flag, const Choice<Enum> (&choices)[N],
                       const std::vector<std::string>& texts, google::protobuf::RepeatedField<int>& values) {
  for (const std::string& text : texts) {
    CHENGXIN_ASSIGN_OR_RETURN(const Enum value, Choose(flag, choices, text));
    values.Add(value);
  }
  return absl::OkStatus();
}

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_CHOICE_H_
