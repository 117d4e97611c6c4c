// One run of a watch: its flags, what it prints as messages come, what people are told when it breaks or
// ends.
#ifndef CHENGXIN_CLIENT_CLI_WATCH_RUN_H_
#define CHENGXIN_CLIENT_CLI_WATCH_RUN_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "client/cli/session.h"
#include "client/cli/stop_signals.h"
#include "client/client.h"
#include "client/watch.h"

namespace CLI {
class App;
}  // namespace CLI

namespace chengxin::cli {

struct WatchFlags {
  uint64_t resume = 0;
  int32_t heartbeat = 0;
  bool heartbeats = false;
};

// --resume, --heartbeat, --heartbeats. `flags` must outlive `verb`.
void AddWatchFlags(CLI::App& verb, WatchFlags& flags);

// The connection broke and the watch goes on after `cursor`.
void TellInterrupted(const Session& session, const absl::Status& why, uint64_t cursor);

// Where the watch came to and how to go on, unless the server does not have that revision; the failure, where
// there is one. Returns the exit code.
int EndWatch(const Session& session, const client::WatchEnd& end);

// How one kind of watch prints: the word for its state read again, the kind of its heartbeats, a line of a
// message for people.
template <typename Event>
struct WatchStyle {
  const char* again;
  decltype(Event().kind()) heartbeat;
  std::string (*line)(const Event& event);
};

// Writes each message as it comes: a line of JSON, or a line for people.
template <typename Event>
class WatchPrinter : public client::WatchObserver<Event> {
 public:
  WatchPrinter(const Session& session, const WatchStyle<Event>& style, bool heartbeats)
      : session_(session), style_(style), heartbeats_(heartbeats) {}

  void OnStateBegins() override {
    if (began_) session_.err() << style_.again << '\n';
    began_ = true;
  }

  bool OnEvent(const Event& event) override {
    if (event.kind() == style_.heartbeat && !heartbeats_) return true;
    if (session_.json()) {
      session_.PrintJson(event);
    } else {
      session_.out() << style_.line(event) << '\n';
    }
    session_.out().flush();
    // Whoever read it is gone.
    return session_.out().good();
  }

  bool OnInterrupted(const absl::Status& why, uint64_t cursor, absl::Duration) override {
    TellInterrupted(session_, why, cursor);
    return true;
  }

 private:
  const Session& session_;
  const WatchStyle<Event> style_;
  const bool heartbeats_;
  bool began_ = false;
};

// Watches with `call` until a signal or an error ends it. Returns the exit code.
template <typename Request, typename Event>
int RunWatch(Session& session, const WatchFlags& flags, Request request, const WatchStyle<Event>& style,
             client::WatchEnd (client::Client::*call)(const Request&, client::WatchObserver<Event>&,
                                                      client::Cancellation*)) {
  request.set_resume_revision(flags.resume);
  request.set_heartbeat_seconds(flags.heartbeat);
  client::Cancellation cancellation;
  const StopSignals signals(cancellation);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  WatchPrinter<Event> printer(session, style, flags.heartbeats);
  return EndWatch(session, ((*client)->*call)(request, printer, &cancellation));
}

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_WATCH_RUN_H_
