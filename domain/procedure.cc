#include "domain/procedure.h"

namespace chengxin::domain {

namespace {

// Working days and periods where the catalogue's row leaves them out, as catalogue.proto documents them.
void FillIn(int32_t value, int32_t standard, void (v1::Procedure::*set)(int32_t), v1::Procedure& procedure) {
  if (value == 0) (procedure.*set)(standard);
}

}  // namespace

v1::Procedure ProcedureOf(const CompiledCatalogue& catalogue) {
  v1::Procedure p = catalogue.message().procedure();
  FillIn(p.accept_working_days(), 5, &v1::Procedure::set_accept_working_days, p);
  FillIn(p.statement_working_days(), 10, &v1::Procedure::set_statement_working_days, p);
  FillIn(p.decision_working_days(), 10, &v1::Procedure::set_decision_working_days, p);
  FillIn(p.application_acceptance_working_days(), 3, &v1::Procedure::set_application_acceptance_working_days,
         p);
  FillIn(p.application_answer_working_days(), 10, &v1::Procedure::set_application_answer_working_days, p);
  FillIn(p.objection_answer_working_days(), 10, &v1::Procedure::set_objection_answer_working_days, p);
  FillIn(p.removal_working_days(), 5, &v1::Procedure::set_removal_working_days, p);
  FillIn(p.withdrawal_working_days(), 3, &v1::Procedure::set_withdrawal_working_days, p);
  FillIn(p.receipt_window_days(), 30, &v1::Procedure::set_receipt_window_days, p);
  if (p.announcement_period().empty()) p.set_announcement_period("P30D");
  if (p.review_period().empty()) p.set_review_period("P60D");
  if (p.litigation_period().empty()) p.set_litigation_period("P6M");
  if (p.escalation_period().empty()) p.set_escalation_period("P2Y");
  if (p.escalation_lead().empty()) p.set_escalation_lead("P60D");
  if (p.escalation_ground().empty()) p.set_escalation_ground("SER-01");
  return p;
}

std::optional<CivilDay> WorkingDayAfter(const CompiledCatalogue& catalogue, CivilDay from, int count) {
  return catalogue.calendar().AddWorkingDays(from, count);
}

std::optional<CivilDay> NominalEnd(CivilDay from, std::string_view period) {
  const auto parsed = Period::Parse(period);
  if (!parsed.ok()) return std::nullopt;
  return AddPeriod(from, *parsed);
}

std::optional<WorkingCalendar::LastDay> LastDayOfPeriod(const CompiledCatalogue& catalogue, CivilDay from,
                                                        std::string_view period) {
  const std::optional<CivilDay> nominal = NominalEnd(from, period);
  if (!nominal.has_value()) return std::nullopt;
  return catalogue.calendar().LastDayOf(*nominal);
}

}  // namespace chengxin::domain
