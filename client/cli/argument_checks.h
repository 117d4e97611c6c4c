// What is wrong with arguments whatever the verb: bytes that are no text, characters that steer a terminal.
#ifndef CHENGXIN_CLIENT_CLI_ARGUMENT_CHECKS_H_
#define CHENGXIN_CLIENT_CLI_ARGUMENT_CHECKS_H_

#include "absl/status/status.h"
#include "client/cli/session.h"

namespace CLI {
class App;
}  // namespace CLI

namespace chengxin::cli {

// Type name of options that take a path: paths may be any bytes.
inline constexpr char kPathType[] = "PATH";

// Checks every option that was given, of `app` and the verbs given under it, and reads the files that long
// texts name. InvalidArgument naming the option that is wrong.
absl::Status CheckArguments(const CLI::App& app, const Session& session);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_ARGUMENT_CHECKS_H_
