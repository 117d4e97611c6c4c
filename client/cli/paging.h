// Lists that come in pages.
#ifndef CHENGXIN_CLIENT_CLI_PAGING_H_
#define CHENGXIN_CLIENT_CLI_PAGING_H_

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "base/status.h"

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

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PAGING_H_
