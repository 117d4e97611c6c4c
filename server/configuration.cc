#include "server/configuration.h"

#include <arpa/inet.h>

#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "base/status.h"
#include "base/strings.h"
#include "base/text_file.h"
#include "domain/refusal.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "server/message_text.h"
#include "storage/audit_store.h"

namespace chengxin::server {

namespace {

using config::v1::ServerConfig;
using domain::FieldViolations;

// A configuration is a page of text; more is a mistake.
constexpr size_t kMaximumFileBytes = 1 << 20;

constexpr std::pair<std::string_view, LogLevel> kLogLevels[] = {{"debug", LogLevel::kDebug},
                                                                {"info", LogLevel::kInfo},
                                                                {"warning", LogLevel::kWarning},
                                                                {"error", LogLevel::kError}};

std::optional<LogLevel> FindLogLevel(std::string_view name) {
  for (const auto& [known, level] : kLogLevels) {
    if (known == name) return level;
  }
  return std::nullopt;
}

absl::Status BadAddress(std::string_view address) {
  return absl::InvalidArgumentError(StrCat(
      "\"", address,
      "\"不是数字地址加端口 (is not a numeric address and port; expected for example \"127.0.0.1:7400\" or "
      "\"[::1]:7400\")"));
}

bool ParsePort(std::string_view text, int& port) {
  if (text.empty() || text.size() > 5) return false;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return absl::SimpleAtoi(ToAbsl(text), &port) && port <= 65'535;
}

bool IsNumericHost(const std::string& host, int family) {
  std::array<unsigned char, sizeof(in6_addr)> bytes;
  return ::inet_pton(family, host.c_str(), bytes.data()) == 1;
}

// Answers the address in numeric form, or adds why there is none.
std::optional<Endpoint> CheckAddress(std::string_view field, std::string& address,
                                     FieldViolations& violations) {
  absl::StatusOr<Endpoint> endpoint = ParseEndpoint(address);
  if (!endpoint.ok()) {
    violations.Add(field, ToStd(endpoint.status().message()));
    return std::nullopt;
  }
  address = AddressOf(*endpoint);
  return *std::move(endpoint);
}

void CheckAuthentication(const std::optional<Endpoint>& listen, ServerConfig& config,
                         FieldViolations& violations) {
  switch (config.authentication()) {
    case config::v1::AUTHENTICATION_MODE_DEVELOPMENT:
      if (listen.has_value() && !IsLoopback(*listen)) {
        violations.Add(
            "listen_address",
            StrCat("开发认证方式只能在本机回环地址监听，而配置为\"", config.listen_address(),
                   "\" (development authentication takes every caller's word for who it is and so "
                   "listens on loopback only; expected an address of 127.0.0.0/8, [::1] or localhost)"));
      }
      return;
    case config::v1::AUTHENTICATION_MODE_TLS:
      for (const auto& [field, path] :
           {std::pair("certificate_file", &config.certificate_file()),
            std::pair("key_file", &config.key_file()),
            std::pair("client_authorities_file", &config.client_authorities_file()),
            std::pair("principals_file", &config.principals_file()),
            std::pair("sealing_keys_file", &config.sealing_keys_file())}) {
        if (path->empty())
          violations.Add(field, "TLS认证须填写 (is empty; AUTHENTICATION_MODE_TLS needs the file's path)");
      }
      return;
    case config::v1::AUTHENTICATION_MODE_UNSPECIFIED:
      violations.Add("authentication",
                     "未选定认证方式 (is not set; expected AUTHENTICATION_MODE_TLS or "
                     "AUTHENTICATION_MODE_DEVELOPMENT, on "
                     "the command line --authentication tls or development)");
      return;
    default:
      violations.Add(
          "authentication",
          StrCat("不认识的认证方式", static_cast<int>(config.authentication()),
                 " (is unknown; expected AUTHENTICATION_MODE_TLS or AUTHENTICATION_MODE_DEVELOPMENT)"));
      return;
  }
}

// Answers the figure to use.
int32_t CheckFigure(std::string_view field, int32_t figure, const FigureRange& range,
                    FieldViolations& violations) {
  if (figure == 0) return range.standard;
  if (figure < range.least || figure > range.most) {
    violations.Add(field, StrCat("数值", figure, "超出范围 (is ", figure, "; expected ", range.least, " to ",
                                 range.most, ", or 0 for ", range.standard, ")"));
  }
  return figure;
}

struct FigureRow {
  const char* field;
  const FigureRange& range;
};
constexpr FigureRow kFigures[] = {
    {"command_queue", kCommandQueue},
    {"maximum_watchers", kMaximumWatchers},
    {"maximum_request_bytes", kMaximumRequestBytes},
    {"stop_grace_seconds", kStopGraceSeconds},
    {"block_cache_mib", kBlockCacheMib},
    {"timer_seconds", kTimerSeconds},
    {"audit_days", kAuditDays},
    {"audit_buffer_entries", kAuditBufferEntries},
    {"maximum_calls", kMaximumCalls},
    {"principal_calls", kPrincipalCalls},
    {"principal_calls_per_second", kPrincipalCallsPerSecond},
    {"call_memory_mib", kCallMemoryMib},
    {"maximum_call_seconds", kMaximumCallSeconds},
    {"maximum_connections", kMaximumConnections},
};

static_assert(absl::Hours(24 * kAuditDays.least) == storage::kLeastAuditAge);

void CheckFigures(ServerConfig& config, FieldViolations& violations) {
  const google::protobuf::Reflection& fields = *config.GetReflection();
  for (const FigureRow& row : kFigures) {
    const auto* const field = ServerConfig::descriptor()->FindFieldByName(row.field);
    fields.SetInt32(&config, field,
                    CheckFigure(row.field, fields.GetInt32(config, field), row.range, violations));
  }
}

void CheckSimulatedClock(const ServerConfig& config, FieldViolations& violations) {
  if (config.simulated_clock_start().empty() || SimulatedClockStartOf(config).has_value()) return;
  violations.Add(
      "simulated_clock_start",
      StrCat("\"", config.simulated_clock_start(),
             "\"不是1970年至2200年间的时刻 (is no instant between 1970 and 2200; expected for example "
             "\"2024-03-01T09:00:00+08:00\")"));
}

}  // namespace

absl::StatusOr<Endpoint> ParseEndpoint(std::string_view address) {
  const size_t colon = address.rfind(':');
  Endpoint endpoint;
  if (colon == std::string_view::npos || !ParsePort(address.substr(colon + 1), endpoint.port)) {
    return BadAddress(address);
  }
  const std::string_view host = address.substr(0, colon);
  if (host == "localhost") {
    endpoint.host = "127.0.0.1";
    return endpoint;
  }
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    endpoint.host = std::string(host.substr(1, host.size() - 2));
    if (!IsNumericHost(endpoint.host, AF_INET6)) return BadAddress(address);
    return endpoint;
  }
  endpoint.host = std::string(host);
  if (!IsNumericHost(endpoint.host, AF_INET)) return BadAddress(address);
  return endpoint;
}

