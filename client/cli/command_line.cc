#include "client/cli/command_line.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "CLI/CLI.hpp"
#include "base/parser_message.h"
#include "base/strings.h"
#include "client/cli/argument_checks.h"
#include "client/cli/exit_codes.h"
#include "client/cli/phrases.h"
#include "client/cli/table.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

void AddProofFlags(CLI::App& app, GlobalFlags& flags) {
  CLI::Option* const folder =
      app.add_option("--credentials", flags.credentials,
                     "凭证目录：ca.crt，以及各身份的.crt和.key或.token (folder of credentials)")
          ->envname("CHENGXIN_CREDENTIALS");
  app.add_option("--authorities-file", flags.proof.authorities_file,
                 "服务证书的签发机构，PEM；给出即用TLS (who vouches for the server; TLS where given)")
      ->envname("CHENGXIN_AUTHORITIES_FILE")
      ->excludes(folder);
  app.add_option("--certificate-file", flags.proof.certificate_file,
                 "本方证书，PEM (the caller's certificate)")
      ->envname("CHENGXIN_CERTIFICATE_FILE")
      ->excludes(folder);
  app.add_option("--key-file", flags.proof.key_file, "本方私钥，PEM (its private key)")
      ->envname("CHENGXIN_KEY_FILE")
      ->excludes(folder);
  app.add_option("--token-file", flags.proof.token_file,
                 "令牌文件，不在命令行上给令牌 (file of a bearer token)")
      ->envname("CHENGXIN_TOKEN_FILE")
      ->excludes(folder);
}

void AddGlobalFlags(CLI::App& app, GlobalFlags& flags) {
  app.add_option("--server", flags.server, "服务地址 (address of the server)")
      ->envname("CHENGXIN_SERVER")
      ->capture_default_str();
  app.add_option(
         "--as", flags.as,
         "以何身份，例如purchaser:km-culture、civil-affairs:km-wuhua、sync:registry-kunming、admin、public "
         "(who asks: chooses from --credentials, or claims in development mode)")
      ->envname("CHENGXIN_AS")
      ->capture_default_str();
  app.add_option("--subject", flags.subject,
                 "调用者标识，不是姓名 (identifier of the caller, not a person's name)");
  app.add_option(
         "--entrusted-by", flags.entrusted_by,
         "采购代理机构受谁委托，仅用于开发模式，可重复：单位 或 单位/projects/项目编号 (whom an agency acts "
         "for, in development mode; repeatable)")
      ->take_all();
  AddProofFlags(app, flags);
  app.add_option("-o,--output", flags.output,
                 "table 供人阅读，json 供程序读取，每行一个对象 (json: one object a line)")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  app.add_option("--timeout", flags.timeout_seconds, "每次调用最多等待的秒数 (seconds for one call)")
      ->capture_default_str();
}

// What the parser complains of, for officers.
std::string Complaint(const CLI::App* app, const CLI::Error& error) {
  std::string message = ParserMessage(error.get_exit_code(), error.what());
  // To the parser a misspelt command is a missing one, and it names what is too much from the back.
  const bool unknown = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) ||
                       std::string_view(error.what()) == CLI::RequiredError::Subcommand(1).what();
  const std::vector<std::string> rest = app->remaining(/*recurse=*/true);
  if (unknown && !rest.empty()) message = StrCat("不认识的命令或参数：", Join(rest, " "), " (unknown)");
  return StrCat("错误：", Printable(message), "\n各命令的说明 (help): --help\n");
}

}  // namespace

int Run(std::vector<std::string> arguments, const Streams& streams, Clock& clock) {
  Session session(streams, clock);
  CLI::App app("诚信：社会组织信用信息服务的命令行 (Chengxin: credit information on social organizations)",
               "chengxin");
  app.require_subcommand(1);
  app.failure_message(Complaint);
  // Flags of every verb may stand behind the verb too; inherited by the verbs added from here on.
  app.fallthrough();
  AddGlobalFlags(app, session.flags());
  AddCheckVerbs(app, session);
  AddOrganizationVerbs(app, session);
  AddRecordVerbs(app, session);
  AddListingVerbs(app, session);
  AddCaseVerbs(app, session);
  AddApplicationVerbs(app, session);
  AddReportVerb(app, session);
  AddReceiptVerbs(app, session);
  AddAwardVerbs(app, session);
  AddAuditVerbs(app, session);
  AddImportVerbs(app, session);
  AddCatalogueVerbs(app, session);
  AddClockVerbs(app, session);
  AddStatusVerbs(app, session);
  app.footer(
      StrCat("示例 (examples):\n"
             "  chengxin status\n"
             "  chengxin --as purchaser:km-culture check 51530100MJT000010G --purpose award --project "
             "KM-2026-017 \\\n"
             "    --cut-off \"2026-12-01 09:30\"\n"
             "  chengxin listing watch\n"
             "各命令的说明和示例 (help and examples of a verb): chengxin check --help\n",
             kExitCodesHelp));
  try {
    // The parser takes the arguments from the back.
    std::reverse(arguments.begin(), arguments.end());
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    // Help is asked for and done; anything else is wrong usage.
    return app.exit(error, streams.out, streams.err) == 0 ? kDone : kUsage;
  }
  if (const absl::Status status = CheckArguments(app, session); !status.ok()) return session.Fail(status);
  return session.action ? session.action() : kUsage;
}

}  // namespace chengxin::cli
