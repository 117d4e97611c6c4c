// Messages in protobuf text format, as deployments write them.
#ifndef CHENGXIN_SERVER_MESSAGE_TEXT_H_
#define CHENGXIN_SERVER_MESSAGE_TEXT_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace chengxin::server {

// Merges protobuf text format into `message`. InvalidArgument with line and column of every fault.
absl::Status ReadMessageText(std::string_view text, google::protobuf::Message& message);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_MESSAGE_TEXT_H_
