// The deadlines of an application: rules 30, 34, 38, 64.
#ifndef CHENGXIN_DOMAIN_APPLICATION_DEADLINES_H_
#define CHENGXIN_DOMAIN_APPLICATION_DEADLINES_H_

#include <vector>

#include "chengxin/v1/application.pb.h"
#include "chengxin/v1/deadline.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// As of `today`:
//   filed, a removal or repair   APPLICATION_ACCEPTANCE, from the day it was received
//   accepted, of these           APPLICATION_ANSWER, from the day of acceptance
//   an open objection            APPLICATION_ANSWER, from the day it was received: acceptance gives no time
//   a granted removal            REMOVAL, from the day of verification, met by the answer (rule 30)
// None otherwise. Where the calendar does not reach, a deadline waits: provisional, without a day.
std::vector<v1::Deadline> DeadlinesOf(const v1::Application& application, const CompiledCatalogue& catalogue,
                                      CivilDay today);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_APPLICATION_DEADLINES_H_
