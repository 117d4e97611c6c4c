#include "domain/application_deadlines.h"

#include <string>

#include "domain/application_workflow.h"
#include "domain/procedure.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

v1::Deadline DeadlineOf(v1::DeadlineKind kind, const std::string& from, int working_days,
                        const v1::Application& application, const CompiledCatalogue& catalogue) {
  v1::Deadline deadline;
  deadline.set_kind(kind);
  deadline.set_resource(application.name());
  deadline.set_organization(application.organization());
  deadline.set_authority(application.authority());
  deadline.set_legal_basis(std::string(BasisOf(application.kind())));
  // Days were judged when they were taken.
  const CivilDay start = DayAt(from);
  const auto last = WorkingDayAfter(catalogue, start, working_days);
  deadline.set_provisional(!last.has_value());
  if (last.has_value()) deadline.set_due_on(last->ToString());
  return deadline;
}

// Days as YYYY-MM-DD compare as texts.
bool IsAfter(const std::string& day, const v1::Deadline& deadline) {
  return !deadline.due_on().empty() && day > deadline.due_on();
}

v1::Deadline RunningOf(const v1::Application& application, const CompiledCatalogue& catalogue) {
  const v1::Procedure procedure = ProcedureOf(catalogue);
  if (application.kind() == v1::APPLICATION_KIND_OBJECTION) {
    return DeadlineOf(v1::DEADLINE_KIND_APPLICATION_ANSWER, application.received_on(),
                      procedure.objection_answer_working_days(), application, catalogue);
  }
  if (application.state() == v1::APPLICATION_STATE_FILED) {
    return DeadlineOf(v1::DEADLINE_KIND_APPLICATION_ACCEPTANCE, application.received_on(),
                      procedure.application_acceptance_working_days(), application, catalogue);
  }
  return DeadlineOf(v1::DEADLINE_KIND_APPLICATION_ANSWER, application.accepted_on(),
                    procedure.application_answer_working_days(), application, catalogue);
}

}  // namespace

std::vector<v1::Deadline> DeadlinesOf(const v1::Application& application, const CompiledCatalogue& catalogue,
                                      CivilDay today) {
  std::vector<v1::Deadline> deadlines;
  if (IsOpen(application.state())) {
    v1::Deadline& running = deadlines.emplace_back(RunningOf(application, catalogue));
    running.set_overdue(IsAfter(today.ToString(), running));
  } else if (application.state() == v1::APPLICATION_STATE_GRANTED &&
             application.kind() == v1::APPLICATION_KIND_REMOVAL) {
    v1::Deadline& removal = deadlines.emplace_back(
        DeadlineOf(v1::DEADLINE_KIND_REMOVAL, application.verified_on(),
                   ProcedureOf(catalogue).removal_working_days(), application, catalogue));
    removal.set_overdue(IsAfter(application.answered_on(), removal));
    *removal.mutable_met() = application.update_time();
  }
  return deadlines;
}

}  // namespace chengxin::domain