bool IsLoopback(const Endpoint& endpoint) {
  in_addr v4{};
  if (::inet_pton(AF_INET, endpoint.host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return ::inet_pton(AF_INET6, endpoint.host.c_str(), &v6) == 1 &&
         std::memcmp(&v6, &in6addr_loopback, sizeof(v6)) == 0;
}

std::string AddressOf(const Endpoint& endpoint) {
  if (endpoint.host.find(':') != std::string::npos) return StrCat("[", endpoint.host, "]:", endpoint.port);
  return StrCat(endpoint.host, ":", endpoint.port);
}

absl::Status ReadConfigurationFile(const std::string& path, ServerConfig& config) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string text,
                            ReadTextFile(path, kMaximumFileBytes, FileSecrecy::kOpen));
  const absl::Status read = ReadMessageText(text, config);
  if (read.ok()) return read;
  return absl::Status(read.code(), StrCat(path, ": ", ToStd(read.message())));
}

absl::Status CompleteConfiguration(Purpose purpose, ServerConfig& config) {
  FieldViolations violations;
  if (config.listen_address().empty()) config.set_listen_address(std::string(kDefaultListenAddress));
  const std::optional<Endpoint> listen =
      CheckAddress("listen_address", *config.mutable_listen_address(), violations);
  if (config.data_folder().empty()) {
    violations.Add("data_folder", "未填写数据目录 (is empty; expected the path of the data folder)");
  }
  if (purpose == Purpose::kServe) CheckAuthentication(listen, config, violations);
  if (!config.metrics_address().empty()) {
    const std::optional<Endpoint> metrics =
        CheckAddress("metrics_address", *config.mutable_metrics_address(), violations);
    if (metrics.has_value() && listen.has_value() && metrics->port != 0 && metrics->port == listen->port) {
      violations.Add("metrics_address", StrCat("与服务端口相同 (has the port of listen_address, ",
                                               listen->port, "; expected another)"));
    }
  }
  CheckFigures(config, violations);
  CheckSimulatedClock(config, violations);
  if (config.log_level().empty()) config.set_log_level("info");
  if (!FindLogLevel(config.log_level()).has_value()) {
    violations.Add("log_level", StrCat("不认识的日志级别\"", config.log_level(),
                                       "\" (expected \"debug\", \"info\", \"warning\" or \"error\")"));
  }
  return violations.ToStatus();
}

std::optional<absl::Time> SimulatedClockStartOf(const ServerConfig& config) {
  absl::Time start;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, config.simulated_clock_start(), &start, &error)) {
    return std::nullopt;
  }
  const absl::Time latest = absl::FromCivil(absl::CivilYear(2201), absl::UTCTimeZone());
  if (start <= absl::UnixEpoch() || start >= latest) return std::nullopt;
  return start;
}

LogLevel LogLevelOf(const ServerConfig& config) {
  return FindLogLevel(config.log_level()).value_or(LogLevel::kInfo);
}

}  // namespace chengxin::server
