// The periods of the procedure as the catalogue sets them, and legal days counted by its calendar (rule 64).
#ifndef CHENGXIN_DOMAIN_PROCEDURE_H_
#define CHENGXIN_DOMAIN_PROCEDURE_H_

#include <optional>
#include <string_view>

#include "chengxin/v1/catalogue.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"
#include "domain/working_calendar.h"

namespace chengxin::domain {

// The catalogue's procedure with every period filled in: what a row leaves out is the documented default.
v1::Procedure ProcedureOf(const CompiledCatalogue& catalogue);

// The `count`th working day after `from`; nothing where a year on the way is not loaded: the deadline waits.
std::optional<CivilDay> WorkingDayAfter(const CompiledCatalogue& catalogue, CivilDay from, int count);

// The last day of a period of the catalogue ("P2Y") that begins with an event on `from`, put off to the next
// working day where it ends on a day off (民法典 201 to 203); nothing where the period is empty.
std::optional<WorkingCalendar::LastDay> LastDayOfPeriod(const CompiledCatalogue& catalogue, CivilDay from,
                                                        std::string_view period);

// The same without the calendar: the day on which the period nominally ends.
std::optional<CivilDay> NominalEnd(CivilDay from, std::string_view period);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_PROCEDURE_H_
