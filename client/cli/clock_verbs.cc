#include <algorithm>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/time/time.h"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/table.h"
#include "client/cli/verbs.h"
#include "client/error.h"
#include "domain/civil_day.h"

namespace chengxin::cli {

namespace {

// All that falls due on the way is written before the answer.
constexpr double kLeastTimeoutSeconds = 3600;

struct ClockFlags {
  std::string to;
  std::string by;
};

int Show(Session& session) {
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto status = (*client)->GetStatus({});
  if (!status.ok()) return session.Fail(status.status());
  if (session.json()) {
    session.out() << "{\"now\":\"" << absl::FormatTime(TimeOf(status->now()), absl::UTCTimeZone())
                  << "\",\"simulated\":" << (status->simulated_clock() ? "true" : "false")
                  << ",\"waiting_dues\":" << status->waiting_dues() << "}\n";
    return kDone;
  }
  Properties lines;
  lines.Add("现在 (now)", FormatInstant(status->now()));
  lines.Add("时钟 (clock)", status->simulated_clock()
                                ? "模拟，数据都不是真的 (simulated: nothing here is real)"
                                : "真实 (real)");
  lines.Add("到期待办 (waiting)", StrCat(status->waiting_dues()));
  lines.Print(session.out());
  return kDone;
}

// The same time of day, a period later by the civil calendar.
absl::StatusOr<absl::Time> Later(absl::Time now, const std::string& text) {
  const absl::StatusOr<domain::Period> period = domain::Period::Parse(text);
  if (!period.ok())
    return client::FieldError(
        "by", StrCat("\"", text.substr(0, 20),
                     "\" 不是期间，应如P2Y、P6M、P10D (no period; expected P2Y, P6M or P10D)"));
  const domain::CivilDay today = domain::DayOf(now);
  return domain::StartOfDay(domain::AddPeriod(today, *period)) + (now - domain::StartOfDay(today));
}

int Advance(Session& session, const ClockFlags& flags) {
  session.flags().timeout_seconds = std::max(session.flags().timeout_seconds, kLeastTimeoutSeconds);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  v1::AdvanceClockRequest request;
  if (!flags.by.empty()) {
    const auto status = (*client)->GetStatus({});
    if (!status.ok()) return session.Fail(status.status());
    const auto to = Later(TimeOf(status->now()), flags.by);
    if (!to.ok()) return session.Fail(to.status());
    *request.mutable_to() = ToTimestamp(*to);
  } else {
    // Its own now would move nothing, and this machine's may be years away.
    if (flags.to == "now")
      return session.Fail(client::FieldError(
          "to", "应给出时刻：now不是服务的时钟要拨到的时刻 (give an instant; now is no instant to move to)"));
    const auto to = ParseInstant("to", flags.to, session.clock().Now());
    if (!to.ok()) return session.Fail(to.status());
    *request.mutable_to() = *to;
  }
  const auto answer = (*client)->AdvanceClock(request);
  if (!answer.ok()) return session.Fail(answer.status());
  if (session.json()) {
    session.PrintJson(*answer);
  } else {
    session.out() << "现在 (now) " << FormatInstant(answer->now()) << "，到期办理 (dues done) "
                  << answer->dues() << "，版本 " << answer->revision() << '\n';
  }
  return kDone;
}

}  // namespace

void AddClockVerbs(CLI::App& app, Session& session) {
  CLI::App* const clock = app.add_subcommand("clock", "服务的时钟 (the server's clock)");
  clock->require_subcommand(1);
  CLI::App* const show = clock->add_subcommand("show", "现在几时，是否模拟 (what time it is, and whose)");
  show->footer("示例 (example):\n  chengxin clock show");
  show->callback([&session] { session.action = [&session] { return Show(session); }; });

  const auto flags = std::make_shared<ClockFlags>();
  CLI::App* const advance = clock->add_subcommand(
      "advance",
      "把模拟时钟拨到以后，其间到期的逐一办理 (move a simulated clock; all that falls due is done)");
  CLI::Option* const to = advance->add_option("--to", flags->to, "到此时刻 (to this instant)");
  advance->add_option("--by", flags->by, "过此期间，P2Y、P6M、P10D (by this period)")->excludes(to);
  advance->footer(
      "示例 (examples):\n  chengxin --as admin clock advance --by P2Y\n"
      "  chengxin --as admin clock advance --to \"2026-03-02 09:00\"\n"
      "至少等待一小时 (waits at least an hour for the answer).");
  advance->callback([&session, flags] {
    if (flags->to.empty() && flags->by.empty()) throw CLI::RequiredError("--to 或 (or) --by");
    session.action = [&session, flags] { return Advance(session, *flags); };
  });
}

}  // namespace chengxin::cli
