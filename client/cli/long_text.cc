#include "client/cli/long_text.h"

#include "CLI/CLI.hpp"

namespace chengxin::cli {

CLI::Option* AddLongText(CLI::App& verb, Session& session, const std::string& name, std::string& value,
                         const std::string& help) {
  CLI::Option* const option = verb.add_option(name, value, help)->type_name("TEXT|@FILE");
  session.long_texts.push_back({option, &value});
  return option;
}

}  // namespace chengxin::cli
