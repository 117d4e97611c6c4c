#include <cstdint>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "base/strings.h"
#include "client/cli/counts.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/listing_filter.h"
#include "client/cli/print_resources.h"
#include "client/cli/stop_signals.h"
#include "client/cli/verbs.h"
#include "client/cli/watch_end.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

struct WatchFlags {
  FilterFlags filter;
  uint64_t resume = 0;
  int32_t heartbeat = 0;
  bool heartbeats = false;
};

// Writes each message as it comes: a line of JSON, or a line for people.
class Printer : public client::ListingObserver {
 public:
  Printer(const Session& session, bool heartbeats) : session_(session), heartbeats_(heartbeats) {}

  void OnStateBegins() override {
    if (began_) session_.err() << "重新读取全部名录 (the whole list again)\n";
    began_ = true;
  }

  bool OnEvent(const v1::WatchListingsResponse& event) override {
    if (event.kind() == v1::WATCH_EVENT_KIND_HEARTBEAT && !heartbeats_) return true;
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
  static std::string Line(const v1::WatchListingsResponse& event) {
    const v1::Listing& listing = event.listing();
    const std::string entry = Printable(StrCat(WordOf(listing.list()), "  ", listing.organization_code(),
                                               "  ", listing.organization_display_name(), "  ",
                                               GroundsOf(listing), "  ", listing.name()));
    const std::string head = StrCat(event.revision(), event.has_stamp() ? "  " : "",
                                    event.has_stamp() ? FormatToSecond(event.stamp()) : std::string());
    switch (event.kind()) {
      case v1::WATCH_EVENT_KIND_STATE:
        return StrCat(head, "  在列  ", entry);
      case v1::WATCH_EVENT_KIND_SYNCED:
        return StrCat(head, "  名录已完整，以下为变化 SYNCED");
      case v1::WATCH_EVENT_KIND_ENTRY: {
        const std::string what = WordOf(event.transition());
        return StrCat(head, "  ", what.empty() ? "在列" : what, "  ", entry);
      }
      case v1::WATCH_EVENT_KIND_REMOVED:
        return StrCat(head, "  不再公布 REMOVED  ", WordOf(listing.list()), "  ",
                      Printable(listing.organization_code()), "  ", Printable(listing.name()));
      case v1::WATCH_EVENT_KIND_HEARTBEAT:
        return StrCat(head, "  心跳 HEARTBEAT");
      case v1::WATCH_EVENT_KIND_GOODBYE:
        return StrCat(head, "  服务即将停止 GOODBYE");
      default:
        return StrCat(head, "  ?", static_cast<int>(event.kind()));
    }
  }

  const Session& session_;
  const bool heartbeats_;
  bool began_ = false;
};

int Watch(Session& session, const WatchFlags& flags) {
  const auto filter = flags.filter.Read();
  if (!filter.ok()) return session.Fail(filter.status());
  v1::WatchListingsRequest request;
  *request.mutable_filter() = *filter;
  request.set_resume_revision(flags.resume);
  request.set_heartbeat_seconds(flags.heartbeat);
  client::Cancellation cancellation;
  const StopSignals signals(cancellation);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  Printer printer(session, flags.heartbeats);
  return EndWatch(session, (*client)->WatchListings(request, printer, &cancellation));
}

}  // namespace

void AddWatchVerb(CLI::App& listing, Session& session) {
  const auto flags = std::make_shared<WatchFlags>();
  CLI::App* const watch = listing.add_subcommand(
      "watch", "持续接收名录的变化，断线自动续接 (the list, then every change; resumes by itself)");
  AddFilterFlags(*watch, flags->filter);
  AddRevisionFlag(*watch, "--resume", flags->resume, "从此版本之后继续 (continue after this revision)");
  watch->add_option("--heartbeat", flags->heartbeat, "心跳间隔秒数 (seconds between heartbeats)")
      ->check(CLI::Range(1, 300));
  watch->add_flag("--heartbeats", flags->heartbeats, "也显示心跳 (show heartbeats too)");
  watch->footer(
      "示例 (examples):\n  chengxin listing watch\n  chengxin listing watch --list severe --resume 5120 -o "
      "json");
  watch->callback(
      [&session, flags] { session.action = [&session, flags] { return Watch(session, *flags); }; });
}

}  // namespace chengxin::cli
