// Making bearer tokens (令牌).
#ifndef CHENGXIN_SERVER_TOKENS_H_
#define CHENGXIN_SERVER_TOKENS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace chengxin::server {

struct NewToken {
  std::string text;  // for whoever calls; kept nowhere
  std::string row;   // for the principals file: hash and expiry
};

// Internal where the system has no random bytes.
absl::StatusOr<NewToken> MakeToken(absl::Time expires);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_TOKENS_H_
