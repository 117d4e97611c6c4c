#include "server/metrics_page.h"

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "prometheus/exposer.h"

namespace chengxin::server {

namespace {

// Scrapers are few, but whoever connects and says nothing holds a thread until the timeout.
constexpr char kThreads[] = "16";
constexpr char kRequestTimeoutMilliseconds[] = "2000";

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsPage>> MetricsPage::Serve(
    const Endpoint& endpoint, std::vector<std::shared_ptr<prometheus::Collectable>> collectables) {
  std::unique_ptr<MetricsPage> page(new MetricsPage());
  page->collectables_ = std::move(collectables);
  const std::string address = AddressOf(endpoint);
  // prometheus-cpp speaks in exceptions; none leaves here.
  try {
    page->exposer_ = std::make_unique<prometheus::Exposer>(
        std::vector<std::string>{"listening_ports", address, "num_threads", kThreads, "request_timeout_ms",
                                 kRequestTimeoutMilliseconds});
    for (const auto& collectable : page->collectables_) page->exposer_->RegisterCollectable(collectable);
  } catch (const std::exception& error) {
    return absl::UnavailableError(StrCat("无法在", address, "提供指标 (cannot serve metrics on ", address,
                                         "; is another program there?): ", error.what()));
  }
  return page;
}

MetricsPage::~MetricsPage() { exposer_.reset(); }

int MetricsPage::port() const {
  const std::vector<int> ports = exposer_->GetListeningPorts();
  return ports.empty() ? 0 : ports.front();
}

}  // namespace chengxin::server
