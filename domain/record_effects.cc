#include "domain/record_effects.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/grounds.h"
#include "domain/item_standing.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// Ids of the catalogue's rows that records give rise to.
constexpr std::string_view kMajorViolation = "GP-04";
constexpr std::string_view kAnnualInspectionFailed = "INS-01";
constexpr std::string_view kGovernanceProblems = "INS-02";
constexpr std::string_view kFinanceProblems = "FIN-01";
constexpr std::string_view kActivityProblems = "ACT-01";
constexpr std::string_view kJudgmentDefaulter = "GP-01";
constexpr std::string_view kTaxViolation = "GP-02";
constexpr std::string_view kQualificationLapsed = "QUA-01";
constexpr std::string_view kTaxAdverse = "TAX-01";
constexpr std::string_view kTaxEstablished = "TAX-02";
constexpr std::string_view kPerformanceFailed = "KM-02";
constexpr std::string_view kSubstantiatedConduct = "KM-03";
// 较大数额罚款 (rule 48).
constexpr std::string_view kLargeFine = "large-fine";

absl::Time Earlier(absl::Time a, absl::Time b) { return std::min(a, b); }

// The first instant after the day; without one, never.
absl::Time AfterDay(std::string_view text) {
  const auto day = DayIn(text);
  return day.has_value() ? EndOfDay(*day) : absl::InfiniteFuture();
}
// The first instant of the day; without one, never.
absl::Time FromDay(std::string_view text) {
  const auto day = DayIn(text);
  return day.has_value() ? StartOfDay(*day) : absl::InfiniteFuture();
}

// Puts effects together.
class Effects {
 public:
  explicit Effects(const CompiledCatalogue& catalogue) : catalogue_(catalogue) {}

  // Holds from `from` until `until` at the latest, and no longer than the ground's row lets facts of `day`
  // hold.
  void Add(std::string_view ground, CivilDay day, absl::Time from, absl::Time until,
           std::string_view subject = {}) {
    const v1::Ground* row = catalogue_.FindGround(ground, day);
    if (row == nullptr) return;
    if (const auto period = Period::Parse(row->holds_for()); period.ok()) {
      until = Earlier(until, EndOfDay(AddPeriod(day, *period)));
    }
    if (from >= until) return;
    v1::Effect& effect = effects_.emplace_back();
    effect.set_ground(std::string(ground));
    SetTimestamp(from, *effect.mutable_from());
    if (until != absl::InfiniteFuture()) SetTimestamp(until, *effect.mutable_until());
    effect.set_subject(std::string(subject));
  }
  void Add(std::string_view ground, std::string_view day, absl::Time until = absl::InfiniteFuture()) {
    Add(ground, DayAt(day), FromDay(day), until);
  }

  std::vector<v1::Effect> Take() { return std::move(effects_); }

 private:
  const CompiledCatalogue& catalogue_;
  std::vector<v1::Effect> effects_;
};

// 责令停产停业, 吊销, or a fine of the figure in force on the day of the decision or of a higher one of the
// sector's law (实施条例 art 19; rule 48). Before there was a general figure only a sector's counts.
bool IsMajorViolation(const v1::Penalty& penalty, const CompiledCatalogue& catalogue) {
  const auto imposes = [&](v1::PenaltyKind kind) {
    return std::find(penalty.kinds().begin(), penalty.kinds().end(), kind) != penalty.kinds().end();
  };
  if (imposes(v1::PENALTY_KIND_ORDERED_CLOSURE) || imposes(v1::PENALTY_KIND_REVOCATION)) return true;
  const v1::Threshold* general = catalogue.FindThreshold(kLargeFine, DayAt(penalty.decided_on()));
  const int64_t figure =
      std::max(penalty.sector_large_fine_fen(), general == nullptr ? int64_t{0} : general->value());
  return imposes(v1::PENALTY_KIND_FINE) && figure > 0 && penalty.fine_fen() >= figure;
}

