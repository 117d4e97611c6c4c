#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>

#include "absl/strings/str_format.h"

namespace chengxin {

namespace {

spdlog::logger& Logger() {
  static spdlog::logger& logger = *[] {
    auto* made = new spdlog::logger("chengxin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    return made;
  }();
  return logger;
}

bool IsPlain(std::string_view value) {
  if (value.empty()) return false;
  for (const char c : value) {
    const bool plain =
        static_cast<unsigned char>(c) > ' ' && c != '"' && c != '=' && c != '\\' && c != '\x7f';
    if (!plain) return false;
  }
  return true;
}

void AppendValue(std::string_view value, std::string& line) {
  if (IsPlain(value)) {
    line += value;
    return;
  }
  line += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') {
      line += absl::StrFormat("\\x%02x", static_cast<unsigned char>(c));
    } else {
      line += c;
    }
  }
  line += '"';
}

void Write(spdlog::level::level_enum level, std::string_view message, LogFields fields) {
  if (!Logger().should_log(level)) return;
  std::string line;
  AppendValue(message, line);
  for (const auto& [key, value] : fields) {
    line += ' ';
    line += key;
    line += '=';
    AppendValue(value, line);
  }
  Logger().log(level, "{}", line);
}

}  // namespace

void SetLogLevel(LogLevel level) {
  constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                   spdlog::level::warn, spdlog::level::err};
  Logger().set_level(kLevels[static_cast<int>(level)]);
}

void LogDebug(std::string_view message, LogFields fields) { Write(spdlog::level::debug, message, fields); }
void LogInfo(std::string_view message, LogFields fields) { Write(spdlog::level::info, message, fields); }
void LogWarning(std::string_view message, LogFields fields) { Write(spdlog::level::warn, message, fields); }
void LogError(std::string_view message, LogFields fields) { Write(spdlog::level::err, message, fields); }

}  // namespace chengxin
