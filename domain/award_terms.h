// The terms of a contract: policy section 四
// (合同履行期限一般不超过1年；不超过3年；续签不得超过2次；价格变化幅度在10%以内). Private to domain.
#ifndef CHENGXIN_DOMAIN_AWARD_TERMS_H_
#define CHENGXIN_DOMAIN_AWARD_TERMS_H_

#include <optional>

#include "chengxin/v1/award.pb.h"
#include "domain/field_checks.h"
#include "domain/refusal.h"

namespace chengxin::domain {

inline constexpr int kMaximumRenewals = 2;
// A term, and all terms of a contract together, in years.
inline constexpr int kMaximumTermYears = 1;
inline constexpr int kMaximumContractYears = 3;
// Change of price from the term before, in percent; itself allowed.
inline constexpr int kMaximumPriceChangePercent = 10;

// Each adds every wrong field of a term taken by itself. A renewal names the approval of the finance
// department (逐年续签合同的，需报同级财政部门审批同意); the first term has none.
void CheckFirstTerm(const v1::ContractTerm& term, const FieldChecks& checks);
void CheckRenewalTerm(const v1::ContractTerm& term, const FieldChecks& checks);

// Each answers CONTRACT_TERM with metadata field and limit, or nothing. A period that begins on a day ends on
// the corresponding day, or on the last of a month that has none (民法典 arts 201, 202): of one year from 29
// February, on 28 February. `term` passed its check.

// A term that is longer than one year.
std::optional<Refusal> RefuseTerm(const v1::ContractTerm& term);
// A renewal: of a contract that is not renewable, the third, one that begins before the last term has ended,
// that leads beyond three years from the first day, or whose price is more than 10 % above or below the last
// one's; and whatever RefuseTerm refuses.
std::optional<Refusal> RefuseRenewal(const v1::Award& award, const v1::ContractTerm& term);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_AWARD_TERMS_H_
