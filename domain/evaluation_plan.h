// What follows from a catalogue and the freshness of its sources, worked out once for all answers.
#ifndef CHENGXIN_DOMAIN_EVALUATION_PLAN_H_
#define CHENGXIN_DOMAIN_EVALUATION_PLAN_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/v1/answer.pb.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "domain/catalogue.h"
#include "domain/standing.h"

namespace chengxin::domain {

// The seven conditions, in the order of policy section 一.
inline constexpr v1::Condition kConditions[] = {v1::CONDITION_REGISTRATION,
                                                v1::CONDITION_GOVERNANCE,
                                                v1::CONDITION_ACCOUNTING,
                                                v1::CONDITION_CAPABILITY,
                                                v1::CONDITION_TAX_AND_SOCIAL_SECURITY,
                                                v1::CONDITION_SUPERVISION_AND_REPUTATION,
                                                v1::CONDITION_OTHER_LEGAL};

// One source of the catalogue, as answers need it.
struct PlannedSource {
  const v1::Source* row = nullptr;
  // At its last complete reading; nothing: never read.
  std::optional<absl::Time> as_of;
  // The last instant at which it is fresh, in nanoseconds since 1970: the largest number for what is never
  // stale (LISTS), the smallest for what was never read.
  int64_t fresh_through_ns = std::numeric_limits<int64_t>::min();
  // The conditions that answer UNKNOWN while it is stale, one bit for each value of v1::Condition.
  uint32_t required_by = 0;
  // REGISTRY: no list source speaks for all of its authorities.
  bool outside_lists = false;
  // EXTERNAL_LIST: when its last complete reading was recorded, in whole seconds since 1970; the largest
  // number for other kinds and for what was never read, which is stale anyhow.
  int64_t recorded_seconds = std::numeric_limits<int64_t>::max();

  bool FreshAt(int64_t instant_ns) const { return instant_ns <= fresh_through_ns; }
  // Whether the last reading may have left the organization out: entries about one that was not in the copy
  // were not taken.
  bool MayLack(const Standing& standing) const { return standing.first_known_seconds > recorded_seconds; }
  bool Requires(v1::Condition condition) const { return (required_by >> condition & 1) != 0; }
};

// Something that a condition needs and no source of the catalogue delivers.
struct MissingSource {
  v1::Condition condition = v1::CONDITION_UNSPECIFIED;
  std::string_view zh;
  std::string_view en;
};

// Immutable and thread-safe. Refers to the catalogue, which must outlive it.
class EvaluationPlan {
 public:
  // `catalogue` may be null: nothing is configured then.
  EvaluationPlan(const CompiledCatalogue* catalogue, absl::Span<const std::optional<absl::Time>> source_as_of,
                 absl::Span<const std::optional<absl::Time>> source_recorded);

  // In catalogue order.
  const std::vector<PlannedSource>& sources() const { return sources_; }
  // The register with this id, or null.
  const PlannedSource* FindRegister(std::string_view id) const;
  // The register that declares codes of this division covered, or null.
  const PlannedSource* FindRegisterCovering(int division) const;

  // Whether every source but the registers that some condition requires is fresh.
  bool SharedSourcesFreshAt(int64_t instant_ns) const { return instant_ns <= shared_fresh_through_ns_; }
  // Whether some external list that a condition requires may lack the organization.
  bool ListsMayLack(const Standing& standing) const {
    return standing.first_known_seconds > lists_recorded_seconds_;
  }
  // What no source delivers though a condition needs it, for every organization.
  const std::vector<MissingSource>& missing() const { return missing_; }
  // The same for organizations of a register the lists do not speak for.
  absl::Span<const MissingSource> missing_lists() const;
  // The source of records (RECORDS) that is stale at the instant, else the first one, else null.
  const PlannedSource* RecordsAt(int64_t instant_ns) const;

  // The row of the fact's ground by rule 29; null where the catalogue does not know the ground.
  const v1::Ground* GroundOf(const Fact& fact) const;
  // The row of a ground on the day of an instant; null where the catalogue does not know it.
  const v1::Ground* GroundAt(std::string_view id, absl::Time instant) const;
  // The condition in words, or null.
  const v1::ConditionText* ConditionIn(v1::Condition condition) const;

  // What every answer's basis has in common: sources with their instants, versions.
  const v1::AnswerBasis& basis() const { return basis_; }

 private:
  void PlanSource(const v1::Source& row, std::optional<absl::Time> as_of, std::optional<absl::Time> recorded);
  void FindWhatIsMissing();
  void IndexGrounds();
  void DraftBasis();

  const CompiledCatalogue* catalogue_;
  std::vector<PlannedSource> sources_;
  absl::flat_hash_map<std::string_view, size_t> registers_;  // by id, into sources_
  std::vector<size_t> records_;                              // into sources_
  int64_t shared_fresh_through_ns_ = std::numeric_limits<int64_t>::max();
  int64_t lists_recorded_seconds_ = std::numeric_limits<int64_t>::max();
  std::vector<MissingSource> missing_;
  // Grounds of one row alone, for which no day matters; null for those of several.
  absl::flat_hash_map<std::string_view, const v1::Ground*> only_rows_;
  v1::AnswerBasis basis_;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_EVALUATION_PLAN_H_
