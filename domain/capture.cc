#include "domain/capture.h"

#include "domain/procedure.h"

namespace chengxin::domain {

std::optional<CivilDay> CaptureDueOn(CivilDay formed_on, const CompiledCatalogue& catalogue) {
  return WorkingDayAfter(catalogue, formed_on, catalogue.message().capture_working_days());
}

void SetCapture(CivilDay recorded_on, const CompiledCatalogue& catalogue, v1::CreditRecord& record) {
  record.clear_capture_due_on();
  record.clear_captured_late();
  const auto formed_on = CivilDay::Parse(record.formed_on());
  if (!formed_on.ok()) return;
  const std::optional<CivilDay> due = CaptureDueOn(*formed_on, catalogue);
  if (!due.has_value()) return;
  record.set_capture_due_on(due->ToString());
  record.set_captured_late(recorded_on > *due);
}

}  // namespace chengxin::domain
