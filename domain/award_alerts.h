// Purchasers are told when a contractor's standing changes during a contract (全过程监督: policy section 九;
// rule 59).
#ifndef CHENGXIN_DOMAIN_AWARD_ALERTS_H_
#define CHENGXIN_DOMAIN_AWARD_ALERTS_H_

#include "absl/status/status.h"
#include "domain/decide.h"
#include "domain/view.h"

namespace chengxin::domain {

// Appends to a decision the awards whose contractors' standing its events change: for each organization with
// active awards the verdict and the adverse reasons before and after are compared, at the Change's stamp and
// with what is known of the sources before it; where they differ, the award gets an AwardAlert, its cause the
// first event that made a difference. That a source is stale is no change of standing. An award that the
// decision itself changes is taken as it leaves it, and left alone once closed. Errors are the view's.
//
// Costs one look-up of awards for each organization whose standing may change, and nothing for what a bulk
// import mostly consists of: new organizations, registrations restated without effect
// (Decision.without_effect), and new records that mean nothing for decisions.
absl::Status AppendAwardAlerts(const CommandContext& context, const View& view, Decision& decision);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_AWARD_ALERTS_H_
