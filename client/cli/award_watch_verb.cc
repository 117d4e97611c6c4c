#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "base/strings.h"
#include "client/cli/instants.h"
#include "client/cli/phrases.h"
#include "client/cli/print_awards.h"
#include "client/cli/verbs.h"
#include "client/cli/watch_run.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

std::string Line(const v1::WatchAwardsResponse& event) {
  const v1::Award& award = event.award();
  return Printable(Join(
      {StrCat(event.revision()), Instant(event.has_stamp(), event.stamp()), WordOf(event.kind()),
       award.name(), award.project(), award.contract(), event.has_alert() ? SummaryOf(event.alert()) : ""},
      "  "));
}

constexpr WatchStyle<v1::WatchAwardsResponse> kStyle = {
    .again = "重新读取全部 (all of them again)", .heartbeat = v1::AWARD_WATCH_KIND_HEARTBEAT, .line = Line};

}  // namespace

void AddAwardWatchVerb(CLI::App& award, Session& session) {
  const auto flags = std::make_shared<WatchFlags>();
  CLI::App* const watch = award.add_subcommand(
      "watch", "承接主体的信用变化时即时知悉，断线自动续接 (one's contractors' standing; rule 59)");
  AddWatchFlags(*watch, *flags);
  watch->footer(
      "示例 (examples):\n  chengxin --as purchaser:km-culture award watch\n"
      "  chengxin --as purchaser:km-culture award watch --resume 5120 -o json");
  watch->callback([&session, flags] {
    session.action = [&session, flags] {
      return RunWatch(session, *flags, v1::WatchAwardsRequest(), kStyle, &client::Client::WatchAwards);
    };
  });
}

}  // namespace chengxin::cli