std::string_view GroundOf(v1::InspectionSubject subject) {
  switch (subject) {
    case v1::INSPECTION_SUBJECT_GOVERNANCE:
      return kGovernanceProblems;
    case v1::INSPECTION_SUBJECT_FINANCE:
      return kFinanceProblems;
    default:
      return kActivityProblems;
  }
}

void AddOf(const v1::AnnualInspection& inspection, Effects& effects) {
  if (inspection.conclusion() == v1::ANNUAL_CONCLUSION_UNQUALIFIED ||
      inspection.conclusion() == v1::ANNUAL_CONCLUSION_NOT_FILED) {
    effects.Add(kAnnualInspectionFailed, inspection.concluded_on());
  }
}

void AddOf(const v1::Inspection& inspection, Effects& effects) {
  if (!inspection.problems_found()) return;
  effects.Add(GroundOf(inspection.subject()), inspection.concluded_on(), FromDay(inspection.rectified_on()));
}

void AddOf(const v1::ExternalListing& listing, Effects& effects) {
  // The court's and the tax authority's lists hold until the keeper removes the entry, whatever end was
  // planned (rule 47).
  const bool ends_by_removal = listing.ground() == kJudgmentDefaulter || listing.ground() == kTaxViolation;
  effects.Add(listing.ground(), listing.listed_on(),
              ends_by_removal ? FromDay(listing.removed_on())
                              : Earlier(AfterDay(listing.until()), FromDay(listing.removed_on())));
}

void AddOf(const v1::TaxStanding& standing, Effects& effects) {
  if (standing.good()) return;
  effects.Add(standing.established_by_competent_organ() ? kTaxEstablished : kTaxAdverse, standing.as_of());
}

// The time in which a certificate holds.
struct Validity {
  absl::Time from;
  absl::Time until;
};
Validity ValidityOf(const v1::Qualification& qualification) {
  return {FromDay(qualification.valid_from()),
          Earlier(AfterDay(qualification.valid_until()), FromDay(qualification.revoked_on()))};
}

void AddOf(const v1::Qualification& qualification, Effects& effects) {
  const absl::Time lapse = ValidityOf(qualification).until;
  if (lapse == absl::InfiniteFuture()) return;
  effects.Add(kQualificationLapsed, DayOf(lapse), lapse, absl::InfiniteFuture(), qualification.kind());
}

// A record among those that take each other's place.
struct Statement {
  std::string family;
  // Whether the later one counts (by rank), or whichever holds.
  bool ranked = true;
  std::pair<int, int32_t> rank;
  Validity holds;
  // Within a family: one of a lower weight never takes the place of one of a higher weight.
  int weight = 1;
};

std::optional<Statement> StatementOf(const v1::CreditRecord& record) {
  const auto ranked = [](std::string family, int year, std::string_view day) {
    return Statement{
        std::move(family), true, {year, DayAt(day).number()}, {FromDay(day), absl::InfiniteFuture()}, 1};
  };
  switch (record.content_case()) {
    case v1::CreditRecord::kAnnualInspection:
      return ranked("annual-inspection", record.annual_inspection().year(),
                    record.annual_inspection().concluded_on());
    case v1::CreditRecord::kTaxStanding:
      return ranked(StrCat("tax-standing|", record.tax_standing().organ()), 0, record.tax_standing().as_of());
    case v1::CreditRecord::kPerformanceEvaluation:
      return ranked(StrCat("performance-evaluation|", record.performance_evaluation().purchaser()), 0,
                    record.performance_evaluation().evaluated_on());
    case v1::CreditRecord::kContractPerformance: {
      // A newer evaluation by the purchaser settles what it said of an earlier contract; of the same day both
      // stand, since they are the two findings of one closing.
      Statement statement =
          ranked(StrCat("performance-evaluation|", record.contract_performance().purchaser()), 0,
                 record.contract_performance().stated_on());
      statement.weight = 0;
      return statement;
    }
    case v1::CreditRecord::kQualification:
      return Statement{StrCat("qualification|", record.qualification().kind()),
                       false,
                       {},
                       ValidityOf(record.qualification()),
                       1};
    default:
      return std::nullopt;
  }
}

