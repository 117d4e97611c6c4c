#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/argument_checks.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/choice.h"
#include "client/cli/counts.h"
#include "client/cli/instants.h"
#include "client/cli/long_text.h"
#include "client/cli/paging.h"
#include "client/cli/print_awards.h"
#include "client/cli/resource_command.h"
#include "client/cli/verbs.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

constexpr char kName[] = "名称，awards/前缀可省 (name)";

constexpr Choice<v1::AwardMode> kModes[] = {
    {"single", v1::AWARD_MODE_SINGLE},
    {"voucher", v1::AWARD_MODE_VOUCHER},
};

struct TermFlags {
  std::string starts_on;
  std::string ends_on;
  std::string price;
  std::string receipt;
  std::string review_reason;
};

struct CreateFlags {
  std::string project;
  std::string title;
  std::string mode = "single";
  std::vector<std::string> contractors;
  std::string cut_off;
  std::string contract;
  TermFlags term;
  std::string request_id;
  bool consortium = false;
  bool renewable = false;
};

struct RenewFlags {
  ResourceFlags resource;
  TermFlags term;
  std::string finance_approval;
};

struct CloseFlags {
  ResourceFlags resource;
  std::string file;
  std::string contractor;
  std::string score;
  std::string satisfaction;
  std::string evaluated_on;
  std::string basis;
  std::string reason;
  bool passed = false;
  bool failed = false;
  bool not_performed = false;
};

struct ListFlags {
  std::string name;
  std::string code;
  int64_t limit = 100;
  bool active = false;
};

absl::Status FillTerm(const TermFlags& flags, v1::ContractTerm& term) {
  CHENGXIN_ASSIGN_OR_RETURN(*term.mutable_starts_on(), ParseDay("starts-on", flags.starts_on));
  CHENGXIN_ASSIGN_OR_RETURN(*term.mutable_ends_on(), ParseDay("ends-on", flags.ends_on));
  CHENGXIN_ASSIGN_OR_RETURN(const int64_t price, ParseAmount("price", flags.price));
  term.set_price_fen(price);
  term.set_receipt(ResourceName("receipts/", flags.receipt));
  term.set_review_reason(flags.review_reason);
  return absl::OkStatus();
}

absl::StatusOr<v1::CreateAwardRequest> MakeRequest(Session& session, const CreateFlags& flags) {
  v1::CreateAwardRequest request;
  request.set_request_id(flags.request_id);
  v1::Award& award = *request.mutable_award();
  award.set_project(flags.project);
  award.set_title(flags.title);
  CHENGXIN_ASSIGN_OR_RETURN(const v1::AwardMode mode, Choose("mode", kModes, flags.mode));
  award.set_mode(mode);
  for (const std::string& code : flags.contractors) award.add_contractor_codes(code);
  award.set_consortium(flags.consortium);
  CHENGXIN_ASSIGN_OR_RETURN(*award.mutable_cut_off(), session.Instant("cut-off", flags.cut_off));
  award.set_contract(flags.contract);
  award.set_renewable(flags.renewable);
  CHENGXIN_RETURN_IF_ERROR(FillTerm(flags.term, *award.add_terms()));
  return request;
}

template <typename Answer>
void Show(std::ostream& out, const Answer& answer) {
  out << "已办理 (done)，版本 " << answer.revision() << '\n';
  Print(out, answer.award());
}

int Create(Session& session, const CreateFlags& flags) {
  auto request = MakeRequest(session, flags);
  if (!request.ok()) return session.Fail(request.status());
  return Ask(session, *std::move(request), &client::Client::CreateAward,
             [&](const v1::CreateAwardResponse& answer) {
               return JsonOr(session, answer, [&] { Show(session.out(), answer); });
             });
}

template <typename Request, typename Answer, typename Fill>
int Move(Session& session, const ResourceFlags& flags, const Fill& fill,
         absl::StatusOr<Answer> (client::Client::*call)(Request)) {
  Request request;
  request.set_name(ResourceName("awards/", flags.name));
  const auto read = [&](client::Client& client) -> absl::StatusOr<v1::Award> {
    v1::GetAwardRequest get;
    get.set_name(request.name());
    CHENGXIN_ASSIGN_OR_RETURN(v1::GetAwardResponse answer, client.GetAward(get));
    return std::move(*answer.mutable_award());
  };
  return CommandResource(session, flags, request, read, fill, call,
                         [&session](const Answer& answer) { Show(session.out(), answer); });
}

// A number from 0 to 100 with at most two decimals, in hundredths.
absl::StatusOr<int32_t> ParseHundredths(std::string_view flag, std::string_view text) {
  constexpr int64_t kMost = 10'000;
  const absl::StatusOr<int64_t> value = ParseAmount(flag, text);
  if (value.ok() && *value <= kMost) return static_cast<int32_t>(*value);
  return client::FieldError(flag, "应为0至100，至多两位小数 (expected 0 to 100 with at most two decimals)");
}

