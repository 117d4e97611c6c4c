// Looks at the engine now and then and tells what the people who run the machine must know.
#ifndef CHENGXIN_SERVER_STATE_MONITOR_H_
#define CHENGXIN_SERVER_STATE_MONITOR_H_

#include <string>
#include <thread>

#include "absl/time/time.h"
#include "base/mutex.h"
#include "engine/engine.h"
#include "server/health.h"

namespace chengxin::server {

// How soon after writing has stopped the health name of writes says so.
inline constexpr absl::Duration kMonitorInterval = absl::Seconds(1);

// Logs when another catalogue is in force and when writing has stopped, which also turns the health name of
// writes NOT_SERVING. Thread-safe.
class StateMonitor {
 public:
  // Both must outlive it.
  StateMonitor(const engine::Engine& engine, HealthService& health);
  // Looks once more and ends.
  ~StateMonitor();

 private:
  void Run();
  void Look();

  const engine::Engine& engine_;
  HealthService& health_;

  // The monitor's thread alone.
  std::string catalogue_version_;
  bool read_only_ = false;

  Mutex mu_;
  CondVar wake_;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;

  std::thread thread_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_STATE_MONITOR_H_
