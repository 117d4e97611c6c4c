// Credit reports for people.
#ifndef CHENGXIN_CLIENT_CLI_PRINT_REPORT_H_
#define CHENGXIN_CLIENT_CLI_PRINT_REPORT_H_

#include <ostream>

#include "chengxin/v1/credit_report.pb.h"

namespace chengxin::cli {

// The organization, then its entries on the lists, its adverse, favourable and other items, the archive where
// it may be seen, and what the report rests on. A part with nothing in it says so.
void Print(std::ostream& out, const v1::CreditReport& report);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PRINT_REPORT_H_
