// The command line as a function, so that it can be run without a process of its own.
#ifndef CHENGXIN_CLIENT_CLI_COMMAND_LINE_H_
#define CHENGXIN_CLIENT_CLI_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "base/clock.h"
#include "client/cli/session.h"

namespace chengxin::cli {

// Runs one command given by `arguments`, without the program's name. Returns the exit code. Flags that are
// not given are taken from the environment where the help says so.
int Run(std::vector<std::string> arguments, const Streams& streams, Clock& clock);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_COMMAND_LINE_H_
