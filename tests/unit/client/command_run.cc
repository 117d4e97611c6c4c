#include "tests/unit/client/command_run.h"

#include <sstream>
#include <utility>

#include "client/cli/command_line.h"
#include "tests/support/fake_clock.h"

namespace chengxin::cli {

Result RunWith(std::vector<std::string> arguments, const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Result result;
  FakeClock clock(absl::FromUnixSeconds(1'795'000'000));
  result.code = Run(std::move(arguments), {.in = in, .out = out, .err = err}, clock);
  result.out = out.str();
  result.err = err.str();
  return result;
}

Result RunAt(client::ScriptedServer& server, std::vector<std::string> arguments, const std::string& input) {
  arguments.insert(arguments.begin(), {"--server", server.Start()});
  return RunWith(std::move(arguments), input);
}

}  // namespace chengxin::cli
