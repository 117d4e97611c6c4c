// Moves of a case from the command line.
#ifndef CHENGXIN_CLIENT_CLI_CASE_MOVES_H_
#define CHENGXIN_CLIENT_CLI_CASE_MOVES_H_

#include <ostream>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "client/cli/arguments.h"
#include "client/cli/print_cases.h"
#include "client/cli/resource_command.h"

namespace chengxin::cli {

inline constexpr char kCaseName[] = "案件名称，cases/前缀可省 (name of the case)";

// After a move: the case.
template <typename Answer>
void ShowMoved(std::ostream& out, const Answer& answer) {
  out << "已办理 (done)，版本 " << answer.revision() << '\n';
  Print(out, answer.case_());
  if constexpr (std::is_same_v<Answer, v1::DecideCaseResponse> ||
                std::is_same_v<Answer, v1::ConfirmDecisionResponse>)
    PrintOutcome(out, answer);
}

// Makes one move: `fill` gets the case as it is and the request; `call` is the client's method. Shows the
// case after it.
template <typename Request, typename Answer, typename Fill>
int MoveCase(Session& session, const ResourceFlags& flags, const Fill& fill,
             absl::StatusOr<Answer> (client::Client::*call)(Request)) {
  Request request;
  request.set_name(ResourceName("cases/", flags.name));
  const auto read = [&](client::Client& client) -> absl::StatusOr<v1::Case> {
    v1::GetCaseRequest get;
    get.set_name(request.name());
    auto answer = client.GetCase(get);
    if (!answer.ok()) return answer.status();
    return std::move(*answer->mutable_case_());
  };
  return CommandResource(session, flags, request, read, fill, call,
                         [&session](const Answer& answer) { ShowMoved(session.out(), answer); });
}

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_CASE_MOVES_H_