// One AwardEvaluation of JSON a line.
absl::Status ReadEvaluations(Session& session, const std::string& path, v1::CloseAwardRequest& request) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string content, ReadFile("file", path, session.in()));
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    CHENGXIN_RETURN_IF_ERROR(ParseJson("file", line, *request.add_evaluations()));
  }
  return absl::OkStatus();
}

// The evaluation of the flags, of the contractor named or the only one.
absl::Status FillEvaluation(const CloseFlags& flags, const v1::Award& award,
                            v1::AwardEvaluation& evaluation) {
  if (flags.contractor.empty() && award.contractor_codes_size() != 1)
    return client::FieldError(
        "file", "有多个承接主体，请用--file逐一评价 (several contractors: evaluate each in --file)");
  evaluation.set_organization_code(flags.contractor.empty() ? award.contractor_codes(0) : flags.contractor);
  evaluation.set_passed(flags.passed);
  CHENGXIN_ASSIGN_OR_RETURN(const int32_t score, ParseHundredths("score", flags.score));
  evaluation.set_score_centi(score);
  CHENGXIN_ASSIGN_OR_RETURN(const int32_t satisfaction, ParseHundredths("satisfaction", flags.satisfaction));
  evaluation.set_satisfaction_centi(satisfaction);
  evaluation.set_contract_performed(!flags.not_performed);
  CHENGXIN_ASSIGN_OR_RETURN(*evaluation.mutable_evaluated_on(), ParseDay("evaluated-on", flags.evaluated_on));
  evaluation.set_basis(flags.basis);
  return absl::OkStatus();
}

int Close(Session& session, const CloseFlags& flags) {
  return Move(
      session, flags.resource,
      [&](const v1::Award& award, v1::CloseAwardRequest& request) {
        request.set_closing_reason(flags.reason);
        return flags.file.empty() ? FillEvaluation(flags, award, *request.add_evaluations())
                                  : ReadEvaluations(session, flags.file, request);
      },
      &client::Client::CloseAward);
}

int Get(Session& session, const ListFlags& flags) {
  v1::GetAwardRequest request;
  request.set_name(ResourceName("awards/", flags.name));
  return Ask(session, request, &client::Client::GetAward, [&](const v1::GetAwardResponse& answer) {
    return JsonOr(session, answer.award(), [&] { Print(session.out(), answer.award()); });
  });
}

int List(Session& session, const ListFlags& flags) {
  v1::ListAwardsRequest request;
  request.set_organization_code(flags.code);
  request.set_active_only(flags.active);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, request, flags.limit, AwardTable(),
      [&](const auto& page) { return (*client)->ListAwards(page); },
      [](const auto& page) -> const auto& { return page.awards(); },
      [](const v1::Award& one, Table& table) { AddRow(one, table); });
}

void AddTermFlags(CLI::App& verb, Session& session, TermFlags& flags) {
  const std::string group = "合同期 (the term)";
  verb.add_option("--starts-on", flags.starts_on, "第一天 (first day)")->required()->group(group);
  verb.add_option("--ends-on", flags.ends_on, "最后一天，至多一年 (last day; at most one year)")
      ->required()
      ->group(group);
  verb.add_option("--price", flags.price, "价格，元 (price in yuan)")->required()->group(group);
  verb.add_option("--receipt", flags.receipt, "所依据的查询记录编号 (the receipt it rests on)")
      ->required()
      ->group(group);
  AddLongText(verb, session, "--review-reason", flags.review_reason,
              "结论为需审查时，仍可选择的理由 (why one for review may be selected)")
      ->group(group);
}

void AddCreate(CLI::App& award, Session& session) {
  const auto flags = std::make_shared<CreateFlags>();
  CLI::App* const verb = award.add_subcommand(
      "create", "确定承接主体，依据查询记录 (make an award on its receipt; rules 41 and 44)");
  verb->add_option("--project", flags->project, "采购项目编号 (project)")->required();
  verb->add_option("--title", flags->title, "购买的服务 (what is bought)")->required();
  verb->add_option("--mode", flags->mode, "single 单一承接主体或联合体，voucher 凭单制，至少三个 (how)")
      ->capture_default_str();
  verb->add_option("--contractor", flags->contractors, "承接主体的代码，可重复 (code, repeatable)")
      ->take_all()
      ->required();
  verb->add_flag("--consortium", flags->consortium,
                 "承接主体是一个联合体 (the contractors are a consortium)");
  verb->add_option("--cut-off", flags->cut_off, "项目的查询截止时点 (the project's cut-off)")->required();
  verb->add_option("--contract", flags->contract, "合同编号 (number of the contract)")->required();
  verb->add_flag("--renewable", flags->renewable,
                 "可续签，合计至多三年 (renewals are possible, three years in all)");
  AddTermFlags(*verb, session, flags->term);
  AddRequestId(*verb, flags->request_id);
  verb->footer(
      "示例 (example):\n  chengxin --as purchaser:km-culture award create --project KM-2026-017 --title "
      "社区养老服务 \\\n    --contractor 51530100MJT000010G --cut-off \"2026-12-01 09:30\" --contract "
      "昆文采〔2026〕7号 \\\n    --starts-on 2026-12-10 --ends-on 2027-12-09 --price 480000 --receipt "
      "CX2026-000000017 --renewable");
  verb->callback(
      [&session, flags] { session.action = [&session, flags] { return Create(session, *flags); }; });
}

