#include "server/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "base/parser_message.h"
#include "base/status.h"
#include "base/strings.h"
#include "server/configuration.h"
#include "server/tokens.h"
#include "server/version.h"

namespace chengxin::server {

namespace {

constexpr char kDescription[] =
    "chengxind：社会组织承接政府购买服务信用信息服务\n"
    "(the credit-information service for social organizations that undertake government-purchased services)";

constexpr char kExamples[] =
    R"(示例 (examples):
  chengxind --config /etc/chengxin/chengxind.txtpb
      按配置文件提供服务 (serve as the file says)
  chengxind --data-folder /var/lib/chengxin/data --authentication development
      不用配置文件，在本机 127.0.0.1:7400 提供服务 (serve on loopback without a file)
  chengxind --config chengxind.txtpb --listen-address 127.0.0.1:0 --ready-file /run/chengxin/ready
      任选空闲端口，就绪后写入文件 (take any free port and write it to the file once serving)
  chengxind --verify --data-folder /var/lib/chengxin/data
      核对已停止服务的数据目录 (verify the data folder of a stopped server)
  chengxind --new-sealing-key /etc/chengxin/sealing-keys.txtpb
      新建密封密钥文件，或追加一个密钥 (make the file of sealing keys, or add one more key to it)

退出码 (exit codes): 0 正常 (done) · 1 运行失败或核对不一致 (failed, or not verified) · 2 参数或配置有误 (bad usage or
configuration))";

// Flags as given; what is not given leaves the file's value.
struct Flags {
  std::string config_file;
  std::optional<std::string> listen_address;
  std::optional<std::string> data_folder;
  std::optional<std::string> authentication;
  std::optional<std::string> certificate_file;
  std::optional<std::string> key_file;
  std::optional<std::string> client_authorities_file;
  std::optional<std::string> principals_file;
  std::optional<std::string> sealing_keys_file;
  std::optional<std::string> metrics_address;
  std::optional<int32_t> command_queue;
  std::optional<int32_t> maximum_watchers;
  std::optional<int32_t> maximum_request_bytes;
  std::optional<int32_t> stop_grace_seconds;
  std::optional<int32_t> block_cache_mib;
  std::optional<std::string> simulated_clock_start;
  std::optional<int32_t> timer_seconds;
  std::optional<int32_t> audit_days;
  std::optional<int32_t> audit_buffer_entries;
  std::optional<int32_t> maximum_calls;
  std::optional<int32_t> principal_calls;
  std::optional<int32_t> principal_calls_per_second;
  std::optional<int32_t> call_memory_mib;
  std::optional<int32_t> maximum_call_seconds;
  std::optional<int32_t> maximum_connections;
  std::optional<std::string> log_level;
  std::optional<std::string> ready_file;
  std::string new_sealing_key;
  std::string scratch_folder;
  std::optional<int32_t> new_token_days;
  bool verify = false;
  bool version = false;
};

void DeclareLimits(CLI::App& app, Flags& flags) {
  app.add_option("--command-queue", flags.command_queue, "等待的命令数上限 (commands that may wait)");
  app.add_option("--maximum-watchers", flags.maximum_watchers, "订阅数上限 (watchers at once)");
  app.add_option("--maximum-request-bytes", flags.maximum_request_bytes,
                 "单个请求的字节数上限 (largest request in bytes)");
  app.add_option("--maximum-calls", flags.maximum_calls, "同时处理的调用数上限 (calls under way at once)");
  app.add_option("--principal-calls", flags.principal_calls,
                 "每个主体同时进行的调用数上限 (calls of one principal under way at once)");
  app.add_option("--principal-calls-per-second", flags.principal_calls_per_second,
                 "每个主体每秒的调用数上限 (calls of one principal in a second)");
  app.add_option("--call-memory-mib", flags.call_memory_mib, "调用可用的内存，MiB (memory for calls)");
  app.add_option("--maximum-call-seconds", flags.maximum_call_seconds,
                 "单个调用等待的秒数上限 (longest time a call waits)");
  app.add_option("--maximum-connections", flags.maximum_connections, "连接数上限 (connections at once)");
}

void Declare(CLI::App& app, Flags& flags) {
  app.add_option("--config", flags.config_file, "配置文件，protobuf 文本格式 (configuration file)");
  app.add_option("--listen-address,--listen", flags.listen_address,
                 "监听地址，默认 127.0.0.1:7400 (address to listen on)");
  app.add_option("--data-folder", flags.data_folder, "数据目录 (data folder)");
  app.add_option("--authentication", flags.authentication,
                 "认证方式：tls 证书和令牌；development 不验证，仅限回环地址 (how callers are identified)");
  app.add_option("--certificate-file", flags.certificate_file, "服务证书，PEM (the server's certificate)");
  app.add_option("--key-file", flags.key_file, "服务私钥，PEM (its private key)");
  app.add_option("--client-authorities-file", flags.client_authorities_file,
                 "客户证书的签发机构，PEM (authorities of client certificates)");
  app.add_option("--principals-file", flags.principals_file, "准许的调用方 (who may call)");
  app.add_option("--sealing-keys-file", flags.sealing_keys_file,
                 "密封密钥 (keys that seal personal and internal fields)");
  app.add_option("--metrics-address", flags.metrics_address,
                 "Prometheus 指标地址，不填则不开 (address of the metrics page; none unless given)");
  DeclareLimits(app, flags);
  app.add_option("--stop-grace-seconds", flags.stop_grace_seconds,
                 "停止时等待在途调用的秒数 (seconds that calls under way may take at a stop)");
  app.add_option("--block-cache-mib", flags.block_cache_mib, "RocksDB 块缓存，MiB (block cache)");
  app.add_option(
      "--simulated-clock-start", flags.simulated_clock_start,
      "模拟时钟的起点，数据目录自此标记为模拟 (start of a simulated clock; marks the data folder for good)");
  app.add_option("--timer-seconds", flags.timer_seconds,
                 "检查到期事项的间隔秒数 (seconds between looks for what has fallen due)");
  app.add_option("--audit-days", flags.audit_days,
                 "审计日志保存的天数，至少183 (days for which the audit trail is kept)");
  app.add_option("--audit-buffer-entries", flags.audit_buffer_entries,
                 "等待写入的审计记录数上限 (audit entries that may wait to be written)");
  app.add_option("--log-level", flags.log_level,
                 "日志级别：debug、info、warning、error (least level logged)");
  app.add_option("--ready-file", flags.ready_file,
                 "就绪后写入端口的文件 (file that gets the ports once serving)");
  app.add_option("--new-sealing-key", flags.new_sealing_key,
                 "在此文件中新建或追加一个密封密钥，不启动服务 (add a sealing key to this file and be done)");
  CLI::Option* const verify =
      app.add_flag("--verify", flags.verify, "重放日志并逐字节核对数据目录 (fold the log again and compare)");
  app.add_option(
         "--scratch-folder", flags.scratch_folder,
         "核对用的空目录，默认在数据目录旁 (empty folder to fold into; default: beside the data folder)")
      ->needs(verify);
  app.add_option("--new-token", flags.new_token_days,
                 "生成令牌，有效天数1至3650；只显示这一次，登记行写入调用方文件 (make a token that serves "
                 "for so many days)")
      ->check(CLI::Range(1, 3'650));
  app.add_flag("--version", flags.version, "显示版本 (print the version)");
}

void PutAccessOver(const Flags& flags, config::v1::ServerConfig& config) {
  if (flags.certificate_file) config.set_certificate_file(*flags.certificate_file);
  if (flags.key_file) config.set_key_file(*flags.key_file);
  if (flags.client_authorities_file) config.set_client_authorities_file(*flags.client_authorities_file);
  if (flags.principals_file) config.set_principals_file(*flags.principals_file);
  if (flags.sealing_keys_file) config.set_sealing_keys_file(*flags.sealing_keys_file);
}

void PutLimitsOver(const Flags& flags, config::v1::ServerConfig& config) {
  if (flags.command_queue) config.set_command_queue(*flags.command_queue);
  if (flags.maximum_watchers) config.set_maximum_watchers(*flags.maximum_watchers);
  if (flags.maximum_request_bytes) config.set_maximum_request_bytes(*flags.maximum_request_bytes);
  if (flags.maximum_calls) config.set_maximum_calls(*flags.maximum_calls);
  if (flags.principal_calls) config.set_principal_calls(*flags.principal_calls);
  if (flags.principal_calls_per_second) {
    config.set_principal_calls_per_second(*flags.principal_calls_per_second);
  }
  if (flags.call_memory_mib) config.set_call_memory_mib(*flags.call_memory_mib);
  if (flags.maximum_call_seconds) config.set_maximum_call_seconds(*flags.maximum_call_seconds);
  if (flags.maximum_connections) config.set_maximum_connections(*flags.maximum_connections);
}

absl::Status PutOver(const Flags& flags, config::v1::ServerConfig& config) {
  if (flags.listen_address) config.set_listen_address(*flags.listen_address);
  if (flags.data_folder) config.set_data_folder(*flags.data_folder);
  if (flags.metrics_address) config.set_metrics_address(*flags.metrics_address);
  PutLimitsOver(flags, config);
  if (flags.stop_grace_seconds) config.set_stop_grace_seconds(*flags.stop_grace_seconds);
  if (flags.block_cache_mib) config.set_block_cache_mib(*flags.block_cache_mib);
  if (flags.simulated_clock_start) config.set_simulated_clock_start(*flags.simulated_clock_start);
  if (flags.timer_seconds) config.set_timer_seconds(*flags.timer_seconds);
  if (flags.audit_days) config.set_audit_days(*flags.audit_days);
  if (flags.audit_buffer_entries) config.set_audit_buffer_entries(*flags.audit_buffer_entries);
  if (flags.log_level) config.set_log_level(*flags.log_level);
  if (flags.ready_file) config.set_ready_file(*flags.ready_file);
  PutAccessOver(flags, config);
  if (!flags.authentication) return absl::OkStatus();
  if (*flags.authentication == "development") {
    config.set_authentication(config::v1::AUTHENTICATION_MODE_DEVELOPMENT);
  } else if (*flags.authentication == "tls") {
    config.set_authentication(config::v1::AUTHENTICATION_MODE_TLS);
  } else {
    return absl::InvalidArgumentError(StrCat("--authentication: 不认识的认证方式\"", *flags.authentication,
                                             "\" (is unknown; expected tls or development)"));
  }
  return absl::OkStatus();
}

CommandLine Printed(std::string text) {
  CommandLine line;
  line.action = CommandLine::Action::kPrint;
  line.text = std::move(text);
  return line;
}

}  // namespace

absl::StatusOr<CommandLine> ParseCommandLine(int argc, const char* const* argv) {
  CLI::App app(kDescription, "chengxind");
  app.footer(kExamples);
  Flags flags;
  Declare(app, flags);
  // CLI11 speaks in exceptions; none leaves here.
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Printed(app.help());
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(
        StrCat(ParserMessage(error.get_exit_code(), error.what()), "；说明 (help): --help"));
  }
  if (flags.new_token_days) {
    CHENGXIN_ASSIGN_OR_RETURN(const NewToken made,
                              MakeToken(absl::Now() + absl::Hours(24) * *flags.new_token_days));
    return Printed(StrCat(made.text, "\n", made.row, "\n"));
  }
  if (flags.version) return Printed(StrCat("chengxind ", ProgramVersion(), "\n"));

  CommandLine line;
  if (!flags.new_sealing_key.empty()) {
    line.action = CommandLine::Action::kNewSealingKey;
    line.sealing_keys_file = flags.new_sealing_key;
    return line;
  }
  line.action = flags.verify ? CommandLine::Action::kVerify : CommandLine::Action::kServe;
  line.scratch_folder = flags.scratch_folder;
  if (!flags.config_file.empty()) {
    CHENGXIN_RETURN_IF_ERROR(ReadConfigurationFile(flags.config_file, line.config));
  }
  CHENGXIN_RETURN_IF_ERROR(PutOver(flags, line.config));
  CHENGXIN_RETURN_IF_ERROR(
      CompleteConfiguration(flags.verify ? Purpose::kVerify : Purpose::kServe, line.config));
  return line;
}

}  // namespace chengxin::server
