// What can be said of a credit record and of a listing decision alone: rules 8 to 11. Private to domain.
#ifndef CHENGXIN_DOMAIN_VALIDATE_RECORD_H_
#define CHENGXIN_DOMAIN_VALIDATE_RECORD_H_

#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/field_checks.h"

namespace chengxin::domain {

// Adds every wrong field of the record, by request and by row alike. Fields that are output only are not
// looked at.
void ValidateRecord(const v1::CreditRecord& record, const FieldChecks& checks);

// Adds every wrong field of the decision. How its days agree with the penalty's is decided later
// (DECISION_DATE).
void ValidateListingDecision(const v1::ListingDecision& decision, const FieldChecks& checks);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_VALIDATE_RECORD_H_
