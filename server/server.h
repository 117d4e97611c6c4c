// The server: a data folder opened, its engine, and everything that listens.
#ifndef CHENGXIN_SERVER_SERVER_H_
#define CHENGXIN_SERVER_SERVER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/simulated_clock.h"
#include "chengxin/config/v1/config.pb.h"
#include "engine/engine.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "server/access_files.h"
#include "server/audit_trail.h"
#include "server/authenticator.h"
#include "server/health.h"
#include "server/listener.h"
#include "server/metrics.h"
#include "server/metrics_page.h"
#include "server/ready_file.h"
#include "server/self_call.h"
#include "server/services.h"
#include "server/state_monitor.h"

namespace chengxin::server {

// Owns all of it. Several may live in one process, on folders of their own. Not thread-safe.
class Server {
 public:
  // Opens the folder, rebuilds the index, listens, and writes the ready file. `config` must be complete
  // (CompleteConfiguration); `clock` must outlive the server, and is not looked at where the configuration
  // asks for a simulated one. FailedPrecondition and DataLoss: the folder (Store::Open, Engine::Create);
  // Unavailable: the folder is open elsewhere, an address is taken, the ready file cannot be written.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const config::v1::ServerConfig& config, Clock& clock,
                                                       absl::Time process_start);
  // Stops where Stop was not called; not after Stop answered false.
  ~Server();

  int listen_port() const { return listen_port_; }
  // 0: there is no metrics page.
  int metrics_port() const { return metrics_page_port_; }

  // Stops gracefully: takes no new calls, ends watches with their cursor, lets calls under way finish within
  // the configured grace, cuts off the rest, answers what is queued, closes the folder. Returns when all is
  // done; the second time at once. False where writing had stopped after a storage error, of the log or of
  // the audit trail: the folder is then not closed, and the process must end without destroying this (the
  // packaged RocksDB ends the process where a log file is closed whose write failed). Nothing is lost: what
  // was acknowledged is durable.
  bool Stop();

 private:
  Server(const config::v1::ServerConfig& config, Clock& clock)
      : config_(config), machine_clock_(clock), clock_(&clock) {}

  absl::Status OpenEngine();
  absl::Status ReadAccess();
  absl::Status OpenAuditTrail();
  absl::Status Listen(absl::Time process_start);
  absl::Status ServeMetrics(absl::Time process_start);

  const config::v1::ServerConfig config_;
  // The machine's: credentials expire in real time.
  Clock& machine_clock_;
  // The machine's, or simulated_clock_.
  Clock* clock_;

  // Destroyed in the opposite order; Stop keeps to it too.
  std::unique_ptr<SimulatedClock> simulated_clock_;
  std::shared_ptr<Metrics> metrics_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<AuditTrail> audit_;
  // Null with development authentication.
  std::unique_ptr<AccessFiles> access_files_;
  std::unique_ptr<Authenticator> authenticator_;
  // gRPC keeps what it made of them, which asks them at each handshake.
  std::shared_ptr<grpc::ServerCredentials> credentials_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<HealthService> health_;
  std::unique_ptr<grpc::Server> grpc_server_;
  std::unique_ptr<StateMonitor> monitor_;
  std::unique_ptr<SelfCall> self_call_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<MetricsPage> metrics_page_;
  std::unique_ptr<ReadyFile> ready_file_;
  int listen_port_ = 0;
  int metrics_page_port_ = 0;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_SERVER_H_
