// Awards, their renewals and their end: rules 41, 44, 49, 51, 54, 59; policy sections 四, 六, 七.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/award_closing.h"
#include "domain/award_receipts.h"
#include "domain/award_standing.h"
#include "domain/award_terms.h"
#include "domain/civil_day.h"
#include "domain/consortium.h"
#include "domain/deciders.h"
#include "domain/procedure.h"
#include "domain/query_context.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"
#include "domain/view_knowledge.h"

namespace chengxin::domain {

namespace {

constexpr int kMaximumContractors = 100;
// 凭单制: 购买主体依法选择不少于3家承接主体 (policy section 四).
constexpr int kMinimumVoucherContractors = 3;

bool IsPurchaser(const v1::Principal& principal) {
  return principal.role() == v1::ROLE_PURCHASER && !principal.unit().empty();
}

void CheckContractors(const v1::Award& award, const FieldChecks& checks) {
  int least = 1, most = kMaximumContractors;
  if (award.mode() == v1::AWARD_MODE_VOUCHER) least = kMinimumVoucherContractors;
  if (award.mode() == v1::AWARD_MODE_SINGLE) {
    least = award.consortium() ? static_cast<int>(kMinimumMembers) : 1;
    most = award.consortium() ? static_cast<int>(kMaximumMembers) : 1;
  }
  const int given = award.contractor_codes_size();
  if (given < least || given > most) {
    checks.Add("contractor_codes", StrCat("有", given, "家，应为", least, "至", most, "家 (", given,
                                          "; expected ", least, " to ", most, ")"));
    return;
  }
  for (int i = 0; i < given; ++i) {
    const UsccInspection inspection = Uscc::Inspect(award.contractor_codes(i));
    if (!inspection.code.has_value()) checks.Add(StrCat("contractor_codes[", i, "]"), inspection.Describe());
  }
}

void CheckAward(const v1::Award& award, const FieldChecks& checks) {
  checks.RequiredText("project", award.project(), kMaximumProjectCharacters);
  checks.RequiredText("title", award.title(), kMaximumUnitLength);
  checks.RequiredText("contract", award.contract(), kMaximumNumberLength);
  if (checks.RequiredEnum("mode", award.mode(), v1::AwardMode_IsValid)) {
    checks.Check(!award.consortium() || award.mode() == v1::AWARD_MODE_SINGLE, "consortium",
                 "凭单制的承接主体各自承接，不是联合体 (contractors paid by voucher are no consortium)");
    CheckContractors(award, checks);
  }
  if (checks.Check(award.has_cut_off(), "cut_off", "必填 (required)")) {
    CheckInstant("cut_off", award.cut_off(), checks);
  }
  if (checks.Check(award.terms_size() == 1, "terms", "应有且只有一个期限 (expected exactly one term)")) {
    CheckFirstTerm(award.terms(0), checks.Under("terms[0]"));
  }
}

// One contract is awarded once: closing it twice would make its evaluation count twice.
absl::StatusOr<std::optional<Refusal>> RefuseSecondAward(const v1::Award& award, const View& view) {
  for (const std::string& code : award.contractor_codes()) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Award> active, view.ListActiveAwards(code));
    for (const v1::Award& other : active) {
      if (other.purchaser() != award.purchaser() || other.contract() != award.contract()) continue;
      return std::optional(Refusal{.reason = v1::ERROR_REASON_CONTRACT_TERM,
                                   .message = StrCat("合同", award.contract(), "已有", other.name(),
                                                     "在履行 (this contract already has an active award)"),
                                   .metadata = {{"field", "contract"}, {"award", other.name()}}});
    }
  }
  return std::optional<Refusal>();
}

// Nothing is evaluated before it was awarded.
absl::Status CheckEvaluatedSince(const v1::Award& award, const v1::CloseAwardRequest& request) {
  const CivilDay awarded_on = DayOf(TimeOf(award.create_time()));
  FieldViolations violations;
  for (int i = 0; i < request.evaluations_size(); ++i) {
    const auto evaluated_on = CivilDay::Parse(request.evaluations(i).evaluated_on());
    if (evaluated_on.ok() && *evaluated_on >= awarded_on) continue;
    violations.Add(StrCat("evaluations[", i, "].evaluated_on"),
                   StrCat("早于承接主体确定之日", awarded_on.ToString(), " (before the award)"));
  }
  return violations.ToStatus();
}

