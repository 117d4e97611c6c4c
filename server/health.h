// gRPC's health checking protocol, one answer for each part of the server.
#ifndef CHENGXIN_SERVER_HEALTH_H_
#define CHENGXIN_SERVER_HEALTH_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace chengxin::server {

// The name that stands for writing: NOT_SERVING once writing has stopped after a storage error, while reads
// go on.
inline constexpr std::string_view kWritesHealthName = "chengxin.v1.writes";
// The name of the server as a whole.
inline constexpr std::string_view kWholeHealthName = "";
// Streams of Watch at once; one more is refused with RESOURCE_EXHAUSTED.
inline constexpr size_t kMaximumHealthWatches = 1'000;

// gRPC's own service is not used: its watches stay open at a stop and would hold it up for the whole grace.
// Thread-safe. Destroy it after the server is shut down.
class HealthService final : public grpc::health::v1::Health::CallbackService {
 public:
  // Every part of `names` is SERVING at first; others are unknown.
  explicit HealthService(const std::vector<std::string>& names);
  ~HealthService() override;

  // Tells whoever watches. `name` must be one of the names.
  void Set(std::string_view name, bool serving);
  // Everything is NOT_SERVING from now on; watches are told so and end with UNAVAILABLE.
  void Stop();

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request) override;

 private:
  using ServingStatus = grpc::health::v1::HealthCheckResponse::ServingStatus;
  class WatchReactor;

  // Sends what has changed since the watch's last message, or ends it where nothing more will.
  void Advance(WatchReactor& watch) CHENGXIN_REQUIRES(mu_);
  ServingStatus StatusOf(const std::string& name) const CHENGXIN_REQUIRES(mu_);

  mutable Mutex mu_;
  std::map<std::string, bool, std::less<>> serving_ CHENGXIN_GUARDED_BY(mu_);
  std::set<WatchReactor*> watches_ CHENGXIN_GUARDED_BY(mu_);
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_HEALTH_H_
