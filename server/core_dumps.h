// What the process holds stays out of core dumps.
#ifndef CHENGXIN_SERVER_CORE_DUMPS_H_
#define CHENGXIN_SERVER_CORE_DUMPS_H_

namespace chengxin::server {

// No core dump of this process is written or piped, and no other user's process may look into it. Keys,
// tokens in flight and personal fields are in its memory. Programs instrumented by a sanitizer, which looks
// into itself the same way, only write none.
void ForbidCoreDumps();

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CORE_DUMPS_H_
