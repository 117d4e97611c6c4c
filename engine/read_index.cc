#include "engine/read_index.h"

#include <optional>
#include <utility>

namespace chengxin::engine {

namespace {

// Entries of one shard that Fill puts together. With all shards waiting they hold some 20 MB for as long as
// the start takes, and spare a shard most of its growing.
constexpr size_t kFilledTogether = 1'024;

// What the details of one standing hold on the heap.
size_t DetailBytes(const domain::Standing& standing) {
  if (standing.details == nullptr) return 0;
  const domain::StandingDetails& details = *standing.details;
  size_t bytes = sizeof(domain::StandingDetails) + 2 * sizeof(void*);
  bytes += details.statuses.capacity() * sizeof(domain::StatusSpan);
  bytes += details.facts.capacity() * sizeof(domain::Fact);
  for (const domain::Fact& fact : details.facts) {
    for (const std::string* text : {&fact.ground, &fact.reference, &fact.subject}) {
      if (text->capacity() > 15) bytes += text->capacity() + 1;  // beyond the short-string buffer
    }
  }
  return bytes;
}

}  // namespace

void ReadIndex::Put(const log::v1::Standing& message, uint64_t revision) {
  const std::optional<domain::Uscc> code = domain::Uscc::FromStored(message.code());
  if (!code.has_value()) return;
  Put(*code, domain::Compact(message, revision, Intern(message.source())));
}

void ReadIndex::Put(const domain::Uscc& code, domain::Standing standing) {
  Shard& shard = ShardOf(absl::Hash<domain::Uscc>()(code));
  MutexLock lock(shard.mu);
  PutInto(shard, code, std::move(standing));
}

void ReadIndex::PutInto(Shard& shard, const domain::Uscc& code, domain::Standing standing) {
  const auto [it, inserted] = shard.standings.try_emplace(code);
  if (inserted) {
    size_.fetch_add(1, std::memory_order_relaxed);
  } else {
    shard.detail_bytes -= DetailBytes(it->second);
  }
  shard.detail_bytes += DetailBytes(standing);
  // The old details, if this was their last holder, are freed here; a reader's copy keeps them alive.
  it->second = std::move(standing);
}

void ReadIndex::PutAll(Shard& shard, std::vector<std::pair<domain::Uscc, domain::Standing>>& entries) {
  MutexLock lock(shard.mu);
  shard.standings.reserve(shard.standings.size() + entries.size());
  for (auto& [code, standing] : entries) PutInto(shard, code, std::move(standing));
  entries.clear();
}

void ReadIndex::Fill::Put(const log::v1::Standing& message, uint64_t revision) {
  const std::optional<domain::Uscc> code = domain::Uscc::FromStored(message.code());
  if (!code.has_value()) return;
  if (source_ == nullptr || *source_ != message.source()) source_ = index_.Intern(message.source());
  const size_t shard = ShardIndex(absl::Hash<domain::Uscc>()(*code));
  auto& waiting = waiting_[shard];
  waiting.emplace_back(*code, domain::Compact(message, revision, source_));
  if (waiting.size() >= kFilledTogether) index_.PutAll(index_.shards_[shard], waiting);
}

ReadIndex::Fill::~Fill() {
  for (size_t shard = 0; shard < kShards; ++shard) index_.PutAll(index_.shards_[shard], waiting_[shard]);
}

bool ReadIndex::Contains(const domain::Uscc& code) const {
  const size_t hash = absl::Hash<domain::Uscc>()(code);
  const Shard& shard = ShardOf(hash);
  MutexLock lock(shard.mu);
  return shard.standings.find(code, hash) != shard.standings.end();
}

const std::string* ReadIndex::Intern(std::string_view text) {
  MutexLock lock(names_mu_);
  return &*names_.emplace(text).first;
}

size_t ReadIndex::bytes() const {
  // One control byte and one slot for each place of a map.
  constexpr size_t kPlace = sizeof(std::pair<const domain::Uscc, domain::Standing>) + 1;
  size_t bytes = sizeof(*this);
  for (const Shard& shard : shards_) {
    MutexLock lock(shard.mu);
    bytes += shard.standings.capacity() * kPlace + shard.detail_bytes;
  }
  return bytes;
}

}  // namespace chengxin::engine
