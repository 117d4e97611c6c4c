// Whether a catalogue agrees with itself. Used by CompiledCatalogue::Compile alone.
#ifndef CHENGXIN_DOMAIN_CATALOGUE_CHECK_H_
#define CHENGXIN_DOMAIN_CATALOGUE_CHECK_H_

#include "absl/status/statusor.h"
#include "chengxin/v1/catalogue.pb.h"
#include "domain/civil_day.h"
#include "domain/divisions.h"
#include "domain/refusal.h"
#include "domain/working_calendar.h"

namespace chengxin::domain {

// The days on which a row is in force, both included.
struct DaysInForce {
  CivilDay from;
  CivilDay through;
};

// A row without a last day is in force through 9999-12-31. InvalidArgument where the first day is missing, a
// day does not exist, or the last lies before the first.
absl::StatusOr<DaysInForce> ParseValidity(const v1::Validity& validity);

// Fills the two long tables. Each row that does not fit is left out and named, for example
// "calendar[3].days_off[1]".
void BuildTables(const v1::Catalogue& catalogue, Divisions& divisions, WorkingCalendar& calendar,
                 FieldViolations& violations);

// Checks everything else, against the table of divisions, as CompiledCatalogue::Compile documents it. Names
// every wrong row, for example "grounds[3].legal_basis".
void CheckRows(const v1::Catalogue& catalogue, const Divisions& divisions, FieldViolations& violations);

// The part of CheckRows on types of conduct, classes of display and the procedure: unique ids or days that do
// not overlap, periods that parse, figures within their limits, grounds that the catalogue has, a legal
// basis.
void CheckProcedureRows(const v1::Catalogue& catalogue, FieldViolations& violations);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CATALOGUE_CHECK_H_
