#include "domain/evaluation_plan.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "domain/civil_day.h"
#include "domain/evaluate.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

constexpr int64_t kAlways = std::numeric_limits<int64_t>::max();
constexpr int64_t kNever = std::numeric_limits<int64_t>::min();

// The bars of rule 47, by the reason their grounds answer with: none of them may be left unasked.
struct ExternalBar {
  v1::ReasonCode reason;
  std::string_view zh;
  std::string_view en;
};
constexpr ExternalBar kExternalBars[] = {
    {v1::REASON_CODE_JUDGMENT_DEFAULTER, "失信被执行人名单", "the list of judgment defaulters"},
    {v1::REASON_CODE_TAX_VIOLATION_LIST, "重大税收违法失信主体名单", "the list of major tax violations"},
    {v1::REASON_CODE_PROCUREMENT_VIOLATION_LIST, "政府采购严重违法失信行为记录名单",
     "the list of severe violations in government procurement"},
    {v1::REASON_CODE_MAJOR_VIOLATION, "重大违法记录", "records of major violations"},
    {v1::REASON_CODE_PROCUREMENT_BAN, "禁止参加政府采购活动的处罚", "bans from government procurement"},
};

constexpr MissingSource kMissingLists[] = {
    {v1::CONDITION_SUPERVISION_AND_REPUTATION, "活动异常名录", "the abnormal list (活动异常名录)"},
    {v1::CONDITION_OTHER_LEGAL, "严重违法失信名单", "the severe list (严重违法失信名单)"},
};

// The last instant at which a source is fresh.
int64_t FreshThrough(const v1::Source& row, std::optional<absl::Time> as_of) {
  // The two lists are kept here: there is nothing to be read.
  if (row.kind() == v1::SOURCE_KIND_LISTS) return kAlways;
  if (!as_of.has_value()) return kNever;
  if (row.maximum_age_seconds() <= 0) return kAlways;
  return absl::ToUnixNanos(*as_of + absl::Seconds(row.maximum_age_seconds()));
}

uint32_t RequiredBy(const v1::Source& row) {
  uint32_t conditions = 0;
  for (const int condition : row.required_by()) conditions |= uint32_t{1} << condition;
  // Nothing can be said of a registration without its register, whatever the row says.
  if (row.kind() == v1::SOURCE_KIND_REGISTRY) conditions |= uint32_t{1} << v1::CONDITION_REGISTRATION;
  return conditions;
}

// Whether a list source speaks for all of these authorities; one that names none speaks for all.
bool ListsSpeakFor(const v1::Source& lists, const v1::Source& registry) {
  if (lists.authorities().empty()) return true;
  return std::all_of(registry.authorities().begin(), registry.authorities().end(), [&](const auto& id) {
    return std::find(lists.authorities().begin(), lists.authorities().end(), id) != lists.authorities().end();
  });
}

}  // namespace

EvaluationPlan::EvaluationPlan(const CompiledCatalogue* catalogue,
                               absl::Span<const std::optional<absl::Time>> source_as_of,
                               absl::Span<const std::optional<absl::Time>> source_recorded)
    : catalogue_(catalogue) {
  const auto at = [](absl::Span<const std::optional<absl::Time>> instants, size_t index) {
    return index < instants.size() ? instants[index] : std::nullopt;
  };
  if (catalogue_ != nullptr) {
    const auto& rows = catalogue_->message().sources();
    sources_.reserve(static_cast<size_t>(rows.size()));
    for (const v1::Source& row : rows) {
      const size_t index = sources_.size();
      PlanSource(row, at(source_as_of, index), at(source_recorded, index));
    }
    IndexGrounds();
  }
  FindWhatIsMissing();
  DraftBasis();
}

