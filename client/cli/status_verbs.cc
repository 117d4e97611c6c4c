#include <string>

#include "CLI/CLI.hpp"
#include "base/strings.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/table.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

int Status(Session& session) {
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->GetStatus({});
  if (!answer.ok()) return session.Fail(answer.status());
  if (session.json()) {
    session.PrintJson(*answer);
    return kDone;
  }
  Properties lines;
  lines.Add("程序 (program)", answer->program_version());
  lines.Add("版本 (revision)", StrCat(answer->revision()));
  lines.Add("最后变化 (last change)", answer->has_last_stamp() ? FormatToSecond(answer->last_stamp()) : "");
  lines.Add("启动 (started)", answer->has_start_time() ? FormatToSecond(answer->start_time()) : "");
  lines.Add("目录 (catalogue)",
            answer->catalogue_version().empty() ? "未启用 (none)" : answer->catalogue_version());
  lines.Add("社会组织 (organizations)", StrCat(answer->organizations()));
  lines.Add("活动异常名录 (abnormal)", StrCat(answer->abnormal_listings()));
  lines.Add("严重违法失信名单 (severe)", StrCat(answer->severe_listings()));
  lines.Add("索引字节 (index bytes)", StrCat(answer->index_bytes()));
  lines.Add("订阅 (watchers)", StrCat(answer->watchers()));
  lines.Add("等待的命令 (queued)", StrCat(answer->queued_commands()));
  lines.Add("工作日历至 (calendar through)", answer->calendar_through());
  lines.Add("时钟 (clock)", answer->has_now() && answer->simulated_clock()
                                ? StrCat("模拟，数据都不是真的 (simulated) ", FormatToSecond(answer->now()))
                                : "");
  lines.Add("到期待办 (waiting dues)", answer->waiting_dues() > 0 ? StrCat(answer->waiting_dues()) : "");
  lines.Add("数据格式 (storage format)", StrCat(answer->storage_format_version()));
  lines.Add("只读 (read-only)", answer->read_only() ? StrCat("是 (yes): ", answer->read_only_reason()) : "");
  lines.Print(session.out());
  Table sources({"数据来源", "截至", "状态"});
  for (const v1::SourceFreshness& source : answer->sources()) {
    sources.Add({source.source(), source.has_as_of() ? FormatToSecond(source.as_of()) : "从未读取",
                 source.stale() ? "过期 STALE" : "有效"});
  }
  if (sources.rows() > 0) sources.Print(session.out());
  for (const std::string& warning : answer->warnings())
    session.out() << "注意：" << Printable(warning) << '\n';
  return kDone;
}

int Version(const Session& session) {
  if (session.json()) {
    session.out() << "{\"version\":\"" << CHENGXIN_VERSION << "\"}\n";
  } else {
    session.out() << "chengxin " << CHENGXIN_VERSION << '\n';
  }
  return kDone;
}

}  // namespace

void AddStatusVerbs(CLI::App& app, Session& session) {
  CLI::App* const status = app.add_subcommand("status", "服务状态 (how the server is)");
  status->footer("示例 (example):\n  chengxin status -o json");
  status->callback([&session] { session.action = [&session] { return Status(session); }; });
  CLI::App* const version = app.add_subcommand("version", "本程序版本 (version of this program)");
  version->callback([&session] { session.action = [&session] { return Version(session); }; });
  version->footer("示例 (example):\n  chengxin version");
}

}  // namespace chengxin::cli