// The part of the effect that lies between the two instants; nothing where none does.
std::optional<v1::Effect> Part(const v1::Effect& effect, absl::Time from, absl::Time until) {
  const absl::Time begins = std::max(from, TimeOf(effect.from()));
  const absl::Time ends =
      Earlier(until, effect.has_until() ? TimeOf(effect.until()) : absl::InfiniteFuture());
  if (begins >= ends) return std::nullopt;
  v1::Effect part = effect;
  SetTimestamp(begins, *part.mutable_from());
  part.clear_until();
  if (ends != absl::InfiniteFuture()) SetTimestamp(ends, *part.mutable_until());
  return part;
}

// Each repair takes the time out in which it stands (rules 35, 37).
std::vector<v1::Effect> WithoutRepaired(std::vector<v1::Effect> effects, const v1::RepairMark& mark) {
  for (const v1::RepairMark* repair : RepairsOf(mark)) {
    const absl::Time revoked = repair->has_revoked() ? TimeOf(repair->revoked()) : absl::InfiniteFuture();
    std::vector<v1::Effect> left;
    for (const v1::Effect& effect : effects) {
      if (auto before = Part(effect, absl::InfinitePast(), TimeOf(repair->since()))) left.push_back(*before);
      if (auto after = Part(effect, revoked, absl::InfiniteFuture())) left.push_back(*after);
    }
    effects = std::move(left);
  }
  return effects;
}

bool SameFamily(const v1::CreditRecord& a, const v1::CreditRecord& b) {
  const auto of_a = StatementOf(a), of_b = StatementOf(b);
  return of_a.has_value() && of_b.has_value() && of_a->family == of_b->family;
}

// What was known until `at` and what follows after it; a fact that goes on is one.
void JoinEffects(absl::Time at, const v1::CreditRecord& known, const v1::CreditRecord& fresh,
                 v1::CreditRecord& joined) {
  std::vector<v1::Effect> effects;
  for (const v1::Effect& effect : known.effects()) {
    if (auto before = Part(effect, absl::InfinitePast(), at)) effects.push_back(*std::move(before));
  }
  for (const v1::Effect& effect : fresh.effects()) {
    auto after = Part(effect, at, absl::InfiniteFuture());
    if (!after.has_value()) continue;
    const auto goes_on = std::find_if(effects.begin(), effects.end(), [&](const v1::Effect& before) {
      return before.ground() == after->ground() && before.subject() == after->subject() &&
             before.has_until() && TimeOf(before.until()) == at && TimeOf(after->from()) == at;
    });
    if (goes_on == effects.end()) {
      effects.push_back(*std::move(after));
      continue;
    }
    goes_on->clear_until();
    if (after->has_until()) *goes_on->mutable_until() = after->until();
  }
  joined.clear_effects();
  for (v1::Effect& effect : effects) *joined.add_effects() = std::move(effect);
}

bool SameEffects(const v1::CreditRecord& a, const v1::CreditRecord& b) {
  const auto same = [](const v1::Effect& x, const v1::Effect& y) {
    return x.ground() == y.ground() && x.subject() == y.subject() && TimeOf(x.from()) == TimeOf(y.from()) &&
           x.has_until() == y.has_until() && TimeOf(x.until()) == TimeOf(y.until());
  };
  return std::equal(a.effects().begin(), a.effects().end(), b.effects().begin(), b.effects().end(), same);
}

bool TakesPlaceOf(const Statement& statement, const Statement& other, bool recorded_later) {
  if (statement.family != other.family || statement.weight < other.weight) return false;
  const bool later_recorded = recorded_later && statement.weight == other.weight;
  return !statement.ranked || statement.rank > other.rank || (statement.rank == other.rank && later_recorded);
}

}  // namespace

