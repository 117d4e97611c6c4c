// Time that passes at the bureau's desk: what falls due is let happen as the timer does it, and catalogues
// change.
#ifndef CHENGXIN_TESTS_UNIT_DOMAIN_PASSING_TIME_H_
#define CHENGXIN_TESTS_UNIT_DOMAIN_PASSING_TIME_H_

#include <functional>
#include <string>
#include <string_view>

#include "chengxin/v1/deadline.pb.h"
#include "tests/support/bureau.h"

namespace chengxin {

// The platform itself.
v1::Principal System();

// The first instant of a day in Shanghai.
absl::Time StartOf(std::string_view day);

// The command for the due of that kind; of kind UNSPECIFIED where the resource has none.
log::v1::LetDueHappen DueOf(const v1::Listing& listing, v1::DeadlineKind kind);
log::v1::LetDueHappen DueOf(const v1::Case& the_case, v1::DeadlineKind kind);

// Lets it happen now.
absl::StatusOr<domain::Decision> LetHappen(Bureau& bureau, const log::v1::LetDueHappen& due);

// Puts a changed form of the deployed catalogue in force.
void ChangeCatalogue(Bureau& bureau, const std::function<void(v1::Catalogue&)>& change);

// The only listing of the organization on the list that is in force; aborts where there is none.
v1::Listing InForce(const Bureau& bureau, std::string_view code, v1::ListKind list);

// The open cases of the organization with that origin.
std::vector<v1::Case> OpenCases(const Bureau& bureau, std::string_view code, v1::CaseOrigin origin);

// The registering authority's decision on the case on the bureau's day.
v1::DecideCaseRequest DecisionOn(Bureau& bureau, const v1::Case& the_case, v1::CaseFinding finding);

// Withdraws the record on the bureau's day; aborts where that is refused.
void WithdrawRecord(Bureau& bureau, const v1::CreditRecord& known);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_UNIT_DOMAIN_PASSING_TIME_H_
