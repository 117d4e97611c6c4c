#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/choice.h"
#include "client/cli/counts.h"
#include "client/cli/evidence.h"
#include "client/cli/long_text.h"
#include "client/cli/notice_flags.h"
#include "client/cli/paging.h"
#include "client/cli/print_applications.h"
#include "client/cli/print_resources.h"
#include "client/cli/resource_command.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

constexpr char kName[] = "申请名称，applications/前缀可省 (name of the application)";

constexpr Choice<v1::ApplicationKind> kKinds[] = {
    {"removal", v1::APPLICATION_KIND_REMOVAL},
    {"repair", v1::APPLICATION_KIND_REPAIR},
    {"objection", v1::APPLICATION_KIND_OBJECTION},
};
constexpr Choice<v1::ApplicationState> kStates[] = {
    {"filed", v1::APPLICATION_STATE_FILED},       {"accepted", v1::APPLICATION_STATE_ACCEPTED},
    {"rejected", v1::APPLICATION_STATE_REJECTED}, {"granted", v1::APPLICATION_STATE_GRANTED},
    {"refused", v1::APPLICATION_STATE_REFUSED},   {"revoked", v1::APPLICATION_STATE_REVOKED},
};

struct FileFlags {
  std::string kind;
  std::string item;
  std::string reasons;
  std::vector<std::string> proofs;
  std::string commitment;
  std::string received_on;
  std::string contact;
  std::string request_id;
};

struct AnswerFlags {
  ResourceFlags resource;
  std::string number;
  std::string text;
  std::string verified_on;
  std::string officer;
  bool granted = false;
  bool refused = false;
};

struct RevokeFlags {
  ResourceFlags resource;
  std::string reasons;
  std::vector<std::string> evidence;
  NoticeFlags notice;
};

struct ListFlags {
  std::string name;
  std::string code;
  std::vector<std::string> states;
  int64_t limit = 100;
};

// What an answer shows: the application, and the item where the answer has one.
template <typename Answer>
void Show(std::ostream& out, const Answer& answer) {
  out << "已办理 (done)，版本 " << answer.revision() << '\n';
  Print(out, answer.application());
  if constexpr (requires { answer.has_listing(); }) {
    if (answer.has_listing()) {
      out << "\n列入 (listing)\n";
      Print(out, answer.listing());
    }
    if (answer.has_record()) {
      out << "\n记录 (record)\n";
      Print(out, answer.record());
    }
  }
}

template <typename Request, typename Answer, typename Fill>
int Move(Session& session, const ResourceFlags& flags, const Fill& fill,
         absl::StatusOr<Answer> (client::Client::*call)(Request)) {
  Request request;
  request.set_name(ResourceName("applications/", flags.name));
  const auto read = [&](client::Client& client) -> absl::StatusOr<v1::Application> {
    v1::GetApplicationRequest get;
    get.set_name(request.name());
    CHENGXIN_ASSIGN_OR_RETURN(v1::GetApplicationResponse answer, client.GetApplication(get));
    return std::move(*answer.mutable_application());
  };
  return CommandResource(session, flags, request, read, fill, call,
                         [&session](const Answer& answer) { Show(session.out(), answer); });
}

absl::StatusOr<v1::FileApplicationRequest> MakeRequest(const FileFlags& flags) {
  v1::FileApplicationRequest request;
  request.set_request_id(flags.request_id);
  v1::Application& application = *request.mutable_application();
  CHENGXIN_ASSIGN_OR_RETURN(const v1::ApplicationKind kind, Choose("kind", kKinds, flags.kind));
  application.set_kind(kind);
  application.set_item(flags.item);
  application.set_reasons(flags.reasons);
  CHENGXIN_RETURN_IF_ERROR(ReadEvidence("proof", flags.proofs, *application.mutable_proofs()));
  if (!flags.commitment.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*application.mutable_commitment(),
                              ReadEvidence("commitment", flags.commitment));
  }
  CHENGXIN_ASSIGN_OR_RETURN(*application.mutable_received_on(), ParseDay("received-on", flags.received_on));
  application.set_contact(flags.contact);
  return request;
}

int File(Session& session, const FileFlags& flags) {
  auto request = MakeRequest(flags);
  if (!request.ok()) return session.Fail(request.status());
  return Ask(session, *std::move(request), &client::Client::FileApplication,
             [&](const v1::FileApplicationResponse& answer) {
               return JsonOr(session, answer, [&] { Show(session.out(), answer); });
             });
}

