#include "domain/case_desk.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/case_workflow.h"
#include "domain/deciders.h"
#include "domain/entrustment.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

namespace {

absl::Status NoSuchCase(std::string_view name) {
  return absl::NotFoundError(
      StrCat("没有案件", name, "，或者不属于您 (no such case, or none of yours): ", name));
}

bool IsParty(const v1::Principal& principal, const v1::Case& the_case) {
  if (principal.role() == v1::ROLE_CIVIL_AFFAIRS) {
    return !principal.authority().empty() && principal.authority() == the_case.authority();
  }
  if (principal.role() == v1::ROLE_AGENCY) return IsReportOf(principal, the_case);
  return principal.role() == v1::ROLE_PURCHASER && !principal.unit().empty() &&
         principal.unit() == the_case.reporter();
}

Refusal NotOpen(v1::CaseVerb verb, const v1::Case& the_case, v1::Role role) {
  const std::vector<v1::CaseVerb> open = OpenMoves(the_case, role);
  const auto words = [](std::string* out, v1::CaseVerb move) { out->append(WordOf(move)); };
  const auto names = [](std::string* out, v1::CaseVerb move) { out->append(v1::CaseVerb_Name(move)); };
  const std::string now = open.empty() ? "无 (none)" : absl::StrJoin(open, "、", words);
  const bool heard_enough =
      verb == v1::CASE_VERB_RECORD_STATEMENT && IsOpen(the_case) && IsHeardEnough(the_case);
  const std::string state = heard_enough ? StrCat("已另有", kMaximumFurtherStatements, "次陈述申辩")
                                         : std::string(WordOf(the_case.state()));
  return {.reason = v1::ERROR_REASON_MOVE_NOT_OPEN,
          .message =
              StrCat("案件", state, "，不能", WordOf(verb), "；现在可以：", now, " (",
                     v1::CaseVerb_Name(verb), " is not open in ", v1::CaseState_Name(the_case.state()), ")"),
          .metadata = {{"state", v1::CaseState_Name(the_case.state())},
                       {"open_moves", absl::StrJoin(open, ",", names)},
                       {"article", std::string(ArticleOf(verb))}}};
}

// What only the authority where the organization is registered may do.
bool IsForRegisteringAuthority(v1::CaseVerb verb) {
  return verb == v1::CASE_VERB_DISMISS || verb == v1::CASE_VERB_SERVE_NOTICE ||
         verb == v1::CASE_VERB_RECORD_STATEMENT || verb == v1::CASE_VERB_DECIDE ||
         verb == v1::CASE_VERB_CONFIRM || verb == v1::CASE_VERB_TRANSFER;
}

// Nobody judges what he reported himself. What the platform opened was reported by nobody.
std::optional<Refusal> RefuseReporter(v1::CaseVerb verb, const v1::Case& the_case,
                                      const v1::Principal& principal) {
  if (verb != v1::CASE_VERB_DECIDE && verb != v1::CASE_VERB_CONFIRM) return std::nullopt;
  if (the_case.opener().empty() || the_case.opener() != principal.subject()) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_REPORTER_DECIDES,
                 .message =
                     "本案由您立案或者提交，应当由其他经办人决定 (you opened this case or handed it "
                     "in: another officer decides it)",
                 .metadata = {{"case", the_case.name()}}};
}

Refusal RegisteredElsewhere(const v1::Organization& organization) {
  return {.reason = v1::ERROR_REASON_REGISTERED_ELSEWHERE,
          .message = StrCat("该社会组织由", organization.registration_authority(),
                            "登记，本机关应当转送，不得决定 (registered elsewhere: forward the case)"),
          .metadata = {{"registration_authority", organization.registration_authority()}}};
}

// Whose award it is, where it is one, is not told.
Refusal NoEntrustedAward() {
  return {.reason = v1::ERROR_REASON_NOT_ENTRUSTED,
          .message =
              "采购代理机构只能就受委托项目在本平台登记的合同通报，并应写明该合同 (an agency reports on "
              "an award kept here, of a project that it is entrusted with)",
          .metadata = {{"purchaser", ""}, {"project", ""}}};
}

