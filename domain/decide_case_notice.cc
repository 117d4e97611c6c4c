// The organization is told and heard before anything is decided against it: rules 20 to 22.
#include <optional>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/case_desk.h"
#include "domain/case_file.h"
#include "domain/case_notice.h"
#include "domain/deciders.h"
#include "domain/procedure.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

// The ground told must be one of the two lists (rule 19), and on the platform's case of two years the one
// that the law names (rule 26).
std::optional<Refusal> RefuseGround(const std::string& ground, const CaseInHand& hand) {
  const v1::Case& the_case = hand.the_case;
  if (the_case.origin() == v1::CASE_ORIGIN_ESCALATION && ground != the_case.proposed_ground()) {
    return Refusal{.reason = v1::ERROR_REASON_GROUND_MISMATCH,
                   .message = StrCat("本案的列入情形是", the_case.proposed_ground(), " (this case is on ",
                                     the_case.proposed_ground(), ")"),
                   .metadata = {{"expected", the_case.proposed_ground()},
                                {"article", std::string(ArticleOf(v1::CASE_VERB_SERVE_NOTICE))}}};
  }
  if (ground.empty()) return std::nullopt;
  const v1::Ground* row = hand.catalogue->FindGround(ground, DayAt(the_case.conduct_on()));
  if (row != nullptr && row->origin() == v1::GROUND_ORIGIN_LISTING) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_UNKNOWN_GROUND,
                 .message = StrCat("“", ground, "”不是两个名单的列入情形 (no ground of the two lists)"),
                 .metadata = {{"ground", ground}}};
}

}  // namespace

absl::StatusOr<Decision> DecideCommand(const v1::ServeNoticeRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(
      CaseInHand hand, TakeInHand(v1::CASE_VERB_SERVE_NOTICE, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  if (auto refusal = RefuseGround(request.notice().ground(), hand)) return Refuse(*std::move(refusal));
  // Days are compared as they are written: YYYY-MM-DD.
  if (const std::string& earliest = EarliestMoveDay(hand.the_case);
      request.notice().service().served_on() < earliest) {
    FieldViolations violations;
    violations.Add("notice.service.served_on", StrCat("早于行为或者收到通报之日", earliest,
                                                      " (before the conduct or the report, ", earliest, ")"));
    return violations.ToStatus();
  }
  v1::CaseNotice& notice = *hand.the_case.mutable_notice();
  notice = request.notice();
  CompleteNotice(*hand.catalogue, notice);
  // A statement on the notice before does not answer this one.
  hand.the_case.clear_statement();
  hand.the_case.clear_further_statements();
  Decision decision;
  decision.events.push_back(Moved(v1::CASE_VERB_SERVE_NOTICE, std::move(hand), context));
  return decision;
}

absl::StatusOr<Decision> DecideCommand(const v1::RecordStatementRequest& request,
                                       const CommandContext& context, const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(CaseInHand hand, TakeInHand(v1::CASE_VERB_RECORD_STATEMENT, request.name(),
                                                        request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  const v1::CaseNotice& notice = hand.the_case.notice();
  const CivilDay received_on = DayAt(request.statement().received_on());
  // Who reads the announcement may answer or waive before it takes effect (rules 21, 22).
  const std::string& served_on = notice.service().served_on();
  if (received_on < DayAt(served_on)) {
    FieldViolations violations;
    violations.Add("statement.received_on",
                   StrCat("不得早于告知书送达或者公告之日", served_on,
                          " (before the notice was served or announced, ", served_on, ")"));
    return violations.ToStatus();
  }
  v1::CaseStatement& statement = hand.the_case.has_statement() ? *hand.the_case.add_further_statements()
                                                               : *hand.the_case.mutable_statement();
  statement = request.statement();
  // While the calendar is not loaded the period waits, so that nothing comes too late (rule 64).
  const auto end = StatementPeriodEnd(notice, *hand.catalogue);
  statement.set_in_time(!end.has_value() || received_on <= *end);
  Decision decision;
  decision.events.push_back(Moved(v1::CASE_VERB_RECORD_STATEMENT, std::move(hand), context));
  return decision;
}

}  // namespace chengxin::domain
