#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/case_moves.h"
#include "client/cli/choice.h"
#include "client/cli/counts.h"
#include "client/cli/long_text.h"
#include "client/cli/paging.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

constexpr Choice<v1::CaseState> kStates[] = {
    {"received", v1::CASE_STATE_RECEIVED},   {"returned", v1::CASE_STATE_RETURNED},
    {"accepted", v1::CASE_STATE_ACCEPTED},   {"notice-served", v1::CASE_STATE_NOTICE_SERVED},
    {"stated", v1::CASE_STATE_STATED},       {"decided", v1::CASE_STATE_DECIDED},
    {"dismissed", v1::CASE_STATE_DISMISSED}, {"transferred", v1::CASE_STATE_TRANSFERRED},
};

struct MoveFlags {
  ResourceFlags resource;
  std::string reason;
  std::string to_authority;
};

struct ListFlags {
  std::string name;
  std::string code;
  std::vector<std::string> states;
  int64_t limit = 100;
};

struct DeadlineFlags {
  std::string by;
  bool overdue = false;
  int64_t limit = 100;
};

int Get(Session& session, const ListFlags& flags) {
  v1::GetCaseRequest request;
  request.set_name(ResourceName("cases/", flags.name));
  return Ask(session, request, &client::Client::GetCase, [&](const v1::GetCaseResponse& answer) {
    return JsonOr(session, answer.case_(), [&] { Print(session.out(), answer.case_()); });
  });
}

int List(Session& session, const ListFlags& flags) {
  v1::ListCasesRequest request;
  request.set_organization_code(flags.code);
  if (const absl::Status status = ChooseAll("state", kStates, flags.states, *request.mutable_states());
      !status.ok())
    return session.Fail(status);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, request, flags.limit, CaseTable(),
      [&](const auto& page) { return (*client)->ListCases(page); },
      [](const auto& page) -> const auto& { return page.cases(); },
      [](const v1::Case& one, Table& table) { AddRow(one, table); });
}

int Deadlines(Session& session, const DeadlineFlags& flags) {
  v1::ListDeadlinesRequest request;
  request.set_overdue_only(flags.overdue);
  if (!flags.by.empty()) {
    const auto by = ParseDay("by", flags.by);
    if (!by.ok()) return session.Fail(by.status());
    request.set_due_by(*by);
  }
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, request, flags.limit, DeadlineTable(),
      [&](const auto& page) { return (*client)->ListDeadlines(page); },
      [](const auto& page) -> const auto& { return page.deadlines(); },
      [](const v1::Deadline& one, Table& table) { AddRow(one, table); });
}

void AddAccept(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<MoveFlags>();
  CLI::App* const verb = cases.add_subcommand("accept", "受理 (accept)");
  AddResourceFlags(*verb, flags->resource, kCaseName);
  verb->footer("示例 (example):\n  chengxin --as civil-affairs:km-wuhua case accept 31-1");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return MoveCase(session, flags->resource, kNothingMore, &client::Client::AcceptCase);
    };
  });
}

// Moves that give a reason.
template <typename Request, typename Answer>
void AddReasoned(CLI::App& cases, Session& session, const char* name, const char* help, const char* example,
                 absl::StatusOr<Answer> (client::Client::*call)(Request)) {
  const auto flags = std::make_shared<MoveFlags>();
  CLI::App* const verb = cases.add_subcommand(name, help);
  AddResourceFlags(*verb, flags->resource, kCaseName);
  AddLongText(*verb, session, "--reason", flags->reason, "理由 (reasons)")->required();
  verb->footer(example);
  verb->callback([&session, flags, call] {
    session.action = [&session, flags, call] {
      return MoveCase(
          session, flags->resource,
          [&flags](const v1::Case&, Request& request) {
            request.set_reason(flags->reason);
            return absl::OkStatus();
          },
          call);
    };
  });
}

void AddForward(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<MoveFlags>();
  CLI::App* const verb =
      cases.add_subcommand("forward", "转送登记管理机关 (forward to the registering authority)");
  AddResourceFlags(*verb, flags->resource, kCaseName);
  verb->add_option("--to", flags->to_authority, "登记管理机关，例如km-wuhua (the registering authority)")
      ->required();
  AddLongText(*verb, session, "--reason", flags->reason, "理由 (reasons)")->required();
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-panlong case forward 31-1 --to km-wuhua --reason "
      "该组织在五华区登记");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return MoveCase(
          session, flags->resource,
          [&flags](const v1::Case&, v1::ForwardCaseRequest& request) {
            request.set_to_authority(ResourceName("authorities/", flags->to_authority));
            request.set_reason(flags->reason);
            return absl::OkStatus();
          },
          &client::Client::ForwardCase);
    };
  });
}

void AddReading(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<ListFlags>();
  CLI::App* const get = cases.add_subcommand("get", "查看一个案件 (one case)");
  get->add_option("NAME", flags->name, kCaseName)->required();
  get->footer("示例 (example):\n  chengxin --as purchaser:km-culture case get 31-1");
  get->callback([&session, flags] { session.action = [&session, flags] { return Get(session, *flags); }; });

  CLI::App* const list = cases.add_subcommand("list", "列出本机关的或自己通报的 (one's own, newest first)");
  list->add_option("--code", flags->code, "只看某组织的 (only this organization's)");
  list->add_option("--state", flags->states,
                   "只看这些状态，可重复：received、returned、accepted、notice-served、stated、decided、"
                   "dismissed、transferred (only in these states, repeatable)")
      ->take_all();
  AddLimitFlag(*list, flags->limit);
  list->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua case list --state received --state accepted");
  list->callback([&session, flags] { session.action = [&session, flags] { return List(session, *flags); }; });
}

}  // namespace

void AddCaseVerbs(CLI::App& app, Session& session) {
  CLI::App* const cases =
      app.add_subcommand("case", "案件：从通报到决定 (cases: from a report to a decision)");
  cases->require_subcommand(1);
  AddReportedCaseVerbs(*cases, session);
  AddAccept(*cases, session);
  AddReasoned(
      *cases, session, "return", "退回补正 (return to the reporter for correction)",
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua case return 31-1 --reason 请补充验收材料",
      &client::Client::ReturnCase);
  AddReasoned(*cases, session, "dismiss", "不予受理 (dismiss)",
              "示例 (example):\n  chengxin --as civil-affairs:km-wuhua case dismiss 31-1 --reason "
              "不属于信用信息管理范围",
              &client::Client::DismissCase);
  AddForward(*cases, session);
  AddDecidedCaseVerbs(*cases, session);
  AddReading(*cases, session);

  const auto flags = std::make_shared<DeadlineFlags>();
  CLI::App* const deadlines = app.add_subcommand(
      "deadlines", "本机关的期限，最早的在前 (the authority's deadlines, soonest first; rule 64)");
  deadlines->add_option("--by", flags->by,
                        "到这一天为止的，缺省为30天内 (due by this day; default: 30 days)");
  deadlines->add_flag("--overdue", flags->overdue, "只看已逾期的 (only those overdue)");
  AddLimitFlag(*deadlines, flags->limit);
  deadlines->footer(
      "示例 (examples):\n  chengxin --as civil-affairs:km-wuhua deadlines\n"
      "  chengxin --as civil-affairs:km-wuhua deadlines --overdue -o json");
  deadlines->callback(
      [&session, flags] { session.action = [&session, flags] { return Deadlines(session, *flags); }; });
}

}  // namespace chengxin::cli
