// Carries destructions of sealed parts through to the disk. Private to engine.
#ifndef CHENGXIN_ENGINE_PURGER_H_
#define CHENGXIN_ENGINE_PURGER_H_

#include <thread>

#include "base/mutex.h"
#include "storage/store.h"

namespace chengxin::engine {

// Has the store rewrite files once a Change has destroyed something, on a thread of its own: that may take
// seconds, and neither commits nor what falls due should wait. Where it fails, that is logged, and done when
// the folder is opened again. Thread-safe.
class Purger {
 public:
  // The store must outlive this.
  explicit Purger(storage::Store& store);
  // Ends what is asked for first, so that a folder that is closed holds nothing that was destroyed.
  ~Purger();
  Purger(const Purger&) = delete;
  Purger& operator=(const Purger&) = delete;

  // A Change that destroys something is durable.
  void Wake();

 private:
  void Run();

  storage::Store& store_;

  Mutex mu_;
  CondVar wake_;  // work, or stopping
  bool asked_ CHENGXIN_GUARDED_BY(mu_) = false;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;

  std::thread thread_;
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_PURGER_H_
