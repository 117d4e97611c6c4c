#include "engine/knowledge_base.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/timestamps.h"

namespace chengxin::engine {

namespace {

using domain::CompiledCatalogue;
using domain::Knowledge;

// For each of the catalogue's sources, in its order: what the store knows of its last complete reading.
struct Readings {
  std::vector<std::optional<absl::Time>> as_of;
  std::vector<std::optional<absl::Time>> recorded;
};

absl::StatusOr<Readings> ReadReadings(const storage::Store& store, const CompiledCatalogue& catalogue,
                                      uint64_t revision) {
  Readings readings;
  for (const v1::Source& source : catalogue.message().sources()) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::SourceRead> read,
                              store.FindCompleteRead(source.id(), revision));
    readings.as_of.push_back(read.has_value() ? std::optional(domain::TimeOf(read->as_of())) : std::nullopt);
    const bool recorded = read.has_value() && read->has_recorded();
    readings.recorded.push_back(recorded ? std::optional(domain::TimeOf(read->recorded())) : std::nullopt);
  }
  return readings;
}

absl::StatusOr<std::shared_ptr<const Knowledge>> ReadKnowledge(
    const storage::Store& store, uint64_t revision, std::shared_ptr<const CompiledCatalogue> catalogue) {
  Readings readings;
  if (catalogue != nullptr) {
    CHENGXIN_ASSIGN_OR_RETURN(readings, ReadReadings(store, *catalogue, revision));
  }
  return domain::MakeKnowledge(revision, std::move(catalogue), std::move(readings.as_of),
                               std::move(readings.recorded));
}

}  // namespace

absl::Status KnowledgeBase::Load() {
  const storage::Head head = store_.head();
  MutexLock lock(mu_);
  for (uint64_t at = head.revision; at > 0;) {
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<storage::Store::CatalogueAt> found, store_.FindCatalogue(at));
    if (!found.has_value()) break;
    auto compiled = CompiledCatalogue::Compile(std::move(found->catalogue));
    if (!compiled.ok()) {
      return absl::DataLossError(StrCat("the catalogue activated at revision ", found->revision,
                                        " does not compile: ", compiled.status().message()));
    }
    catalogues_[found->revision] = *std::move(compiled);
    at = found->revision - 1;
  }
  CHENGXIN_ASSIGN_OR_RETURN(current_.knowledge,
                            ReadKnowledge(store_, head.revision, CatalogueAt(head.revision)));
  current_.stamp = head.stamp;
  return absl::OkStatus();
}

std::shared_ptr<const CompiledCatalogue> KnowledgeBase::CatalogueAt(uint64_t revision) const {
  const auto after = catalogues_.upper_bound(revision);
  return after == catalogues_.begin() ? nullptr : std::prev(after)->second;
}

absl::StatusOr<std::shared_ptr<const Knowledge>> KnowledgeBase::At(uint64_t revision) const {
  std::shared_ptr<const CompiledCatalogue> catalogue;
  {
    MutexLock lock(mu_);
    if (current_.knowledge->revision == revision) return current_.knowledge;
    catalogue = CatalogueAt(revision);
  }
  return ReadKnowledge(store_, revision, std::move(catalogue));
}

absl::Status KnowledgeBase::Publish(const std::vector<const log::v1::Change*>& changes, uint64_t revision,
                                    absl::Time stamp) {
  std::shared_ptr<const Knowledge> before = current().knowledge;
  std::shared_ptr<const CompiledCatalogue> catalogue = before->catalogue;
  std::map<uint64_t, std::shared_ptr<const CompiledCatalogue>> activated;
  bool sources_changed = false;
  for (const log::v1::Change* change : changes) {
    for (const log::v1::Event& event : change->events()) {
      sources_changed |= event.has_source_read();
      if (!event.has_catalogue()) continue;
      CHENGXIN_ASSIGN_OR_RETURN(catalogue, CompiledCatalogue::Compile(event.catalogue()));
      activated[change->revision()] = catalogue;
    }
  }
  std::shared_ptr<const Knowledge> now;
  if (activated.empty() && !sources_changed) {
    now = domain::MakeKnowledge(revision, *before);
  } else {
    CHENGXIN_ASSIGN_OR_RETURN(now, ReadKnowledge(store_, revision, std::move(catalogue)));
  }
  MutexLock lock(mu_);
  catalogues_.merge(activated);
  current_ = Current{std::move(now), stamp};
  return absl::OkStatus();
}

}  // namespace chengxin::engine