int Get(Session& session, const ListFlags& flags) {
  v1::GetApplicationRequest request;
  request.set_name(ResourceName("applications/", flags.name));
  return Ask(
      session, request, &client::Client::GetApplication, [&](const v1::GetApplicationResponse& answer) {
        return JsonOr(session, answer.application(), [&] { Print(session.out(), answer.application()); });
      });
}

int List(Session& session, const ListFlags& flags) {
  v1::ListApplicationsRequest request;
  request.set_organization_code(flags.code);
  if (const absl::Status status = ChooseAll("state", kStates, flags.states, *request.mutable_states());
      !status.ok())
    return session.Fail(status);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, request, flags.limit, ApplicationTable(),
      [&](const auto& page) { return (*client)->ListApplications(page); },
      [](const auto& page) -> const auto& { return page.applications(); },
      [](const v1::Application& one, Table& table) { AddRow(one, table); });
}

void AddFile(CLI::App& application, Session& session) {
  const auto flags = std::make_shared<FileFlags>();
  CLI::App* const verb = application.add_subcommand(
      "file", "提交申请：移出、信用修复或异议 (file: removal, repair or objection; rules 31, 34 and 38)");
  verb->add_option("--kind", flags->kind, "removal 移出，repair 信用修复，objection 异议 (what for)")
      ->required();
  verb->add_option("--item", flags->item,
                   "对象：listings/编号或organizations/代码/records/编号 (the listing or record)")
      ->required();
  AddLongText(*verb, session, "--reasons", flags->reasons, "理由 (reasons)")->required();
  verb->add_option(
          "--proof", flags->proofs,
          "履行或整改的证明，异议的证据，可重复；只发送SHA-256 (proofs, repeatable; digests are sent)")
      ->type_name(kEvidenceType)
      ->take_all();
  verb->add_option("--commitment", flags->commitment, "信用承诺书，信用修复必填 (the signed commitment)")
      ->type_name(kEvidenceType);
  verb->add_option("--received-on", flags->received_on, "收到申请之日 (day it was received)")->required();
  verb->add_option("--contact", flags->contact, "提交人 (who handed it in; kept sealed)");
  AddRequestId(*verb, flags->request_id);
  verb->footer(
      "示例 (example):\n  chengxin --as organization:51530100MJT000010G application file --kind repair \\\n"
      "    --item listings/51530100MJT000010G-S1 --reasons 已整改完毕 --proof 整改报告.pdf=整改报告 \\\n"
      "    --commitment 承诺书.pdf=信用承诺书 --received-on 2026-11-20");
  verb->callback([&session, flags] { session.action = [&session, flags] { return File(session, *flags); }; });
}

void AddAccept(CLI::App& application, Session& session) {
  const auto flags = std::make_shared<ResourceFlags>();
  CLI::App* const verb = application.add_subcommand("accept", "受理 (accept)");
  AddResourceFlags(*verb, *flags, kName);
  verb->footer("示例 (example):\n  chengxin --as civil-affairs:km-wuhua application accept 88-1");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return Move(session, *flags, kNothingMore, &client::Client::AcceptApplication);
    };
  });
}

void AddReject(CLI::App& application, Session& session) {
  struct RejectFlags {
    ResourceFlags resource;
    std::string reasons;
  };
  const auto flags = std::make_shared<RejectFlags>();
  CLI::App* const verb = application.add_subcommand("reject", "不予受理 (reject)");
  AddResourceFlags(*verb, flags->resource, kName);
  AddLongText(*verb, session, "--reasons", flags->reasons, "理由 (reasons)")->required();
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua application reject 88-1 --reasons 材料不齐");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return Move(
          session, flags->resource,
          [&flags](const v1::Application&, v1::RejectApplicationRequest& request) {
            request.set_reasons(flags->reasons);
            return absl::OkStatus();
          },
          &client::Client::RejectApplication);
    };
  });
}

absl::Status FillAnswer(const AnswerFlags& flags, v1::AnswerApplicationRequest& request) {
  request.set_granted(flags.granted);
  request.set_number(flags.number);
  request.set_answer(flags.text);
  request.set_deciding_officer(flags.officer);
  if (!flags.verified_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*request.mutable_verified_on(), ParseDay("verified-on", flags.verified_on));
  }
  return absl::OkStatus();
}

