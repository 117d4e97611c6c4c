// Credit in an organization's favour (rule 60): shown beside what is adverse, and never deciding (rule 51).
#ifndef CHENGXIN_DOMAIN_MERITS_H_
#define CHENGXIN_DOMAIN_MERITS_H_

#include <cstddef>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/record.pb.h"

namespace chengxin::domain {

// The lowest assessment level that is shown: 3A and above have priority in purchases.
inline constexpr int kLowestLevelShown = 3;
// Of evaluations and of honours each, the latest so many.
inline constexpr size_t kMaximumMeritsOfAKind = 20;

// From an organization's records, as known, what speaks for it at an instant: the assessment level (评估等级)
// in validity on that day, where it is 3A or higher; passed performance evaluations (绩效评价); honours
// (表彰奖励). In this order, the latest first. Of several levels in validity the latest assessment counts, so
// that a lowered level is not hidden by the higher one before it; an expired level counts as none.
std::vector<v1::Merit> MeritsOf(absl::Span<const v1::CreditRecord> records, absl::Time effective_at);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_MERITS_H_