std::vector<v1::Effect> EffectsOf(const v1::CreditRecord& record, const CompiledCatalogue& catalogue) {
  if (record.has_withdrawal()) return {};
  Effects effects(catalogue);
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty:
      if (IsMajorViolation(record.penalty(), catalogue)) {
        effects.Add(kMajorViolation, record.penalty().decided_on());
      }
      break;
    case v1::CreditRecord::kAnnualInspection:
      AddOf(record.annual_inspection(), effects);
      break;
    case v1::CreditRecord::kInspection:
      AddOf(record.inspection(), effects);
      break;
    case v1::CreditRecord::kExternalListing:
      AddOf(record.external_listing(), effects);
      break;
    case v1::CreditRecord::kMajorViolation:
      effects.Add(kMajorViolation, record.major_violation().decided_on());
      break;
    case v1::CreditRecord::kTaxStanding:
      AddOf(record.tax_standing(), effects);
      break;
    case v1::CreditRecord::kQualification:
      AddOf(record.qualification(), effects);
      break;
    case v1::CreditRecord::kPerformanceEvaluation:
      if (!record.performance_evaluation().passed()) {
        effects.Add(kPerformanceFailed, record.performance_evaluation().evaluated_on());
      }
      break;
    case v1::CreditRecord::kContractPerformance:
      if (!record.contract_performance().performed()) {
        effects.Add(kPerformanceFailed, record.contract_performance().stated_on());
      }
      break;
    case v1::CreditRecord::kSubstantiatedConduct:
      effects.Add(kSubstantiatedConduct, record.substantiated_conduct().decided_on(),
                  AfterDay(record.substantiated_conduct().until()));
      break;
    case v1::CreditRecord::kAssessmentLevel:
    case v1::CreditRecord::kHonour:
    case v1::CreditRecord::CONTENT_NOT_SET:
      break;  // only rank, and are shown beside (rules 51, 60)
  }
  return WithoutRepaired(effects.Take(), record.repair());
}

bool MayDisplace(const v1::CreditRecord& record) { return StatementOf(record).has_value(); }

bool Displace(v1::CreditRecord& record, const v1::CreditRecord& other, bool recorded_later) {
  if (record.effects().empty() || SupportsNothing(other)) return false;
  const auto own = StatementOf(record);
  const auto statement = StatementOf(other);
  if (!own.has_value() || !statement.has_value() || !TakesPlaceOf(*statement, *own, recorded_later)) {
    return false;
  }
  bool changed = false;
  auto& effects = *record.mutable_effects();
  for (int i = effects.size() - 1; i >= 0; --i) {
    v1::Effect& effect = effects[i];
    const absl::Time until = effect.has_until() ? TimeOf(effect.until()) : absl::InfiniteFuture();
    const auto [from, end] = statement->holds;
    if (from >= until || end <= TimeOf(effect.from())) continue;
    changed = true;
    if (from <= TimeOf(effect.from())) {
      effects.DeleteSubrange(i, 1);
    } else {
      SetTimestamp(from, *effect.mutable_until());
    }
  }
  return changed;
}

std::vector<v1::CreditRecord> EffectsFrom(absl::Time at, const v1::CreditRecord& changed,
                                          std::vector<v1::CreditRecord> records,
                                          const CompiledCatalogue& catalogue) {
  std::vector<v1::CreditRecord> affected = {changed};
  const auto place = std::find_if(records.begin(), records.end(), [&](const v1::CreditRecord& record) {
    return record.name() == changed.name();
  });
  if (place == records.end()) return affected;
  const v1::CreditRecord before = *place;
  *place = changed;
  for (size_t i = 0; i < records.size(); ++i) {
    const v1::CreditRecord& record = records[i];
    const bool own = record.name() == changed.name();
    if (!own && !SameFamily(record, changed) && !SameFamily(record, before)) continue;
    v1::CreditRecord fresh = record;
    fresh.clear_effects();
    for (v1::Effect& effect : EffectsOf(record, catalogue)) *fresh.add_effects() = std::move(effect);
    for (size_t j = 0; j < records.size(); ++j) {
      if (j != i) Displace(fresh, records[j], /*recorded_later=*/j > i);
    }
    v1::CreditRecord joined = record;
    JoinEffects(at, record, fresh, joined);
    if (own) {
      affected.front() = std::move(joined);
    } else if (!SameEffects(record, joined)) {
      affected.push_back(std::move(joined));
    }
  }
  return affected;
}

}  // namespace chengxin::domain
