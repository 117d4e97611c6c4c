#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/long_text.h"
#include "client/cli/print_resources.h"
#include "client/cli/resource_command.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

constexpr char kCode[] = "统一社会信用代码，曾用的也可 (any code it ever had)";

// An organization is named by any code it ever had.
struct ChangeFlags {
  ResourceFlags resource;
  std::string new_code;
  std::string reason;
};

struct MergeFlags {
  ResourceFlags resource;
  std::string successor;
  std::string merged_on;
  std::string number;
  std::string not_inherited;
};

absl::StatusOr<v1::Organization> ReadOrganization(client::Client& client, const std::string& code) {
  v1::GetOrganizationRequest get;
  get.set_code(code);
  CHENGXIN_ASSIGN_OR_RETURN(v1::GetOrganizationResponse answer, client.GetOrganization(get));
  return std::move(*answer.mutable_organization());
}

int ChangeCode(Session& session, const ChangeFlags& flags) {
  v1::ChangeOrganizationCodeRequest request;
  request.set_organization_code(flags.resource.name);
  request.set_new_code(flags.new_code);
  request.set_reason(flags.reason);
  return CommandResource(
      session, flags.resource, request,
      UnlessEtagGiven(flags.resource,
                      [&](client::Client& client) { return ReadOrganization(client, flags.resource.name); }),
      kNothingMore, &client::Client::ChangeOrganizationCode,
      [&session](const v1::ChangeOrganizationCodeResponse& answer) {
        session.out() << "已换码 (changed)，版本 " << answer.revision() << '\n';
        Print(session.out(), answer.organization());
      });
}

int Merge(Session& session, const MergeFlags& flags) {
  v1::MergeOrganizationRequest request;
  request.set_organization_code(flags.resource.name);
  request.set_successor_code(flags.successor);
  request.set_number(flags.number);
  request.set_not_inherited_reason(flags.not_inherited);
  return CommandResource(
      session, flags.resource, request,
      UnlessEtagGiven(flags.resource,
                      [&](client::Client& client) { return ReadOrganization(client, flags.resource.name); }),
      [&flags](const v1::Organization&, v1::MergeOrganizationRequest& filled) -> absl::Status {
        CHENGXIN_ASSIGN_OR_RETURN(*filled.mutable_merged_on(), ParseDay("merged-on", flags.merged_on));
        return absl::OkStatus();
      },
      &client::Client::MergeOrganization,
      [&session](const v1::MergeOrganizationResponse& answer) {
        session.out() << "已合并 (merged)，版本 " << answer.revision() << '\n';
        Print(session.out(), answer.organization());
        session.out() << "\n存续的组织 (successor)\n";
        Print(session.out(), answer.successor());
      });
}

}  // namespace

void AddSuccessionVerbs(CLI::App& organization, Session& session) {
  const auto change = std::make_shared<ChangeFlags>();
  CLI::App* const code = organization.add_subcommand(
      "change-code",
      "换码；曾用代码仍指向同一组织 (another code; former codes lead to the same organization)");
  AddResourceFlags(*code, change->resource, kCode, "CODE");
  code->add_option("NEW", change->new_code, "新代码 (the new code)")->required();
  AddLongText(*code, session, "--reason", change->reason, "理由 (why)")->required();
  code->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua organization change-code CODE NEW --reason "
      "原代码重复");
  code->callback(
      [&session, change] { session.action = [&session, change] { return ChangeCode(session, *change); }; });

  const auto flags = std::make_shared<MergeFlags>();
  CLI::App* const merge = organization.add_subcommand(
      "merge", "并入另一组织；在列的由存续的组织承继 (merged into another, which inherits its listings)");
  AddResourceFlags(*merge, flags->resource, kCode, "CODE");
  merge->add_option("SUCCESSOR", flags->successor, "存续的组织的代码 (the organization it was merged into)")
      ->required();
  merge->add_option("--merged-on", flags->merged_on, "合并之日 (day of the merger)")->required();
  merge->add_option("--number", flags->number, "登记决定文号 (number of the registration decision)")
      ->required();
  AddLongText(*merge, session, "--not-inherited", flags->not_inherited,
              "存续的组织不承继的理由和依据 (why it does not inherit the listings)");
  merge->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua organization merge CODE SUCCESSOR --merged-on "
      "2026-11-20 --number 五民登〔2026〕1号");
  merge->callback(
      [&session, flags] { session.action = [&session, flags] { return Merge(session, *flags); }; });
}

}  // namespace chengxin::cli
