#include "server/tokens.h"

#include "absl/strings/escaping.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "server/tls_authenticator.h"
#include "storage/digest.h"

namespace chengxin::server {

absl::StatusOr<NewToken> MakeToken(absl::Time expires) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string secret, storage::RandomBytes(kTokenBytes));
  // 256 random bits need no salt and no slow hash.
  const std::string text = StrCat(kTokenPrefix, absl::WebSafeBase64Escape(secret));
  return NewToken{
      .text = text,
      .row = StrCat("tokens { sha256: \"", absl::BytesToHexString(storage::Sha256(text)), "\" expires: \"",
                    absl::FormatTime(absl::RFC3339_sec, expires, domain::Shanghai()), "\" }")};
}

}  // namespace chengxin::server
