// Who may call what and see what; deny by default (design: access; rules 18, 61).
#ifndef CHENGXIN_SERVER_ACCESS_H_
#define CHENGXIN_SERVER_ACCESS_H_

#include <string_view>

#include "absl/status/status.h"
#include "chengxin/v1/application.pb.h"
#include "chengxin/v1/award.pb.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "chengxin/v1/receipt.pb.h"
#include "domain/catalogue.h"
#include "server/access_table.h"
#include "server/call_metrics.h"

namespace chengxin::server {

// Whether the role may call the method on anything: access_table.h says on what.
bool MayCall(v1::Role role, Method method);

// The same; PermissionDenied with ROLE_NOT_ALLOWED where it may not.
absl::Status CheckRole(v1::Role role, Method method);

// Whether a call that the role may make leaves an entry in the audit trail. Not where the public reads what
// is published: any other role may be shown more by the same method. And not of a method that shows everybody
// the same.
bool LeavesEntry(v1::Role role, Method method);

// Whether an answer of the method may hold fields annotated personal or internal for the role at all; which
// answers do is SeesSealed's. From all others they are taken out at one place, whatever put them in
// (Call::Redact).
bool MaySeeSealed(v1::Role role, Method method);

// The refusal of what a role may not see or do, naming it in both languages.
absl::Status RoleNotAllowed(std::string_view zh, std::string_view en);

// Whom a resource is about: the organization's first code and its registering authority
// ("authorities/{id}").
struct Subject {
  std::string_view code;
  std::string_view registration_authority;
};

// Whether fields annotated personal or internal may be shown: to the registering authority alone.
bool SeesSealed(const v1::Principal& principal, std::string_view registration_authority);

// Whether the principal may read what is kept of the organization beyond what is published: its records, and
// listings that have ended. The registering authority and those above it, the finance departments at or above
// it, audit, and the organization itself. `catalogue` may be null.
bool ReadsArchiveOf(const v1::Principal& principal, const Subject& subject,
                    const domain::CompiledCatalogue* catalogue);

// A case: its reporter's unit, an agency that reported it or handed it in again, the authority it lies with
// and those above it (rule 46).
bool SeesCase(const v1::Principal& principal, const v1::Case& found,
              const domain::CompiledCatalogue* catalogue);

// What an undecided case has left in records and listings of an organization: its registering authority and
// those above it (rules 15, 46). `catalogue` may be null.
bool SeesOpenCases(const v1::Principal& principal, std::string_view registration_authority,
                   const domain::CompiledCatalogue* catalogue);

// An application: the organization that made it, the authority that decides it and those above. `own_code`
// is the first code of the organization the principal speaks for; only looked at where it speaks for one.
bool SeesApplication(const v1::Principal& principal, std::string_view own_code,
                     const v1::Application& application, const domain::CompiledCatalogue* catalogue);

// A receipt: the purchaser it was made for, the agency that asked, finance, audit.
bool SeesReceipt(const v1::Principal& principal, const v1::Receipt& receipt);

// All fields of an award: its purchaser, finance, audit; also who may read the archive of a contractor as
// civil affairs, which the award alone does not tell. Others see what the catalogue makes public.
bool SeesWholeAward(const v1::Principal& principal, const v1::Award& award);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_ACCESS_H_
