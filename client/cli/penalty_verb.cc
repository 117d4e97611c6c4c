#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/long_text.h"
#include "client/cli/show_created_record.h"
#include "client/cli/verbs.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

struct PenaltyFlags {
  std::string code;
  std::vector<std::string> kinds;
  std::string fine;
  std::string confiscation;
  std::string sector_large_fine;
  std::string decision_number;
  std::string decided_on;
  std::string conduct_on;
  std::string valid_until;
  std::string facts;
  std::string basis;
  std::string organ;
  std::string result;
  std::string formed_on;
  std::string note;
  std::string etag;
  std::string request_id;
  // The listing decision.
  std::string ground;
  std::string list_number;
  std::string list_decided_on;
  std::string list_effective_on;
  std::string list_facts;
  std::string cited_law;
  std::string officer;
  bool repair_notice_served = false;
};

bool Has(v1::PenaltyKind kind, const v1::Penalty& penalty) {
  return std::find(penalty.kinds().begin(), penalty.kinds().end(), kind) != penalty.kinds().end();
}

// Adds a kind unless it is there.
void AddKind(v1::PenaltyKind kind, v1::Penalty& penalty) {
  if (!Has(kind, penalty)) penalty.add_kinds(kind);
}

absl::Status FillPenalty(const PenaltyFlags& flags, v1::Penalty& penalty) {
  for (const std::string& text : flags.kinds) {
    CHENGXIN_ASSIGN_OR_RETURN(const v1::PenaltyKind kind, ParsePenaltyKind(text));
    AddKind(kind, penalty);
  }
  if (!flags.fine.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const int64_t fine, ParseAmount("fine", flags.fine));
    penalty.set_fine_fen(fine);
    AddKind(v1::PENALTY_KIND_FINE, penalty);
  }
  if (!flags.confiscation.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const int64_t amount, ParseAmount("confiscation", flags.confiscation));
    penalty.set_confiscation_fen(amount);
    AddKind(v1::PENALTY_KIND_CONFISCATION, penalty);
  }
  if (!flags.sector_large_fine.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const int64_t amount,
                              ParseAmount("sector-large-fine", flags.sector_large_fine));
    penalty.set_sector_large_fine_fen(amount);
  }
  CHENGXIN_ASSIGN_OR_RETURN(const std::string decided_on, ParseDay("decided-on", flags.decided_on));
  penalty.set_decided_on(decided_on);
  if (!flags.conduct_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::string conduct_on, ParseDay("conduct-on", flags.conduct_on));
    penalty.set_conduct_on(conduct_on);
  }
  if (!flags.valid_until.empty()) {
    const bool ends = Has(v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY, penalty) ||
                      Has(v1::PENALTY_KIND_ORDERED_CLOSURE, penalty);
    if (!ends) {
      return client::FieldError("valid-until",
                                "只用于限期停止活动、责令停产停业 (only with --kind suspension or closure)");
    }
    CHENGXIN_ASSIGN_OR_RETURN(const std::string valid_until, ParseDay("valid-until", flags.valid_until));
    penalty.set_valid_until(valid_until);
  }
  penalty.set_decision_number(flags.decision_number);
  penalty.set_facts(flags.facts);
  penalty.set_basis(flags.basis);
  penalty.set_organ(flags.organ);
  penalty.set_result(flags.result);
  return absl::OkStatus();
}

absl::Status FillDecision(const PenaltyFlags& flags, v1::ListingDecision& decision) {
  CHENGXIN_RETURN_IF_ERROR(CheckCitedLaw(flags.ground, flags.cited_law));
  decision.set_ground(flags.ground);
  decision.set_number(flags.list_number);
  CHENGXIN_ASSIGN_OR_RETURN(
      const std::string decided_on,
      ParseDay("list-decided-on", flags.list_decided_on.empty() ? flags.decided_on : flags.list_decided_on));
  decision.set_decided_on(decided_on);
  if (!flags.list_effective_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::string effective_on,
                              ParseDay("list-effective-on", flags.list_effective_on));
    decision.set_effective_on(effective_on);
  }
  decision.set_facts(flags.list_facts.empty() ? flags.facts : flags.list_facts);
  decision.set_cited_law(flags.cited_law);
  decision.set_repair_notice_served(flags.repair_notice_served);
  return absl::OkStatus();
}

absl::StatusOr<v1::CreateRecordRequest> MakeRequest(const PenaltyFlags& flags) {
  v1::CreateRecordRequest request;
  request.set_organization_code(flags.code);
  request.set_request_id(flags.request_id);
  request.set_organization_etag(flags.etag);
  v1::CreditRecord& record = *request.mutable_record();
  CHENGXIN_RETURN_IF_ERROR(FillPenalty(flags, *record.mutable_penalty()));
  CHENGXIN_ASSIGN_OR_RETURN(
      const std::string formed_on,
      ParseDay("formed-on", flags.formed_on.empty() ? flags.decided_on : flags.formed_on));
  record.set_formed_on(formed_on);
  record.set_internal_note(flags.note);
  record.set_deciding_officer(flags.officer);
  if (!flags.ground.empty())
    CHENGXIN_RETURN_IF_ERROR(FillDecision(flags, *request.mutable_listing_decision()));
  return request;
}

