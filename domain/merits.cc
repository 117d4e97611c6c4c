#include "domain/merits.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/item_standing.h"

namespace chengxin::domain {

namespace {

// Days as YYYY-MM-DD compare as texts.
bool InValidity(const v1::AssessmentLevel& level, std::string_view today) {
  return level.valid_from() <= today && today <= level.valid_until();
}

v1::Merit OfLevel(const v1::CreditRecord& record) {
  const v1::AssessmentLevel& level = record.assessment_level();
  v1::Merit merit;
  merit.set_record(record.name());
  merit.set_message_zh(
      StrCat("评估等级", level.level(), "A（", level.organ(), "，有效期至", level.valid_until(), "）"));
  merit.set_message_en(StrCat("assessment level ", level.level(), "A (", level.organ(), ", valid until ",
                              level.valid_until(), ")"));
  return merit;
}

v1::Merit OfEvaluation(const v1::CreditRecord& record) {
  const v1::PerformanceEvaluation& evaluation = record.performance_evaluation();
  v1::Merit merit;
  merit.set_record(record.name());
  merit.set_message_zh(StrCat("绩效评价合格：", evaluation.project(), "（", evaluation.evaluated_on(), "）"));
  merit.set_message_en(
      StrCat("performance evaluation passed: ", evaluation.project(), " (", evaluation.evaluated_on(), ")"));
  return merit;
}

v1::Merit OfHonour(const v1::CreditRecord& record) {
  const v1::Honour& honour = record.honour();
  v1::Merit merit;
  merit.set_record(record.name());
  merit.set_message_zh(StrCat(honour.title(), "（", honour.organ(), "，", honour.conferred_on(), "）"));
  merit.set_message_en(
      StrCat("honour: ", honour.title(), " (", honour.organ(), ", ", honour.conferred_on(), ")"));
  return merit;
}

// A record and its day.
struct Dated {
  std::string_view day;
  const v1::CreditRecord* record;
};

// The latest first, of one day the one recorded last, and no more than are shown.
void KeepLatest(std::vector<Dated>& found) {
  std::reverse(found.begin(), found.end());
  std::stable_sort(found.begin(), found.end(), [](const Dated& a, const Dated& b) { return a.day > b.day; });
  if (found.size() > kMaximumMeritsOfAKind) found.resize(kMaximumMeritsOfAKind);
}

}  // namespace

std::vector<v1::Merit> MeritsOf(absl::Span<const v1::CreditRecord> records, absl::Time effective_at) {
  const std::string today = DayOf(effective_at).ToString();
  const v1::CreditRecord* level = nullptr;
  std::vector<Dated> evaluations, honours;
  for (const v1::CreditRecord& record : records) {
    if (SupportsNothing(record)) continue;
    switch (record.content_case()) {
      case v1::CreditRecord::kAssessmentLevel:
        if (InValidity(record.assessment_level(), today) &&
            (level == nullptr ||
             record.assessment_level().valid_from() >= level->assessment_level().valid_from()))
          level = &record;
        break;
      case v1::CreditRecord::kPerformanceEvaluation:
        if (record.performance_evaluation().passed() &&
            record.performance_evaluation().evaluated_on() <= today)
          evaluations.push_back({record.performance_evaluation().evaluated_on(), &record});
        break;
      case v1::CreditRecord::kHonour:
        if (record.honour().conferred_on() <= today)
          honours.push_back({record.honour().conferred_on(), &record});
        break;
      default:
        break;
    }
  }
  std::vector<v1::Merit> merits;
  if (level != nullptr && level->assessment_level().level() >= kLowestLevelShown)
    merits.push_back(OfLevel(*level));
  KeepLatest(evaluations);
  for (const Dated& dated : evaluations) merits.push_back(OfEvaluation(*dated.record));
  KeepLatest(honours);
  for (const Dated& dated : honours) merits.push_back(OfHonour(*dated.record));
  return merits;
}

}  // namespace chengxin::domain
