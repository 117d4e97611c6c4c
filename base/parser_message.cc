#include "base/parser_message.h"

#include <optional>

#include "base/strings.h"

namespace chengxin {

namespace {

// CLI::ExitCodes, by which the parser tells its complaints apart.
constexpr int kConversion = 104;
constexpr int kValidation = 105;
constexpr int kRequired = 106;
constexpr int kRequires = 107;
constexpr int kExcludes = 108;
constexpr int kExtras = 109;
constexpr int kMismatch = 114;

struct Parts {
  std::string_view before;
  std::string_view after;
};

std::optional<Parts> PartAt(std::string_view text, size_t at, std::string_view by) {
  if (at == std::string_view::npos) return std::nullopt;
  return Parts{.before = text.substr(0, at), .after = text.substr(at + by.size())};
}

// Around the first `by`, and around the last.
std::optional<Parts> Split(std::string_view text, std::string_view by) {
  return PartAt(text, text.find(by), by);
}
std::optional<Parts> SplitLast(std::string_view text, std::string_view by) {
  return PartAt(text, text.rfind(by), by);
}

// What stands before an ending.
std::optional<std::string_view> Before(std::string_view text, std::string_view ending) {
  if (!text.ends_with(ending)) return std::nullopt;
  return text.substr(0, text.size() - ending.size());
}

using Message = std::optional<std::string>;

// "--price is required"
Message Required(std::string_view english) {
  if (english == "A subcommand is required") return "缺少命令 (a command is required)";
  const auto name = Before(english, " is required");
  if (!name.has_value()) return std::nullopt;
  return StrCat("缺少 ", *name, " (required)");
}

// "The following arguments were not expected: --pirce 5"
Message Extras(std::string_view english) {
  const auto parts = Split(english, " not expected: ");
  if (!parts.has_value()) return std::nullopt;
  return StrCat("不认识的参数：", parts->after, " (not expected)");
}

// "--by excludes --to", "--list-number requires --list"
Message Together(std::string_view english, std::string_view verb, std::string_view verb_zh) {
  const auto parts = Split(english, verb);
  if (!parts.has_value()) return std::nullopt;
  return StrCat(parts->before, verb_zh, parts->after, " 同用 (", english, ")");
}

// "--price: 1 required TEXT missing", "--price: At Most 1 required but received 2",
// "--active was given a disallowed flag override"
Message Mismatch(std::string_view english) {
  if (const auto name = Before(english, " was given a disallowed flag override"); name.has_value())
    return StrCat(*name, " 不带值 (takes no value)");
  const auto named = Split(english, ": ");
  if (!named.has_value()) return std::nullopt;
  const std::string_view name = named->before;
  if (named->after.ends_with(" missing")) return StrCat(name, " 后面缺少值 (needs a value)");
  const auto counts = Split(named->after, " required but received ");
  if (!counts.has_value()) return std::nullopt;
  const bool most = counts->before.starts_with("At Most ");
  const std::string_view limit = counts->before.substr(counts->before.rfind(' ') + 1);
  return StrCat(name, most ? " 至多给" : " 至少给", limit, "个，给了", counts->after, "个 (",
                most ? "at most " : "at least ", limit, "; ", counts->after, " given)");
}

// "Could not convert: --timeout = soon"
Message Conversion(std::string_view english) {
  constexpr std::string_view kStart = "Could not convert: ";
  if (english.starts_with(kStart)) {
    const auto parts = Split(english.substr(kStart.size()), " = ");
    if (!parts.has_value()) return std::nullopt;
    return StrCat(parts->before, " 的值无法识别：", parts->after, " (not a value of its kind)");
  }
  if (const auto name = Before(english, ": too many inputs for a flag"); name.has_value())
    return StrCat(*name, " 不带值 (takes no value)");
  if (const auto name = Before(english, ": Should be true/false or a number"); name.has_value())
    return StrCat(*name, " 应为true或者false (expected true or false)");
  return std::nullopt;
}

// "-o: xml not in {table,json}", "--limit: Value 0 not in range 1 to 100"
Message Validation(std::string_view english) {
  const auto named = Split(english, ": ");
  if (!named.has_value()) return std::nullopt;
  if (const auto set = SplitLast(named->after, " not in {"); set.has_value() && set->after.ends_with('}')) {
    const std::string_view values = set->after.substr(0, set->after.size() - 1);
    return StrCat(named->before, "：\"", set->before, "\" 应为下列之一 (expected one of)：", values);
  }
  const auto range = SplitLast(named->after, " not in range ");
  if (!range.has_value() || !range->before.starts_with("Value ")) return std::nullopt;
  const auto ends = Split(range->after, " to ");
  if (!ends.has_value()) return std::nullopt;
  return StrCat(named->before, "：", range->before.substr(std::string_view("Value ").size()), " 应为",
                ends->before, "至", ends->after, " (expected ", ends->before, " to ", ends->after, ")");
}

Message InChinese(int exit_code, std::string_view english) {
  switch (exit_code) {
    case kConversion:
      return Conversion(english);
    case kValidation:
      return Validation(english);
    case kRequired:
      return Required(english);
    case kRequires:
      return Together(english, " requires ", " 须与 ");
    case kExcludes:
      return Together(english, " excludes ", " 不能与 ");
    case kExtras:
      return Extras(english);
    case kMismatch:
      return Mismatch(english);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string ParserMessage(int exit_code, std::string_view english) {
  if (Message message = InChinese(exit_code, english)) return *std::move(message);
  // Our own checks of a value speak Chinese behind its name.
  constexpr std::string_view kOurs = "应为";
  if (exit_code == kValidation && english.find(kOurs) != std::string_view::npos) return std::string(english);
  return StrCat("命令行有误 (bad command line)：", english);
}

}  // namespace chengxin
