#include "domain/case_notice.h"

#include <algorithm>
#include <string>

#include "base/strings.h"
#include "domain/case_workflow.h"
#include "domain/procedure.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

// The first year from the day's on that is not loaded.
int FirstMissingYear(const WorkingCalendar& calendar, CivilDay from) {
  int year = from.year();
  while (calendar.IsWorkingDay(CivilDay(year, 1, 1)).has_value()) ++year;
  return year;
}

Refusal NoticeRequired() {
  return {.reason = v1::ERROR_REASON_NOTICE_REQUIRED,
          .message =
              "应先书面告知事实、理由、依据和权利，并听取陈述申辩 (notice and a statement period come "
              "first)",
          .metadata = {{"article", std::string(ArticleOf(v1::CASE_VERB_SERVE_NOTICE))}}};
}

Refusal AnnouncementRuns(CivilDay effective_on) {
  return {
      .reason = v1::ERROR_REASON_ANNOUNCEMENT_RUNS,
      .message = StrCat("公告期未满，", effective_on.ToString(),
                        "起视为送达 (the announcement counts as service from ", effective_on.ToString(), ")"),
      .metadata = {{"effective_on", effective_on.ToString()},
                   {"article", std::string(ArticleOf(v1::CASE_VERB_DECIDE))}}};
}

Refusal CalendarNotLoaded(int year) {
  return {.reason = v1::ERROR_REASON_CALENDAR_NOT_LOADED,
          .message = StrCat(year, "年的工作日历尚未载入，陈述申辩期限不能计算 (the calendar of ", year,
                            " is not loaded: the statement period waits)"),
          .metadata = {{"year", StrCat(year)}}};
}

Refusal StatementPeriodRuns(CivilDay until) {
  return {.reason = v1::ERROR_REASON_STATEMENT_PERIOD_RUNS,
          .message = StrCat("陈述申辩期限至", until.ToString(), "，未届满且未书面放弃 (runs through ",
                            until.ToString(), " and was not waived)"),
          .metadata = {{"statement_until", until.ToString()},
                       {"article", std::string(ArticleOf(v1::CASE_VERB_DECIDE))}}};
}

}  // namespace

EffectiveService EffectiveOf(const v1::Service& service, const CompiledCatalogue& catalogue) {
  const auto known = DayIn(service.effective_on());
  if (known.has_value() && !service.provisional()) return {.day = *known};
  const CivilDay served_on = DayIn(service.served_on()).value_or(CivilDay());
  if (service.method() != v1::SERVICE_METHOD_ANNOUNCEMENT) return {.day = served_on};
  const auto last = LastDayOfPeriod(catalogue, served_on, ProcedureOf(catalogue).announcement_period());
  if (!last.has_value()) return {.day = served_on};
  return {.day = last->day + 1, .provisional = last->provisional};
}

void CompleteService(const CompiledCatalogue& catalogue, v1::Service& service) {
  service.clear_effective_on();
  service.clear_provisional();
  const EffectiveService effective = EffectiveOf(service, catalogue);
  service.set_effective_on(effective.day.ToString());
  service.set_provisional(effective.provisional);
}

void CompleteNotice(const CompiledCatalogue& catalogue, v1::CaseNotice& notice) {
  CompleteService(catalogue, *notice.mutable_service());
  notice.clear_statement_until();
  if (const auto end = StatementPeriodEnd(notice, catalogue)) notice.set_statement_until(end->ToString());
}

std::optional<CivilDay> StatementPeriodEnd(const v1::CaseNotice& notice, const CompiledCatalogue& catalogue) {
  if (const auto known = DayIn(notice.statement_until())) return known;
  const EffectiveService effective = EffectiveOf(notice.service(), catalogue);
  if (effective.provisional) return std::nullopt;
  return WorkingDayAfter(catalogue, effective.day, ProcedureOf(catalogue).statement_working_days());
}

std::vector<const v1::CaseStatement*> StatementsOf(const v1::Case& the_case) {
  std::vector<const v1::CaseStatement*> statements;
  if (the_case.has_statement()) statements.push_back(&the_case.statement());
  for (const v1::CaseStatement& further : the_case.further_statements()) statements.push_back(&further);
  return statements;
}

const v1::CaseStatement* FindStandingWaiver(const v1::Case& the_case) {
  std::vector<const v1::CaseStatement*> statements = StatementsOf(the_case);
  // Days as YYYY-MM-DD order as their texts do.
  std::stable_sort(statements.begin(), statements.end(),
                   [](const v1::CaseStatement* a, const v1::CaseStatement* b) {
                     return a->received_on() < b->received_on();
                   });
  const v1::CaseStatement* waiver = nullptr;
  for (const v1::CaseStatement* statement : statements) {
    if (!statement->waived() && statement->in_time()) {
      waiver = nullptr;
    } else if (statement->waived() && waiver == nullptr) {
      waiver = statement;
    }
  }
  return waiver;
}

std::optional<Refusal> RefuseUnheard(const v1::Case& the_case, CivilDay decided_on,
                                     const CompiledCatalogue& catalogue) {
  if (!the_case.has_notice()) return NoticeRequired();
  const v1::CaseNotice& notice = the_case.notice();
  const EffectiveService effective = EffectiveOf(notice.service(), catalogue);
  const bool announced = notice.service().method() == v1::SERVICE_METHOD_ANNOUNCEMENT;
  if (announced && decided_on < effective.day) return AnnouncementRuns(effective.day);
  const v1::CaseStatement* waiver = FindStandingWaiver(the_case);
  if (waiver != nullptr && DayIn(waiver->received_on()) <= decided_on) return std::nullopt;
  const auto end = StatementPeriodEnd(notice, catalogue);
  if (!end.has_value()) return CalendarNotLoaded(FirstMissingYear(catalogue.calendar(), effective.day));
  if (decided_on <= *end) return StatementPeriodRuns(*end);
  return std::nullopt;
}

std::optional<Refusal> RefuseUnanswered(const v1::Case& the_case, const v1::CaseDecision& decision) {
  if (!decision.statement_answer().empty()) return std::nullopt;
  const std::vector<const v1::CaseStatement*> statements = StatementsOf(the_case);
  const bool spoke = std::any_of(statements.begin(), statements.end(), [](const v1::CaseStatement* one) {
    return !one->waived() && one->in_time();
  });
  if (!spoke) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_STATEMENT_NOT_ANSWERED,
                 .message =
                     "期限内的陈述申辩应在决定中答复 (a statement received in time is answered in the "
                     "decision)",
                 .metadata = {{"field", "decision.statement_answer"},
                              {"article", std::string(ArticleOf(v1::CASE_VERB_DECIDE))}}};
}

}  // namespace chengxin::domain
