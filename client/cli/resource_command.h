// Commands on a resource that others may change meanwhile: they carry the etag of what the officer saw.
#ifndef CHENGXIN_CLIENT_CLI_RESOURCE_COMMAND_H_
#define CHENGXIN_CLIENT_CLI_RESOURCE_COMMAND_H_

#include <functional>
#include <string>
#include <utility>

#include "client/cli/ask.h"
#include "client/cli/session.h"
#include "client/error.h"

namespace CLI {
class App;
}  // namespace CLI

namespace chengxin::cli {

struct ResourceFlags {
  std::string name;
  std::string etag;
  std::string request_id;
};

// --request-id alone. `request_id` must outlive `verb`.
void AddRequestId(CLI::App& verb, std::string& request_id);
// NAME, --etag, --request-id. `flags` must outlive `verb`.
void AddResourceFlags(CLI::App& verb, ResourceFlags& flags, const std::string& name_help,
                      const std::string& positional = "NAME");

// Tells a failure of a command on a resource. Where its outcome is unknown it is repeated with the same etag
// too, which the resource may not have any more. Returns the exit code.
int FailCommand(const Session& session, const absl::Status& status, const std::string& etag);

// Reads the resource with `read` (a StatusOr of it), lets `fill` (a Status) put what the flags say into the
// request, sends it with `send`, a method of the client, and shows the answer: as JSON, or with `show`.
// Where an etag was given it is sent; otherwise the resource's as it is read now.
template <typename Request, typename Read, typename Fill, typename Send, typename Show>
int CommandResource(Session& session, const ResourceFlags& flags, Request request, const Read& read,
                    const Fill& fill, const Send& send, const Show& show) {
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto resource = read(**client);
  if (!resource.ok()) return session.Fail(resource.status());
  request.set_etag(flags.etag.empty() ? resource->etag() : flags.etag);
  request.set_request_id(flags.request_id);
  if (const absl::Status filled = fill(*resource, request); !filled.ok()) return session.Fail(filled);
  const std::string etag = request.etag();
  const auto answer = std::invoke(send, **client, std::move(request));
  if (!answer.ok()) return FailCommand(session, answer.status(), etag);
  return JsonOr(session, *answer, [&] { show(*answer); });
}

// The `fill` of a command that says no more than its name.
inline constexpr auto kNothingMore = [](const auto& resource, auto& request) { return absl::OkStatus(); };

// `read`, but an empty resource where an etag was given: who may act need not be allowed to read. For
// commands whose `fill` looks at flags alone. `flags` must outlive it.
template <typename Read>
auto UnlessEtagGiven(const ResourceFlags& flags, const Read& read) {
  return [&flags, read](client::Client& client) {
    using Resource = decltype(read(client));
    return flags.etag.empty() ? read(client) : Resource(typename Resource::value_type());
  };
}

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_RESOURCE_COMMAND_H_
