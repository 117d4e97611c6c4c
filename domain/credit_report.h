// The credit report (信用报告): what is kept of one organization, as of any time, fit to attach to annual
// inspection, spot-check audit or assessment (policy section 九; rules 35, 36, 60).
#ifndef CHENGXIN_DOMAIN_CREDIT_REPORT_H_
#define CHENGXIN_DOMAIN_CREDIT_REPORT_H_

#include <vector>

#include "absl/time/time.h"
#include "chengxin/v1/credit_report.pb.h"
#include "domain/evaluate.h"

namespace chengxin::domain {

// What was known of the organization at the knowledge's revision.
struct ReportSubject {
  v1::Organization organization;
  std::vector<v1::CreditRecord> records;  // oldest first
  std::vector<v1::Listing> listings;      // ended ones included
};

// Whether the reader may see the archive: ended entries, what was repaired or withdrawn, and adverse items
// that neither hold nor are displayed any more (rules 35, 36).
enum class ArchiveAccess { kNone, kRead };

// Puts the report together for an instant:
// - adverse_records: adverse by what they say, and in force (an effect holds) or on display; a penalty
// without
//   end of display stays on display.
// - favourable_records: an assessment level of 3A or above in validity, honours, passed evaluations,
// performed
//   contracts.
// - other_records: the rest, adverse items that no longer hold and were never displayed among them.
// - listings: entries in force.
// - archived_*: with access alone: ended entries, repaired and withdrawn items, adverse items whose display
//   ended and that hold no longer.
// What happened only after the instant is left out. Each list is newest first; fields annotated personal or
// internal are empty. basis.known_at is the caller's to set.
v1::CreditReport MakeCreditReport(ReportSubject subject, const Knowledge& knowledge, absl::Time effective_at,
                                  ArchiveAccess archive);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CREDIT_REPORT_H_
