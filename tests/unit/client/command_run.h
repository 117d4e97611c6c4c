// Whole commands of the command line, without a process.
#ifndef CHENGXIN_TESTS_UNIT_CLIENT_COMMAND_RUN_H_
#define CHENGXIN_TESTS_UNIT_CLIENT_COMMAND_RUN_H_

#include <string>
#include <vector>

#include "tests/unit/client/scripted_server.h"

namespace chengxin::cli {

// How a command ended.
struct Result {
  int code = -1;
  std::string out;
  std::string err;
};

// Runs one with the flags as they are, on 18 November 2026.
Result RunWith(std::vector<std::string> arguments, const std::string& input = "");
// The same against this server.
Result RunAt(client::ScriptedServer& server, std::vector<std::string> arguments,
             const std::string& input = "");

}  // namespace chengxin::cli

#endif  // CHENGXIN_TESTS_UNIT_CLIENT_COMMAND_RUN_H_
