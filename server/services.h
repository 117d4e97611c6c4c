// The gRPC services of the API over one engine.
#ifndef CHENGXIN_SERVER_SERVICES_H_
#define CHENGXIN_SERVER_SERVICES_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "engine/engine.h"
#include "grpcpp/server_builder.h"
#include "server/access_files.h"
#include "server/audit_trail.h"
#include "server/authenticator.h"
#include "server/call_metrics.h"
#include "server/limits.h"
#include "server/overload.h"

namespace chengxin::server {

// What the process knows and the services show in GetStatus.
struct StatusFacts {
  std::string program_version;
  absl::Time start_time;
  // Null with development authentication; must outlive the services.
  const AccessFiles* access_files = nullptr;
};

// All services. Thread-safe. Order of ending: Stop, then shut the grpc::Server down and destroy it, then
// destroy this, then the engine.
class Services {
 public:
  // Everything referred to must outlive the services. Internal where the system has no random bytes for the
  // key of page tokens.
  static absl::StatusOr<std::unique_ptr<Services>> Create(engine::Engine& engine, Clock& clock,
                                                          const Authenticator& authenticator,
                                                          CallMetrics& metrics, AuditTrail& audit,
                                                          const ServiceLimits& limits,
                                                          const StatusFacts& facts);
  ~Services();

  // Registers all services; call once, before the server is built.
  void Register(grpc::ServerBuilder& builder);

  // Asks again for every call that lasts whether its caller is still believed, and cuts off those that are
  // not.
  void RecheckCallers();

  // Ends every watch with GOODBYE and its cursor, every import with SHUTTING_DOWN once it has acknowledged
  // what was read of it, and every call that waits for a revision with SHUTTING_DOWN; refuses new streams
  // with it. Other unary calls go on. Returns at once; the server's shutdown waits for the streams. May be
  // called more than once.
  void Stop();

  // Watchers connected.
  int64_t watchers() const;
  // To be told how long calls wait; sheds nothing while nobody tells.
  Overload& overload();

 private:
  struct Parts;
  explicit Services(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_SERVICES_H_
