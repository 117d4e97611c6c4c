// What falls due by itself of a resource (design: write path, time-driven changes).
#ifndef CHENGXIN_DOMAIN_DUES_H_
#define CHENGXIN_DOMAIN_DUES_H_

#include <string>
#include <string_view>
#include <vector>

#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/due.pb.h"

namespace chengxin::domain {

// The dues of the state an event carries; they take the place of those of the resource's state before. Holds
// no law and knows no catalogue: every day it counts from stands in the resource. The instants are nominal: a
// due may come up before it may happen, and is asked again then.
//
// Of a listing in force: DISPLAY_END at display_until, until display_ended; EX_OFFICIO_REMOVAL after
// ex_officio_removal_on; ESCALATION_CASE from escalation_case_on, until escalation_case is set; ESCALATION
// after escalation_on. Of an open case of origin REDECISION: REDECISION after received_on.
std::vector<log::v1::Due> DuesOf(const log::v1::Event& event);

// The resource whose dues may have waited for what the event brings, so that they are to be asked for again
// at once: of a redecision that has ended, its listing (rules 26, 39). Empty: none.
std::string_view WaitedFor(const log::v1::Event& event);

// Identifies the due over restarts: the request_id of the command that lets it happen.
std::string RequestIdOf(const log::v1::Due& due);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_DUES_H_