void EvaluationPlan::PlanSource(const v1::Source& row, std::optional<absl::Time> as_of,
                                std::optional<absl::Time> recorded) {
  PlannedSource source;
  source.row = &row;
  source.as_of = as_of;
  source.fresh_through_ns = FreshThrough(row, as_of);
  source.required_by = RequiredBy(row);
  if (row.kind() == v1::SOURCE_KIND_EXTERNAL_LIST && as_of.has_value())
    source.recorded_seconds = absl::ToUnixSeconds(recorded.value_or(*as_of));
  if (row.kind() == v1::SOURCE_KIND_REGISTRY) {
    registers_.try_emplace(row.id(), sources_.size());
    const auto& rows = catalogue_->message().sources();
    source.outside_lists = std::none_of(rows.begin(), rows.end(), [&row](const v1::Source& lists) {
      return lists.kind() == v1::SOURCE_KIND_LISTS && ListsSpeakFor(lists, row);
    });
  } else if (source.required_by != 0) {
    shared_fresh_through_ns_ = std::min(shared_fresh_through_ns_, source.fresh_through_ns);
    lists_recorded_seconds_ = std::min(lists_recorded_seconds_, source.recorded_seconds);
  }
  if (row.kind() == v1::SOURCE_KIND_RECORDS) records_.push_back(sources_.size());
  sources_.push_back(source);
}

void EvaluationPlan::FindWhatIsMissing() {
  absl::flat_hash_set<int> delivered;
  if (catalogue_ != nullptr) {
    absl::flat_hash_set<std::string_view> grounds;
    for (const PlannedSource& source : sources_)
      grounds.insert(source.row->grounds().begin(), source.row->grounds().end());
    for (const v1::Ground& ground : catalogue_->message().grounds()) {
      if (grounds.contains(ground.id())) delivered.insert(ground.reason());
    }
  }
  for (const ExternalBar& bar : kExternalBars) {
    if (!delivered.contains(bar.reason)) missing_.push_back({v1::CONDITION_OTHER_LEGAL, bar.zh, bar.en});
  }
}

void EvaluationPlan::IndexGrounds() {
  for (const v1::Ground& ground : catalogue_->message().grounds()) {
    const auto [it, inserted] = only_rows_.try_emplace(ground.id(), &ground);
    if (!inserted) it->second = nullptr;
  }
}

void EvaluationPlan::DraftBasis() {
  for (const PlannedSource& source : sources_) {
    v1::SourceFreshness& freshness = *basis_.add_sources();
    freshness.set_source(SourceName(source.row->id()));
    if (source.as_of.has_value()) SetTimestamp(*source.as_of, *freshness.mutable_as_of());
  }
  if (catalogue_ != nullptr) basis_.set_catalogue_version(catalogue_->version());
  basis_.set_evaluator_version(std::string(kEvaluatorVersion));
}

const PlannedSource* EvaluationPlan::FindRegister(std::string_view id) const {
  const auto it = registers_.find(id);
  return it == registers_.end() ? nullptr : &sources_[it->second];
}

const PlannedSource* EvaluationPlan::FindRegisterCovering(int division) const {
  if (catalogue_ == nullptr) return nullptr;
  const v1::Source* row = catalogue_->FindRegistryCovering(division);
  return row == nullptr ? nullptr : FindRegister(row->id());
}

absl::Span<const MissingSource> EvaluationPlan::missing_lists() const { return kMissingLists; }

const PlannedSource* EvaluationPlan::RecordsAt(int64_t instant_ns) const {
  for (const size_t index : records_) {
    if (!sources_[index].FreshAt(instant_ns)) return &sources_[index];
  }
  return records_.empty() ? nullptr : &sources_[records_.front()];
}

const v1::Ground* EvaluationPlan::GroundOf(const Fact& fact) const {
  const auto it = only_rows_.find(fact.ground);
  if (it == only_rows_.end()) return nullptr;
  if (it->second != nullptr) return it->second;
  const CivilDay began = DayOf(absl::FromUnixNanos(fact.from_ns));
  const CivilDay conduct = fact.conduct_day == 0 ? began : CivilDay::FromNumber(fact.conduct_day);
  const v1::Ground* row = catalogue_->FindGround(fact.ground, conduct);
  const v1::Ground* later = catalogue_->FindGround(fact.ground, began);
  // Outcomes are numbered from the lightest.
  return later->outcome() < row->outcome() ? later : row;
}

const v1::Ground* EvaluationPlan::GroundAt(std::string_view id, absl::Time instant) const {
  const auto it = only_rows_.find(id);
  if (it == only_rows_.end() || it->second != nullptr) return it == only_rows_.end() ? nullptr : it->second;
  return catalogue_->FindGround(id, DayOf(instant));
}

const v1::ConditionText* EvaluationPlan::ConditionIn(v1::Condition condition) const {
  return catalogue_ == nullptr ? nullptr : catalogue_->FindCondition(condition);
}

}  // namespace chengxin::domain