Refusal NoUnit(const std::string& unit) {
  return {.reason = v1::ERROR_REASON_NOT_OWN_CONTRACT,
          .message = "没有购买主体，不能通报 (no purchasing unit to report for)",
          .metadata = {{"unit", unit}}};
}

absl::StatusOr<v1::Organization> OrganizationOf(const v1::Case& the_case, const View& view) {
  const std::string_view code = ParseOrganizationName(the_case.organization()).value_or("");
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization, view.FindOrganization(code));
  if (!organization.has_value()) {
    return absl::DataLossError(StrCat(the_case.name(), ": no ", the_case.organization()));
  }
  return *std::move(organization);
}

}  // namespace

absl::StatusOr<Reporter> FindReporter(const v1::Principal& principal, std::string_view award,
                                      const View& view) {
  if (principal.role() == v1::ROLE_AGENCY) {
    std::optional<v1::Award> found;
    if (const std::optional<RecordId> id = ParseAwardName(award); id.has_value()) {
      CHENGXIN_ASSIGN_OR_RETURN(found, view.FindAward(*id));
    }
    if (found.has_value() && !RefuseUnentrusted(principal, found->purchaser(), found->project())) {
      return Reporter{.refusal = std::nullopt, .unit = found->purchaser()};
    }
    return Reporter{.refusal = NoEntrustedAward(), .unit = {}};
  }
  if (!ParsePurchaserName(principal.unit()).has_value()) {
    return Reporter{.refusal = NoUnit(principal.unit()), .unit = {}};
  }
  return Reporter{.refusal = std::nullopt, .unit = principal.unit()};
}

absl::StatusOr<std::optional<v1::Case>> FindOpenCase(std::string_view name, const View& view) {
  const std::optional<RecordId> id = ParseCaseName(name);
  if (!id.has_value()) return std::optional<v1::Case>();
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Case> found, view.FindCase(*id));
  if (found.has_value() && !IsOpen(*found)) found.reset();
  return found;
}

absl::StatusOr<CaseInHand> TakeInHand(v1::CaseVerb verb, std::string_view name, std::string_view etag,
                                      const CommandContext& context, const View& view) {
  const v1::Role role = context.principal.role();
  CaseInHand hand;
  if (!MayEver(verb, role)) {
    hand.refusal = RoleNotAllowed(role);
    return hand;
  }
  const std::optional<RecordId> id = ParseCaseName(name);
  if (!id.has_value()) return NoSuchCase(name);
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Case> found, view.FindCase(*id));
  if (!found.has_value() || !IsParty(context.principal, *found)) return NoSuchCase(name);
  hand.the_case = *std::move(found);
  // The version first: of two officers at once, the second learns that he looked at an old one.
  hand.refusal = RefuseStale(etag, hand.the_case.etag());
  if (hand.refusal.has_value()) return hand;
  const WorkflowRow* row = FindMove(hand.the_case, verb, role);
  if (row == nullptr) {
    hand.refusal = NotOpen(verb, hand.the_case, role);
    return hand;
  }
  hand.next = row->next;
  hand.catalogue = view.catalogue();
  CHENGXIN_ASSIGN_OR_RETURN(hand.organization, OrganizationOf(hand.the_case, view));
  if (IsForRegisteringAuthority(verb) &&
      hand.organization.registration_authority() != hand.the_case.authority()) {
    hand.refusal = RegisteredElsewhere(hand.organization);
    return hand;
  }
  hand.refusal = RefuseReporter(verb, hand.the_case, context.principal);
  return hand;
}

log::v1::Event Moved(v1::CaseVerb verb, CaseInHand hand, const CommandContext& context,
                     std::string_view reason, std::string_view to_authority) {
  v1::CaseMove move;
  move.set_verb(verb);
  move.set_state(hand.next);
  move.set_reason(std::string(reason));
  move.set_to_authority(std::string(to_authority));
  MoveCase(std::move(move),
           {.catalogue = *hand.catalogue,
            .organization = hand.organization,
            .actor = context.principal,
            .revision = context.revision,
            .stamp = context.stamp},
           hand.the_case);
  return EventOf(std::move(hand.the_case));
}

}  // namespace chengxin::domain
