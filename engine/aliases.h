// The codes that organizations have besides their first, in memory: a changed code, or a former one.
#ifndef CHENGXIN_ENGINE_ALIASES_H_
#define CHENGXIN_ENGINE_ALIASES_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "base/mutex.h"
#include "chengxin/v1/organization.pb.h"
#include "domain/uscc.h"
#include "storage/store.h"

namespace chengxin::engine {

// Thread-safe; costs one look at a number where no organization has changed its code. Few have.
class Aliases {
 public:
  // Reads all of them. Before anything else.
  absl::Status Load(const storage::Store& store);
  // Takes in an organization as a Change at `revision` left it.
  void Put(const v1::Organization& organization, uint64_t revision);

  // The first code of the organization that had `code` besides, as known at `revision`.
  std::optional<domain::Uscc> Find(const domain::Uscc& code, uint64_t revision) const;

 private:
  struct First {
    domain::Uscc code;
    uint64_t revision = 0;  // that told of it
  };
  void PutOne(const domain::Uscc& code, const domain::Uscc& first, uint64_t revision);

  std::atomic<size_t> size_{0};
  mutable SharedMutex mu_;
  absl::flat_hash_map<domain::Uscc, First> first_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_ALIASES_H_
