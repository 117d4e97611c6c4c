// Service, notice and hearing (送达、告知、陈述申辩) and the days that follow from them: rules 20 to 22, 64.
// Private to domain.
#ifndef CHENGXIN_DOMAIN_CASE_NOTICE_H_
#define CHENGXIN_DOMAIN_CASE_NOTICE_H_

#include <optional>
#include <vector>

#include "chengxin/v1/case.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"
#include "domain/refusal.h"

namespace chengxin::domain {

// The day from which a document counts as served.
struct EffectiveService {
  CivilDay day;
  // The announcement ends in a year whose calendar is not loaded: `day` is nominal.
  bool provisional = false;
};

// The day of service; for an announcement the day after its full period (rule 22). What was computed when
// the service was recorded stands, unless it was provisional.
EffectiveService EffectiveOf(const v1::Service& service, const CompiledCatalogue& catalogue);

// Sets what is output only, from the day of service on.
void CompleteService(const CompiledCatalogue& catalogue, v1::Service& service);
void CompleteNotice(const CompiledCatalogue& catalogue, v1::CaseNotice& notice);

// The last day of the statement period; nothing while a year it runs through is not loaded.
std::optional<CivilDay> StatementPeriodEnd(const v1::CaseNotice& notice, const CompiledCatalogue& catalogue);

// What the organization stated or waived on the notice, in the order in which it was recorded.
std::vector<const v1::CaseStatement*> StatementsOf(const v1::Case& the_case);

// The waiver by which the organization is heard before the period ends, or null. A statement received in time
// after it takes it back: who speaks has not renounced speaking. Of one day the later recorded came later. Of
// several that stand the first.
const v1::CaseStatement* FindStandingWaiver(const v1::Case& the_case);

// Why a decision of that day may not go against the organization yet:
//   NOTICE_REQUIRED          no notice was served (rule 20)
//   ANNOUNCEMENT_RUNS        it has not taken effect as service (rule 22)
//   CALENDAR_NOT_LOADED      the statement period waits (rule 64)
//   STATEMENT_PERIOD_RUNS    not elapsed by that day and no waiver from before it stands (rule 20)
std::optional<Refusal> RefuseUnheard(const v1::Case& the_case, CivilDay decided_on,
                                     const CompiledCatalogue& catalogue);

// STATEMENT_NOT_ANSWERED where any statement came in time, the first or a further one, and the decision has
// no answer (rule 21).
std::optional<Refusal> RefuseUnanswered(const v1::Case& the_case, const v1::CaseDecision& decision);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_NOTICE_H_
