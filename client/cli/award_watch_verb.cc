#include <cstdint>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "base/strings.h"
#include "client/cli/counts.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/phrases.h"
#include "client/cli/print_awards.h"
#include "client/cli/stop_signals.h"
#include "client/cli/verbs.h"
#include "client/cli/watch_end.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

struct WatchFlags {
  uint64_t resume = 0;
  int32_t heartbeat = 0;
  bool heartbeats = false;
};

// Writes each message as it comes: a line of JSON, or a line for people.
class Printer : public client::AwardObserver {
 public:
  Printer(const Session& session, bool heartbeats) : session_(session), heartbeats_(heartbeats) {}

  void OnStateBegins() override {
    if (began_) session_.err() << "重新读取全部 (all of them again)\n";
    began_ = true;
  }

  bool OnEvent(const v1::WatchAwardsResponse& event) override {
    if (event.kind() == v1::AWARD_WATCH_KIND_HEARTBEAT && !heartbeats_) return true;
    if (session_.json()) {
      session_.PrintJson(event);
    } else {
      session_.out() << Line(event) << '\n';
    }
    session_.out().flush();
    // Whoever read it is gone.
    return session_.out().good();
  }

  bool OnInterrupted(const absl::Status& why, uint64_t cursor, absl::Duration) override {
    TellInterrupted(session_, why, cursor);
    return true;
  }

 private:
  static std::string Line(const v1::WatchAwardsResponse& event) {
    const v1::Award& award = event.award();
    return Printable(Join(
        {StrCat(event.revision()), Instant(event.has_stamp(), event.stamp()), WordOf(event.kind()),
         award.name(), award.project(), award.contract(), event.has_alert() ? SummaryOf(event.alert()) : ""},
        "  "));
  }

  const Session& session_;
  const bool heartbeats_;
  bool began_ = false;
};

int Watch(Session& session, const WatchFlags& flags) {
  v1::WatchAwardsRequest request;
  request.set_resume_revision(flags.resume);
  request.set_heartbeat_seconds(flags.heartbeat);
  client::Cancellation cancellation;
  const StopSignals signals(cancellation);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  Printer printer(session, flags.heartbeats);
  return EndWatch(session, (*client)->WatchAwards(request, printer, &cancellation));
}

}  // namespace

void AddAwardWatchVerb(CLI::App& award, Session& session) {
  const auto flags = std::make_shared<WatchFlags>();
  CLI::App* const watch = award.add_subcommand(
      "watch", "承接主体的信用变化时即时知悉，断线自动续接 (one's contractors' standing; rule 59)");
  AddRevisionFlag(*watch, "--resume", flags->resume, "从此版本之后继续 (continue after this revision)");
  watch->add_option("--heartbeat", flags->heartbeat, "心跳间隔秒数 (seconds between heartbeats)")
      ->check(CLI::Range(1, 300));
  watch->add_flag("--heartbeats", flags->heartbeats, "也显示心跳 (show heartbeats too)");
  watch->footer(
      "示例 (examples):\n  chengxin --as purchaser:km-culture award watch\n"
      "  chengxin --as purchaser:km-culture award watch --resume 5120 -o json");
  watch->callback(
      [&session, flags] { session.action = [&session, flags] { return Watch(session, *flags); }; });
}

}  // namespace chengxin::cli
