// One run of the command line: its flags, where it writes, and the client it asks with.
#ifndef CHENGXIN_CLIENT_CLI_SESSION_H_
#define CHENGXIN_CLIENT_CLI_SESSION_H_

#include <functional>
#include <istream>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "client/client.h"
#include "google/protobuf/message.h"

namespace CLI {
class Option;
}  // namespace CLI

namespace chengxin::cli {

// Where a run reads and writes.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// Flags of every verb.
struct GlobalFlags {
  std::string server = client::kDefaultAddress;
  std::string as = "public";
  std::string subject;
  client::Proof proof;
  std::string credentials;  // folder
  std::vector<std::string> entrusted_by;
  std::string output = "table";
  double timeout_seconds = 10;
};

// A flag that takes a long text (see AddLongText).
struct LongText {
  const CLI::Option* option;
  std::string* value;
};

// Not thread-safe.
class Session {
 public:
  Session(const Streams& streams, Clock& clock) : streams_(streams), clock_(clock) {}

  GlobalFlags& flags() { return flags_; }
  std::istream& in() const { return streams_.in; }
  std::ostream& out() const { return streams_.out; }
  std::ostream& err() const { return streams_.err; }
  Clock& clock() const { return clock_; }
  // -o json: what is written is protobuf JSON, one object a line.
  bool json() const { return flags_.output == "json"; }

  // How the flags say the caller proves who it is.
  absl::StatusOr<client::Proof> Proof() const;

  // The client for the flags, made at the first call. InvalidArgument where a flag is wrong.
  absl::StatusOr<client::Client*> client();

  // An instant that a flag gives (see ParseInstant). "now" is asked of the server: a simulated clock is not
  // this machine's.
  absl::StatusOr<google::protobuf::Timestamp> Instant(std::string_view flag, std::string_view text);

  // Writes a message as one line of JSON.
  void PrintJson(const google::protobuf::Message& message) const;
  // Tells people why it failed: the message, the reason, every wrong field on its own line, and how to repeat
  // a command whose outcome is unknown. Returns the exit code.
  int Fail(const absl::Status& status) const;

  // What the verb given does; set by the verb, run once after all flags are read. Returns the exit code.
  std::function<int()> action;
  // The flags of all verbs that take long texts.
  std::vector<LongText> long_texts;

 private:
  const Streams streams_;
  Clock& clock_;
  GlobalFlags flags_;
  std::unique_ptr<client::Client> client_;
};

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_SESSION_H_
