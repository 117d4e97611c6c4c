// The metrics page over HTTP.
#ifndef CHENGXIN_SERVER_METRICS_PAGE_H_
#define CHENGXIN_SERVER_METRICS_PAGE_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "prometheus/collectable.h"
#include "server/configuration.h"

namespace prometheus {
class Exposer;
}

namespace chengxin::server {

// Serves /metrics until it is destroyed; after that no collectable is asked any more.
class MetricsPage {
 public:
  // Unavailable where the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<MetricsPage>> Serve(
      const Endpoint& endpoint, std::vector<std::shared_ptr<prometheus::Collectable>> collectables);
  ~MetricsPage();

  int port() const;

 private:
  MetricsPage() = default;

  // The exposer keeps weak pointers alone, and goes first.
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_METRICS_PAGE_H_
