#include "server/page_token.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "storage/digest.h"
#include "storage/keys.h"

namespace chengxin::server {

namespace {

constexpr size_t kSealBytes = 16;
constexpr size_t kNumberBytes = 8;
constexpr size_t kLongestToken = 1024;

absl::Status Wrong(std::string_view zh, std::string_view en) {
  domain::FieldViolations violations;
  violations.Add("page_token", StrCat(zh, " (", en, ")"));
  return violations.ToStatus();
}

}  // namespace

PageTokens::PageTokens(std::string key, Clock& clock, absl::Duration lifetime)
    : key_(std::move(key)), clock_(clock), lifetime_(lifetime) {}

std::string PageTokens::Seal(std::string_view question, std::string_view payload) const {
  std::string text;
  storage::AppendBigEndian64(question.size(), text);
  StrAppend(&text, question, payload);
  // Hashed twice under the key: the inner hash could be extended.
  return storage::Sha256(key_, storage::Sha256(key_, text)).substr(0, kSealBytes);
}

std::string PageTokens::Make(std::string_view question, const PageCursor& cursor) const {
  std::string payload;
  storage::AppendBigEndian64(cursor.revision, payload);
  storage::AppendBigEndian64(static_cast<uint64_t>(absl::ToUnixSeconds(clock_.Now())), payload);
  payload += cursor.after;
  return absl::WebSafeBase64Escape(Seal(question, payload) + payload);
}

absl::StatusOr<PageCursor> PageTokens::Read(std::string_view question, std::string_view token) const {
  const auto altered = [] {
    return Wrong("不是本次查询所得的令牌，应原样传回上一页的next_page_token",
                 "not a token of this query; expected next_page_token of the page before, unaltered");
  };
  std::string bytes;
  if (token.size() > kLongestToken || !absl::WebSafeBase64Unescape(ToAbsl(token), &bytes)) return altered();
  if (bytes.size() < kSealBytes + 2 * kNumberBytes) return altered();
  const std::string_view payload = std::string_view(bytes).substr(kSealBytes);
  if (Seal(question, payload) != bytes.substr(0, kSealBytes)) return altered();
  const auto issued =
      absl::FromUnixSeconds(static_cast<int64_t>(storage::ReadBigEndian64(payload.substr(kNumberBytes))));
  if (clock_.Now() - issued > lifetime_)
    return Wrong("令牌已过期，应从第一页重新查询",
                 "the token has expired; expected to start at the first page again");
  return PageCursor{.revision = storage::ReadBigEndian64(payload),
                    .after = std::string(payload.substr(2 * kNumberBytes))};
}

}  // namespace chengxin::server
