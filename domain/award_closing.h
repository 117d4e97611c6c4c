// The end of a contract: its evaluations become credit records (绩效评价结果记入信用信息记录; policy section
// 六). Private to domain.
#ifndef CHENGXIN_DOMAIN_AWARD_CLOSING_H_
#define CHENGXIN_DOMAIN_AWARD_CLOSING_H_

#include "absl/status/statusor.h"
#include "chengxin/v1/award_service.pb.h"
#include "domain/decide.h"
#include "domain/field_checks.h"
#include "domain/view.h"

namespace chengxin::domain {

// Adds every wrong field of an evaluation taken by itself.
void CheckEvaluation(const v1::AwardEvaluation& evaluation, const FieldChecks& checks);

// Closes an active award: files for each contractor a PerformanceEvaluation and, where the contract was not
// performed, a ContractPerformance, recorded by the purchaser, both before the award's event. InvalidArgument
// where evaluations are not one for each contractor, or an early end is given no reason; refused with
// CONFLICTING_RECORD where a record of this award says something else.
absl::StatusOr<Decision> CloseAward(const v1::CloseAwardRequest& request, v1::Award award,
                                    const CommandContext& context, const View& view);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_AWARD_CLOSING_H_
