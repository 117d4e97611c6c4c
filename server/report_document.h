// A credit report as a document: JSON for programs, HTML to print and attach.
#ifndef CHENGXIN_SERVER_REPORT_DOCUMENT_H_
#define CHENGXIN_SERVER_REPORT_DOCUMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "chengxin/v1/credit_report.pb.h"

namespace chengxin::server {

// The report in protobuf's JSON, with the field names of proto/. Internal where it cannot be written.
absl::StatusOr<std::string> ReportAsJson(const v1::CreditReport& report);

// One self-contained page in Chinese: no script, no reference to anything else, every text escaped.
std::string ReportAsHtml(const v1::CreditReport& report);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_REPORT_DOCUMENT_H_
