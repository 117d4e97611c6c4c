#include "server/version.h"

namespace chengxin::server {

std::string_view ProgramVersion() { return CHENGXIN_VERSION; }

}  // namespace chengxin::server
