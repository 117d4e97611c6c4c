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
#include "domain/case_redecision.h"
#include "domain/case_workflow.h"
#include "domain/civil_day.h"
#include "domain/grounds.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/procedure.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

Refusal UnknownGround(const std::string& ground) {
  return {
      .reason = v1::ERROR_REASON_UNKNOWN_GROUND,
      .message = StrCat("“", ground,
                        "”不是两个名单的列入情形，应为ABN-01至ABN-07或SER-01至SER-08 (not a ground of the "
                        "two lists; expected ABN-01 to ABN-07 or SER-01 to SER-08)"),
      .metadata = {{"ground", ground}}};
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
  return RuleOn(ListingDecisionOf(to_list.decision), {.organization = to_list.organization,
                                                      .record = *penalty,
                                                      .records = to_list.records,
                                                      .listings = to_list.listings,
                                                      .catalogue = to_list.catalogue,
                                                      .field = "decision"});
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
  if (const v1::Case* again = FindRedecision(to_list.cases, *abnormal)) {
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
  if (auto refusal = RefuseEnded(to_list.organization, /*decides_revocation=*/false)) return refusal;
  if (auto refusal = RefuseWithoutLaw(row, ListingDecisionOf(to_list.decision), "decision")) return refusal;
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
  ListingRuling ruling;
  ruling.ground = DecidedOn(row, ListingDecisionOf(to_list.decision), to_list.the_case.record(),
                            DayAt(to_list.the_case.conduct_on()), to_list.organization, to_list.catalogue);
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
