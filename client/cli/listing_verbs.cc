#include <cstdint>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/counts.h"
#include "client/cli/exit_codes.h"
#include "client/cli/listing_filter.h"
#include "client/cli/paging.h"
#include "client/cli/print_resources.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

struct ListingFlags {
  std::string name;
  FilterFlags filter;
  InstantFlags instants;
  int64_t limit = 100;
};

int Get(Session& session, const ListingFlags& flags) {
  v1::GetListingRequest request;
  request.set_name(ResourceName("listings/", flags.name));
  if (const absl::Status status = flags.instants.FillRequest(session, request); !status.ok())
    return session.Fail(status);
  return Ask(session, request, &client::Client::GetListing, [&](const v1::GetListingResponse& answer) {
    return JsonOr(session, answer.listing(), [&] { Print(session.out(), answer.listing()); });
  });
}

void ShowListing(const Session& session, const v1::Listing& listing, Table& table) {
  if (session.json()) {
    session.PrintJson(listing);
  } else {
    AddRow(listing, table);
  }
}

int List(Session& session, const ListingFlags& flags) {
  const auto filter = flags.filter.Read();
  if (!filter.ok()) return session.Fail(filter.status());
  v1::ListListingsRequest request;
  *request.mutable_filter() = *filter;
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  Table table = ListingTable();
  bool more = false;
  uint64_t revision = 0;
  const absl::Status status = ForEachPage(
      request, flags.limit, [&](const auto& page) { return (*client)->ListListings(page); },
      [](const auto& page) { return page.listings_size(); },
      [&](const auto& page, int count) {
        revision = page.revision();
        for (int i = 0; i < count; ++i) ShowListing(session, page.listings(i), table);
      },
      more);
  const int code = EndList(session, table, status, more);
  if (code == kDone && !session.json()) session.out() << "版本 (revision) " << revision << '\n';
  return code;
}

int State(Session& session) {
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->GetListState({});
  if (!answer.ok()) return session.Fail(answer.status());
  if (session.json()) {
    session.PrintJson(*answer);
    return kDone;
  }
  Properties lines;
  lines.Add("版本 (revision)", StrCat(answer->revision()));
  lines.Add("名录最后变化 (list revision)", StrCat(answer->list_revision()));
  lines.Add("活动异常名录 (abnormal)", StrCat(answer->abnormal_count()));
  lines.Add("严重违法失信名单 (severe)", StrCat(answer->severe_count()));
  lines.Print(session.out());
  return kDone;
}

int Download(Session& session, const ListingFlags& flags) {
  const auto filter = flags.filter.Read();
  if (!filter.ok()) return session.Fail(filter.status());
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto list = (*client)->DownloadListings(*filter);
  if (!list.ok()) return session.Fail(list.status());
  Table table = ListingTable();
  for (const v1::Listing& listing : list->listings) ShowListing(session, listing, table);
  if (!session.json()) table.Print(session.out());
  session.err() << "共 " << list->listings.size() << " 条，版本 " << list->revision << " ("
                << list->listings.size() << " entries at revision " << list->revision << ")\n";
  return kDone;
}

}  // namespace

void AddListingVerbs(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<ListingFlags>();
  CLI::App* const listing = app.add_subcommand("listing", "失信社会组织名录 (the published list)");
  listing->require_subcommand(1);

  CLI::App* const get = listing->add_subcommand("get", "查看一条 (one entry)");
  get->add_option("NAME", flags->name, "条目名称，listings/前缀可省 (name)")->required();
  get->add_option("--as-of", flags->instants.as_of, "当时所知的条目 (as known at this instant)");
  get->footer("示例 (example):\n  chengxin listing get 51530100MJT000010G-S1");
  get->callback([&session, flags] { session.action = [&session, flags] { return Get(session, *flags); }; });

  CLI::App* const list = listing->add_subcommand("list", "列出现在公布的 (as published now)");
  AddFilterFlags(*list, flags->filter);
  AddLimitFlag(*list, flags->limit);
  list->footer("示例 (example):\n  chengxin listing list --list severe --authority km-wuhua");
  list->callback([&session, flags] { session.action = [&session, flags] { return List(session, *flags); }; });

  CLI::App* const state = listing->add_subcommand("state", "版本和条数 (revision and number of entries)");
  state->footer("示例 (example):\n  chengxin listing state -o json");
  state->callback([&session] { session.action = [&session] { return State(session); }; });

  CLI::App* const download =
      listing->add_subcommand("download", "下载同一版本的全部条目 (all entries at one revision)");
  AddFilterFlags(*download, flags->filter);
  download->footer("示例 (example):\n  chengxin listing download -o json > list.jsonl");
  download->callback(
      [&session, flags] { session.action = [&session, flags] { return Download(session, *flags); }; });

  AddWatchVerb(*listing, session);
}

}  // namespace chengxin::cli
