// The workflow of a case (案件流程) as one table: which move is open in which state, to whom, and where it
// leads; rules 14 to 22, 28.
#ifndef CHENGXIN_DOMAIN_CASE_WORKFLOW_H_
#define CHENGXIN_DOMAIN_CASE_WORKFLOW_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/principal.pb.h"

namespace chengxin::domain {

// One row: in `state`, `verb` is open to the roles where the case is of one of the origins, and leads to
// `next`.
struct WorkflowRow {
  v1::CaseState state = v1::CASE_STATE_UNSPECIFIED;
  v1::CaseVerb verb = v1::CASE_VERB_UNSPECIFIED;
  uint32_t roles = 0;    // bit 1 << v1::Role; none: the platform alone
  uint32_t origins = 0;  // bit 1 << v1::CaseOrigin
  v1::CaseState next = v1::CASE_STATE_UNSPECIFIED;

  bool IsOpenTo(v1::Role role) const { return (roles >> static_cast<unsigned>(role) & 1U) != 0; }
  bool IsFor(v1::CaseOrigin origin) const { return (origins >> static_cast<unsigned>(origin) & 1U) != 0; }
};

// The table, in the order of states; opening stands at CASE_STATE_UNSPECIFIED. State, verb and origin have
// one row at most.
absl::Span<const WorkflowRow> CaseWorkflow();

// Statements that one notice takes after the first one or the waiver, at most (rule 21).
inline constexpr int kMaximumFurtherStatements = 20;
// Whether the notice has them.
bool IsHeardEnough(const v1::Case& the_case);

// The row by which the role may make the move in the case's state, or null; null too for a further statement
// where the notice has kMaximumFurtherStatements, and for a confirmation where no proposed decision waits.
// Whether the case is the role's own is not looked at.
const WorkflowRow* FindMove(const v1::Case& the_case, v1::CaseVerb verb, v1::Role role);

// Whether the role may make the move in any state, of any case.
bool MayEver(v1::CaseVerb verb, v1::Role role);

// The moves open now to the role, in the order of their numbers; none once the case has ended. A purchaser
// and its agency are asked for a case of their own, an authority for one that lies with it.
std::vector<v1::CaseVerb> OpenMoves(const v1::Case& the_case, v1::Role role);

// Whether a case in this state has not ended.
bool IsOpen(v1::CaseState state);
inline bool IsOpen(const v1::Case& the_case) { return IsOpen(the_case.state()); }

// Whether cases of this origin are opened by the platform, and so need no acceptance.
bool IsOpenedByPlatform(v1::CaseOrigin origin);

// What a case of this origin may find, in the order of their numbers.
absl::Span<const v1::CaseFinding> FindingsOf(v1::CaseOrigin origin);

// In the words of an officer: "已受理", "送达告知书".
std::string_view WordOf(v1::CaseState state);
std::string_view WordOf(v1::CaseVerb verb);

// The provision a move rests on, in Chinese.
std::string_view ArticleOf(v1::CaseVerb verb);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_WORKFLOW_H_
