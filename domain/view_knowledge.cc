#include "domain/view_knowledge.h"

#include <utility>
#include <vector>

#include "base/status.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

absl::StatusOr<std::shared_ptr<const Knowledge>> KnowledgeOf(const View& view, uint64_t revision) {
  std::shared_ptr<const CompiledCatalogue> catalogue = view.catalogue();
  std::vector<std::optional<absl::Time>> as_of;
  if (catalogue != nullptr) {
    for (const v1::Source& source : catalogue->message().sources()) {
      CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::SourceRead> read,
                                view.FindCompleteRead(source.id()));
      as_of.push_back(read.has_value() ? std::optional(TimeOf(read->as_of())) : std::nullopt);
    }
  }
  return MakeKnowledge(revision, std::move(catalogue), std::move(as_of));
}

}  // namespace chengxin::domain