// The first codes of the contractors, all different (rule 49; 政府采购法实施条例 art 22).
absl::Status NormalizeContractors(const View& view, v1::Award& award) {
  FieldViolations violations;
  std::vector<std::string> codes;
  for (int i = 0; i < award.contractor_codes_size(); ++i) {
    CHENGXIN_ASSIGN_OR_RETURN(std::string code, FirstCodeOrSelf(award.contractor_codes(i), view));
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) {
      violations.Add(StrCat("award.contractor_codes[", i, "]"),
                     "同一组织重复出现 (the same organization stands twice)");
    }
    codes.push_back(std::move(code));
  }
  if (!violations.empty()) {
    return RefuseFields(
        {.reason = v1::ERROR_REASON_DUPLICATE_MEMBER,
         .message = "同一合同项下不得重复出现同一组织（政府采购法实施条例第二十二条） (the same "
                    "organization stands twice in one contract)",
         .metadata = {}},
        violations);
  }
  award.clear_contractor_codes();
  for (std::string& code : codes) award.add_contractor_codes(std::move(code));
  return absl::OkStatus();
}

// The resource behind what the receipt did not know of.
std::string CauseOf(const v1::Eligibility& now, const v1::Eligibility& receipt) {
  for (const v1::Finding& finding : now.findings()) {
    const auto& known = receipt.reasons();
    if (std::find(now.reasons().begin(), now.reasons().end(), finding.reason()) == now.reasons().end())
      continue;
    if (std::find(known.begin(), known.end(), finding.reason()) == known.end()) return finding.reference();
  }
  return {};
}

// Notes how the contractors stand as the term begins. Rule 44 does not end with the receipt: what is known
// now to have been in force at `barred_at` forbids the award though the receipt could not know it (rule 43).
// What is newer becomes an alert (rule 59).
absl::StatusOr<std::optional<Refusal>> NoteStanding(const ReceiptRuling& ruling, absl::Time barred_at,
                                                    const CommandContext& context, const View& view,
                                                    v1::Award& award) {
  CHENGXIN_ASSIGN_OR_RETURN(const auto knowledge, KnowledgeOf(view, context.revision - 1));
  const auto& kinds = ruling.receipt.context().required_qualifications();
  const std::vector<std::string> qualifications(kinds.begin(), kinds.end());
  Question question{.effective_at = barred_at, .full = true, .required_qualifications = qualifications};
  award.clear_verdicts();
  for (int i = 0; i < award.contractor_codes_size(); ++i) {
    const std::string& code = award.contractor_codes(i);
    question.effective_at = barred_at;
    CHENGXIN_ASSIGN_OR_RETURN(const v1::Eligibility then,
                              EvaluateContractor(code, view, *knowledge, question));
    if (then.verdict() == v1::VERDICT_INELIGIBLE) {
      return std::optional(ForbidAward(
          then.verdict(), code, "现在已知在截止时点不得选择 (known now to have been barred at the cut-off)"));
    }
    question.effective_at = context.stamp;
    CHENGXIN_ASSIGN_OR_RETURN(const v1::Eligibility now,
                              EvaluateContractor(code, view, *knowledge, question));
    award.add_verdicts(now.verdict());
    const v1::Eligibility& certified = ruling.answers[static_cast<size_t>(i)];
    if (StandingDiffers(certified, now)) {
      AddAlert(code, certified.verdict(), now, CauseOf(now, certified), context, award);
    }
  }
  return std::optional<Refusal>();
}

// Nobody else learns that it exists.
absl::StatusOr<v1::Award> FindOwnAward(const std::string& name, const v1::Principal& principal,
                                       const View& view) {
  std::optional<v1::Award> award;
  if (const std::optional<RecordId> id = ParseAwardName(name); id.has_value()) {
    CHENGXIN_ASSIGN_OR_RETURN(award, view.FindAward(*id));
  }
  if (!award.has_value() || award->purchaser() != principal.unit()) {
    return absl::NotFoundError(StrCat(name, "：没有此合同记录 (no such award)"));
  }
  return *std::move(award);
}

// What an award must be to be changed: as last seen, and active.
std::optional<Refusal> RefuseChange(const v1::Award& award, std::string_view etag, std::string_view article) {
  if (auto refusal = RefuseStale(etag, award.etag())) return refusal;
  if (award.state() == v1::AWARD_STATE_ACTIVE) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_MOVE_NOT_OPEN,
                 .message = "该合同已结项，不能再续签或者结项 (the award is closed)",
                 .metadata = {{"state", v1::AwardState_Name(award.state())},
                              {"open_moves", ""},
                              {"article", std::string(article)}}};
}

void CheckAwardName(const std::string& name, const FieldChecks& checks) {
  checks.Check(ParseAwardName(name).has_value(), "name", "应为\"awards/{id}\" (expected \"awards/{id}\")");
}

absl::Duration WindowOf(const View& view) {
  return absl::Hours(24) * ProcedureOf(*view.catalogue()).receipt_window_days();
}

Decision Changed(v1::Award award, const CommandContext& context) {
  TouchAward(context, award);
  Decision decision;
  *decision.events.emplace_back().mutable_award() = std::move(award);
  return decision;
}

}  // namespace

void CheckCommand(const v1::CreateAwardRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckAward(request.award(), checks.Under("award"));
}

