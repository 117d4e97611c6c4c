// Flags that take a long text: as it is, or "@FILE" for what a file holds.
#ifndef CHENGXIN_CLIENT_CLI_LONG_TEXT_H_
#define CHENGXIN_CLIENT_CLI_LONG_TEXT_H_

#include <string>

#include "client/cli/session.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace chengxin::cli {

// Adds one. Before the verb acts, "@FILE" has become the file's text without the line break at its end ("@-":
// standard input; a text that begins with "@" is written "@@"). Such texts may have several lines. `value`
// must outlive `verb`.
CLI::Option* AddLongText(CLI::App& verb, Session& session, const std::string& name, std::string& value,
                         const std::string& help);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_LONG_TEXT_H_
