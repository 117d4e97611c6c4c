// What an organization's records say in favour of a condition of policy section 一 (domain rules, section
// 10).
#ifndef CHENGXIN_DOMAIN_FAVOUR_H_
#define CHENGXIN_DOMAIN_FAVOUR_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/standing.h"

namespace chengxin::domain {

// A fact with the favourable ground (INS-03, FIN-02, QUA-02, TAX-03 of the catalogue) and the record behind
// it, where at the instant
// - 二: the latest annual inspection is qualified, basically qualified, or the annual report was filed;
// - 三: the latest inspection of finances found no problem, or its problems are rectified;
// - 四: a certificate of `kind` is in validity and not revoked (nothing without a kind);
// - 五: the latest statement on taxes and social security is good.
// Nothing for other conditions, or where no record says so. `records` come oldest first; of one day the one
// recorded later counts. What is adverse is no matter of this function.
std::optional<Fact> FavourOf(v1::Condition condition, std::string_view kind,
                             absl::Span<const v1::CreditRecord> records, absl::Time effective_at);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_FAVOUR_H_
