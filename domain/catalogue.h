// The catalogue in force, compiled for look-up: the law as data (design: law as data).
#ifndef CHENGXIN_DOMAIN_CATALOGUE_H_
#define CHENGXIN_DOMAIN_CATALOGUE_H_

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "chengxin/v1/catalogue.pb.h"
#include "domain/civil_day.h"
#include "domain/divisions.h"
#include "domain/working_calendar.h"

namespace chengxin::domain {

// An immutable catalogue with indexes over its rows. Thread-safe because nothing changes after Compile.
// Pointers and views handed out live as long as the catalogue.
class CompiledCatalogue {
 public:
  // Checks that the catalogue agrees with itself (unique ids, rows of one id that do not overlap in time,
  // dates and periods that parse, grounds, types of conduct and classes of display with a legal basis, a
  // procedure within its limits, exactly 7 grounds of 活动异常名录 and 8 of 严重违法失信名单 in force on any
  // day on which one is (rule 19), sources that name known authorities, grounds and divisions) and indexes
  // it. InvalidArgument with a BadRequest payload naming each wrong row, for example
  // "grounds[3].legal_basis".
  static absl::StatusOr<std::shared_ptr<const CompiledCatalogue>> Compile(v1::Catalogue catalogue);

  CompiledCatalogue(const CompiledCatalogue&) = delete;
  CompiledCatalogue& operator=(const CompiledCatalogue&) = delete;

  const v1::Catalogue& message() const { return message_; }
  const std::string& version() const { return message_.version(); }

  // The authority, or null. `id` without "authorities/".
  const v1::Authority* FindAuthority(std::string_view id) const;
  // The row of a ground in force on `day`; where none is in force on that day, the earliest later one, else
  // the latest earlier one (a fact never loses its meaning because a row was closed); null where the id is
  // unknown.
  const v1::Ground* FindGround(std::string_view id, CivilDay day) const;
  // All rows in force on `day`, in catalogue order.
  std::vector<const v1::Ground*> GroundsOn(CivilDay day) const;
  // The figure in force on `day`, or null.
  const v1::Threshold* FindThreshold(std::string_view id, CivilDay day) const;
  // The row of a type of conduct in force on `day`, the day of the conduct, or null.
  const v1::ConductType* FindConductType(std::string_view id, CivilDay day) const;
  // The source, or null. `id` without "sources/".
  const v1::Source* FindSource(std::string_view id) const;
  // The register that declares this division's codes covered, or null (rule 50).
  const v1::Source* FindRegistryCovering(int division) const;
  // The condition in words; null where the catalogue does not have it.
  const v1::ConditionText* FindCondition(v1::Condition condition) const;

  const Divisions& divisions() const { return divisions_; }
  const WorkingCalendar& calendar() const { return calendar_; }

 private:
  // A row with the days on which it is in force, both included.
  template <typename T>
  struct Dated {
    CivilDay from;
    CivilDay through;
    const T* row;
    bool InForceOn(CivilDay day) const { return from <= day && day <= through; }
  };

  CompiledCatalogue(v1::Catalogue message, Divisions divisions, WorkingCalendar calendar);

  // Constant after construction. The indexes point into message_.
  const v1::Catalogue message_;
  const Divisions divisions_;
  const WorkingCalendar calendar_;
  absl::flat_hash_map<std::string_view, const v1::Authority*> authorities_;
  std::vector<Dated<v1::Ground>> ground_rows_;                                     // in catalogue order
  absl::flat_hash_map<std::string_view, std::vector<Dated<v1::Ground>>> grounds_;  // by id, oldest first
  std::vector<Dated<v1::Threshold>> thresholds_;
  std::vector<Dated<v1::ConductType>> conduct_types_;
  absl::flat_hash_map<std::string_view, const v1::Source*> sources_;
  absl::flat_hash_map<int, const v1::Source*> registry_of_division_;
  std::array<const v1::ConditionText*, v1::Condition_ARRAYSIZE> conditions_{};
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CATALOGUE_H_
