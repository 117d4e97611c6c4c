// What follows when an organization comes to be registered with another authority (登记管理机关变更; rules
// 17, 18). Private to domain.
#ifndef CHENGXIN_DOMAIN_AUTHORITY_CHANGE_H_
#define CHENGXIN_DOMAIN_AUTHORITY_CHANGE_H_

#include "absl/status/status.h"
#include "chengxin/v1/organization.pb.h"
#include "domain/decide.h"
#include "domain/view.h"

namespace chengxin::domain {

// Adds to the decision what goes over to the authority that the organization, as it is now, is registered
// with: its entries in force (ANNOTATED), its open cases (forwarded by the platform: the procedure begins
// anew there, what was served is left behind, and what is back with the reporter stays there) and its open
// applications. Entries that the decision changes already are left as it has them. Errors: the view's.
absl::Status FollowAuthority(const v1::Organization& organization, const CommandContext& context,
                             const View& view, Decision& decision);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_AUTHORITY_CHANGE_H_
