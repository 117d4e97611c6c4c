// The class of public display (公示期限) that a record belongs to: rules 34, 36.
#ifndef CHENGXIN_DOMAIN_DISPLAY_CLASS_H_
#define CHENGXIN_DOMAIN_DISPLAY_CLASS_H_

#include <optional>

#include "absl/time/time.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// The row of the catalogue that the record's penalty belongs to; of several the one that is shown longest,
// the severest. Null where it belongs to none, and for what is no penalty: such a record has neither a
// minimum nor an end of display.
const v1::DisplayClass* DisplayClassOf(const v1::CreditRecord& record, const CompiledCatalogue& catalogue);

// The first instant after the last day of public display (rule 36), counted from the penalty's decision;
// nothing where its class sets no end.
std::optional<absl::Time> DisplayEndOf(const v1::CreditRecord& record, const CompiledCatalogue& catalogue);

// Day before which the record cannot be repaired (rule 34), counted from the penalty's decision; nothing
// where its class sets none.
std::optional<CivilDay> MinimumPeriodEnd(const v1::CreditRecord& record, const CompiledCatalogue& catalogue);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_DISPLAY_CLASS_H_
