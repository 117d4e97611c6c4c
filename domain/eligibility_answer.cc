#include "domain/eligibility_answer.h"

#include <utility>

#include "domain/merits.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

QueryInstants InstantsOf(const v1::QueryContext* context, absl::Time now) {
  if (context != nullptr && context->has_cut_off()) {
    const absl::Time cut_off = TimeOf(context->cut_off());
    if (cut_off < now) return {.effective_at = cut_off, .compare_at = now};
  }
  return {.effective_at = now, .compare_at = std::nullopt};
}

void AnswerEligibility(const Uscc& code, const KnownOrganization& known, const Knowledge& knowledge,
                       const AnswerRequest& request, v1::Eligibility& answer) {
  Question question{.effective_at = request.instants.effective_at,
                    .full = request.full,
                    .required_qualifications = request.required_qualifications};
  if (request.full) {
    question.records = known.records;
    if (!known.display_name.empty()) {
      answer.set_organization_display_name(known.display_name.data(), known.display_name.size());
    }
  }
  Evaluate(code, known.standing, knowledge, question, answer);
  if (request.full && !known.records.empty()) {
    for (v1::Merit& merit : MeritsOf(known.records, request.instants.effective_at)) {
      answer.mutable_merits()->Add(std::move(merit));
    }
  }
  if (!request.instants.compare_at.has_value()) return;
  question.effective_at = *request.instants.compare_at;
  question.full = false;
  v1::Eligibility now;
  Evaluate(code, known.standing, knowledge, question, now);
  AddChangesAfterCutOff(now, request.full, answer);
}

void FillBasis(const Knowledge& knowledge, const QueryInstants& instants, absl::Time known_at,
               v1::AnswerBasis& basis) {
  FillBasis(knowledge, instants.effective_at, basis);
  SetTimestamp(known_at, *basis.mutable_known_at());
  if (instants.compare_at.has_value()) SetTimestamp(*instants.compare_at, *basis.mutable_compared_at());
}

}  // namespace chengxin::domain
