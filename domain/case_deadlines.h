// The deadlines that run in a case (办案期限): rules 16, 20 to 22, 39, 64.
#ifndef CHENGXIN_DOMAIN_CASE_DEADLINES_H_
#define CHENGXIN_DOMAIN_CASE_DEADLINES_H_

#include <vector>

#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/deadline.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// Those that run on `today`, soonest first; none once the case has ended.
//   ACCEPT_REPORT  待受理: from the day it came to lie with the authority
//   ANNOUNCEMENT   a notice by announcement that has not taken effect; by itself
//   STATEMENT      the statement period; by itself
//   DECISION       from the end of the statement period, or from a waiver that stands
//   REDECISION     from the withdrawal
// A period in working days through a year that is not loaded waits: without a day, provisional, last.
std::vector<v1::Deadline> DeadlinesOf(const v1::Case& the_case, const CompiledCatalogue& catalogue,
                                      CivilDay today);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_DEADLINES_H_
