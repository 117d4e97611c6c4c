// The command line of chengxind.
#ifndef CHENGXIN_SERVER_COMMAND_LINE_H_
#define CHENGXIN_SERVER_COMMAND_LINE_H_

#include <string>

#include "absl/status/statusor.h"
#include "chengxin/config/v1/config.pb.h"

namespace chengxin::server {

// What the caller wants done.
struct CommandLine {
  enum class Action {
    kServe,
    kVerify,         // fold the log of the data folder again and compare
    kNewSealingKey,  // add a key to `sealing_keys_file`
    kPrint,          // print `text` and be done: help or version
  };
  Action action = Action::kServe;
  // kPrint: what to print.
  std::string text;
  // kServe, kVerify: complete and checked.
  config::v1::ServerConfig config;
  // kVerify: the empty folder to fold into; empty: one beside the data folder.
  std::string scratch_folder;
  // kNewSealingKey: the key file, made where it is not there.
  std::string sealing_keys_file;
};

// Reads the command line, the file that --config names, and puts the flags over the file. InvalidArgument for
// what is wrong in either, with a BadRequest payload where fields are (CompleteConfiguration); NotFound and
// the like where the file cannot be read.
absl::StatusOr<CommandLine> ParseCommandLine(int argc, const char* const* argv);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_COMMAND_LINE_H_