void AddAnswer(CLI::App& application, Session& session) {
  const auto flags = std::make_shared<AnswerFlags>();
  CLI::App* const verb = application.add_subcommand(
      "answer", "书面答复；同意移出或修复即移出名录或停止公示 (answer in writing; rules 30 to 35)");
  AddResourceFlags(*verb, flags->resource, kName);
  CLI::Option* const granted = verb->add_flag("--granted", flags->granted, "同意 (granted)");
  CLI::Option* const refused = verb->add_flag("--refused", flags->refused, "不同意 (refused)");
  refused->excludes(granted);
  verb->add_option("--number", flags->number, "答复文号 (number)")->required();
  AddLongText(*verb, session, "--answer", flags->text, "答复的内容 (the answer)")->required();
  verb->add_option("--verified-on", flags->verified_on,
                   "核实履行或整改之日，同意移出或修复时必填 (day on which performance was verified)");
  verb->add_option("--officer", flags->officer, "经办人 (deciding officer; kept sealed)")->required();
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua application answer 88-1 --granted --number "
      "五民复〔2026〕2号 \\\n    --answer 经核实已整改 --verified-on 2026-11-24 --officer 经办人");
  verb->callback([&session, flags] {
    if (!flags->granted && !flags->refused) throw CLI::RequiredError("--granted 或 (or) --refused");
    session.action = [&session, flags] {
      return Move(
          session, flags->resource,
          [&flags](const v1::Application&, v1::AnswerApplicationRequest& request) {
            return FillAnswer(*flags, request);
          },
          &client::Client::AnswerApplication);
    };
  });
}

void AddReading(CLI::App& application, Session& session) {
  const auto flags = std::make_shared<ListFlags>();
  CLI::App* const get = application.add_subcommand("get", "查看一个申请 (one application)");
  get->add_option("NAME", flags->name, kName)->required();
  get->footer("示例 (example):\n  chengxin --as organization:51530100MJT000010G application get 88-1");
  get->callback([&session, flags] { session.action = [&session, flags] { return Get(session, *flags); }; });

  CLI::App* const list = application.add_subcommand("list", "列出，最新的在前 (newest first)");
  list->add_option("--code", flags->code, "只看某组织的 (only this organization's)");
  list->add_option(
          "--state", flags->states,
          "只看这些状态，可重复：filed、accepted、rejected、granted、refused、revoked (only in these "
          "states, repeatable)")
      ->take_all();
  AddLimitFlag(*list, flags->limit);
  list->footer("示例 (example):\n  chengxin --as civil-affairs:km-wuhua application list --state filed");
  list->callback([&session, flags] { session.action = [&session, flags] { return List(session, *flags); }; });
}

void AddRevoke(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<RevokeFlags>();
  CLI::App* const repair = app.add_subcommand("repair", "信用修复 (credit repair)");
  repair->require_subcommand(1);
  CLI::App* const verb = repair->add_subcommand(
      "revoke",
      "证明虚假或违背承诺，撤销修复，恢复公示 (revoke for false proof or a broken commitment; rule 37)");
  AddResourceFlags(*verb, flags->resource, kName);
  AddLongText(*verb, session, "--reasons", flags->reasons, "撤销的理由和依据 (reasons and basis)")
      ->required();
  verb->add_option("--evidence", flags->evidence, "证据，可重复 (evidence, repeatable)")
      ->type_name(kEvidenceType)
      ->take_all()
      ->required();
  AddNoticeFlags(*verb, session, "notice-", flags->notice);
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua repair revoke 88-1 --reasons 整改报告虚假 "
      "--evidence 核查.pdf \\\n    --notice-number 五民告〔2026〕9号 --notice-facts 整改未完成 "
      "--notice-reasons "
      "证明虚假 \\\n    --notice-basis 社会组织信用信息管理办法 --notice-rights @权利.txt \\\n    --served "
      "direct "
      "--served-on 2026-11-25 --proof 回证.pdf");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return Move(
          session, flags->resource,
          [&flags](const v1::Application&, v1::RevokeRepairRequest& request) -> absl::Status {
            request.set_reasons(flags->reasons);
            CHENGXIN_RETURN_IF_ERROR(ReadEvidence("evidence", flags->evidence, *request.mutable_evidence()));
            return flags->notice.Fill(*request.mutable_notice());
          },
          &client::Client::RevokeRepair);
    };
  });
}

}  // namespace

void AddApplicationVerbs(CLI::App& app, Session& session) {
  CLI::App* const application =
      app.add_subcommand("application", "移出、信用修复和异议的申请 (applications)");
  application->require_subcommand(1);
  AddFile(*application, session);
  AddAccept(*application, session);
  AddReject(*application, session);
  AddAnswer(*application, session);
  AddReading(*application, session);
  AddRevoke(app, session);
}

}  // namespace chengxin::cli
