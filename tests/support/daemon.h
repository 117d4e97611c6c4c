// The real chengxind in a process of its own, for tests that start, stop and kill it.
#ifndef CHENGXIN_TESTS_SUPPORT_DAEMON_H_
#define CHENGXIN_TESTS_SUPPORT_DAEMON_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "grpcpp/channel.h"

namespace chengxin {

// How a process ended and what it had to say.
struct Ended {
  int exit_code = -1;  // -1: it was ended by a signal
  int signal = 0;      // that signal; 0: it exited
  std::string output;  // standard output
  std::string errors;  // standard error
};

// A program started with pipes for its output and errors. Not thread-safe.
class Process {
 public:
  // Starts `program` with `arguments`. Internal where it cannot be started.
  static absl::StatusOr<std::unique_ptr<Process>> Start(const std::string& program,
                                                        const std::vector<std::string>& arguments);
  // Kills it where it still runs.
  ~Process();

  pid_t pid() const { return pid_; }
  void Signal(int signal) const;
  // Waits until it ends. Once.
  Ended Wait();
  // Readable once the process has ended.
  int ended_fd() const { return pidfd_; }

 private:
  // Reads a pipe to its end on a thread of its own, so that the process never waits for a reader.
  class Drain {
   public:
    explicit Drain(int fd);
    ~Drain();
    std::string Finish();

   private:
    const int fd_;
    std::string text_;  // the thread's until it is joined
    std::thread thread_;
  };

  Process(pid_t pid, int pidfd, int output, int errors);

  const pid_t pid_;
  const int pidfd_;
  bool waited_ = false;
  Drain output_;
  Drain errors_;
};

// Arguments for a metrics page on any free port of loopback.
inline const std::vector<std::string> kWithMetrics = {"--metrics-address", "127.0.0.1:0"};

// A chengxind that serves.
class Daemon {
 public:
  // The binary of this build.
  static std::string Binary();
  // Runs the binary to its end.
  static Ended Run(const std::vector<std::string>& arguments);
  // Starts it on any free port of loopback over `data_folder` and answers once it serves. FailedPrecondition
  // with what it said where it ends before. Everybody is believed, unless `more` says --authentication.
  // Without a metrics page, which is slow to close, unless `more` says kWithMetrics.
  static absl::StatusOr<std::unique_ptr<Daemon>> Start(const std::string& data_folder,
                                                       const std::vector<std::string>& more = {});
  ~Daemon();

  int port() const { return port_; }
  // 0: there is no metrics page.
  int metrics_port() const { return metrics_port_; }
  Process& process() { return *process_; }
  // A new channel, shared with nobody.
  std::shared_ptr<grpc::Channel> Connect() const;
  // Asks for a graceful stop and waits for the end.
  Ended Stop();
  // kill -9, and waits for the end.
  Ended Kill();

 private:
  Daemon() = default;

  std::string run_folder_;
  std::unique_ptr<Process> process_;
  int port_ = 0;
  int metrics_port_ = 0;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_DAEMON_H_
