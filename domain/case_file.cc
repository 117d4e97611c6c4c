#include "domain/case_file.h"

#include <utility>

#include "domain/deciders.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

void MoveCase(v1::CaseMove move, const CaseContext& context, v1::Case& the_case) {
  if (the_case.has_proposed_decision()) {
    the_case.clear_proposed_decision();
    the_case.clear_proposer();
    the_case.clear_deciding_officer();
  }
  the_case.set_state(move.state());
  the_case.set_organization_code(context.organization.code());
  the_case.set_organization_display_name(context.organization.display_name());
  SetTimestamp(context.stamp, *the_case.mutable_update_time());
  the_case.set_revision(context.revision);
  the_case.set_etag(EtagOf(context.revision));
  the_case.set_catalogue_version(context.catalogue.version());

  const v1::Principal& actor = context.actor;
  move.set_role(actor.role());
  move.set_by(actor.authority().empty() ? actor.unit() : actor.authority());
  SetTimestamp(context.stamp, *move.mutable_stamp());
  *the_case.add_moves() = std::move(move);
}

void DecideByFiling(const v1::ListingGround& ground, std::string_view listing, std::string_view officer,
                    const CaseContext& context, v1::Case& the_case) {
  const v1::ListingDecision& filed = ground.decision();
  v1::CaseDecision& decision = *the_case.mutable_decision();
  decision.set_finding(v1::CASE_FINDING_LISTED);
  decision.set_number(filed.number());
  decision.set_decided_on(filed.decided_on());
  decision.set_ground(filed.ground());
  decision.set_effective_on(filed.effective_on());
  decision.set_facts(filed.facts());
  decision.set_basis(ground.legal_basis());
  decision.set_cited_law(filed.cited_law());
  decision.set_repair_notice_served(filed.repair_notice_served());
  decision.set_remedies(filed.remedies());
  the_case.set_result_listing(std::string(listing));
  v1::CaseMove move;
  move.set_verb(v1::CASE_VERB_DECIDE);
  move.set_state(v1::CASE_STATE_DECIDED);
  MoveCase(std::move(move), context, the_case);
  the_case.set_deciding_officer(std::string(officer));
}

void LeaveHearingBehind(v1::Case& the_case) {
  the_case.clear_notice();
  the_case.clear_statement();
  the_case.clear_further_statements();
  the_case.clear_internal_note();
}

const std::string& EarliestMoveDay(const v1::Case& the_case) {
  return the_case.origin() == v1::CASE_ORIGIN_PURCHASER_REPORT ? the_case.received_on()
                                                               : the_case.conduct_on();
}

log::v1::Event EventOf(v1::Case the_case) {
  log::v1::Event event;
  *event.mutable_case_() = std::move(the_case);
  return event;
}

}  // namespace chengxin::domain
