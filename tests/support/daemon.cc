#include "tests/support/daemon.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "base/status.h"
#include "base/strings.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace chengxin {

namespace {

absl::Status Failed(std::string_view what) {
  return absl::InternalError(StrCat(what, ": ", std::strerror(errno)));
}

// A pipe whose ends are closed in children that do not ask for them.
absl::StatusOr<std::array<int, 2>> MakePipe() {
  std::array<int, 2> ends;
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return Failed("pipe2");
  return ends;
}

// "key=value" lines.
std::map<std::string, std::string> ReadPairs(const std::string& path) {
  std::map<std::string, std::string> pairs;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t equals = line.find('=');
    if (equals != std::string::npos) pairs[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return pairs;
}

int PortOf(const std::map<std::string, std::string>& pairs, const std::string& key) {
  int port = 0;
  const auto found = pairs.find(key);
  if (found != pairs.end() && !absl::SimpleAtoi(found->second, &port)) port = 0;
  return port;
}

// Waits until a file of the watched folder is complete (true) or the process has ended (false).
absl::StatusOr<bool> WaitForFile(int watch_fd, const std::string& path, int ended_fd) {
  for (;;) {
    if (std::filesystem::exists(path)) return true;
    std::array<pollfd, 2> fds = {
        {{.fd = watch_fd, .events = POLLIN, .revents = 0}, {.fd = ended_fd, .events = POLLIN, .revents = 0}}};
    if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) return Failed("poll");
    if (fds[1].revents != 0) return std::filesystem::exists(path);
    std::array<char, 4096> events;
    if (fds[0].revents != 0 && ::read(watch_fd, events.data(), events.size()) < 0) return Failed("inotify");
  }
}

}  // namespace

Process::Drain::Drain(int fd)
    : fd_(fd), thread_([this] {
        std::array<char, 4096> part;
        for (;;) {
          const ssize_t count = ::read(fd_, part.data(), part.size());
          if (count < 0 && errno == EINTR) continue;
          if (count <= 0) return;
          text_.append(part.data(), static_cast<size_t>(count));
        }
      }) {}

Process::Drain::~Drain() {
  if (thread_.joinable()) thread_.join();
  ::close(fd_);
}

std::string Process::Drain::Finish() {
  thread_.join();
  return text_;
}

Process::Process(pid_t pid, int pidfd, int output, int errors)
    : pid_(pid), pidfd_(pidfd), output_(output), errors_(errors) {}

Process::~Process() {
  if (!waited_) {
    Signal(SIGKILL);
    Wait();
  }
  ::close(pidfd_);
}

absl::StatusOr<std::unique_ptr<Process>> Process::Start(const std::string& program,
                                                        const std::vector<std::string>& arguments) {
  CHENGXIN_ASSIGN_OR_RETURN(const auto output, MakePipe());
  CHENGXIN_ASSIGN_OR_RETURN(const auto errors, MakePipe());
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
  pid_t pid = 0;
  const int failed = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(output[1]);
  ::close(errors[1]);
  if (failed != 0) {
    ::close(output[0]);
    ::close(errors[0]);
    return absl::InternalError(StrCat("start ", program, ": ", std::strerror(failed)));
  }
  const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  return std::unique_ptr<Process>(new Process(pid, pidfd, output[0], errors[0]));
}

void Process::Signal(int signal) const { ::kill(pid_, signal); }

Ended Process::Wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  waited_ = true;
  Ended ended;
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  ended.output = output_.Finish();
  ended.errors = errors_.Finish();
  return ended;
}

std::string Daemon::Binary() { return std::string(CHENGXIN_BIN_DIR) + "/chengxind"; }

Ended Daemon::Run(const std::vector<std::string>& arguments) {
  absl::StatusOr<std::unique_ptr<Process>> process = Process::Start(Binary(), arguments);
  if (!process.ok()) {
    Ended ended;
    ended.errors = std::string(process.status().message());
    return ended;
  }
  return (*process)->Wait();
}

absl::StatusOr<std::unique_ptr<Daemon>> Daemon::Start(const std::string& data_folder,
                                                      const std::vector<std::string>& more) {
  std::unique_ptr<Daemon> daemon(new Daemon());
  std::string pattern = (std::filesystem::temp_directory_path() / "chengxin-run-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return Failed("mkdtemp");
  daemon->run_folder_ = pattern;
  const std::string ready_file = daemon->run_folder_ + "/ready";
  const int watch_fd = ::inotify_init1(IN_CLOEXEC);
  if (watch_fd < 0) return Failed("inotify");
  ::inotify_add_watch(watch_fd, daemon->run_folder_.c_str(), IN_MOVED_TO);

  std::vector<std::string> arguments = {"--data-folder", data_folder,    "--listen-address",
                                        "127.0.0.1:0",   "--ready-file", ready_file};
  if (std::find(more.begin(), more.end(), "--authentication") == more.end())
    arguments.insert(arguments.end(), {"--authentication", "development"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  absl::StatusOr<std::unique_ptr<Process>> process = Process::Start(Binary(), arguments);
  if (!process.ok()) {
    ::close(watch_fd);
    return process.status();
  }
  daemon->process_ = *std::move(process);
  const absl::StatusOr<bool> ready = WaitForFile(watch_fd, ready_file, daemon->process_->ended_fd());
  ::close(watch_fd);
  CHENGXIN_RETURN_IF_ERROR(ready.status());
  if (!*ready) {
    const Ended ended = daemon->process_->Wait();
    return absl::FailedPreconditionError(
        StrCat("chengxind ended with ", ended.exit_code, ": ", ended.errors));
  }
  const std::map<std::string, std::string> pairs = ReadPairs(ready_file);
  daemon->port_ = PortOf(pairs, "listen_port");
  daemon->metrics_port_ = PortOf(pairs, "metrics_port");
  return daemon;
}

Daemon::~Daemon() {
  process_.reset();
  if (!run_folder_.empty()) std::filesystem::remove_all(run_folder_);
}

std::shared_ptr<grpc::Channel> Daemon::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(StrCat("127.0.0.1:", port_), grpc::InsecureChannelCredentials(),
                                   arguments);
}

Ended Daemon::Stop() {
  process_->Signal(SIGTERM);
  return process_->Wait();
}

Ended Daemon::Kill() {
  process_->Signal(SIGKILL);
  return process_->Wait();
}

}  // namespace chengxin
