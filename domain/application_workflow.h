// The workflow of an application (申请流程) as one table: which move is open in which state, to whom, and
// where it leads; rules 31, 34, 37, 38.
#ifndef CHENGXIN_DOMAIN_APPLICATION_WORKFLOW_H_
#define CHENGXIN_DOMAIN_APPLICATION_WORKFLOW_H_

#include <initializer_list>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "chengxin/v1/application.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "domain/refusal.h"

namespace chengxin::domain {

// A move of the workflow.
enum class ApplicationVerb {
  kFile,    // 提出
  kAccept,  // 受理
  kReject,  // 不予受理
  kAnswer,  // 答复
  kRevoke   // 撤销修复 (rule 37)
};

// One row: in `state`, `verb` is open to `roles` where the application is of one of `kinds`, and leads to
// `next`; an answer that does not grant leads to `refused`.
struct ApplicationRow {
  v1::ApplicationState state;
  ApplicationVerb verb;
  std::initializer_list<v1::Role> roles;
  std::initializer_list<v1::ApplicationKind> kinds;
  v1::ApplicationState next;
  v1::ApplicationState refused = v1::APPLICATION_STATE_UNSPECIFIED;
};

// The table, in the order of states. Filing stands at APPLICATION_STATE_UNSPECIFIED.
absl::Span<const ApplicationRow> ApplicationWorkflow();

// The row by which the role may make the move, or null. Whether the application is the role's own, or the
// authority the registering one, is not looked at.
const ApplicationRow* FindMove(v1::ApplicationState state, v1::ApplicationKind kind, ApplicationVerb verb,
                               v1::Role role);

// Whether the role may make the move in any state, on any application.
bool MayEver(ApplicationVerb verb, v1::Role role);

// The moves open to the role, in the order of the verbs.
std::vector<ApplicationVerb> OpenMoves(v1::ApplicationState state, v1::ApplicationKind kind, v1::Role role);

// The application may still be answered: filed or accepted.
bool IsOpen(v1::ApplicationState state);

// Why the role may not make the move; only where FindMove answers null: ROLE_NOT_ALLOWED where it may in no
// state of no application, else MOVE_NOT_OPEN.
Refusal RefuseMove(v1::ApplicationState state, v1::ApplicationKind kind, ApplicationVerb verb, v1::Role role);

// The verb as metadata has it, for example "ACCEPT".
std::string_view NameOf(ApplicationVerb verb);

// The provision that applications of the kind rest on, in Chinese.
std::string_view BasisOf(v1::ApplicationKind kind);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_APPLICATION_WORKFLOW_H_
