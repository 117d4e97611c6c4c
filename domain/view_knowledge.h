// What a View knows, in the form that Evaluate asks for.
#ifndef CHENGXIN_DOMAIN_VIEW_KNOWLEDGE_H_
#define CHENGXIN_DOMAIN_VIEW_KNOWLEDGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "domain/evaluate.h"
#include "domain/standing.h"
#include "domain/view.h"

namespace chengxin::domain {

// The catalogue in force and the last complete reading of each of its sources, as of `revision`, the view's.
// Costs a look-up for each source: once for a command.
absl::StatusOr<std::shared_ptr<const Knowledge>> KnowledgeOf(const View& view, uint64_t revision);

// The compact form of a stored standing, and the name of the source it refers to. Stays where it is made.
class OwnedStanding {
 public:
  OwnedStanding(const log::v1::Standing& message, uint64_t revision)
      : source_(message.source()), standing_(Compact(message, revision, &source_)) {}
  OwnedStanding(const OwnedStanding&) = delete;
  OwnedStanding& operator=(const OwnedStanding&) = delete;

  const Standing* get() const { return &standing_; }

 private:
  const std::string source_;
  const Standing standing_;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_VIEW_KNOWLEDGE_H_
