// Whether credit information was recorded in time: rule 7 (O60 art 8: within 5 working days of its formation
// or receipt).
#ifndef CHENGXIN_DOMAIN_CAPTURE_H_
#define CHENGXIN_DOMAIN_CAPTURE_H_

#include <optional>

#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// The last day by which information formed on `formed_on` is to be recorded; nothing where the calendar of a
// year on the way is not loaded: the deadline waits (rule 64).
std::optional<CivilDay> CaptureDueOn(CivilDay formed_on, const CompiledCatalogue& catalogue);

// Sets capture_due_on and captured_late of a record from its formed_on, for a record made on `recorded_on`.
// Neither is set while the calendar of a year on the way is not loaded; a later correction sets them then.
void SetCapture(CivilDay recorded_on, const CompiledCatalogue& catalogue, v1::CreditRecord& record);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CAPTURE_H_