void AddPenaltyFlags(CLI::App& verb, Session& session, PenaltyFlags& flags) {
  const std::string group = "处罚 (the penalty)";
  verb.add_option("CODE", flags.code, "统一社会信用代码 (code)")->required();
  verb.add_option("--kind", flags.kinds,
                  "种类，可重复：warning、fine、confiscation、suspension、closure、revocation、change-"
                  "revoked (kind, repeatable)")
      ->take_all()
      ->group(group);
  verb.add_option("--fine", flags.fine, "罚款，元 (fine in yuan; implies --kind fine)")->group(group);
  verb.add_option("--confiscation", flags.confiscation, "没收违法所得，元 (confiscated, in yuan)")
      ->group(group);
  verb.add_option("--sector-large-fine", flags.sector_large_fine,
                  "行业法定的较大数额罚款标准，元 (the sector's figure)")
      ->group(group);
  verb.add_option("--decision-number", flags.decision_number, "处罚决定书文号 (number)")
      ->required()
      ->group(group);
  verb.add_option("--decided-on", flags.decided_on, "处罚决定日期 (day of the decision)")
      ->required()
      ->group(group);
  verb.add_option("--conduct-on", flags.conduct_on, "违法行为终了之日，缺省同上 (day of the conduct)")
      ->group(group);
  verb.add_option("--valid-until", flags.valid_until, "限期停止活动等的截止日期 (end of a suspension)")
      ->group(group);
  AddLongText(verb, session, "--facts", flags.facts, "处罚事由 (facts)")->required()->group(group);
  AddLongText(verb, session, "--basis", flags.basis, "处罚依据 (legal basis)")->required()->group(group);
  verb.add_option("--organ", flags.organ, "处罚机关 (organ)")->required()->group(group);
  AddLongText(verb, session, "--result", flags.result, "处罚内容 (result)")->required()->group(group);
  verb.add_option("--formed-on", flags.formed_on, "信息形成或收到日期，缺省为决定日期 (formed or received)")
      ->group(group);
  AddLongText(verb, session, "--note", flags.note, "内部备注 (internal note)")->group(group);
  verb.add_option("--etag", flags.etag, "作出决定时所依据的组织etag (the organization's etag decided on)");
  verb.add_option("--request-id", flags.request_id, "重试时使用同一标识 (the same for a repetition)");
}

void AddDecisionFlags(CLI::App& verb, PenaltyFlags& flags) {
  const std::string group = "同时作出的列入决定 (the listing decision made with it)";
  CLI::Option* const ground = verb.add_option("--list", flags.ground, "列入情形，例如SER-04 (ground)");
  ground->group(group);
  const auto add = [&](const char* name, std::string& value, const char* help) {
    return verb.add_option(name, value, help)->needs(ground)->group(group);
  };
  ground->needs(add("--list-number", flags.list_number, "列入决定文号 (number)"));
  ground->needs(add("--officer", flags.officer, "经办人 (deciding officer; kept sealed)"));
  add("--list-decided-on", flags.list_decided_on, "列入决定日期，缺省为处罚决定日期 (day of the decision)");
  add("--list-effective-on", flags.list_effective_on, "生效日期，缺省为决定日期 (effective day)");
  add("--list-facts", flags.list_facts, "认定事实，缺省为处罚事由 (facts found)");
  add("--cited-law", flags.cited_law, "ABN-07、SER-08所引法律或行政法规 (law cited by a residual ground)");
  verb.add_flag("--repair-notice-served", flags.repair_notice_served,
                "已同时送达信用修复告知书 (两书同达; repair notice served)")
      ->needs(ground)
      ->group(group);
}

}  // namespace

void AddPenaltyVerb(CLI::App& record, Session& session) {
  const auto flags = std::make_shared<PenaltyFlags>();
  CLI::App* const penalty = record.add_subcommand(
      "penalty", "记录行政处罚，可同时作出列入决定 (a penalty, with its listing decision)");
  AddPenaltyFlags(*penalty, session, *flags);
  AddDecisionFlags(*penalty, *flags);
  penalty->footer(
      "示例 (example):\n"
      "  chengxin --as civil-affairs:km-wuhua record penalty 51530100MJT000010G --fine 50000 \\\n"
      "    --decision-number 五民罚〔2026〕3号 --decided-on 2026-11-20 --facts 超出业务范围开展活动 \\\n"
      "    --basis 民办非企业单位登记管理暂行条例第二十五条 --organ 昆明市五华区民政局 --result 罚款50000元 "
      "\\\n"
      "    --list SER-04 --list-number 五民列〔2026〕3号 --officer 经办人");
  penalty->callback([&session, flags] {
    session.action = [&session, flags] {
      auto request = MakeRequest(*flags);
      if (!request.ok()) return session.Fail(request.status());
      return CreateAndShow(session, *std::move(request));
    };
  });
}

}  // namespace chengxin::cli
