#include "domain/case_listing.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/case_file.h"
#include "domain/case_notice.h"
#include "domain/case_workflow.h"
#include "domain/civil_day.h"
#include "domain/grounds.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/procedure.h"

namespace chengxin::domain {

namespace {

// Days were judged when the request was validated.
CivilDay DayAt(std::string_view text) { return CivilDay::Parse(text).value_or(CivilDay()); }

ListingRuling Refused(Refusal refusal) {
  ListingRuling ruling;
  ruling.refusal = std::move(refusal);
  return ruling;
}

Refusal UnknownGround(const std::string& ground) {
  return {
      .reason = v1::ERROR_REASON_UNKNOWN_GROUND,
      .message = StrCat("“", ground,
                        "”不是两个名单的列入情形，应为ABN-01至ABN-07或SER-01至SER-08 (not a ground of the "
                        "two lists; expected ABN-01 to ABN-07 or SER-01 to SER-08)"),
      .metadata = {{"ground", ground}}};
}

std::optional<Refusal> RefuseEnded(const v1::Organization& organization) {
  const v1::RegistrationStatus status = organization.status();
  if (status != v1::REGISTRATION_STATUS_CANCELLED && status != v1::REGISTRATION_STATUS_REGISTRATION_REVOKED &&
      status != v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED) {
    return std::nullopt;
  }
  return Refusal{
      .reason = v1::ERROR_REASON_ORGANIZATION_ENDED,
      .message = StrCat("该社会组织自", organization.status_since(),
                        "起已注销或被撤销、吊销，不能再列入 (cancelled or revoked; it can no longer be "
                        "listed)"),
      .metadata = {{"status", v1::RegistrationStatus_Name(status)}}};
}

v1::ListingDecision ListingDecisionOf(const v1::CaseDecision& decision) {
  v1::ListingDecision listing;
  listing.set_number(decision.number());
  listing.set_ground(decision.ground());
  listing.set_decided_on(decision.decided_on());
  listing.set_effective_on(decision.effective_on());
  listing.set_facts(decision.facts());
  listing.set_cited_law(decision.cited_law());
  listing.set_repair_notice_served(decision.repair_notice_served());
  return listing;
}

// The case's penalty while it supports anything, or null.
const v1::CreditRecord* FindPenalty(const CaseToList& to_list) {
  const auto found =
      std::find_if(to_list.records.begin(), to_list.records.end(), [&](const v1::CreditRecord& record) {
        return record.name() == to_list.the_case.record() && record.has_penalty() && !SupportsNothing(record);
      });
  return found == to_list.records.end() ? nullptr : &*found;
}

// The entry in force that rests on the record first of all, or null.
const v1::Listing* FindRestingOn(const std::string& record, const std::vector<v1::Listing>& listings) {
  const auto found = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& listing) {
    return listing.state() == v1::LISTING_STATE_LISTED &&
           std::any_of(
               listing.grounds().begin(), listing.grounds().end(),
               [&](const v1::ListingGround& ground) { return Holds(ground) && ground.record() == record; });
  });
  return found == listings.end() ? nullptr : &*found;
}

absl::StatusOr<ListingRuling> RuleOnPenalty(const CaseToList& to_list) {
  const v1::CreditRecord* penalty = FindPenalty(to_list);
  if (penalty == nullptr) {
    return Refused(
        {.reason = v1::ERROR_REASON_GROUND_MISMATCH,
         .message = StrCat(to_list.decision.ground(),
                           "须以行政处罚为依据，本案没有有效的处罚记录 (this ground rests on a penalty, and "
                           "the case has none that stands)"),
         .metadata = {{"expected", ""}, {"article", std::string(ArticleOf(v1::CASE_VERB_DECIDE))}}});
  }
  if (const v1::Listing* listed = FindRestingOn(penalty->name(), to_list.listings)) {
    return Refused({.reason = v1::ERROR_REASON_CONFLICTING_RECORD,
                    .message = StrCat(listed->name(), "已以该处罚为依据列入 (rests on this penalty already)"),
                    .metadata = {{"record", penalty->name()}}});
  }
  CHENGXIN_ASSIGN_OR_RETURN(ListingRuling ruling,
                            RuleOn(ListingDecisionOf(to_list.decision), {.organization = to_list.organization,
                                                                         .record = *penalty,
                                                                         .records = to_list.records,
                                                                         .listings = to_list.listings,
                                                                         .catalogue = to_list.catalogue}));
  if (!ruling.refusal.has_value()) return ruling;
  // The same fields lie under another path here.
  constexpr std::string_view kListingDecision = "listing_";
  if (const auto field = ruling.refusal->metadata.find("field"); field != ruling.refusal->metadata.end()) {
    field->second.erase(0, kListingDecision.size());
  }
  return ruling;
}

