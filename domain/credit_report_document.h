// The credit report as a document: JSON for programs, HTML for people and printers.
#ifndef CHENGXIN_DOMAIN_CREDIT_REPORT_DOCUMENT_H_
#define CHENGXIN_DOMAIN_CREDIT_REPORT_DOCUMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "chengxin/v1/credit_report.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// JSON: the message as protobuf's JSON mapping has it, with the names of proto/ and of its enumerators,
// indented, Chinese as it is. HTML: one self-contained page, Chinese first, for A4; it loads nothing and runs
// nothing, and everything that anybody entered is escaped. UNSPECIFIED: empty.
// `catalogue` gives the names of grounds, authorities and sources; null: their ids stand. Internal where a
// text is not UTF-8 or an instant lies outside years 1 to 9999, which nothing stored here does.
absl::StatusOr<std::string> ReportDocument(const v1::CreditReport& report, v1::ReportFormat format,
                                           const CompiledCatalogue* catalogue);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CREDIT_REPORT_DOCUMENT_H_
