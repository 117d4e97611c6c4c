// What is and was known of the catalogue and its sources, by revision.
#ifndef CHENGXIN_ENGINE_KNOWLEDGE_BASE_H_
#define CHENGXIN_ENGINE_KNOWLEDGE_BASE_H_

#include <cstdint>
#include <map>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "chengxin/log/v1/change.pb.h"
#include "domain/evaluate.h"
#include "storage/store.h"

namespace chengxin::engine {

// Publishes the current Knowledge and finds past ones. Thread-safe; only the committer publishes. Every
// catalogue ever activated stays compiled in memory: there are few, and as-of answers need the one of their
// time.
class KnowledgeBase {
 public:
  explicit KnowledgeBase(const storage::Store& store) : store_(store) {}

  // Reads all activations and the freshness of each source at the log's head. Before anything else; DataLoss
  // where a stored catalogue does not compile.
  absl::Status Load();

  // What is known now, and the stamp of its revision.
  struct Current {
    std::shared_ptr<const domain::Knowledge> knowledge;
    absl::Time stamp;
  };
  Current current() const {
    MutexLock lock(mu_);
    return current_;
  }

  // What was known at a past revision.
  absl::StatusOr<std::shared_ptr<const domain::Knowledge>> At(uint64_t revision) const;

  // Folds a committed Change's events in and makes `revision` the current one.
  absl::Status Publish(const std::vector<const log::v1::Change*>& changes, uint64_t revision,
                       absl::Time stamp);

 private:
  std::shared_ptr<const domain::CompiledCatalogue> CatalogueAt(uint64_t revision) const
      CHENGXIN_REQUIRES(mu_);

  const storage::Store& store_;
  mutable Mutex mu_;
  Current current_ CHENGXIN_GUARDED_BY(mu_);
  // By revision of activation.
  std::map<uint64_t, std::shared_ptr<const domain::CompiledCatalogue>> catalogues_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_KNOWLEDGE_BASE_H_
