#include <cstdint>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/counts.h"
#include "client/cli/exit_codes.h"
#include "client/cli/paging.h"
#include "client/cli/print_resources.h"
#include "client/cli/verbs.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

struct OrganizationFlags {
  std::string code;
  std::string query;
  std::string authority;
  InstantFlags instants;
  int64_t limit = 100;
  int32_t candidates = 20;
};

int Get(Session& session, const OrganizationFlags& flags) {
  v1::GetOrganizationRequest request;
  request.set_code(flags.code);
  if (const absl::Status status = flags.instants.FillRequest(session, request); !status.ok())
    return session.Fail(status);
  return Ask(
      session, request, &client::Client::GetOrganization, [&](const v1::GetOrganizationResponse& answer) {
        return JsonOr(session, answer.organization(), [&] { Print(session.out(), answer.organization()); });
      });
}

int List(Session& session, const OrganizationFlags& flags) {
  v1::ListOrganizationsRequest request;
  request.set_registration_authority(ResourceName("authorities/", flags.authority));
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, request, flags.limit, OrganizationTable(),
      [&](const auto& page) { return (*client)->ListOrganizations(page); },
      [](const auto& page) -> const auto& { return page.organizations(); },
      [](const auto& entry, Table& table) { AddRow(entry, table); });
}

int Search(Session& session, const OrganizationFlags& flags) {
  v1::SearchOrganizationsRequest request;
  request.set_query(flags.query);
  request.set_limit(flags.candidates);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->SearchOrganizations(request);
  if (!answer.ok()) return session.Fail(answer.status());
  if (session.json()) {
    session.PrintJson(*answer);
    return kDone;
  }
  Table table({"统一社会信用代码", "名称", "状态", "登记管理机关"});
  for (const v1::OrganizationCandidate& candidate : answer->candidates()) {
    table.Add({candidate.code(), candidate.display_name(), WordOf(candidate.status()),
               candidate.registration_authority()});
  }
  table.Print(session.out());
  session.out() << "名称只供查找，请按代码确认 (a name decides nothing: confirm by code)\n";
  if (answer->truncated()) session.err() << "还有更多，请缩小范围 (there are more: narrow the query)\n";
  return kDone;
}

}  // namespace

void AddOrganizationVerbs(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<OrganizationFlags>();
  CLI::App* const organization = app.add_subcommand("organization", "登记信息 (the registry copy)");
  organization->require_subcommand(1);

  CLI::App* const get =
      organization->add_subcommand("get", "按代码查看 (one organization by any code it ever had)");
  get->add_option("CODE", flags->code, "统一社会信用代码 (code)")->required();
  get->add_option("--as-of", flags->instants.as_of, "当时所知的登记信息 (as known at this instant)");
  get->footer("示例 (example):\n  chengxin organization get 51530100MJT000010G -o json");
  get->callback([&session, flags] { session.action = [&session, flags] { return Get(session, *flags); }; });

  CLI::App* const list = organization->add_subcommand("list", "按代码顺序列出 (in the order of codes)");
  list->add_option("--authority", flags->authority,
                   "只列某登记管理机关的 (only this authority's, for example km-wuhua)");
  AddLimitFlag(*list, flags->limit);
  list->footer("示例 (example):\n  chengxin organization list --authority km-wuhua --limit 0 -o json");
  list->callback([&session, flags] { session.action = [&session, flags] { return List(session, *flags); }; });

  CLI::App* const search =
      organization->add_subcommand("search", "按名称的一部分查找 (candidates by a part of the name)");
  search
      ->add_option("QUERY", flags->query,
                   "名称中的两个以上连续字，或代码 (two or more characters of the name, or a code)")
      ->required();
  search->add_option("--limit", flags->candidates, "最多列出多少 (at most)")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  search->footer("示例 (example):\n  chengxin organization search 社区服务");
  search->callback(
      [&session, flags] { session.action = [&session, flags] { return Search(session, *flags); }; });

  AddSuccessionVerbs(*organization, session);
}

}  // namespace chengxin::cli
