#include "server/state_monitor.h"

#include <memory>

#include "base/log.h"
#include "base/strings.h"
#include "domain/evaluate.h"

namespace chengxin::server {

namespace {

std::string CatalogueVersionOf(const engine::Engine& engine) {
  const std::shared_ptr<const domain::Knowledge> knowledge = engine.knowledge();
  return knowledge->catalogue == nullptr ? std::string() : knowledge->catalogue->version();
}

}  // namespace

StateMonitor::StateMonitor(const engine::Engine& engine, HealthService& health)
    : engine_(engine),
      health_(health),
      catalogue_version_(CatalogueVersionOf(engine)),
      thread_([this] { Run(); }) {}

StateMonitor::~StateMonitor() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    wake_.NotifyAll();
  }
  thread_.join();
}

void StateMonitor::Run() {
  for (bool last = false; !last;) {
    Look();
    MutexLock lock(mu_);
    if (!stopping_) wake_.WaitFor(mu_, kMonitorInterval);
    last = stopping_;
  }
  Look();
}

void StateMonitor::Look() {
  const std::string version = CatalogueVersionOf(engine_);
  if (version != catalogue_version_) {
    LogInfo("catalogue activated", {{"version", version}, {"before", catalogue_version_}});
    catalogue_version_ = version;
  }
  if (read_only_) return;
  const engine::EngineStats stats = engine_.Stats();
  if (!stats.read_only) return;
  read_only_ = true;
  health_.Set(kWritesHealthName, false);
  LogError("read-only: reads go on, commands are refused until the server is restarted",
           {{"reason", stats.read_only_reason}, {"revision", StrCat(stats.revision)}});
}

}  // namespace chengxin::server
