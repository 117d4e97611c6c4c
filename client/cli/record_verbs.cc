#include <cstdint>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/argument_checks.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/counts.h"
#include "client/cli/paging.h"
#include "client/cli/print_resources.h"
#include "client/cli/show_created_record.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

struct RecordFlags {
  std::string name;
  std::string code;
  std::string category;
  std::string file;
  std::string decision;
  std::string request_id;
  std::string etag;
  InstantFlags instants;
  int64_t limit = 100;
};

int Get(Session& session, const RecordFlags& flags) {
  v1::GetRecordRequest request;
  request.set_name(flags.name);
  if (const absl::Status status = flags.instants.FillRequest(session, request); !status.ok())
    return session.Fail(status);
  return Ask(session, request, &client::Client::GetRecord, [&](const v1::GetRecordResponse& answer) {
    return JsonOr(session, answer.record(), [&] { Print(session.out(), answer.record()); });
  });
}

int List(Session& session, const RecordFlags& flags) {
  v1::ListRecordsRequest request;
  request.set_organization_code(flags.code);
  const auto category = ParseCategory(flags.category);
  if (!category.ok()) return session.Fail(category.status());
  request.set_category(*category);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, request, flags.limit, RecordTable(),
      [&](const auto& page) { return (*client)->ListRecords(page); },
      [](const auto& page) -> const auto& { return page.records(); },
      [](const auto& entry, Table& table) { AddRow(entry, table); });
}

absl::StatusOr<v1::CreateRecordRequest> ReadRequest(Session& session, const RecordFlags& flags) {
  v1::CreateRecordRequest request;
  request.set_organization_code(flags.code);
  request.set_request_id(flags.request_id);
  request.set_organization_etag(flags.etag);
  CHENGXIN_ASSIGN_OR_RETURN(const std::string record, ReadFile("file", flags.file, session.in()));
  CHENGXIN_RETURN_IF_ERROR(ParseJson("file", record, *request.mutable_record()));
  if (!flags.decision.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::string decision, ReadFile("decision", flags.decision, session.in()));
    CHENGXIN_RETURN_IF_ERROR(ParseJson("decision", decision, *request.mutable_listing_decision()));
  }
  return request;
}

}  // namespace

void AddRecordVerbs(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<RecordFlags>();
  CLI::App* const record = app.add_subcommand("record", "信用信息 (credit records)");
  record->require_subcommand(1);

  CLI::App* const get = record->add_subcommand("get", "按名称查看 (one record by its name)");
  get->add_option("NAME", flags->name, "organizations/代码/records/编号 (name)")->required();
  get->add_option("--as-of", flags->instants.as_of, "当时所知的记录 (as known at this instant)");
  get->footer(
      "示例 (example):\n  chengxin --as audit record get organizations/51530100MJT000010G/records/10-1");
  get->callback([&session, flags] { session.action = [&session, flags] { return Get(session, *flags); }; });

  CLI::App* const list =
      record->add_subcommand("list", "列出一个组织的记录 (an organization's records, oldest first)");
  list->add_option("CODE", flags->code, "统一社会信用代码 (code)")->required();
  list->add_option("--category", flags->category, "basic、annual-report、inspection、penalty、other");
  AddLimitFlag(*list, flags->limit);
  list->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua record list 51530100MJT000010G --category "
      "penalty");
  list->callback([&session, flags] { session.action = [&session, flags] { return List(session, *flags); }; });

  CLI::App* const create =
      record->add_subcommand("create", "记录任何内容，文件为JSON (any content, as protobuf JSON)");
  create->add_option("CODE", flags->code, "统一社会信用代码 (code)")->required();
  create
      ->add_option("--file", flags->file, "CreditRecord的JSON文件，-为标准输入 (file, - for standard input)")
      ->type_name(kPathType)
      ->required();
  create
      ->add_option("--decision", flags->decision,
                   "随处罚作出的列入决定，ListingDecision的JSON文件 (the listing decision with a penalty)")
      ->type_name(kPathType);
  create->add_option("--etag", flags->etag,
                     "作出决定时所依据的组织etag (the organization's etag decided on)");
  create->add_option("--request-id", flags->request_id, "重试时使用同一标识 (the same for a repetition)");
  create->footer(
      "示例 (example):\n  echo '{\"tax_standing\": {\"good\": true, \"as_of\": \"2026-10-31\", \"organ\": "
      "\"昆明市税务局\"}, "
      "\"formed_on\": \"2026-11-02\"}' | \\\n    chengxin --as civil-affairs:km-wuhua record create "
      "51530100MJT000010G --file -");
  create->callback([&session, flags] {
    session.action = [&session, flags] {
      auto request = ReadRequest(session, *flags);
      if (!request.ok()) return session.Fail(request.status());
      return CreateAndShow(session, *std::move(request));
    };
  });

  AddPenaltyVerb(*record, session);
  AddCorrectionVerbs(*record, session);
}

}  // namespace chengxin::cli
