// Page tokens: where a listing goes on, opaque to callers and bound to what was asked.
#ifndef CHENGXIN_SERVER_PAGE_TOKEN_H_
#define CHENGXIN_SERVER_PAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"

namespace chengxin::server {

// Where the next page begins.
struct PageCursor {
  uint64_t revision = 0;  // all pages are of this revision
  std::string after;      // the last row given, as the method names it
};

// Makes and reads tokens under a key of this process, so that nobody can make one that asks for a past
// revision of what is published (rule 35), and none serves for longer than its lifetime. Immutable.
class PageTokens {
 public:
  // `key`: 32 random bytes.
  PageTokens(std::string key, Clock& clock, absl::Duration lifetime);

  // `question`: the method and its filter, serialized; a token serves this question alone.
  std::string Make(std::string_view question, const PageCursor& cursor) const;
  // InvalidArgument naming page_token where the token was not made here for this question, was altered, or is
  // older than its lifetime.
  absl::StatusOr<PageCursor> Read(std::string_view question, std::string_view token) const;

 private:
  std::string Seal(std::string_view question, std::string_view payload) const;

  const std::string key_;
  Clock& clock_;
  const absl::Duration lifetime_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_PAGE_TOKEN_H_
