// A finding before it is put into words: what BASIC counts and FULL spells out.
#ifndef CHENGXIN_DOMAIN_FINDING_H_
#define CHENGXIN_DOMAIN_FINDING_H_

#include <cstdint>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "domain/evaluation_plan.h"
#include "domain/standing.h"

namespace chengxin::domain {

// Refers to the catalogue, the standing and the question it was found with; lives no longer than they do.
struct CompactFinding {
  v1::Condition condition = v1::CONDITION_UNSPECIFIED;
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;
  v1::ReasonCode reason = v1::REASON_CODE_UNSPECIFIED;
  // Of the register's findings: the day since which it holds; 0 where that is not known.
  int32_t since_day = 0;
  // The order in which it was found.
  int32_t ordinal = 0;
  // The row of the catalogue applied, where one was.
  const v1::Ground* ground = nullptr;
  // The fact behind it.
  const Fact* fact = nullptr;
  // The source behind it.
  const PlannedSource* source = nullptr;
  // What no source delivers.
  const MissingSource* missing = nullptr;
  // The kind of qualification that the project requires.
  std::string_view subject;
};

// Most organizations have none of them when asked for BASIC.
using CompactFindings = absl::InlinedVector<CompactFinding, 8>;

// Puts a finding into words, Chinese and English, with its legal basis and since when it holds.
void Spell(const CompactFinding& compact, const EvaluationPlan& plan, absl::Time effective_at,
           v1::Finding& finding);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_FINDING_H_
