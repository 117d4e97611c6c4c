// One question or command: asked of the server, its answer shown.
#ifndef CHENGXIN_CLIENT_CLI_ASK_H_
#define CHENGXIN_CLIENT_CLI_ASK_H_

#include <functional>
#include <utility>

#include "client/cli/exit_codes.h"
#include "client/cli/session.h"
#include "google/protobuf/message.h"

namespace chengxin::cli {

// Writes the message as JSON, or for people with `print`. Returns the exit code.
template <typename Print>
int JsonOr(const Session& session, const google::protobuf::Message& message, const Print& print) {
  if (session.json()) {
    session.PrintJson(message);
  } else {
    print();
  }
  return kDone;
}

// Asks with `call`, a method of the client, and lets `show` (an exit code) show the answer. Returns its exit
// code, or that of the failure.
template <typename Request, typename Call, typename Show>
int Ask(Session& session, Request request, const Call& call, const Show& show) {
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = std::invoke(call, **client, std::move(request));
  if (!answer.ok()) return session.Fail(answer.status());
  return show(*answer);
}

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_ASK_H_
