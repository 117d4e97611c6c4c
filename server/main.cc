// chengxind: serves a data folder, verifies one, or makes sealing keys.
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "server/command_line.h"
#include "server/configuration.h"
#include "server/core_dumps.h"
#include "server/grpc_log.h"
#include "server/open_files.h"
#include "server/sealing_keys_file.h"
#include "server/server.h"
#include "server/stop_signals.h"
#include "server/verify.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

// Stable: scripts and service managers rely on them.
constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

// Open files beside connections and the store's tables: logs, sockets of gRPC's own, the audit trail, the
// metrics page.
constexpr int64_t kOtherFiles = 1'024;

// One line for each fault.
void Complain(const absl::Status& status) {
  google::rpc::BadRequest faults;
  const auto payload = status.GetPayload(ToAbsl(domain::kBadRequestUrl));
  if (payload.has_value() && faults.ParseFromString(std::string(*payload)) &&
      faults.field_violations_size() > 0) {
    for (const auto& fault : faults.field_violations()) {
      std::fprintf(stderr, "chengxind: %s: %s\n", fault.field().c_str(), fault.description().c_str());
    }
    return;
  }
  const std::string message(status.message());
  std::fprintf(stderr, "chengxind: %s\n", message.c_str());
}

int Serve(const config::v1::ServerConfig& config, absl::Time process_start) {
  CaptureGrpcLog();
  // Before any other thread. A caller that hangs up, or a file at its limit, is an error of that write and no
  // reason to die.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  StopSignals signals([] {
    // Nothing that was acknowledged can be lost: it was durable before.
    LogWarning("asked to stop again: stopping at once", {});
    ::_exit(kFailed);
  });
  const absl::Status files =
      AllowOpenFiles(int64_t{config.maximum_connections()} + storage::kMaximumOpenTables + kOtherFiles);
  if (!files.ok()) {
    Complain(files);
    return kFailed;
  }
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(config, SystemClock(), process_start);
  if (!server.ok()) {
    Complain(server.status());
    return kFailed;
  }
  const int signal = signals.WaitForStop();
  LogInfo("stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"},
                       {"grace_seconds", StrCat(config.stop_grace_seconds())}});
  const absl::Time began = absl::Now();
  const bool closed = (*server)->Stop();
  LogInfo("stopped", {{"seconds_to_stop", StrCat(absl::ToDoubleSeconds(absl::Now() - began))}});
  // What is left open goes with the process.
  if (!closed) ::_exit(kDone);
  return kDone;
}

int Main(int argc, const char* const* argv) {
  const absl::Time process_start = absl::Now();
  // Also of what verifies or makes keys and tokens.
  ForbidCoreDumps();
  // What the process writes is its user's alone.
  ::umask(0077);
  const absl::StatusOr<CommandLine> line = ParseCommandLine(argc, argv);
  if (!line.ok()) {
    Complain(line.status());
    return kBadUsage;
  }
  switch (line->action) {
    case CommandLine::Action::kPrint:
      std::fputs(line->text.c_str(), stdout);
      return kDone;
    case CommandLine::Action::kVerify: {
      SetLogLevel(LogLevelOf(line->config));
      const absl::Status verified = VerifyDataFolder(line->config, line->scratch_folder);
      if (verified.ok()) return kDone;
      Complain(verified);
      return kFailed;
    }
    case CommandLine::Action::kNewSealingKey: {
      const absl::StatusOr<std::string> added = AddSealingKey(line->sealing_keys_file, absl::Now());
      if (!added.ok()) {
        Complain(added.status());
        return kFailed;
      }
      std::printf(
          "已追加密封密钥%s，下次启动起用于密封；请备份此文件 (added a sealing key, which seals from the "
          "next "
          "start on; keep a copy of the file)\n",
          added->c_str());
      return kDone;
    }
    case CommandLine::Action::kServe:
      SetLogLevel(LogLevelOf(line->config));
      return Serve(line->config, process_start);
  }
  return kFailed;
}

}  // namespace

}  // namespace chengxin::server

int main(int argc, char** argv) { return chengxin::server::Main(argc, argv); }
