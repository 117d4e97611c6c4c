// The sections of a credit report: adverse and good side by side, what is kept for the archive apart (rules
// 35, 36, 60).
#ifndef CHENGXIN_DOMAIN_CREDIT_REPORT_H_
#define CHENGXIN_DOMAIN_CREDIT_REPORT_H_

#include <vector>

#include "absl/time/time.h"
#include "chengxin/v1/credit_report.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/record.pb.h"

namespace chengxin::domain {

// For whom a report is made.
enum class ReportReader {
  kPublic,     // what is published and on display alone
  kPurchaser,  // what is in force, displayed or not; no archive
  kArchive     // everything
};

// Whether the entry holds at the instant.
bool IsInForce(const v1::Listing& listing, absl::Time at);
// Whether the record supports nothing any more: withdrawn (rule 39), or repaired (rule 35).
bool IsOutOfUse(const v1::CreditRecord& record);
// Whether the record speaks against the organization, by its content: in force or not.
bool IsAdverse(const v1::CreditRecord& record);

// Sorts what is known of an organization into the sections of `report`, newest first: adverse records in
// force or on display at the instant, good ones, others; entries in force; the archive; merits. `records` and
// `listings` come oldest first.
void FillSections(std::vector<v1::CreditRecord> records, std::vector<v1::Listing> listings, absl::Time at,
                  ReportReader reader, v1::CreditReport& report);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CREDIT_REPORT_H_
