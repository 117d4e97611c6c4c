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
#include "domain/catalogue.h"
#include "domain/standing.h"
#include "domain/uscc.h"

namespace chengxin::domain {

// Version of these rules; in every answer.
inline constexpr std::string_view kEvaluatorVersion = "1";

// What was known of the catalogue and its sources at a revision. Immutable.
struct Knowledge {
  uint64_t revision = 0;
  std::shared_ptr<const CompiledCatalogue>
      catalogue;  // null before the first activation: everything is UNKNOWN
  // In the order of catalogue->message().sources(): the instant of the last complete reading; nothing: never
  // read.
  std::vector<std::optional<absl::Time>> source_as_of;
};

// What is asked, apart from whom.
struct Question {
  absl::Time effective_at;
  // The view: full findings or verdict and reasons.
  bool full = false;
  // Qualifications the project requires.
  absl::Span<const std::string> required_qualifications;
};

// Answers for one code. `standing` is null where the registry copy does not have the code. Fills
// organization_code, verdict, reasons and, where question.full, findings (merits and the display name are the
// caller's to add). `answer` must be empty.
void Evaluate(const Uscc& code, const Standing* standing, const Knowledge& knowledge,
              const Question& question, v1::Eligibility& answer);

// Adds what turned adverse between a past cut-off and now: where `now` (the answer at the later instant) is
// worse than `at_cut_off`, the latter gets a REVIEW finding CHANGED_AFTER_CUT_OFF and its verdict is at least
// REVIEW.
void AddChangesAfterCutOff(const v1::Eligibility& now, bool full, v1::Eligibility& at_cut_off);

// The instants, freshness and versions an answer rests on, except known_at.
void FillBasis(const Knowledge& knowledge, absl::Time effective_at, v1::AnswerBasis& basis);

// The order of verdicts: INELIGIBLE is worst, then UNKNOWN, REVIEW, ELIGIBLE.
bool WorseThan(v1::Verdict a, v1::Verdict b);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_EVALUATE_H_
