#include "domain/catalogue.h"

#include <algorithm>
#include <utility>

#include "domain/catalogue_check.h"
#include "domain/refusal.h"

namespace chengxin::domain {

absl::StatusOr<std::shared_ptr<const CompiledCatalogue>> CompiledCatalogue::Compile(v1::Catalogue catalogue) {
  FieldViolations violations;
  Divisions divisions;
  WorkingCalendar calendar;
  BuildTables(catalogue, divisions, calendar, violations);
  CheckRows(catalogue, divisions, violations);
  if (!violations.empty()) return violations.ToStatus();
  // The constructor is private, so make_shared cannot reach it.
  return std::shared_ptr<const CompiledCatalogue>(
      new CompiledCatalogue(std::move(catalogue), std::move(divisions), std::move(calendar)));
}

CompiledCatalogue::CompiledCatalogue(v1::Catalogue message, Divisions divisions, WorkingCalendar calendar)
    : message_(std::move(message)), divisions_(std::move(divisions)), calendar_(std::move(calendar)) {
  for (const v1::Authority& authority : message_.authorities()) {
    authorities_.emplace(authority.id(), &authority);
  }
  for (const v1::Ground& ground : message_.grounds()) {
    // Checked before: every row has its days.
    const DaysInForce days = *ParseValidity(ground.validity());
    ground_rows_.push_back({days.from, days.through, &ground});
    grounds_[ground.id()].push_back(ground_rows_.back());
  }
  for (auto& [id, rows] : grounds_) {
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  }
  for (const v1::Threshold& threshold : message_.thresholds()) {
    const DaysInForce days = *ParseValidity(threshold.validity());
    thresholds_.push_back({days.from, days.through, &threshold});
  }
  for (const v1::ConductType& type : message_.conduct_types()) {
    const DaysInForce days = *ParseValidity(type.validity());
    conduct_types_.push_back({days.from, days.through, &type});
  }
  for (const v1::Source& source : message_.sources()) {
    sources_.emplace(source.id(), &source);
    for (const int division : source.covered_divisions()) registry_of_division_.emplace(division, &source);
  }
  for (const v1::ConditionText& text : message_.conditions()) {
    conditions_[static_cast<size_t>(text.condition())] = &text;
  }
}

const v1::Authority* CompiledCatalogue::FindAuthority(std::string_view id) const {
  const auto found = authorities_.find(id);
  return found == authorities_.end() ? nullptr : found->second;
}

const v1::Ground* CompiledCatalogue::FindGround(std::string_view id, CivilDay day) const {
  const auto found = grounds_.find(id);
  if (found == grounds_.end()) return nullptr;
  // Rows of one id do not overlap and the oldest comes first: the first that has not ended by `day` is in
  // force on it or is the earliest later one.
  for (const Dated<v1::Ground>& row : found->second) {
    if (day <= row.through) return row.row;
  }
  return found->second.back().row;
}

std::vector<const v1::Ground*> CompiledCatalogue::GroundsOn(CivilDay day) const {
  std::vector<const v1::Ground*> grounds;
  for (const Dated<v1::Ground>& row : ground_rows_) {
    if (row.InForceOn(day)) grounds.push_back(row.row);
  }
  return grounds;
}

const v1::Threshold* CompiledCatalogue::FindThreshold(std::string_view id, CivilDay day) const {
  for (const Dated<v1::Threshold>& row : thresholds_) {
    if (row.row->id() == id && row.InForceOn(day)) return row.row;
  }
  return nullptr;
}

const v1::ConductType* CompiledCatalogue::FindConductType(std::string_view id, CivilDay day) const {
  for (const Dated<v1::ConductType>& row : conduct_types_) {
    if (row.row->id() == id && row.InForceOn(day)) return row.row;
  }
  return nullptr;
}

const v1::Source* CompiledCatalogue::FindSource(std::string_view id) const {
  const auto found = sources_.find(id);
  return found == sources_.end() ? nullptr : found->second;
}

const v1::Source* CompiledCatalogue::FindRegistryCovering(int division) const {
  const auto found = registry_of_division_.find(division);
  return found == registry_of_division_.end() ? nullptr : found->second;
}

const v1::ConditionText* CompiledCatalogue::FindCondition(v1::Condition condition) const {
  const auto index = static_cast<size_t>(condition);
  return index < conditions_.size() ? conditions_[index] : nullptr;
}

}  // namespace chengxin::domain