// Rule 26: from the abnormal list, once two years are full.
std::optional<Refusal> RefuseEscalation(const CaseToList& to_list) {
  const v1::Listing* abnormal = FindInForce(to_list.listings, v1::LIST_KIND_ABNORMAL);
  const std::string& listing = to_list.the_case.listing();
  if (abnormal == nullptr || (!listing.empty() && abnormal->name() != listing)) {
    return Refusal{.reason = v1::ERROR_REASON_ITEM_ENDED,
                   .message = "该社会组织已不在活动异常名录 (no longer on the abnormal list)",
                   .metadata = {{"listing", listing}}};
  }
  const auto again = std::find_if(to_list.cases.begin(), to_list.cases.end(), [&](const v1::Case& one) {
    return IsOpen(one) && one.origin() == v1::CASE_ORIGIN_REDECISION && one.listing() == abnormal->name();
  });
  if (again != to_list.cases.end()) {
    return Refusal{.reason = v1::ERROR_REASON_MOVE_NOT_OPEN,
                   .message = StrCat(again->name(),
                                     "正在重新认定该项列入，办结后再移入 (the entry is being decided again: "
                                     "decide that case first)"),
                   .metadata = {{"case", again->name()},
                                {"state", v1::CaseState_Name(again->state())},
                                {"article", std::string(ArticleOf(v1::CASE_VERB_DECIDE))}}};
  }
  if (HasElapsed(to_list.catalogue, DayAt(abnormal->escalation_on()), DayAt(to_list.decision.decided_on()))) {
    return std::nullopt;
  }
  return Refusal{.reason = v1::ERROR_REASON_ESCALATION_EARLY,
                 .message = StrCat("列入活动异常名录至", abnormal->escalation_on(),
                                   "满2年，届满当日及此前不得移入 (two years are full at the end of ",
                                   abnormal->escalation_on(), ")"),
                 .metadata = {{"escalation_on", abnormal->escalation_on()}}};
}

// What speaks against listing on a ground that no penalty meets.
std::optional<Refusal> RefuseNoticed(const v1::Ground& row, const CaseToList& to_list) {
  if (auto refusal = RefuseEnded(to_list.organization)) return refusal;
  if (row.residual() && to_list.decision.cited_law().empty()) {
    return Refusal{.reason = v1::ERROR_REASON_RESIDUAL_GROUND_WITHOUT_LAW,
                   .message = StrCat(row.id(),
                                     "须引用规定应当列入的法律、行政法规 (this ground needs the law or "
                                     "administrative regulation that demands it)"),
                   .metadata = {{"field", "decision.cited_law"}}};
  }
  const v1::Case& the_case = to_list.the_case;
  if (the_case.has_notice() && the_case.notice().ground() != row.id()) {
    return Refusal{.reason = v1::ERROR_REASON_GROUND_NOT_NOTICED,
                   .message = StrCat("告知的列入情形是“", the_case.notice().ground(), "”，不是", row.id(),
                                     "，应重新告知 (the notice named another ground: serve a fresh one)"),
                   .metadata = {{"noticed", the_case.notice().ground()}}};
  }
  if (auto refusal = RefuseUnheard(the_case, DayAt(to_list.decision.decided_on()), to_list.catalogue)) {
    return refusal;
  }
  const bool escalates = row.id() == ProcedureOf(to_list.catalogue).escalation_ground();
  return escalates ? RefuseEscalation(to_list) : std::nullopt;
}

ListingRuling RuleOnNotice(const v1::Ground& row, const CaseToList& to_list) {
  if (auto refusal = RefuseNoticed(row, to_list)) return Refused(*std::move(refusal));
  const v1::CaseDecision& decision = to_list.decision;
  const CivilDay effective_on =
      DayAt(decision.effective_on().empty() ? decision.decided_on() : decision.effective_on());
  ListingRuling ruling;
  ruling.ground.row = &row;
  ruling.ground.decision = ListingDecisionOf(decision);
  ruling.ground.decision.set_effective_on(effective_on.ToString());
  ruling.ground.decision.set_authority(to_list.organization.registration_authority());
  ruling.ground.decision.set_remedies(to_list.catalogue.message().remedies_zh());
  ruling.ground.record = to_list.the_case.record();
  ruling.ground.conduct_on = DayAt(to_list.the_case.conduct_on());
  ruling.ground.effective_on = effective_on;
  return ruling;
}

}  // namespace

absl::StatusOr<ListingRuling> RuleOnCase(const CaseToList& to_list) {
  const v1::CreditRecord* penalty = FindPenalty(to_list);
  const CivilDay conduct_on =
      penalty == nullptr ? DayAt(to_list.the_case.conduct_on()) : ConductDayOf(penalty->penalty());
  const v1::Ground* row = to_list.catalogue.FindGround(to_list.decision.ground(), conduct_on);
  if (row == nullptr || row->origin() != v1::GROUND_ORIGIN_LISTING) {
    return Refused(UnknownGround(to_list.decision.ground()));
  }
  if (!row->has_penalty()) return RuleOnNotice(*row, to_list);
  return RuleOnPenalty(to_list);
}

}  // namespace chengxin::domain
