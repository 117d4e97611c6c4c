#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "base/strings.h"
#include "client/cli/instants.h"
#include "client/cli/listing_filter.h"
#include "client/cli/print_resources.h"
#include "client/cli/verbs.h"
#include "client/cli/watch_run.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

struct ListWatchFlags {
  FilterFlags filter;
  WatchFlags watch;
};

std::string Line(const v1::WatchListingsResponse& event) {
  const v1::Listing& listing = event.listing();
  const std::string entry =
      Printable(StrCat(WordOf(listing.list()), "  ", listing.organization_code(), "  ",
                       listing.organization_display_name(), "  ", GroundsOf(listing), "  ", listing.name()));
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

constexpr WatchStyle<v1::WatchListingsResponse> kStyle = {.again = "重新读取全部名录 (the whole list again)",
                                                          .heartbeat = v1::WATCH_EVENT_KIND_HEARTBEAT,
                                                          .line = Line};

int Watch(Session& session, const ListWatchFlags& flags) {
  const auto filter = flags.filter.Read();
  if (!filter.ok()) return session.Fail(filter.status());
  v1::WatchListingsRequest request;
  *request.mutable_filter() = *filter;
  return RunWatch(session, flags.watch, request, kStyle, &client::Client::WatchListings);
}

}  // namespace

void AddWatchVerb(CLI::App& listing, Session& session) {
  const auto flags = std::make_shared<ListWatchFlags>();
  CLI::App* const watch = listing.add_subcommand(
      "watch", "持续接收名录的变化，断线自动续接 (the list, then every change; resumes by itself)");
  AddFilterFlags(*watch, flags->filter);
  AddWatchFlags(*watch, flags->watch);
  watch->footer(
      "示例 (examples):\n  chengxin listing watch\n  chengxin listing watch --list severe --resume 5120 -o "
      "json");
  watch->callback(
      [&session, flags] { session.action = [&session, flags] { return Watch(session, *flags); }; });
}

}  // namespace chengxin::cli