absl::StatusOr<Decision> DecideCommand(const v1::CreateAwardRequest& request, const CommandContext& context,
                                       const View& view) {
  if (!IsPurchaser(context.principal)) return Refuse(RoleNotAllowed(context.principal.role()));
  const v1::Award& given = request.award();
  v1::Award award;
  award.set_name(AwardNameOf({.revision = context.revision, .ordinal = 1}));
  award.set_purchaser(context.principal.unit());
  award.set_project(given.project());
  award.set_title(given.title());
  award.set_mode(given.mode());
  *award.mutable_contractor_codes() = given.contractor_codes();
  award.set_consortium(given.consortium());
  *award.mutable_cut_off() = given.cut_off();
  award.set_contract(given.contract());
  *award.mutable_terms() = given.terms();
  award.set_renewable(given.renewable());
  award.set_state(v1::AWARD_STATE_ACTIVE);
  SetTimestamp(context.stamp, *award.mutable_create_time());
  CHENGXIN_RETURN_IF_ERROR(NormalizeContractors(view, award));
  if (std::optional<Refusal> refusal = RefuseTerm(award.terms(0))) return Refuse(*std::move(refusal));
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<Refusal> second, RefuseSecondAward(award, view));
  if (second.has_value()) return Refuse(*std::move(second));
  const absl::Time cut_off = TimeOf(award.cut_off());
  CHENGXIN_ASSIGN_OR_RETURN(const ReceiptRuling ruling, RuleOnReceipt(award.terms(0),
                                                                      {.award = award,
                                                                       .purpose = v1::QUERY_PURPOSE_AWARD,
                                                                       .cut_off = cut_off,
                                                                       .from = cut_off - WindowOf(view),
                                                                       .until = cut_off},
                                                                      view));
  if (ruling.refusal.has_value()) return Refuse(*ruling.refusal);
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<Refusal> refusal,
                            NoteStanding(ruling, std::min(cut_off, context.stamp), context, view, award));
  if (refusal.has_value()) return Refuse(*std::move(refusal));
  return Changed(std::move(award), context);
}

void CheckCommand(const v1::RenewAwardRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckAwardName(request.name(), checks);
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
  if (checks.Check(request.has_term(), "term", "必填 (required)")) {
    CheckRenewalTerm(request.term(), checks.Under("term"));
  }
}

absl::StatusOr<Decision> DecideCommand(const v1::RenewAwardRequest& request, const CommandContext& context,
                                       const View& view) {
  if (!IsPurchaser(context.principal)) return Refuse(RoleNotAllowed(context.principal.role()));
  CHENGXIN_ASSIGN_OR_RETURN(v1::Award award, FindOwnAward(request.name(), context.principal, view));
  if (auto refusal = RefuseChange(award, request.etag(), "实施办法四")) return Refuse(*std::move(refusal));
  if (auto refusal = RefuseRenewal(award, request.term())) return Refuse(*std::move(refusal));
  // A renewal is a selection anew: its receipt is certified within the window before it begins.
  const absl::Time start = StartOfDay(DayAt(request.term().starts_on()));
  CHENGXIN_ASSIGN_OR_RETURN(const ReceiptRuling ruling, RuleOnReceipt(request.term(),
                                                                      {.award = award,
                                                                       .purpose = v1::QUERY_PURPOSE_RENEWAL,
                                                                       .cut_off = std::nullopt,
                                                                       .from = start - WindowOf(view),
                                                                       .until = start},
                                                                      view));
  if (ruling.refusal.has_value()) return Refuse(*ruling.refusal);
  const absl::Time asked_for = TimeOf(ruling.receipt.context().cut_off());
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<Refusal> refusal,
      NoteStanding(ruling, std::min({start, asked_for, context.stamp}), context, view, award));
  if (refusal.has_value()) return Refuse(*std::move(refusal));
  *award.add_terms() = request.term();
  return Changed(std::move(award), context);
}

void CheckCommand(const v1::CloseAwardRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckAwardName(request.name(), checks);
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
  checks.OptionalText("closing_reason", request.closing_reason(), kMaximumResultLength);
  const int given = request.evaluations_size();
  if (!checks.InRange("evaluations", given, 1, kMaximumContractors)) return;
  for (int i = 0; i < given; ++i) {
    CheckEvaluation(request.evaluations(i), checks.Under(StrCat("evaluations[", i, "]")));
  }
}

absl::StatusOr<Decision> DecideCommand(const v1::CloseAwardRequest& request, const CommandContext& context,
                                       const View& view) {
  if (!IsPurchaser(context.principal)) return Refuse(RoleNotAllowed(context.principal.role()));
  CHENGXIN_ASSIGN_OR_RETURN(v1::Award award, FindOwnAward(request.name(), context.principal, view));
  if (auto refusal = RefuseChange(award, request.etag(), "实施办法六")) return Refuse(*std::move(refusal));
  CHENGXIN_RETURN_IF_ERROR(CheckEvaluatedSince(award, request));
  return CloseAward(request, std::move(award), context, view);
}

}  // namespace chengxin::domain
