#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/counts.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/paging.h"
#include "client/cli/phrases.h"
#include "client/cli/verbs.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

// Subjects of one entry that a table shows.
constexpr int kShownSubjects = 3;

struct AuditFlags {
  std::string from;
  std::string until;
  std::string by;
  std::string on;
  std::string method;
  int64_t limit = 100;
};

absl::StatusOr<v1::AuditFilter> FilterOf(Session& session, const AuditFlags& flags) {
  v1::AuditFilter filter;
  if (!flags.from.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*filter.mutable_from(), session.Instant("from", flags.from));
  }
  if (!flags.until.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*filter.mutable_until(), session.Instant("until", flags.until));
  }
  filter.set_subject(flags.by);
  filter.set_on(flags.on);
  filter.set_method(flags.method);
  return filter;
}

// "完成", or why not: the reason's name, or the number of the status code.
std::string OutcomeOf(const v1::AuditEntry& entry) {
  if (entry.stream_started()) return "开始";
  if (entry.code() == 0) return "完成";
  return entry.reason().empty() ? StrCat("未完成 ", entry.code()) : entry.reason();
}

std::string SubjectsOf(const v1::AuditEntry& entry) {
  std::vector<std::string> shown;
  for (int i = 0; i < entry.subjects_size() && i < kShownSubjects; ++i) shown.push_back(entry.subjects(i));
  if (entry.subjects_size() > kShownSubjects) shown.push_back(StrCat("等", entry.subjects_size(), "个"));
  return Join(shown);
}

Table AuditTable() {
  return Table(
      {"序号", "时间", "何人", "身份", "自何处", "方法", "对何人何事", "目的", "项目", "结果", "版本"});
}

void AddRow(const v1::AuditEntry& entry, Table& table) {
  const std::string& method = entry.method();
  table.Add(
      {StrCat(entry.sequence()), Instant(entry.has_time(), entry.time()), entry.principal().subject(),
       Join({WordOf(entry.principal().role()), entry.principal().authority(), entry.principal().unit()}, " "),
       entry.peer(), method.substr(method.find('/') + 1), SubjectsOf(entry), WordOf(entry.purpose()),
       entry.project(), OutcomeOf(entry), entry.revision() == 0 ? "" : StrCat(entry.revision())});
}

int List(Session& session, const AuditFlags& flags) {
  const auto filter = FilterOf(session, flags);
  if (!filter.ok()) return session.Fail(filter.status());
  v1::ListAuditEntriesRequest request;
  *request.mutable_filter() = *filter;
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, request, flags.limit, AuditTable(),
      [&](const auto& page) { return (*client)->ListAuditEntries(page); },
      [](const auto& page) -> const auto& { return page.entries(); },
      [](const v1::AuditEntry& one, Table& table) { AddRow(one, table); });
}

int Export(Session& session, const AuditFlags& flags) {
  const auto filter = FilterOf(session, flags);
  if (!filter.ok()) return session.Fail(filter.status());
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  int64_t count = 0;
  const absl::Status exported = (*client)->ExportAuditEntries(*filter, [&](const v1::AuditEntry& entry) {
    session.PrintJson(entry);
    ++count;
  });
  session.err() << "共 " << count << " 条 (" << count << " entries)\n";
  return exported.ok() ? kDone : session.Fail(exported);
}

void AddFilterFlags(CLI::App& verb, AuditFlags& flags) {
  verb.add_option("--from", flags.from, "自此时点起 (from this instant)");
  verb.add_option("--until", flags.until, "至此时点前 (before this instant)");
  verb.add_option("--by", flags.by, "只看此调用者标识的 (only by this subject)");
  verb.add_option("--on", flags.on, "只看对此代码或名称的 (only on this code or resource)");
  verb.add_option("--method", flags.method, "只看此方法的，全名 (only of this full method name)");
}

}  // namespace

void AddAuditVerbs(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<AuditFlags>();
  CLI::App* const audit =
      app.add_subcommand("audit", "审计日志：何人为何目的查阅、变更了何事 (who read or changed what)");
  audit->require_subcommand(1);

  CLI::App* const list = audit->add_subcommand("list", "列出，最新的在前 (newest first)");
  AddFilterFlags(*list, *flags);
  AddLimitFlag(*list, flags->limit);
  list->footer(
      "示例 (example):\n  chengxin --as audit audit list --on 51530100MJT000010G --from \"2026-11-01 "
      "00:00\"");
  list->callback([&session, flags] { session.action = [&session, flags] { return List(session, *flags); }; });

  CLI::App* const exported = audit->add_subcommand(
      "export",
      "导出一段时间的全部记录，最早的在前，每行一个JSON对象 (all of a time, oldest first, as JSON lines)");
  AddFilterFlags(*exported, *flags);
  exported->footer(
      "示例 (example):\n  chengxin --as audit audit export --from \"2026-11-01 00:00\" --until \"2026-12-01 "
      "00:00\" > 2026-11.jsonl");
  exported->callback(
      [&session, flags] { session.action = [&session, flags] { return Export(session, *flags); }; });
}

}  // namespace chengxin::cli
