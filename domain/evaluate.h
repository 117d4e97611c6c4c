// Evaluate: from a standing, the catalogue and the sources' freshness to the answer a purchaser acts on
// (policy section 一; domain rules 41–52). Pure.
#ifndef CHENGXIN_DOMAIN_EVALUATE_H_
#define CHENGXIN_DOMAIN_EVALUATE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/v1/answer.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/standing.h"
#include "domain/uscc.h"

namespace chengxin::domain {

class EvaluationPlan;

// Version of these rules; in every answer.
inline constexpr std::string_view kEvaluatorVersion = "1";

// What was known of the catalogue and its sources at a revision. Immutable; MakeKnowledge alone makes it.
struct Knowledge {
  uint64_t revision = 0;
  // Null before the first activation: everything is UNKNOWN.
  std::shared_ptr<const CompiledCatalogue> catalogue;
  // In the order of catalogue->message().sources(): the instant of the last complete reading; nothing: never
  // read.
  std::vector<std::optional<absl::Time>> source_as_of;
  // In the same order, when that reading was recorded; nothing: before this was kept.
  std::vector<std::optional<absl::Time>> source_recorded;
  // What follows from the two above, worked out once for all answers; never null, and refers to the
  // catalogue.
  std::shared_ptr<const EvaluationPlan> plan;
};

// Puts together what is known at a revision. `catalogue` may be null. `source_as_of` is in the order of the
// catalogue's sources; where it is shorter, the rest was never read. `source_recorded` is in the same order;
// where it is shorter, as_of stands for it. Costs some microseconds: once for a
// change of the catalogue or of a source, not once for an answer.
std::shared_ptr<const Knowledge> MakeKnowledge(uint64_t revision,
                                               std::shared_ptr<const CompiledCatalogue> catalogue,
                                               std::vector<std::optional<absl::Time>> source_as_of,
                                               std::vector<std::optional<absl::Time>> source_recorded = {});

// The same knowledge at a later revision, which changed neither the catalogue nor a source. Cheap.
std::shared_ptr<const Knowledge> MakeKnowledge(uint64_t revision, const Knowledge& before);

// What is asked, apart from whom.
struct Question {
  absl::Time effective_at;
  // The view: full findings or verdict and reasons.
  bool full = false;
  // Qualifications the project requires. A kind named twice counts once.
  absl::Span<const std::string> required_qualifications = {};
  // FULL alone: the organization's records as known, for what speaks in its favour; oldest first. Standings
  // hold what is adverse, so that the index stays small; without records a condition that only they can speak
  // for is NOT_ASSESSED. They never change verdict or reasons.
  absl::Span<const v1::CreditRecord> records = {};
};

// Answers for one code. `standing` is null where the registry copy does not have the code. Fills
// organization_code, verdict, reasons and, where question.full, findings (merits and the display name are the
// caller's to add). Those fields of `answer` must be empty; it may live on an arena. BASIC and FULL agree in
// verdict and reasons. Thread-safe; BASIC allocates nothing but what the answer holds.
//
// The law it applies, where domain rules leave room:
// - In liquidation (注销中) and suspended (限期停止活动) answer FAIL unless the catalogue's grounds EL-03 and
//   EL-04 say otherwise: a body in liquidation continues but may do nothing else (民法典 art 72,
//   社会团体登记管理条例 and 民办非企业单位登记管理暂行条例 on liquidation), and one ordered to stop its
//   activity may do nothing at all, so neither may take on a service.
// - Of an organization that is not in the registry copy nothing else is judged: its other conditions are
//   NOT_ASSESSED, since no record of it is kept.
// - Before its first known status an organization counts as active from its establishment where that status
//   is another; where that status is active something unknown came before, and the answer is UNKNOWN.
// - The row of a ground is that of the day of the conduct, or the lighter one in force on the day from which
//   the fact holds (rule 29; 行政处罚法 art 37).
// - An organization that a complete reading of its register no longer had (NOT_IN_REGISTER) is not
// registered,
//   as long as that register covers some division and is fresh (rule 50). A register that covers none is a
//   selection: what it no longer has is outside coverage.
// - An external list whose last reading was recorded before the platform first knew of the organization may
//   have left it out, and counts as stale for it. Compared in whole seconds.
// - A fact whose ground the catalogue does not know is UNKNOWN: its weight cannot be told.
// - Where the list source names authorities, it speaks for the registers of those alone.
void Evaluate(const Uscc& code, const Standing* standing, const Knowledge& knowledge,
              const Question& question, v1::Eligibility& answer);

// Adds what turned adverse between a past cut-off and now: where `now` (the answer at the later instant) is
// worse than `at_cut_off`, or has a reason other than a stale source that the latter has not, `at_cut_off`
// gets a REVIEW finding CHANGED_AFTER_CUT_OFF (its reason alone where not `full`) and its verdict is at least
// REVIEW.
void AddChangesAfterCutOff(const v1::Eligibility& now, bool full, v1::Eligibility& at_cut_off);

// The instants, freshness and versions an answer rests on, except known_at.
void FillBasis(const Knowledge& knowledge, absl::Time effective_at, v1::AnswerBasis& basis);

// The order of verdicts: INELIGIBLE is worst, then UNKNOWN, REVIEW, ELIGIBLE.
bool WorseThan(v1::Verdict a, v1::Verdict b);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_EVALUATE_H_
