#include "engine/purger.h"

#include <string>

#include "absl/status/status.h"
#include "base/log.h"

namespace chengxin::engine {

Purger::Purger(storage::Store& store) : store_(store), thread_([this] { Run(); }) {}

Purger::~Purger() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    wake_.NotifyAll();
  }
  thread_.join();
}

void Purger::Wake() {
  MutexLock lock(mu_);
  asked_ = true;
  wake_.NotifyAll();
}

void Purger::Run() {
  while (true) {
    {
      MutexLock lock(mu_);
      while (!asked_ && !stopping_) wake_.Wait(mu_);
      if (!asked_) return;
      asked_ = false;
    }
    const absl::Status purged = store_.PurgeDestroyed();
    if (!purged.ok()) {
      LogError("what was destroyed is not yet out of the files", {{"reason", std::string(purged.message())}});
    }
  }
}

}  // namespace chengxin::engine
