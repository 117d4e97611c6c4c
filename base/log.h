// Structured logging: one line an event, fields as key=value. Never put personal data, codes of organizations
// or secrets into a field: whoever runs the machine reads the log, and may not read those.
#ifndef CHENGXIN_BASE_LOG_H_
#define CHENGXIN_BASE_LOG_H_

#include <initializer_list>
#include <string_view>
#include <utility>

namespace chengxin {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// One field of a line. Values are quoted and escaped where needed, so that no value can forge a line or a
// field.
using LogField = std::pair<std::string_view, std::string_view>;
using LogFields = std::initializer_list<LogField>;

// Lines below this level are dropped. Info at first.
void SetLogLevel(LogLevel level);

// Writes one line to standard error: time, level, message, fields. Thread-safe.
void LogDebug(std::string_view message, LogFields fields = {});
void LogInfo(std::string_view message, LogFields fields = {});
void LogWarning(std::string_view message, LogFields fields = {});
void LogError(std::string_view message, LogFields fields = {});

}  // namespace chengxin

#endif  // CHENGXIN_BASE_LOG_H_
