// The version of the program.
#ifndef CHENGXIN_SERVER_VERSION_H_
#define CHENGXIN_SERVER_VERSION_H_

#include <string_view>

namespace chengxin::server {

// As the project states it, for example "0.1.0".
std::string_view ProgramVersion();

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_VERSION_H_
