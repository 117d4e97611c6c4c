// Service, notice and hearing (送达、告知、陈述申辩) and the days that follow from them: rules 20 to 22, 64.
// Private to domain.
#ifndef CHENGXIN_DOMAIN_CASE_NOTICE_H_
#define CHENGXIN_DOMAIN_CASE_NOTICE_H_

#include <optional>

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

// Why a decision of that day may not go against the organization yet:
//   NOTICE_REQUIRED          no notice was served (rule 20)
//   ANNOUNCEMENT_RUNS        it has not taken effect as service (rule 22)
//   CALENDAR_NOT_LOADED      the statement period waits (rule 64)
//   STATEMENT_PERIOD_RUNS    not elapsed by that day and not waived in writing before it (rule 20)
std::optional<Refusal> RefuseUnheard(const v1::Case& the_case, CivilDay decided_on,
                                     const CompiledCatalogue& catalogue);

// STATEMENT_NOT_ANSWERED where a statement came in time and the decision has no answer (rule 21).
std::optional<Refusal> RefuseUnanswered(const v1::Case& the_case, const v1::CaseDecision& decision);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_NOTICE_H_
