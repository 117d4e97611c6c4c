#include "server/newest_first.h"

#include <utility>

#include "base/status.h"
#include "server/limits.h"
#include "server/request_fields.h"

namespace chengxin::server {

absl::StatusOr<NewestFirst> NewestFirst::Take(const ServiceContext& service, std::string question,
                                              int page_size, const std::string& page_token) {
  NewestFirst page;
  CHENGXIN_ASSIGN_OR_RETURN(page.page_size_,
                            TakeCount("page_size", page_size, kDefaultPageSize, kMaximumPageSize));
  page.question_ = std::move(question);
  page.cursor_ = {.revision = service.engine.revision(), .after = ""};
  if (!page_token.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(page.cursor_, service.page_tokens.Read(page.question_, page_token));
    page.after_ = page.cursor_.after;
  }
  return page;
}

bool NewestFirst::Look(const std::string& name) {
  if (added_ >= page_size_ || looked_ >= kMaximumRowsForPage) {
    more_ = true;
    return false;
  }
  ++looked_;
  cursor_.after = name;
  return true;
}

std::string NewestFirst::NextPageToken(const ServiceContext& service) const {
  return more_ ? service.page_tokens.Make(question_, cursor_) : "";
}

}  // namespace chengxin::server
