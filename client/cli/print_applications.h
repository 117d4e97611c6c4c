// Applications for people.
#ifndef CHENGXIN_CLIENT_CLI_PRINT_APPLICATIONS_H_
#define CHENGXIN_CLIENT_CLI_PRINT_APPLICATIONS_H_

#include <ostream>

#include "chengxin/v1/application.pb.h"
#include "client/cli/table.h"

namespace chengxin::cli {

// All of one application.
void Print(std::ostream& out, const v1::Application& application);

Table ApplicationTable();
void AddRow(const v1::Application& application, Table& table);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PRINT_APPLICATIONS_H_