void AddRenew(CLI::App& award, Session& session) {
  const auto flags = std::make_shared<RenewFlags>();
  CLI::App* const verb = award.add_subcommand("renew", "凭新的查询记录续签 (renew on a new receipt)");
  AddResourceFlags(*verb, flags->resource, kName);
  AddTermFlags(*verb, session, flags->term);
  verb->add_option("--finance-approval", flags->finance_approval,
                   "同级财政部门审批的文号 (number of the finance department's approval)")
      ->required();
  verb->footer(
      "示例 (example):\n  chengxin --as purchaser:km-culture award renew 52-1 --starts-on 2027-12-10 "
      "--ends-on "
      "2028-12-09 \\\n    --price 500000 --receipt CX2027-000000203 --finance-approval 昆财采〔2027〕31号");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return Move(
          session, flags->resource,
          [&flags](const v1::Award&, v1::RenewAwardRequest& request) {
            request.mutable_term()->set_finance_approval(flags->finance_approval);
            return FillTerm(flags->term, *request.mutable_term());
          },
          &client::Client::RenewAward);
    };
  });
}

void AddClose(CLI::App& award, Session& session) {
  const auto flags = std::make_shared<CloseFlags>();
  CLI::App* const verb = award.add_subcommand(
      "close", "结项，绩效评价成为信用信息 (close; the evaluation becomes a credit record)");
  AddResourceFlags(*verb, flags->resource, kName);
  CLI::Option* const file =
      verb->add_option(
              "--file", flags->file,
              "多个承接主体的评价，每行一个AwardEvaluation的JSON，-为标准输入 (evaluations of several, one "
              "JSON a line)")
          ->type_name(kPathType);
  verb->add_option("--contractor", flags->contractor,
                   "被评价的承接主体，缺省为唯一的 (default: the only one)")
      ->excludes(file);
  CLI::Option* const passed = verb->add_flag("--passed", flags->passed, "合格 (passed)")->excludes(file);
  verb->add_flag("--failed", flags->failed, "不合格 (failed)")->excludes(file)->excludes(passed);
  verb->add_option("--score", flags->score, "得分，0至100 (score)")->excludes(file);
  verb->add_option("--satisfaction", flags->satisfaction, "服务对象满意度，百分比 (satisfaction in percent)")
      ->excludes(file);
  verb->add_flag("--not-performed", flags->not_performed, "合同没有履行 (the contract was not performed)")
      ->excludes(file);
  verb->add_option("--evaluated-on", flags->evaluated_on, "评价之日 (day of the result)")->excludes(file);
  AddLongText(*verb, session, "--basis", flags->basis, "不合格时的依据 (legal basis where failed)")
      ->excludes(file);
  AddLongText(*verb, session, "--reason", flags->reason, "提前结项的理由 (why it is closed early)");
  verb->footer(
      "示例 (example):\n  chengxin --as purchaser:km-culture award close 52-1 --passed --score 92.5 "
      "--satisfaction 96 \\\n    --evaluated-on 2027-12-20");
  verb->callback([&session, flags] {
    if (flags->file.empty() && !flags->passed && !flags->failed)
      throw CLI::RequiredError("--passed、--failed 或 (or) --file");
    session.action = [&session, flags] { return Close(session, *flags); };
  });
}

void AddReading(CLI::App& award, Session& session) {
  const auto flags = std::make_shared<ListFlags>();
  CLI::App* const get = award.add_subcommand("get", "查看一个 (one award)");
  get->add_option("NAME", flags->name, kName)->required();
  get->footer("示例 (example):\n  chengxin --as purchaser:km-culture award get 52-1");
  get->callback([&session, flags] { session.action = [&session, flags] { return Get(session, *flags); }; });

  CLI::App* const list = award.add_subcommand("list", "列出，最新的在前 (newest first)");
  list->add_option("--code", flags->code, "只看某承接主体的 (only with this contractor)");
  list->add_flag("--active", flags->active, "只看履行中的 (only active ones)");
  AddLimitFlag(*list, flags->limit);
  list->footer("示例 (example):\n  chengxin --as purchaser:km-culture award list --active");
  list->callback([&session, flags] { session.action = [&session, flags] { return List(session, *flags); }; });
}

}  // namespace

void AddAwardVerbs(CLI::App& app, Session& session) {
  CLI::App* const award = app.add_subcommand("award", "承接主体的确定和合同 (awards and their contracts)");
  award->require_subcommand(1);
  AddCreate(*award, session);
  AddRenew(*award, session);
  AddClose(*award, session);
  AddReading(*award, session);
  AddAwardWatchVerb(*award, session);
}

}  // namespace chengxin::cli
