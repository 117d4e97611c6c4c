// One whole answer for one organization: what a check and a certified check have in common, so that both say
// the same to the byte.
#ifndef CHENGXIN_DOMAIN_ELIGIBILITY_ANSWER_H_
#define CHENGXIN_DOMAIN_ELIGIBILITY_ANSWER_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/v1/answer.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/evaluate.h"
#include "domain/standing.h"
#include "domain/uscc.h"

namespace chengxin::domain {

// The instants one query is answered for.
struct QueryInstants {
  absl::Time effective_at;
  // Set where the project's cut-off lies in the past and no instant was asked for: effective_at is the
  // cut-off, and what turned adverse up to this later instant is added.
  std::optional<absl::Time> compare_at;
};

// The instants of a question that names none of its own: what is in force at `now`; where the project's
// stated cut-off lies before, what was in force then counts, also where it has ended since, compared with
// `now` (rule 44). `context` may be null.
QueryInstants InstantsOf(const v1::QueryContext* context, absl::Time now);

// How an answer is asked for.
struct AnswerRequest {
  QueryInstants instants;
  bool full = false;
  absl::Span<const std::string> required_qualifications = {};
};

// What is known of the organization asked about.
struct KnownOrganization {
  // Null where the registry copy does not have the code.
  const Standing* standing = nullptr;
  // FULL alone: the registered name, and the records, oldest first.
  std::string_view display_name = {};
  absl::Span<const v1::CreditRecord> records = {};
};

// Fills the empty `answer`, as Evaluate does; for FULL with name and merits; with what changed after the
// cut-off where the instants ask for it. Thread-safe.
void AnswerEligibility(const Uscc& code, const KnownOrganization& known, const Knowledge& knowledge,
                       const AnswerRequest& request, v1::Eligibility& answer);

// What an answer for these instants rests on. `known_at` is the instant of knowledge that the revision was
// resolved from.
void FillBasis(const Knowledge& knowledge, const QueryInstants& instants, absl::Time known_at,
               v1::AnswerBasis& basis);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_ELIGIBILITY_ANSWER_H_
