#include "server/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "base/parser_message.h"
#include "base/status.h"
#include "base/strings.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "server/configuration.h"
#include "server/tokens.h"
#include "server/version.h"

namespace chengxin::server {

namespace {

using google::protobuf::FieldDescriptor;

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

// Flags that are a field of the configuration: "--" and its name with hyphens.
struct FieldFlag {
  const char* field;
  const char* help;
};
// In the order of the help.
constexpr FieldFlag kFieldFlags[] = {
    {"listen_address", "监听地址，默认 127.0.0.1:7400 (address to listen on)"},
    {"data_folder", "数据目录 (data folder)"},
    {"certificate_file", "服务证书，PEM (the server's certificate)"},
    {"key_file", "服务私钥，PEM (its private key)"},
    {"client_authorities_file", "客户证书的签发机构，PEM (authorities of client certificates)"},
    {"principals_file", "准许的调用方 (who may call)"},
    {"sealing_keys_file", "密封密钥 (keys that seal personal and internal fields)"},
    {"refuse_public", "无凭证的调用一律拒绝 (refuse calls without a credential)"},
    {"metrics_address", "Prometheus 指标地址，不填则不开 (address of the metrics page; none unless given)"},
    {"command_queue", "等待的命令数上限 (commands that may wait)"},
    {"maximum_watchers", "订阅数上限 (watchers at once)"},
    {"maximum_request_bytes", "单个请求的字节数上限 (largest request in bytes)"},
    {"maximum_calls", "同时处理的调用数上限 (calls under way at once)"},
    {"principal_calls", "每个主体同时进行的调用数上限 (calls of one principal under way at once)"},
    {"principal_calls_per_second", "每个主体每秒的调用数上限 (calls of one principal in a second)"},
    {"call_memory_mib", "调用可用的内存，MiB (memory for calls)"},
    {"maximum_call_seconds", "单个调用等待的秒数上限 (longest time a call waits)"},
    {"maximum_connections", "连接数上限 (connections at once)"},
    {"stop_grace_seconds", "停止时等待在途调用的秒数 (seconds that calls under way may take at a stop)"},
    {"block_cache_mib", "RocksDB 块缓存，MiB (block cache)"},
    {"simulated_clock_start",
     "模拟时钟的起点，数据目录自此标记为模拟 (start of a simulated clock; marks the data folder for good)"},
    {"timer_seconds", "检查到期事项的间隔秒数 (seconds between looks for what has fallen due)"},
    {"audit_days", "审计日志保存的天数，至少184 (days for which the audit trail is kept)"},
    {"audit_buffer_entries", "等待写入的审计记录数上限 (audit entries that may wait to be written)"},
    {"log_level", "日志级别：debug、info、warning、error (least level logged)"},
    {"ready_file", "就绪后写入端口的文件 (file that gets the ports once serving)"},
};

// A field's flag as given, by the field's type.
struct GivenField {
  std::optional<std::string> text;
  std::optional<int32_t> figure;
  bool is_set = false;
};

// Flags as given; what is not given leaves the file's value.
struct Flags {
  std::string config_file;
  std::optional<std::string> authentication;
  std::array<GivenField, std::size(kFieldFlags)> fields;
  std::string new_sealing_key;
  std::string scratch_folder;
  std::optional<int32_t> new_token_days;
  bool verify = false;
  bool version = false;
};

const FieldDescriptor& FieldOf(const FieldFlag& flag) {
  return *config::v1::ServerConfig::descriptor()->FindFieldByName(flag.field);
}

void DeclareField(const FieldFlag& flag, CLI::App& app, GivenField& given) {
  std::string name = StrCat("--", flag.field);
  std::replace(name.begin(), name.end(), '_', '-');
  // As short as it was always called.
  if (name == "--listen-address") name += ",--listen";
  switch (FieldOf(flag).cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      app.add_option(name, given.figure, flag.help);
      return;
    case FieldDescriptor::CPPTYPE_BOOL:
      app.add_flag(name, given.is_set, flag.help);
      return;
    default:
      app.add_option(name, given.text, flag.help);
  }
}

void Declare(CLI::App& app, Flags& flags) {
  app.add_option("--config", flags.config_file, "配置文件，protobuf 文本格式 (configuration file)");
  app.add_option("--authentication", flags.authentication,
                 "认证方式：tls 证书和令牌；development 不验证，仅限回环地址 (how callers are identified)");
  for (size_t i = 0; i < std::size(kFieldFlags); ++i) DeclareField(kFieldFlags[i], app, flags.fields[i]);
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

void PutFieldOver(const FieldFlag& flag, const GivenField& given, config::v1::ServerConfig& config) {
  const FieldDescriptor* const field = &FieldOf(flag);
  const google::protobuf::Reflection& fields = *config.GetReflection();
  if (given.text) fields.SetString(&config, field, *given.text);
  if (given.figure) fields.SetInt32(&config, field, *given.figure);
  if (given.is_set) fields.SetBool(&config, field, true);
}

absl::Status PutOver(const Flags& flags, config::v1::ServerConfig& config) {
  for (size_t i = 0; i < std::size(kFieldFlags); ++i) PutFieldOver(kFieldFlags[i], flags.fields[i], config);
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
