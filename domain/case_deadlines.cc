#include "domain/case_deadlines.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/case_file.h"
#include "domain/case_notice.h"
#include "domain/case_workflow.h"
#include "domain/procedure.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kRedecisionBasis = "行政处罚法第四十八条";

class CaseDeadlines {
 public:
  CaseDeadlines(const v1::Case& the_case, const CompiledCatalogue& catalogue, CivilDay today)
      : case_(the_case), catalogue_(catalogue), procedure_(ProcedureOf(catalogue)), today_(today) {}

  std::vector<v1::Deadline> Take() {
    if (!IsOpen(case_)) return {};
    if (case_.state() == v1::CASE_STATE_RECEIVED) {
      Add(v1::DEADLINE_KIND_ACCEPT_REPORT,
          WorkingDayAfter(catalogue_, DayItCame(), procedure_.accept_working_days()), case_.authority(),
          ArticleOf(v1::CASE_VERB_ACCEPT));
    }
    if (case_.has_notice()) AddHearing();
    if (case_.origin() == v1::CASE_ORIGIN_REDECISION) {
      Add(v1::DEADLINE_KIND_REDECISION,
          WorkingDayAfter(catalogue_, DayAt(case_.received_on()), procedure_.withdrawal_working_days()),
          case_.authority(), kRedecisionBasis);
    }
    std::stable_sort(deadlines_.begin(), deadlines_.end(), [](const v1::Deadline& a, const v1::Deadline& b) {
      if (a.due_on().empty() != b.due_on().empty()) return b.due_on().empty();
      return a.due_on() < b.due_on();
    });
    return std::move(deadlines_);
  }

 private:
  // A case that was handed in again, or forwarded, came on that day.
  CivilDay DayItCame() const {
    if (case_.moves_size() < 2) return DayAt(case_.received_on());
    return DayOf(TimeOf(case_.moves(case_.moves_size() - 1).stamp()));
  }

  void AddHearing() {
    const EffectiveService effective = EffectiveOf(case_.notice().service(), catalogue_);
    const bool announced = case_.notice().service().method() == v1::SERVICE_METHOD_ANNOUNCEMENT;
    const std::string_view basis = ArticleOf(v1::CASE_VERB_SERVE_NOTICE);
    if (announced && today_ < effective.day) {
      Add(v1::DEADLINE_KIND_ANNOUNCEMENT, effective.day, "", basis);
      deadlines_.back().set_provisional(effective.provisional);
    }
    std::optional<CivilDay> heard = StatementPeriodEnd(case_.notice(), catalogue_);
    // The days for the decision count from when the organization has been heard. That is the end of the
    // period, however early it spoke: until then it may say more, and nothing may be decided. A waiver ends
    // the period only while it stands; a statement that takes it back lets the period run on, and the days
    // count from its end again.
    if (const v1::CaseStatement* waiver = FindStandingWaiver(case_)) {
      heard = DayAt(waiver->received_on());
    } else if (!heard.has_value() || today_ <= *heard) {
      Add(v1::DEADLINE_KIND_STATEMENT, heard, "", basis);
    }
    const auto decide_by = heard.has_value()
                               ? WorkingDayAfter(catalogue_, *heard, procedure_.decision_working_days())
                               : std::nullopt;
    Add(v1::DEADLINE_KIND_DECISION, decide_by, case_.authority(), ArticleOf(v1::CASE_VERB_DECIDE));
  }

  void Add(v1::DeadlineKind kind, const std::optional<CivilDay>& due_on, std::string_view authority,
           std::string_view legal_basis) {
    v1::Deadline& deadline = deadlines_.emplace_back();
    deadline.set_kind(kind);
    deadline.set_resource(case_.name());
    deadline.set_organization(case_.organization());
    deadline.set_authority(std::string(authority));
    deadline.set_legal_basis(std::string(legal_basis));
    deadline.set_provisional(!due_on.has_value());
    if (!due_on.has_value()) return;
    deadline.set_due_on(due_on->ToString());
    deadline.set_overdue(*due_on < today_);
  }

  const v1::Case& case_;
  const CompiledCatalogue& catalogue_;
  const v1::Procedure procedure_;
  const CivilDay today_;
  std::vector<v1::Deadline> deadlines_;
};

}  // namespace

std::vector<v1::Deadline> DeadlinesOf(const v1::Case& the_case, const CompiledCatalogue& catalogue,
                                      CivilDay today) {
  return CaseDeadlines(the_case, catalogue, today).Take();
}

}  // namespace chengxin::domain
