// The read index: for each organization what a decision needs, in memory (design: read path).
#ifndef CHENGXIN_ENGINE_READ_INDEX_H_
#define CHENGXIN_ENGINE_READ_INDEX_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_set.h"
#include "absl/hash/hash.h"
#include "base/mutex.h"
#include "chengxin/log/v1/standing.pb.h"
#include "domain/standing.h"
#include "domain/uscc.h"

namespace chengxin::engine {

// Sharded hash maps from code to standing. Thread-safe; a look-up copies one standing out under its shard's
// lock, without allocating. Shards grow one at a time, so that growing never needs twice the memory.
class ReadIndex {
  static constexpr size_t kShardBits = 8;
  static constexpr size_t kShards = size_t{1} << kShardBits;

 public:
  ReadIndex() = default;
  ReadIndex(const ReadIndex&) = delete;
  ReadIndex& operator=(const ReadIndex&) = delete;

  // Puts the standing of `message.code()` as of `revision`. The code is one the log holds, and so well
  // shaped.
  void Put(const log::v1::Standing& message, uint64_t revision);
  void Put(const domain::Uscc& code, domain::Standing standing);
  // Copies the standing out; false where there is none.
  bool Find(const domain::Uscc& code, domain::Standing& standing) const {
    const size_t hash = absl::Hash<domain::Uscc>()(code);
    const Shard& shard = ShardOf(hash);
    MutexLock lock(shard.mu);
    const auto it = shard.standings.find(code, hash);
    if (it == shard.standings.end()) return false;
    standing = it->second;
    return true;
  }
  bool Contains(const domain::Uscc& code) const;

  // Puts very many at start-up, some hundred of one shard at a time: put singly, each would wait for memory
  // that the one before did not touch. One thread's; what it was given is in the index once it is gone.
  class Fill {
   public:
    explicit Fill(ReadIndex& index) : index_(index) {}
    ~Fill();
    Fill(const Fill&) = delete;
    Fill& operator=(const Fill&) = delete;

    void Put(const log::v1::Standing& message, uint64_t revision);

   private:
    ReadIndex& index_;
    std::array<std::vector<std::pair<domain::Uscc, domain::Standing>>, kShards> waiting_;
    const std::string* source_ = nullptr;  // the last one interned
  };

  // Begins to fetch from memory what Find of this code will look at: a batch asks for codes a few ahead, so
  // that it does not wait for each in turn.
  void Prefetch(const domain::Uscc& code) const {
    const Shard& shard = ShardOf(absl::Hash<domain::Uscc>()(code));
    MutexLock lock(shard.mu);
    shard.standings.prefetch(code);
  }

  // The one string equal to `text` that standings refer to; lives as long as the index.
  const std::string* Intern(std::string_view text);

  size_t size() const { return size_.load(std::memory_order_relaxed); }
  // Bytes held by the maps and the details behind them; an account, not a measurement of the allocator.
  size_t bytes() const;

 private:
  struct alignas(64) Shard {
    mutable Mutex mu;
    absl::flat_hash_map<domain::Uscc, domain::Standing> standings CHENGXIN_GUARDED_BY(mu);
    size_t detail_bytes CHENGXIN_GUARDED_BY(mu) = 0;
  };
  // The hash's top bits choose the shard; the map within uses the others.
  static size_t ShardIndex(size_t hash) { return hash >> (64 - kShardBits); }
  const Shard& ShardOf(size_t hash) const { return shards_[ShardIndex(hash)]; }
  Shard& ShardOf(size_t hash) { return shards_[ShardIndex(hash)]; }
  void PutInto(Shard& shard, const domain::Uscc& code, domain::Standing standing) CHENGXIN_REQUIRES(shard.mu);
  void PutAll(Shard& shard, std::vector<std::pair<domain::Uscc, domain::Standing>>& entries);

  std::array<Shard, kShards> shards_;
  std::atomic<size_t> size_{0};

  mutable Mutex names_mu_;
  absl::node_hash_set<std::string> names_ CHENGXIN_GUARDED_BY(names_mu_);
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_READ_INDEX_H_
