// The table of access: role × call × scope, as data (rule 61). Deny by default.
//
// What a scope is about is the call's target: the organization, record, listing, case, application, award or
// receipt that it names, or the project or source that it is made for. What the workflow of the law asks
// beside it (an open move, a second officer, who reported) is not said here.
#ifndef CHENGXIN_SERVER_ACCESS_TABLE_H_
#define CHENGXIN_SERVER_ACCESS_TABLE_H_

#include "chengxin/v1/principal.pb.h"
#include "server/call_metrics.h"

namespace chengxin::server {

// On what a role may make a call.
enum class Scope {
  kNothing,    // on nothing: the call is refused
  kPublished,  // on anything, and is shown what everybody is
  // On what is registered with the authority or lies with it; on the unit's own project, report, contract and
  // receipt, for an agency those it is entrusted with or made itself; on the organization itself; on what
  // comes from the source.
  kOwn,
  kBelow,  // on that, and on what is registered or lies with authorities below (下级机关)
  kAll,    // on anything
};

// The scope of each role in one call. Where everybody may call, a role is shown what everybody is of what
// lies outside its scope.
struct Scopes {
  Scope open{};  // the public
  Scope organization{};
  Scope purchaser{};
  Scope agency{};
  Scope civil_affairs{};
  Scope finance{};
  Scope audit{};
  Scope sync{};
  Scope admin{};
};

// kNothing for what is no role.
Scope ScopeOf(v1::Role role, Method method);

// What a call leaves in the audit trail (rules 55, 63).
enum class Audit {
  kRecorded,  // an entry, whoever calls
  kCounted,   // none where the public calls: it reads what is published, which is counted alone
  // None: it shows everybody the same. An administrator must see the status when nothing can be recorded.
  kPublished,
};

Audit AuditOf(Method method);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_ACCESS_TABLE_H_
