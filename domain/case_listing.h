// Whether a case may end in a listing, and on which ground: rules 18 to 20, 22 to 26. Private to domain.
#ifndef CHENGXIN_DOMAIN_CASE_LISTING_H_
#define CHENGXIN_DOMAIN_CASE_LISTING_H_

#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/listing_ruling.h"

namespace chengxin::domain {

// What is known where the decision is judged; records, listings and cases are all of the
// organization.
struct CaseToList {
  const v1::Case& the_case;
  const v1::CaseDecision& decision;
  const v1::Organization& organization;
  const std::vector<v1::CreditRecord>& records;
  const std::vector<v1::Listing>& listings;
  const std::vector<v1::Case>& cases;
  const CompiledCatalogue& catalogue;
};

// Judges a decision that found LISTED. A ground that penalties meet needs the case's penalty to meet it, and
// no notice: the organization was heard on the penalty (O60 art 10). Any other needs notice and hearing.
// Refuses with
//   UNKNOWN_GROUND                none of the two lists (rule 19)
//   ORGANIZATION_ENDED, RESIDUAL_GROUND_WITHOUT_LAW, GROUND_MISMATCH, DECISION_DATE   as RuleOn
//   CONFLICTING_RECORD            an entry in force rests on the penalty already
//   NOTICE_REQUIRED, ANNOUNCEMENT_RUNS, CALENDAR_NOT_LOADED, STATEMENT_PERIOD_RUNS    as RefuseUnheard
//   GROUND_NOT_NOTICED            another ground than the one told (rule 20)
//   ITEM_ENDED                    two years on the abnormal list, which it is not on any more
//   MOVE_NOT_OPEN                 the entry that is to move is being decided again (rule 39)
//   ESCALATION_EARLY              two years are not full: the day of the decision must lie after their last
//                                 one (rules 26, 64)
absl::StatusOr<ListingRuling> RuleOnCase(const CaseToList& to_list);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_LISTING_H_
