// Identifiers that make a command safe to repeat.
#ifndef CHENGXIN_CLIENT_REQUEST_ID_H_
#define CHENGXIN_CLIENT_REQUEST_ID_H_

#include <string>

namespace chengxin::client {

// 128 random bits from the system, as 32 hexadecimal digits. Thread-safe.
std::string NewRequestId();

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_REQUEST_ID_H_
