// Awards for people.
#ifndef CHENGXIN_CLIENT_CLI_PRINT_AWARDS_H_
#define CHENGXIN_CLIENT_CLI_PRINT_AWARDS_H_

#include <ostream>
#include <string>

#include "chengxin/v1/award.pb.h"
#include "client/cli/table.h"

namespace chengxin::cli {

// All of one award.
void Print(std::ostream& out, const v1::Award& award);

Table AwardTable();
void AddRow(const v1::Award& award, Table& table);

// "51530100MJT000010G  可以选择 ELIGIBLE → 需审查 REVIEW  ABNORMAL_LIST  listings/51530100MJT000010G-A1".
std::string SummaryOf(const v1::AwardAlert& alert);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PRINT_AWARDS_H_
