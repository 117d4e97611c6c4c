#include "server/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace chengxin::server {

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

}  // namespace

void ForbidCoreDumps() {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &none);
  // Where dumps are piped to a program, the limit is not looked at.
  if (!kSanitized) ::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace chengxin::server
