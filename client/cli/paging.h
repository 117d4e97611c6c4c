// Lists that come in pages.
#ifndef CHENGXIN_CLIENT_CLI_PAGING_H_
#define CHENGXIN_CLIENT_CLI_PAGING_H_

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "base/status.h"
#include "client/cli/session.h"
#include "client/cli/table.h"

namespace chengxin::cli {

// Entries of one page.
inline constexpr int kPageSize = 1000;

// Asks page after page until `limit` entries were shown (0: all). `ask` gets the request with page_size and
// page_token set and returns the StatusOr of a page; `count` its number of entries; `show` gets the page and
// how many of its entries to show. `more` tells whether there are entries beyond the limit. Returns the first
// error.
template <typename Request, typename Ask, typename Count, typename Show>
absl::Status ForEachPage(Request request, int64_t limit, const Ask& ask, const Count& count, const Show& show,
                         bool& more) {
  more = false;
  for (int64_t left = limit;;) {
    request.set_page_size(static_cast<int32_t>(limit == 0 ? kPageSize : std::min<int64_t>(kPageSize, left)));
    CHENGXIN_ASSIGN_OR_RETURN(const auto page, ask(request));
    const int64_t shown = limit == 0 ? count(page) : std::min<int64_t>(count(page), left);
    show(page, static_cast<int>(shown));
    left -= shown;
    if (page.next_page_token().empty()) return absl::OkStatus();
    if (limit != 0 && left <= 0) {
      more = true;
      return absl::OkStatus();
    }
    request.set_page_token(page.next_page_token());
  }
}

// Ends a list: the table of what was shown (none for JSON), then the failure, or that there are more. A list
// that failed before its first entry shows no heading. Returns the exit code.
int EndList(const Session& session, const Table& table, const absl::Status& status, bool more);

// Lists entries of pages as JSON or rows. `entries` gets a page and returns its repeated field; `add_row`
// puts an entry into the table.
template <typename Request, typename Ask, typename Entries, typename AddEntry>
int ListAll(const Session& session, const Request& request, int64_t limit, Table table, const Ask& ask,
            const Entries& entries, const AddEntry& add_row) {
  bool more = false;
  const absl::Status status = ForEachPage(
      request, limit, ask, [&](const auto& page) { return entries(page).size(); },
      [&](const auto& page, int count) {
        for (int i = 0; i < count; ++i) {
          if (session.json()) {
            session.PrintJson(entries(page)[i]);
          } else {
            add_row(entries(page)[i], table);
          }
        }
      },
      more);
  return EndList(session, table, status, more);
}

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PAGING_H_
