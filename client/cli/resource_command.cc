#include "client/cli/resource_command.h"

#include "CLI/CLI.hpp"

namespace chengxin::cli {

void AddRequestId(CLI::App& verb, std::string& request_id) {
  verb.add_option("--request-id", request_id, "重试时使用同一标识 (the same for a repetition)");
}

void AddResourceFlags(CLI::App& verb, ResourceFlags& flags, const std::string& name_help,
                      const std::string& positional) {
  verb.add_option(positional, flags.name, name_help)->required();
  verb.add_option("--etag", flags.etag,
                  "作出决定时所见的etag，缺省为现在的 (the etag decided on; default: as it is now)");
  AddRequestId(verb, flags.request_id);
}

int FailCommand(const Session& session, const absl::Status& status, const std::string& etag) {
  const int code = session.Fail(status);
  if (client::UnknownOutcomeRequestId(status).has_value())
    session.err() << "  并加 --etag " << etag << " (and with this --etag)\n";
  return code;
}

}  // namespace chengxin::cli
